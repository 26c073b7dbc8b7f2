package csta

// Events about agents (ECMA-269, chapter 22). WTI promises only those of login and
// logout, on skills (WTI forum); poll [GetAgentState] for the rest.

// AgentEvent is what every event about an agent carries (DMCC schema).
type AgentEvent struct {
	Monitored
	Device  ExtendedDeviceID `json:"agentDevice,omitzero"` // the station
	AgentID string           `json:"agentID,omitempty"`
	Skill   DeviceID         `json:"acdGroup,omitempty"`
	Cause   EventCause       `json:"cause,omitempty"`
}

// AgentLoggedOn tells that an agent logged in; one for each skill.
type AgentLoggedOn struct {
	AgentEvent
	Password HexSecret `json:"agentPassword,omitempty"`
}

// EventName is the name on the wire.
func (AgentLoggedOn) EventName() string { return "AgentLoggedOnEvent" }

// AgentLoggedOff tells that an agent logged out.
type AgentLoggedOff struct {
	AgentEvent
	Password HexSecret        `json:"agentPassword,omitempty"`
	Private  LoggedOffPrivate `json:"extensions,omitzero"`
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
	Pending PendingWorkState        `json:"pendingAgentState,omitempty"`
	Private WorkingAfterCallPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (AgentWorkingAfterCall) EventName() string { return "AgentWorkingAfterCallEvent" }

// PendingWorkState is the state that follows after-call work (DMCC schema:
// AgentWorkingAfterCallEventPendingAgentState).
type PendingWorkState string

// The states that can follow.
const (
	PendingNotReady PendingWorkState = "notReady"
	PendingReady    PendingWorkState = "ready"
	PendingNull     PendingWorkState = "null" // logged out
)

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

// AgentLoginExtensions tells the agents of a skill; several may come, until one is
// final. It answers [GetAgentLogin] (DMCC schema).
type AgentLoginExtensions struct {
	Monitored
	Extensions []string `json:"agentLoginExtensionList" item:"agentExtension"`
	Final      bool     `json:"isFinalResponse"`
}

// EventName is the name on the wire.
func (AgentLoginExtensions) EventName() string { return "AgentLoginExtensionEvent" }
