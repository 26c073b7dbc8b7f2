package csta

// Events of the voice unit (ECMA-269, chapter 26; DMCC schema).

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
