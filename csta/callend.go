package csta

// Events of calls that move on, fail or end (ECMA-269, chapter 18; DMCC schema).

// Diverted tells that the call left a device for another; the first one's connection
// is Null.
type Diverted struct {
	CallEvent
	NetworkParties
	Connection     ConnectionID        `json:"connection"`
	Diverting      ExtendedDeviceID    `json:"divertingDevice,omitzero"`
	NewDestination ExtendedDeviceID    `json:"newDestination,omitzero"`
	Calling        ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called         ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection    RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
}

// EventName is the name on the wire.
func (Diverted) EventName() string { return "DivertedEvent" }

// Failed tells that the call cannot be completed; Cause says why.
type Failed struct {
	CallEvent
	NetworkParties
	Connection     ConnectionID        `json:"failedConnection"`
	Failing        ExtendedDeviceID    `json:"failingDevice,omitzero"`
	Calling        ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called         ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection    RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
	OriginatingNID ConnectionID        `json:"originatingNIDConnection,omitzero"`
}

// EventName is the name on the wire.
func (Failed) EventName() string { return "FailedEvent" }

// ConnectionCleared tells that a device left the call. The monitored device's own
// part ended only if Connection is its own (field observation).
type ConnectionCleared struct {
	CallEvent
	Connection ConnectionID     `json:"droppedConnection"`
	Releasing  ExtendedDeviceID `json:"releasingDevice,omitzero"`
	Charging   Opaque           `json:"chargingInfo,omitempty"`
}

// EventName is the name on the wire.
func (ConnectionCleared) EventName() string { return "ConnectionClearedEvent" }

// CallCleared tells that the whole call is over; call monitors only.
type CallCleared struct {
	CallEvent
	Call    ConnectionID       `json:"clearedCall"`
	Private CallClearedPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (CallCleared) EventName() string { return "CallClearedEvent" }

// CallClearedPrivate is Avaya's part of [CallCleared].
type CallClearedPrivate struct {
	Reason ReasonCode `json:"reason,omitempty"`
}

func (CallClearedPrivate) element() string { return "CallClearedEventPrivateData" }

// MarshalJSON nests the private data.
func (p CallClearedPrivate) MarshalJSON() ([]byte, error) {
	type plain CallClearedPrivate
	return nest(p.element(), plain(p))
}

// ReasonCode says how the network took a call (DMCC schema). With a call classifier
// it tells who or what answered.
type ReasonCode string

// The reason codes.
const (
	ReasonNone             ReasonCode = "none"
	ReasonAnswerNormal     ReasonCode = "answerNormal"
	ReasonAnswerTimed      ReasonCode = "answerTimed"
	ReasonAnswerVoice      ReasonCode = "answerVoiceEnergy"
	ReasonAnswerMachine    ReasonCode = "answerMachineDetected"
	ReasonReorder          ReasonCode = "reorder"
	ReasonNoCircuit        ReasonCode = "noCircuit"
	ReasonIntercept        ReasonCode = "intercept"
	ReasonUnassignedNumber ReasonCode = "unassignedNumber"
	ReasonInvalidNumber    ReasonCode = "invalidNumber"
	ReasonUnspecified      ReasonCode = "unspecified"
)

// The events from here on are not known to come from Communication Manager.

// Bridged tells that a device joined a call on a bridged appearance (DMCC schema).
type Bridged struct {
	CallEvent
	Connection ConnectionID     `json:"bridgedConnection"`
	Appearance ExtendedDeviceID `json:"bridgedAppearance,omitzero"`
}

// EventName is the name on the wire.
func (Bridged) EventName() string { return "BridgedEvent" }

// Offered tells that a device may take or refuse a call before it alerts (DMCC schema).
type Offered struct {
	CallEvent
	NetworkParties
	Connection     ConnectionID        `json:"offeredConnection"`
	Offered        ExtendedDeviceID    `json:"offeredDevice,omitzero"`
	Calling        ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called         ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection    RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
	OriginatingNID ConnectionID        `json:"originatingNIDConnection,omitzero"`
}

// EventName is the name on the wire.
func (Offered) EventName() string { return "OfferedEvent" }

// DigitsDialed tells what a device has dialled so far (DMCC schema).
type DigitsDialed struct {
	CallEvent
	NetworkParties
	Connection ConnectionID     `json:"dialingConnection"`
	Dialing    ExtendedDeviceID `json:"dialingDevice,omitzero"`
	Sequence   DeviceID         `json:"dialingSequence,omitempty"`
}

// EventName is the name on the wire.
func (DigitsDialed) EventName() string { return "DigitsDialedEvent" }

// CallInformed tells what was attached to a call: an account or a code (DMCC schema:
// CallInformationEvent).
type CallInformed struct {
	CallEvent
	Connection    ConnectionID        `json:"connection"`
	Device        ExtendedDeviceID    `json:"device,omitzero"`
	Calling       ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Account       HexText             `json:"accountInfo,omitempty"`
	AuthCode      HexSecret           `json:"authCode,omitempty"`
	Qualifying    HexText             `json:"callQualifyingData,omitempty"`
	LinkageChange CallLinkageDataList `json:"callLinkageDataList,omitzero"`
}

// EventName is the name on the wire.
func (CallInformed) EventName() string { return "CallInformationEvent" }
