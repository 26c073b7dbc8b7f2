package csta

// The application session services of ECMA-354, as WTI names them. WTI's start
// request has member names of its own (WTI forum); the others are DMCC's.

// StartApplicationSession opens the session that every other service needs (WTI
// forum). Who asks is told by HTTP's Authorization, not by a member.
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

// ResetApplicationSessionTimer keeps a session alive; nothing else does (WTI
// forum). It is refused with [InvalidSessionID] or [CannotResetTimer] (DMCC schema).
type ResetApplicationSessionTimer struct {
	SessionID string `json:"sessionID"`
	Duration  int    `json:"requestedSessionDuration"` // seconds
}

// Service is the name on the wire (WTI forum).
func (ResetApplicationSessionTimer) Service() string { return "ResetApplicationSessionTimer" }

func (ResetApplicationSessionTimer) answer() (_ SessionTimerReset) { return }

// SessionTimerReset answers [ResetApplicationSessionTimer] (DMCC schema).
type SessionTimerReset struct {
	ActualDuration int    `json:"actualSessionDuration"` // seconds
	Token          Secret `json:"token,omitempty"`       // a new one, if renewed (inferred)
}

// StopApplicationSession ends a session (DMCC schema). It is refused with
// [InvalidSessionID].
type StopApplicationSession struct {
	SessionID string           `json:"sessionID"`
	Reason    SessionEndReason `json:"sessionEndReason"`
}

// SessionEndReason says why a client ends its session: one of the two (DMCC schema).
type SessionEndReason struct {
	Defined     EndReason `json:"definedEndReason,omitempty"`
	Application string    `json:"appEndReason,omitempty"` // the application's own words
}

// EndReason is a reason for a client to end its session (DMCC schema).
type EndReason string

// NormalEnd is the one reason that is defined.
const NormalEnd EndReason = "normal"

// Service is the name on the wire.
func (StopApplicationSession) Service() string { return "StopApplicationSession" }

func (StopApplicationSession) answer() (_ Empty) { return }

// ApplicationSessionTerminated tells that the server ended the session (DMCC
// schema; its name on WTI is inferred). It belongs to no monitor.
type ApplicationSessionTerminated struct {
	Unmonitored
	SessionID string            `json:"sessionID"`
	Reason    SessionTermReason `json:"sessionTermReason"`
}

// EventName is the name on the wire.
func (ApplicationSessionTerminated) EventName() string { return "ApplicationSessionTerminated" }

// SessionTermReason says why a server ended a session: one of the two (DMCC schema).
type SessionTermReason struct {
	Defined TermReason `json:"definedTermReason,omitempty"`
	Server  string     `json:"serverTermReason,omitempty"` // the server's own words
}

// TermReason is a reason for a server to end a session (DMCC schema).
type TermReason string

// The reasons that are defined.
const (
	SessionTimerExpired TermReason = "sessionTimerExpired" // it was not reset in time
	ResourceLimitation  TermReason = "resourceLimitation"
)
