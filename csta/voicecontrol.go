package csta

// Control of what the voice unit plays and records, CSTA's services for any message and
// Avaya's for either kind, and the events of it (ECMA-269, chapter 26; DMCC schema).

// Stop ends a message (DMCC schema). Which one, Private says for files.
type Stop struct {
	Connection ConnectionID `json:"connection"`
	Message    string       `json:"messageToBeStopped,omitempty"`
	Resource   string       `json:"resource,omitempty"`
	Private    StopPrivate  `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (Stop) Service() string { return "Stop" }

func (Stop) answer() (_ Empty) { return }

// StopPrivate is Avaya's part of [Stop].
type StopPrivate struct {
	What string `json:"serviceToStop,omitempty"` // values not documented
}

func (StopPrivate) element() string { return "StopPrivateData" }

// MarshalJSON nests the private data.
func (p StopPrivate) MarshalJSON() ([]byte, error) {
	type plain StopPrivate
	return nest(p.element(), plain(p))
}

// Suspend pauses a message (DMCC schema). Which one, Private says for files.
type Suspend struct {
	Connection ConnectionID   `json:"connection"`
	Message    string         `json:"message,omitempty"`
	Resource   string         `json:"resource,omitempty"`
	Private    SuspendPrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (Suspend) Service() string { return "Suspend" }

func (Suspend) answer() (_ Empty) { return }

// SuspendPrivate is Avaya's part of [Suspend].
type SuspendPrivate struct {
	What string `json:"serviceToSuspend,omitempty"` // values not documented
}

func (SuspendPrivate) element() string { return "SuspendPrivateData" }

// MarshalJSON nests the private data.
func (p SuspendPrivate) MarshalJSON() ([]byte, error) {
	type plain SuspendPrivate
	return nest(p.element(), plain(p))
}

// Resume goes on with a paused message (DMCC schema). Which one, Private says for files.
type Resume struct {
	Connection ConnectionID  `json:"connection"`
	Message    string        `json:"messageToResume,omitempty"`
	Resource   string        `json:"resource,omitempty"`
	Duration   int           `json:"duration,omitempty"` // milliseconds (inferred)
	Private    ResumePrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (Resume) Service() string { return "Resume" }

func (Resume) answer() (_ Empty) { return }

// ResumePrivate is Avaya's part of [Resume].
type ResumePrivate struct {
	What string `json:"serviceToResume,omitempty"` // values not documented
}

func (ResumePrivate) element() string { return "ResumePrivateData" }

// MarshalJSON nests the private data.
func (p ResumePrivate) MarshalJSON() ([]byte, error) {
	type plain ResumePrivate
	return nest(p.element(), plain(p))
}

// StopPlaying ends what is being played (DMCC schema).
type StopPlaying struct {
	Connection ConnectionID `json:"connection"`
}

// Service is the name on the wire.
func (StopPlaying) Service() string { return "StopPlaying" }

func (StopPlaying) answer() (_ Empty) { return }

// SuspendPlaying pauses what is being played (DMCC schema).
type SuspendPlaying struct {
	Connection ConnectionID `json:"connection"`
}

// Service is the name on the wire.
func (SuspendPlaying) Service() string { return "SuspendPlaying" }

func (SuspendPlaying) answer() (_ Empty) { return }

// ResumePlaying goes on playing (DMCC schema).
type ResumePlaying struct {
	Connection ConnectionID `json:"connection"`
}

// Service is the name on the wire.
func (ResumePlaying) Service() string { return "ResumePlaying" }

func (ResumePlaying) answer() (_ Empty) { return }

// StopRecording ends a recording (DMCC schema).
type StopRecording struct {
	Connection ConnectionID `json:"connection"`
}

// Service is the name on the wire.
func (StopRecording) Service() string { return "StopRecording" }

func (StopRecording) answer() (_ Empty) { return }

// SuspendRecording pauses a recording (DMCC schema).
type SuspendRecording struct {
	Connection ConnectionID `json:"connection"`
}

// Service is the name on the wire.
func (SuspendRecording) Service() string { return "SuspendRecording" }

func (SuspendRecording) answer() (_ Empty) { return }

// ResumeRecording goes on recording (DMCC schema).
type ResumeRecording struct {
	Connection ConnectionID `json:"connection"`
}

// Service is the name on the wire.
func (ResumeRecording) Service() string { return "ResumeRecording" }

func (ResumeRecording) answer() (_ Empty) { return }

// StartDubbing replaces what a recording hears by a message (DMCC schema).
type StartDubbing struct {
	Connection ConnectionID `json:"connection"`
	Message    string       `json:"messageToDubWith"`
	Duration   int          `json:"duration"` // milliseconds (inferred)
}

// Service is the name on the wire.
func (StartDubbing) Service() string { return "StartDubbing" }

func (StartDubbing) answer() (_ Empty) { return }

// StopDubbing lets a recording hear the call again (DMCC schema).
type StopDubbing struct {
	Connection ConnectionID `json:"connection"`
	Message    string       `json:"messageToDubWith"`
}

// Service is the name on the wire.
func (StopDubbing) Service() string { return "StopDubbing" }

func (StopDubbing) answer() (_ Empty) { return }

// VoiceEvent is what every event of the voice unit carries (DMCC schema).
type VoiceEvent struct {
	Monitored
	Connection ConnectionID `json:"connection"`
	Message    string       `json:"message,omitempty"`
	Resource   string       `json:"resource,omitempty"`
	Length     *int         `json:"length,omitempty"`          // milliseconds (inferred)
	Position   *int         `json:"currentPosition,omitempty"` // milliseconds (inferred)
	Cause      EventCause   `json:"cause,omitempty"`
}

// Playing tells that a message is being played (DMCC schema).
type Playing struct {
	VoiceEvent
	Speed *int `json:"speed,omitempty"`
}

// EventName is the name on the wire.
func (Playing) EventName() string { return "PlayEvent" }

// Recording tells that a call is being recorded (DMCC schema).
type Recording struct{ VoiceEvent }

// EventName is the name on the wire.
func (Recording) EventName() string { return "RecordEvent" }

// VoiceStopped tells that a message ended; Cause says why (DMCC schema).
type VoiceStopped struct{ VoiceEvent }

// EventName is the name on the wire.
func (VoiceStopped) EventName() string { return "StopEvent" }

// PlaySuspended tells that a message was paused (DMCC schema).
type PlaySuspended struct{ VoiceEvent }

// EventName is the name on the wire.
func (PlaySuspended) EventName() string { return "SuspendPlayEvent" }

// RecordSuspended tells that a recording was paused (DMCC schema).
type RecordSuspended struct{ VoiceEvent }

// EventName is the name on the wire.
func (RecordSuspended) EventName() string { return "SuspendRecordEvent" }
