package csta

// Features of a station: do not disturb, forwarding, message waiting (ECMA-269,
// chapter 22; DMCC schema).

// GetDoNotDisturb asks whether a device takes calls. On Communication Manager the
// feature is Send All Calls (general knowledge of its guides).
type GetDoNotDisturb struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetDoNotDisturb) Service() string { return "GetDoNotDisturb" }

func (GetDoNotDisturb) answer() (_ DoNotDisturbState) { return }

// DoNotDisturbState answers [GetDoNotDisturb] (DMCC schema).
type DoNotDisturbState struct {
	On      bool       `json:"doNotDisturbOn"`
	Origin  Opaque     `json:"callOrigination,omitempty"`
	Callers []DeviceID `json:"callingDeviceList,omitempty" item:"callingDevice"`
}

// SetDoNotDisturb turns do not disturb on or off (DMCC schema).
type SetDoNotDisturb struct {
	Device  DeviceID   `json:"device"`
	On      bool       `json:"doNotDisturbOn"`
	Origin  Opaque     `json:"callOrigination,omitempty"`
	Callers []DeviceID `json:"callingDeviceList,omitempty" item:"callingDevice"`
}

// Service is the name on the wire.
func (SetDoNotDisturb) Service() string { return "SetDoNotDisturb" }

func (SetDoNotDisturb) answer() (_ Empty) { return }

// DoNotDisturb tells that do not disturb was turned on or off (DMCC schema).
type DoNotDisturb struct {
	Monitored
	Device  ExtendedDeviceID `json:"device,omitzero"`
	On      bool             `json:"doNotDisturbOn"`
	Origin  Opaque           `json:"callOrigination,omitempty"`
	Callers []DeviceID       `json:"callingDeviceList,omitempty" item:"callingDevice"`
}

// EventName is the name on the wire.
func (DoNotDisturb) EventName() string { return "DoNotDisturbEvent" }

// ForwardingType says when calls are forwarded (DMCC schema). Communication Manager
// knows the first only (general knowledge of its guides).
type ForwardingType string

// The forwarding types.
const (
	ForwardImmediate   ForwardingType = "forwardImmediate"
	ForwardBusy        ForwardingType = "forwardBusy"
	ForwardNoAnswer    ForwardingType = "forwardNoAns"
	ForwardDND         ForwardingType = "forwardDND"
	ForwardBusyInt     ForwardingType = "forwardBusyInt" // calls from inside
	ForwardBusyExt     ForwardingType = "forwardBusyExt" // calls from outside
	ForwardNoAnswerInt ForwardingType = "forwardNoAnsInt"
	ForwardNoAnswerExt ForwardingType = "forwardNoAnsExt"
	ForwardImmInt      ForwardingType = "forwardImmInt"
	ForwardImmExt      ForwardingType = "forwardImmExt"
	ForwardDNDInt      ForwardingType = "forwardDNDInt"
	ForwardDNDExt      ForwardingType = "forwardDNDExt"
)

// ForwardDefault says which parts of a forwarding the switch chose itself (DMCC
// schema; the meaning is inferred).
type ForwardDefault string

// The parts.
const (
	DefaultTypeAndDN ForwardDefault = "forwardingTypeAndForwardDN"
	DefaultType      ForwardDefault = "forwardingType"
	DefaultDN        ForwardDefault = "forwardDN"
)

// GetForwarding asks where a device's calls are forwarded to (DMCC schema).
type GetForwarding struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetForwarding) Service() string { return "GetForwarding" }

func (GetForwarding) answer() (_ ForwardingState) { return }

// ForwardingState answers [GetForwarding] (DMCC schema).
type ForwardingState struct {
	List []ForwardListItem `json:"forwardingList" item:"forwardListItem"`
}

// ForwardListItem is one rule of forwarding (DMCC schema).
type ForwardListItem struct {
	Type    ForwardingType `json:"forwardingType,omitempty"`
	On      bool           `json:"forwardStatus"`
	To      DeviceID       `json:"forwardDN,omitempty"`
	Default ForwardDefault `json:"forwardDefault,omitempty"`
	Rings   *int           `json:"ringCount,omitempty"`
}

// SetForwarding turns forwarding on or off (DMCC schema).
type SetForwarding struct {
	Device   DeviceID       `json:"device"`
	Type     ForwardingType `json:"forwardingType,omitempty"`
	Activate bool           `json:"activateForward"`
	To       DeviceID       `json:"forwardDN,omitempty"`
	Rings    *int           `json:"ringCount,omitempty"`
}

// Service is the name on the wire.
func (SetForwarding) Service() string { return "SetForwarding" }

func (SetForwarding) answer() (_ Empty) { return }

// Forwarding tells that forwarding was turned on or off (DMCC schema).
type Forwarding struct {
	Monitored
	Device  ExtendedDeviceID `json:"device,omitzero"`
	Type    ForwardingType   `json:"forwardingType,omitempty"`
	On      bool             `json:"forwardStatus"`
	To      DeviceID         `json:"forwardTo,omitempty"`
	Default ForwardDefault   `json:"forwardDefault,omitempty"`
	Rings   *int             `json:"ringCount,omitempty"`
}

// EventName is the name on the wire.
func (Forwarding) EventName() string { return "ForwardingEvent" }

// MWIApplication names a program that can light the message lamp (DMCC schema:
// MWIApplicationType).
type MWIApplication string

// The programs.
const (
	MWIByCTI            MWIApplication = "CTI_ASAI"
	MWIPropertyMgmt     MWIApplication = "PropertyMgmt"
	MWIMessageCenter    MWIApplication = "MessageCenter"
	MWIVoiceMessaging   MWIApplication = "VoiceMessaging"
	MWILeaveWordCalling MWIApplication = "LeaveWordCalling"
)

// GetMessageWaitingIndicator asks whether a device's message lamp is lit (DMCC schema).
type GetMessageWaitingIndicator struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetMessageWaitingIndicator) Service() string { return "GetMessageWaitingIndicator" }

func (GetMessageWaitingIndicator) answer() (_ MessageWaitingState) { return }

// MessageWaitingState answers [GetMessageWaitingIndicator] (DMCC schema).
type MessageWaitingState struct {
	On      bool                  `json:"messageWaitingOn"`
	For     DeviceID              `json:"deviceForMessage,omitempty"`
	Lamp    *bool                 `json:"lampIsPresent,omitempty"`
	Private MessageWaitingPrivate `json:"extensions,omitzero"`
}

// MessageWaitingPrivate is Avaya's part of [MessageWaitingState].
type MessageWaitingPrivate struct {
	Applications []MWIApplication `json:"mwiApplicationType,omitempty"`
}

func (MessageWaitingPrivate) element() string {
	return "GetMessageWaitingIndicatorResponsePrivateData"
}

// MarshalJSON nests the private data.
func (p MessageWaitingPrivate) MarshalJSON() ([]byte, error) {
	type plain MessageWaitingPrivate
	return nest(p.element(), plain(p))
}

// SetMessageWaitingIndicator lights a device's message lamp, or puts it out (DMCC
// schema).
type SetMessageWaitingIndicator struct {
	Device DeviceID `json:"device"`
	On     bool     `json:"messageWaitingOn"`
	For    DeviceID `json:"deviceForMessage,omitempty"`
}

// Service is the name on the wire.
func (SetMessageWaitingIndicator) Service() string { return "SetMessageWaitingIndicator" }

func (SetMessageWaitingIndicator) answer() (_ Empty) { return }

// MessageWaiting tells that a message lamp was lit or put out (DMCC schema).
type MessageWaiting struct {
	Monitored
	Target ExtendedDeviceID `json:"targetDevice,omitzero"`
	For    DeviceID         `json:"deviceForMessage,omitempty"`
	On     bool             `json:"messageWaitingOn"`
}

// EventName is the name on the wire.
func (MessageWaiting) EventName() string { return "MessageWaitingEvent" }
