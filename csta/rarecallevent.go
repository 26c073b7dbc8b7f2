package csta

// Call events of the standard that Communication Manager is not known to send
// (ECMA-269, chapter 18; DMCC schema).

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
