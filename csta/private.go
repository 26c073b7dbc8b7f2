package csta

// Avaya's private data in call events (DMCC schema, section of Avaya types).

// ArrivalPrivate is what Avaya adds to Delivered and Established: how the call
// came, and what is known of it from before (DMCC schema).
type ArrivalPrivate struct {
	TrunkGroup         string            `json:"trunkGroup,omitempty"`
	TrunkMember        string            `json:"trunkMember,omitempty"`
	ACDGroup           DeviceID          `json:"acdGroup,omitempty"` // the skill
	LookAhead          *LookAheadInfo    `json:"lookAheadInfo,omitempty"`
	Entered            *UserEnteredCode  `json:"userEnteredCode,omitempty"`
	DistributingDevice ExtendedDeviceID  `json:"distributingDevice,omitzero"`
	DistributingVDN    ExtendedDeviceID  `json:"distributingVDN,omitzero"`
	Original           *OriginalCallInfo `json:"originalCallInfo,omitempty"`
	Channel            ChannelType       `json:"channelType,omitempty"`
}

// DeliveredPrivate is Avaya's part of [Delivered].
type DeliveredPrivate struct{ ArrivalPrivate }

func (DeliveredPrivate) element() string { return "DeliveredEventPrivateData" }

// MarshalJSON nests the private data.
func (p DeliveredPrivate) MarshalJSON() ([]byte, error) {
	return nest(p.element(), p.ArrivalPrivate)
}

// EstablishedPrivate is Avaya's part of [Established].
type EstablishedPrivate struct {
	ArrivalPrivate
	Reason ReasonCode `json:"reason,omitempty"`
}

func (EstablishedPrivate) element() string { return "EstablishedEventPrivateData" }

// MarshalJSON nests the private data.
func (p EstablishedPrivate) MarshalJSON() ([]byte, error) {
	type plain EstablishedPrivate
	return nest(p.element(), plain(p))
}

// OriginatedPrivate is Avaya's part of [Originated].
type OriginatedPrivate struct {
	Agent    string    `json:"logicalAgent,omitempty"`
	UserData *UserData `json:"userData,omitempty"`
}

func (OriginatedPrivate) element() string { return "OriginatedEventPrivateData" }

// MarshalJSON nests the private data.
func (p OriginatedPrivate) MarshalJSON() ([]byte, error) {
	type plain OriginatedPrivate
	return nest(p.element(), plain(p))
}

// NetworkReachedPrivate is Avaya's part of [NetworkReached].
type NetworkReachedPrivate struct {
	Location    ProgressLocation    `json:"progressLocation,omitempty"`
	Description ProgressDescription `json:"progressDescription,omitempty"`
}

func (NetworkReachedPrivate) element() string { return "NetworkReachedEventPrivateData" }

// MarshalJSON nests the private data.
func (p NetworkReachedPrivate) MarshalJSON() ([]byte, error) {
	type plain NetworkReachedPrivate
	return nest(p.element(), plain(p))
}

// LookAheadInfo tells that a call was interflowed from another switch, and how long it
// has waited (DMCC schema).
type LookAheadInfo struct {
	Type      InterflowType     `json:"type,omitempty"`
	Priority  InterflowPriority `json:"priority,omitempty"`
	Hours     int               `json:"hours,omitempty"`
	Minutes   int               `json:"minutes,omitempty"`
	Seconds   int               `json:"seconds,omitempty"`
	SourceVDN string            `json:"sourceVDN,omitempty"`
}

// UserEnteredCode holds digits that the caller entered (DMCC schema).
type UserEnteredCode struct {
	Type       EnteredCodeType  `json:"userEnteredCodeType,omitempty"`
	Indicator  EnteredIndicator `json:"userEnteredCodeIndicator,omitempty"`
	Data       string           `json:"data,omitempty"`
	CollectVDN DeviceID         `json:"collectVDN,omitempty"`
}

// OriginalCallInfo is what was known of a call before it was moved here (DMCC schema;
// the meaning of Reason is TSAPI's).
type OriginalCallInfo struct {
	Reason        *int                `json:"reason,omitempty"` // 1 consultation .. 4 new call
	NetworkCaller ExtendedDeviceID    `json:"networkCallingDevice,omitzero"`
	NetworkCalled ExtendedDeviceID    `json:"networkCalledDevice,omitzero"`
	TrunkGroup    string              `json:"trunkGroup,omitempty"`
	TrunkMember   string              `json:"trunkMember,omitempty"`
	LookAhead     *LookAheadInfo      `json:"lookAheadInfo,omitempty"`
	Entered       *UserEnteredCode    `json:"userEnteredCode,omitempty"`
	UserData      *UserData           `json:"userData,omitempty"`
	Linkage       CallLinkageData     `json:"callLinkageData,omitzero"`
	History       []DeviceHistoryItem `json:"deviceHistory,omitempty"`
}
