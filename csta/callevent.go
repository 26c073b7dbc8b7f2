package csta

// Call control events (ECMA-269, chapter 18). Which device's connection an event
// speaks of, and the state it is in afterwards, stands with each.

// CallEvent is what every event about a call carries.
type CallEvent struct {
	Monitored
	// Local is the state of the monitored device's own connection. Derive state
	// from the subject of the event and use this as a tie-break (general knowledge).
	Local    ConnectionState `json:"localConnectionInfo,omitempty"`
	Cause    EventCause      `json:"cause,omitempty"`
	Linkage  CallLinkageData `json:"callLinkageData,omitzero"`
	UserData *UserData       `json:"userData,omitempty"`
}

// ServiceInitiated: a device went off hook; its connection is Initiated.
type ServiceInitiated struct {
	CallEvent
	Connection ConnectionID     `json:"initiatedConnection"`
	Device     ExtendedDeviceID `json:"initiatingDevice,omitzero"`
}

// EventName is the name on the wire.
func (ServiceInitiated) EventName() string { return "ServiceInitiatedEvent" }

// Originated: a device has dialled; its connection is Connected.
type Originated struct {
	CallEvent
	Connection ConnectionID     `json:"originatedConnection"`
	Calling    ExtendedDeviceID `json:"callingDevice,omitzero"`
	Called     ExtendedDeviceID `json:"calledDevice,omitzero"`
}

// EventName is the name on the wire.
func (Originated) EventName() string { return "OriginatedEvent" }

// Delivered: the call reached a device; that device's connection is Alerting.
// Arrival at a VDN is a Delivered whose alerting device is the VDN (DMCC).
type Delivered struct {
	CallEvent
	Connection  ConnectionID        `json:"connection"`
	Alerting    ExtendedDeviceID    `json:"alertingDevice,omitzero"`
	Calling     ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called      ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
	Private     DeliveredPrivate    `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (Delivered) EventName() string { return "DeliveredEvent" }

// Established: a device answered; its connection is Connected. It may come without
// a Delivered when the destination answers at once (general knowledge).
type Established struct {
	CallEvent
	Connection  ConnectionID        `json:"establishedConnection"`
	Answering   ExtendedDeviceID    `json:"answeringDevice,omitzero"`
	Calling     ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called      ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
	Private     EstablishedPrivate  `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (Established) EventName() string { return "EstablishedEvent" }

// NetworkReached: the call left the switch by a trunk; nothing may be heard of the
// far end from here on.
type NetworkReached struct {
	CallEvent
	Connection  ConnectionID        `json:"outboundConnection"`
	Interface   ExtendedDeviceID    `json:"networkInterfaceUsed,omitzero"`
	Calling     ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called      ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
}

// EventName is the name on the wire.
func (NetworkReached) EventName() string { return "NetworkReachedEvent" }

// HeldEvent: a device put its connection on hold.
type HeldEvent struct {
	CallEvent
	Connection ConnectionID     `json:"heldConnection"`
	Holding    ExtendedDeviceID `json:"holdingDevice,omitzero"`
}

// EventName is the name on the wire.
func (HeldEvent) EventName() string { return "HeldEvent" }

// Retrieved: a device came back to a call that it had put on hold.
type Retrieved struct {
	CallEvent
	Connection ConnectionID     `json:"retrievedConnection"`
	Retrieving ExtendedDeviceID `json:"retrievingDevice,omitzero"`
}

// EventName is the name on the wire.
func (Retrieved) EventName() string { return "RetrievedEvent" }

// QueuedEvent: the call waits at a skill; the skill's connection is Queued.
type QueuedEvent struct {
	CallEvent
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

// Diverted: the call left a device for another; the first one's connection is Null.
type Diverted struct {
	CallEvent
	Connection     ConnectionID        `json:"connection"`
	Diverting      ExtendedDeviceID    `json:"divertingDevice,omitzero"`
	NewDestination ExtendedDeviceID    `json:"newDestination,omitzero"`
	Calling        ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called         ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection    RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
}

// EventName is the name on the wire.
func (Diverted) EventName() string { return "DivertedEvent" }

// Failed: the call cannot be completed; Cause says why.
type Failed struct {
	CallEvent
	Connection  ConnectionID        `json:"failedConnection"`
	Failing     ExtendedDeviceID    `json:"failingDevice,omitzero"`
	Calling     ExtendedDeviceID    `json:"callingDevice,omitzero"`
	Called      ExtendedDeviceID    `json:"calledDevice,omitzero"`
	Redirection RedirectionDeviceID `json:"lastRedirectionDevice,omitzero"`
}

// EventName is the name on the wire.
func (Failed) EventName() string { return "FailedEvent" }

// ConnectionCleared: a device left the call. The monitored device's own part ended
// only if Connection is its own (field observation).
type ConnectionCleared struct {
	CallEvent
	Connection ConnectionID     `json:"droppedConnection"`
	Releasing  ExtendedDeviceID `json:"releasingDevice,omitzero"`
}

// EventName is the name on the wire.
func (ConnectionCleared) EventName() string { return "ConnectionClearedEvent" }

// CallCleared: the whole call is over; call monitors only.
type CallCleared struct {
	CallEvent
	Call ConnectionID `json:"clearedCall"`
}

// EventName is the name on the wire.
func (CallCleared) EventName() string { return "CallClearedEvent" }
