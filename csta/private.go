package csta

// Avaya's private data in call events (DMCC schema, section of Avaya types).

// ArrivalPrivate is what Avaya adds to Delivered and Established: how the call
// came, and what is known of it from before.
type ArrivalPrivate struct {
	TrunkGroup         string            `json:"trunkGroup,omitempty"`
	TrunkMember        string            `json:"trunkMember,omitempty"`
	ACDGroup           DeviceID          `json:"acdGroup,omitempty"` // the skill
	LookAhead          *LookAheadInfo    `json:"lookAheadInfo,omitempty"`
	Entered            *UserEnteredCode  `json:"userEnteredCode,omitempty"`
	DistributingDevice ExtendedDeviceID  `json:"distributingDevice,omitzero"`
	DistributingVDN    ExtendedDeviceID  `json:"distributingVDN,omitzero"`
	Original           *OriginalCallInfo `json:"originalCallInfo,omitempty"`
}

// DeliveredPrivate is Avaya's part of [Delivered].
type DeliveredPrivate struct{ ArrivalPrivate }

func (DeliveredPrivate) element() string { return "DeliveredEventPrivateData" }

// MarshalJSON nests the private data.
func (p DeliveredPrivate) MarshalJSON() ([]byte, error) {
	return nest(p.element(), p.ArrivalPrivate)
}

// EstablishedPrivate is Avaya's part of [Established].
type EstablishedPrivate struct{ ArrivalPrivate }

func (EstablishedPrivate) element() string { return "EstablishedEventPrivateData" }

// MarshalJSON nests the private data.
func (p EstablishedPrivate) MarshalJSON() ([]byte, error) {
	return nest(p.element(), p.ArrivalPrivate)
}

// LookAheadInfo tells that a call was interflowed from another switch.
type LookAheadInfo struct {
	Type      string `json:"type,omitempty"`     // noInterflow, allInterflow, ...
	Priority  string `json:"priority,omitempty"` // notInQueue, low, medium, high, top
	Hours     int    `json:"hours,omitempty"`
	Minutes   int    `json:"minutes,omitempty"`
	Seconds   int    `json:"seconds,omitempty"`
	SourceVDN string `json:"sourceVDN,omitempty"`
}

// UserEnteredCode holds digits that the caller entered.
type UserEnteredCode struct {
	Type       string   `json:"userEnteredCodeType,omitempty"`      // callPrompter, ...
	Indicator  string   `json:"userEnteredCodeIndicator,omitempty"` // collect or entered
	Data       string   `json:"data,omitempty"`
	CollectVDN DeviceID `json:"collectVDN,omitempty"`
}

// OriginalCallInfo is what was known of a call before it was moved here.
type OriginalCallInfo struct {
	Reason        *int             `json:"reason,omitempty"` // 1 consultation .. 4 new call
	NetworkCaller ExtendedDeviceID `json:"networkCallingDevice,omitzero"`
	NetworkCalled ExtendedDeviceID `json:"networkCalledDevice,omitzero"`
	TrunkGroup    string           `json:"trunkGroup,omitempty"`
	TrunkMember   string           `json:"trunkMember,omitempty"`
	LookAhead     *LookAheadInfo   `json:"lookAheadInfo,omitempty"`
	Entered       *UserEnteredCode `json:"userEnteredCode,omitempty"`
	UserData      *UserData        `json:"userData,omitempty"`
	Linkage       CallLinkageData  `json:"callLinkageData,omitzero"`
}
