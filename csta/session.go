package csta

// The application session services of ECMA-354, as WTI names them. WTI's start
// request has member names of its own (WTI forum); the others are DMCC's.

// StartApplicationSession opens the session that every other service needs.
type StartApplicationSession struct {
	Duration  int      `json:"SessionDuration,string"` // seconds it lives without a reset
	Protocols []string `json:"ProtocolVersionList"`    // the most preferred first
	AppID     string   `json:"ApplicationID"`
	SessionID string   `json:"SessionID,omitempty"` // the session to resume (inferred)
}

// Service is the name on the wire.
func (StartApplicationSession) Service() string { return "StartApplicationSession" }

func (StartApplicationSession) answer() (_ SessionStarted) { return }

// SessionStarted answers [StartApplicationSession]. The presence of a token is
// what tells success (WTI forum).
type SessionStarted struct {
	SessionID      string `json:"sessionID"`
	Token          Secret `json:"token"`
	ActualDuration int    `json:"actualSessionDuration"` // seconds
	ActualProtocol string `json:"actualProtocolVersion,omitempty"`
}

// ResetApplicationSessionTimer keeps a session alive; nothing else does.
type ResetApplicationSessionTimer struct {
	SessionID string `json:"sessionID"`
	Duration  int    `json:"requestedSessionDuration"` // seconds
}

// Service is the name on the wire (WTI forum).
func (ResetApplicationSessionTimer) Service() string { return "ResetApplicationSessionTimer" }

func (ResetApplicationSessionTimer) answer() (_ SessionTimerReset) { return }

// SessionTimerReset answers [ResetApplicationSessionTimer].
type SessionTimerReset struct {
	ActualDuration int    `json:"actualSessionDuration"` // seconds
	Token          Secret `json:"token,omitempty"`       // a new token, if the server renews it
}

// StopApplicationSession ends a session.
type StopApplicationSession struct {
	SessionID string           `json:"sessionID"`
	Reason    SessionEndReason `json:"sessionEndReason"`
}

// SessionEndReason says why a client ends its session: one of the two.
type SessionEndReason struct {
	Defined     string `json:"definedEndReason,omitempty"` // "normal" is the only one
	Application string `json:"appEndReason,omitempty"`     // the application's own words
}

// Service is the name on the wire.
func (StopApplicationSession) Service() string { return "StopApplicationSession" }

func (StopApplicationSession) answer() (_ Empty) { return }

// ApplicationSessionTerminated tells that the server ended the session. It belongs
// to no monitor.
type ApplicationSessionTerminated struct {
	SessionID string            `json:"sessionID"`
	Reason    SessionTermReason `json:"sessionTermReason"`
}

// SessionTermReason says why a server ended a session: one of the two.
type SessionTermReason struct {
	Defined string `json:"definedTermReason,omitempty"` // sessionTimerExpired, resourceLimitation
	Server  string `json:"serverTermReason,omitempty"`  // the server's own words
}

// The defined reasons for a server to end a session.
const (
	SessionTimerExpired = "sessionTimerExpired"
	ResourceLimitation  = "resourceLimitation"
)

// EventName is the name on the wire.
func (ApplicationSessionTerminated) EventName() string { return "ApplicationSessionTerminated" }

// CrossRef is empty: the event belongs to the session, not to a monitor.
func (ApplicationSessionTerminated) CrossRef() MonitorCrossRefID { return "" }
