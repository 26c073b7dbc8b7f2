package csta

// Call control events (ECMA-269, chapter 18). Which device's connection an event
// speaks of, and the state it is in afterwards, stands with each.

// CallEvent is what events about a call carry (DMCC schema). Not every member stands
// in the schema of every event.
type CallEvent struct {
	Monitored
	// Local is the state of the monitored device's own connection. Derive state
	// from the subject of the event and use this as a tie-break (general knowledge).
	Local    ConnectionState `json:"localConnectionInfo,omitempty"`
	Cause    EventCause      `json:"cause,omitempty"`
	Linkage  CallLinkageData `json:"callLinkageData,omitzero"`
	UserData *UserData       `json:"userData,omitempty"`

	Correlator      *CorrelatorData       `json:"correlatorData,omitempty"`
	Characteristics *CallCharacteristics  `json:"callCharacteristics,omitempty"`
	Media           *MediaCharacteristics `json:"mediaCallCharacteristics,omitempty"`
	// History is where the call has been before.
	History []DeviceHistoryItem `json:"deviceHistory,omitempty"`
}

// NetworkParties are the parties as the network outside names them, and the devices
// inside that stand for them, such as trunks (DMCC schema).
type NetworkParties struct {
	NetworkCalling    ExtendedDeviceID `json:"networkCallingDevice,omitzero"`
	NetworkCalled     ExtendedDeviceID `json:"networkCalledDevice,omitzero"`
	AssociatedCalling ExtendedDeviceID `json:"associatedCallingDevice,omitzero"`
	AssociatedCalled  ExtendedDeviceID `json:"associatedCalledDevice,omitzero"`
}

// ServiceInitiated tells that a device went off hook; its connection is Initiated.
type ServiceInitiated struct {
	CallEvent
	NetworkParties
	Connection ConnectionID     `json:"initiatedConnection"`
	Device     ExtendedDeviceID `json:"initiatingDevice,omitzero"`
}

// EventName is the name on the wire.
func (ServiceInitiated) EventName() string { return "ServiceInitiatedEvent" }

// Originated tells that a device has dialled; its connection is Connected.
type Originated struct {
	CallEvent
	NetworkParties
	Connection  ConnectionID      `json:"originatedConnection"`
	Calling     ExtendedDeviceID  `json:"callingDevice,omitzero"`
	Called      ExtendedDeviceID  `json:"calledDevice,omitzero"`
	Originating DeviceID          `json:"originatingDevice,omitempty"`
	Private     OriginatedPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (Originated) EventName() string { return "OriginatedEvent" }

// Delivered tells that the call reached a device, whose connection is Alerting.
// Arrival at a VDN is a Delivered whose alerting device is the VDN (DMCC).
type Delivered struct {
	CallEvent
	NetworkParties
	Connection     ConnectionID        `json:"connection"`
	Alerting       ExtendedDeviceID    `json:"alertingDevice,omitzero"`
	Calling        ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called         ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection    RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
	OriginatingNID ConnectionID        `json:"originatingNIDConnection,omitzero"`
	Private        DeliveredPrivate    `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (Delivered) EventName() string { return "DeliveredEvent" }

// Established tells that a device answered; its connection is Connected. It may come
// without a Delivered when the destination answers at once (general knowledge).
type Established struct {
	CallEvent
	NetworkParties
	Connection     ConnectionID        `json:"establishedConnection"`
	Answering      ExtendedDeviceID    `json:"answeringDevice,omitzero"`
	Calling        ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called         ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection    RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
	OriginatingNID ConnectionID        `json:"originatinNIDConnection,omitzero"` // sic
	Private        EstablishedPrivate  `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (Established) EventName() string { return "EstablishedEvent" }

// NetworkReached tells that the call left the switch by a trunk; nothing may be heard
// of the far end from here on.
type NetworkReached struct {
	CallEvent
	NetworkParties
	Connection     ConnectionID          `json:"outboundConnection"`
	Interface      ExtendedDeviceID      `json:"networkInterfaceUsed,omitzero"`
	Calling        ExtendedDeviceID      `json:"callingDevice,omitzero"`
	Called         ExtendedDeviceID      `json:"calledDevice,omitzero"`
	Redirection    RedirectionDeviceID   `json:"lastRedirectionDevice,omitzero"`
	OriginatingNID ConnectionID          `json:"originatingNIDConnection,omitzero"`
	Capability     Opaque                `json:"networkCapability,omitempty"`
	Private        NetworkReachedPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (NetworkReached) EventName() string { return "NetworkReachedEvent" }

// HeldEvent tells that a device put its connection on hold.
type HeldEvent struct {
	CallEvent
	Connection ConnectionID     `json:"heldConnection"`
	Holding    ExtendedDeviceID `json:"holdingDevice,omitzero"`
}

// EventName is the name on the wire.
func (HeldEvent) EventName() string { return "HeldEvent" }

// Retrieved tells that a device came back to a call that it had put on hold.
type Retrieved struct {
	CallEvent
	Connection ConnectionID     `json:"retrievedConnection"`
	Retrieving ExtendedDeviceID `json:"retrievingDevice,omitzero"`
}

// EventName is the name on the wire.
func (Retrieved) EventName() string { return "RetrievedEvent" }

// QueuedEvent tells that the call waits at a skill, whose connection is Queued.
type QueuedEvent struct {
	CallEvent
	NetworkParties
	Connection  ConnectionID        `json:"queuedConnection"`
	Queue       ExtendedDeviceID    `json:"queue,omitzero"`
	Calling     ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called      ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
	Number      int                 `json:"numberQueued,omitempty"` // calls in the queue
	InFront     *int                `json:"callsInFront,omitempty"`
}

// EventName is the name on the wire.
func (QueuedEvent) EventName() string { return "QueuedEvent" }
