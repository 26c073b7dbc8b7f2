package csta

// AgentEvent is what every event about an agent carries.
type AgentEvent struct {
	Monitored
	Device  ExtendedDeviceID `json:"agentDevice,omitzero"` // the station
	AgentID string           `json:"agentID,omitempty"`
	Skill   DeviceID         `json:"acdGroup,omitempty"`
	Cause   EventCause       `json:"cause,omitempty"`
}

// AgentLoggedOn tells that an agent logged in; one for each skill.
type AgentLoggedOn struct{ AgentEvent }

// EventName is the name on the wire.
func (AgentLoggedOn) EventName() string { return "AgentLoggedOnEvent" }

// AgentLoggedOff tells that an agent logged out.
type AgentLoggedOff struct {
	AgentEvent
	Private LoggedOffPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (AgentLoggedOff) EventName() string { return "AgentLoggedOffEvent" }

// LoggedOffPrivate is Avaya's part of [AgentLoggedOff].
type LoggedOffPrivate struct {
	Reason *int `json:"reasonCode,omitempty"`
}

func (LoggedOffPrivate) element() string { return "AgentLoggedOffEventPrivateData" }

// MarshalJSON nests the private data.
func (p LoggedOffPrivate) MarshalJSON() ([]byte, error) {
	type plain LoggedOffPrivate
	return nest(p.element(), plain(p))
}

// AgentWork is what Avaya adds to the events of a changed work mode.
type AgentWork struct {
	Reason        *int     `json:"reasonCode,omitempty"`
	PendingMode   WorkMode `json:"pendingWorkMode,omitempty"`
	PendingReason *int     `json:"pendingReasonCode,omitempty"`
}

// AgentReady tells that an agent can be given a call.
type AgentReady struct {
	AgentEvent
	Private ReadyPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (AgentReady) EventName() string { return "AgentReadyEvent" }

// ReadyPrivate is Avaya's part of [AgentReady].
type ReadyPrivate struct{ AgentWork }

func (ReadyPrivate) element() string { return "AgentReadyEventPrivateData" }

// MarshalJSON nests the private data.
func (p ReadyPrivate) MarshalJSON() ([]byte, error) { return nest(p.element(), p.AgentWork) }

// AgentNotReady tells that an agent went to auxiliary work.
type AgentNotReady struct {
	AgentEvent
	Private NotReadyPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (AgentNotReady) EventName() string { return "AgentNotReadyEvent" }

// NotReadyPrivate is Avaya's part of [AgentNotReady].
type NotReadyPrivate struct{ AgentWork }

func (NotReadyPrivate) element() string { return "AgentNotReadyEventPrivateData" }

// MarshalJSON nests the private data.
func (p NotReadyPrivate) MarshalJSON() ([]byte, error) { return nest(p.element(), p.AgentWork) }

// AgentWorkingAfterCall tells that an agent is in after-call work.
type AgentWorkingAfterCall struct {
	AgentEvent
	Pending string                  `json:"pendingAgentState,omitempty"` // notReady, ready, null
	Private WorkingAfterCallPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (AgentWorkingAfterCall) EventName() string { return "AgentWorkingAfterCallEvent" }

// WorkingAfterCallPrivate is Avaya's part of [AgentWorkingAfterCall].
type WorkingAfterCallPrivate struct{ AgentWork }

func (WorkingAfterCallPrivate) element() string { return "AgentWorkingAfterCallEventPrivateData" }

// MarshalJSON nests the private data.
func (p WorkingAfterCallPrivate) MarshalJSON() ([]byte, error) {
	return nest(p.element(), p.AgentWork)
}

// AgentBusy tells that an agent has a call.
type AgentBusy struct {
	AgentEvent
	Pending AgentState `json:"pendingAgentState,omitempty"`
}

// EventName is the name on the wire.
func (AgentBusy) EventName() string { return "AgentBusyEvent" }
