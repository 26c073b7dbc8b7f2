package csta

// Agent services and events (ECMA-269, chapter 22; private data from Avaya).

// AgentState is an agent's state at a skill (DMCC schema: AgentState).
type AgentState string

// The agent states. AgentNull is 'not logged in' (ECMA-269).
const (
	AgentNullState     AgentState = "agentNull"
	AgentNotReadyState AgentState = "agentNotReady"
	AgentReadyState    AgentState = "agentReady"
	AgentBusyState     AgentState = "agentBusy"
	AgentACWState      AgentState = "agentWorkingAfterCall"
)

// RequestedAgentState is what [SetAgentState] asks for (DMCC schema: ReqAgentState).
type RequestedAgentState string

// The states that can be asked for.
const (
	LogOn            RequestedAgentState = "loggedOn"
	LogOff           RequestedAgentState = "loggedOff"
	NotReady         RequestedAgentState = "notReady"
	Ready            RequestedAgentState = "ready"
	WorkingAfterCall RequestedAgentState = "workingAfterCall"
)

// WorkMode is Avaya's refinement of an agent state (DMCC schema).
type WorkMode string

// The work modes. In auto-in the next call may come when one ends; in manual-in
// after-call work comes first.
const (
	AutoIn        WorkMode = "autoIn"
	ManualIn      WorkMode = "manualIn"
	AfterCallWork WorkMode = "afterCallWork"
	AuxWork       WorkMode = "auxWork"
)

// SetAgentState logs an agent on or off, or changes what the agent does. Faults are
// [InvalidAgentIdentifier], [InvalidAgentPassword] and [InvalidAgentState] (inferred).
type SetAgentState struct {
	Device   DeviceID            `json:"device"` // the station
	State    RequestedAgentState `json:"requestedAgentState"`
	AgentID  string              `json:"agentID,omitempty"`
	Password HexSecret           `json:"password,omitempty"`
	Group    DeviceID            `json:"group,omitempty"`
	Private  SetAgentPrivate     `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (SetAgentState) Service() string { return "SetAgentState" }

func (SetAgentState) answer() (_ AgentStateSet) { return }

// SetAgentPrivate is Avaya's part of [SetAgentState].
type SetAgentPrivate struct {
	WorkMode WorkMode `json:"workMode,omitempty"`
	Reason   *int     `json:"reasonCode,omitempty"`    // 0 to 9, or to 99 (general knowledge)
	Pending  *bool    `json:"enablePending,omitempty"` // wait for the call to end
}

func (SetAgentPrivate) element() string { return "SetAgentStatePrivateData" }

// MarshalJSON nests the private data.
func (p SetAgentPrivate) MarshalJSON() ([]byte, error) {
	type plain SetAgentPrivate
	return nest(p.element(), plain(p))
}

// AgentStateSet answers [SetAgentState] (DMCC schema).
type AgentStateSet struct {
	Pending AgentState      `json:"pendingAgentState,omitempty"`
	Private AgentSetPrivate `json:"extensions,omitzero"`
}

// AgentSetPrivate is Avaya's part of [AgentStateSet].
type AgentSetPrivate struct {
	Pending *bool `json:"isPending,omitempty"` // the change waits for the call to end
}

func (AgentSetPrivate) element() string { return "SetAgentStateResponsePrivateData" }

// MarshalJSON nests the private data.
func (p AgentSetPrivate) MarshalJSON() ([]byte, error) {
	type plain AgentSetPrivate
	return nest(p.element(), plain(p))
}

// GetAgentState asks who is logged in at a station and in what state (DMCC schema).
type GetAgentState struct {
	Device DeviceID `json:"device"`
	Group  DeviceID `json:"acdGroup,omitempty"`
}

// Service is the name on the wire.
func (GetAgentState) Service() string { return "GetAgentState" }

func (GetAgentState) answer() (_ AgentStateReply) { return }

// AgentStateReply answers [GetAgentState] (DMCC schema).
type AgentStateReply struct {
	Agents  []AgentStateEntry `json:"agentStateList" item:"agentStateEntry"`
	Private AgentStatePrivate `json:"extensions,omitzero"`
}

// AgentStateEntry is one agent (DMCC schema).
type AgentStateEntry struct {
	AgentID  string          `json:"agentID"`
	LoggedOn bool            `json:"loggedOnState"`
	Skills   []AgentInfoItem `json:"agentInfo" item:"agentInfoItem"`
}

// AgentInfoItem is an agent's state at one skill (DMCC schema: AgentInfo).
type AgentInfoItem struct {
	Skill     DeviceID            `json:"acdGroup,omitempty"`
	State     AgentState          `json:"agentState"`
	Pending   AgentState          `json:"pendingAgentState,omitempty"`
	Condition AgentStateCondition `json:"agentStateCondition,omitempty"`
}

// AgentStateCondition says more about an agent's state (DMCC schema).
type AgentStateCondition string

// The conditions.
const (
	ForcedPause    AgentStateCondition = "forcedPause"
	OtherCondition AgentStateCondition = "other"
)

// TalkState says whether an agent has a call (DMCC schema).
type TalkState string

// The talk states.
const (
	OnCall TalkState = "onCall"
	Idle   TalkState = "idle"
)

// AgentStatePrivate is Avaya's part of [AgentStateReply].
type AgentStatePrivate struct {
	WorkMode      WorkMode  `json:"workMode,omitempty"`
	TalkState     TalkState `json:"talkState,omitempty"`
	Reason        *int      `json:"reasonCode,omitempty"`
	PendingReason *int      `json:"pendingReasonCode,omitempty"`
}

func (AgentStatePrivate) element() string { return "GetAgentStateResponsePrivateData" }

// MarshalJSON nests the private data.
func (p AgentStatePrivate) MarshalJSON() ([]byte, error) {
	type plain AgentStatePrivate
	return nest(p.element(), plain(p))
}

// GetAgentLogin asks which agents are logged in to a skill; they come in
// [AgentLoginExtensions] events, which need [LogicalPrivateFilter] (DMCC schema).
type GetAgentLogin struct {
	Skill DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetAgentLogin) Service() string { return "GetAgentLogin" }

func (GetAgentLogin) answer() (_ Empty) { return }

// GetACDSplit asks how a skill is doing (DMCC schema).
type GetACDSplit struct {
	Skill DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetACDSplit) Service() string { return "GetAcdSplit" }

func (GetACDSplit) answer() (_ ACDSplit) { return }

// ACDSplit answers [GetACDSplit] (DMCC schema).
type ACDSplit struct {
	Available int `json:"availableAgents"`
	Queued    int `json:"callsInQueue"`
	LoggedIn  int `json:"agentsLoggedIn"`
}
