package csta

// Services that bring three and more parties together (ECMA-269, chapter 17; DMCC
// schema).

// ConferenceCall joins a held and an active call and stays. A party too many is
// refused with [ConferenceLimit] (inferred).
type ConferenceCall struct {
	Held   ConnectionID `json:"heldCall"`
	Active ConnectionID `json:"activeCall"`
}

// Service is the name on the wire.
func (ConferenceCall) Service() string { return "ConferenceCall" }

func (ConferenceCall) answer() (_ CallConferenced) { return }

// CallConferenced answers [ConferenceCall].
type CallConferenced struct {
	Call        ConnectionID         `json:"conferenceCall"`
	Connections []ConnectionListItem `json:"connections" item:"connectionListItem"`
	Private     ConferencePrivate    `json:"extensions,omitzero"`
}

// ConferencePrivate is Avaya's part of [CallConferenced].
type ConferencePrivate struct {
	Linkage CallLinkageData `json:"callLinkageData,omitzero"`
}

func (ConferencePrivate) element() string { return "ConferenceCallResponsePrivateData" }

// MarshalJSON nests the private data.
func (p ConferencePrivate) MarshalJSON() ([]byte, error) {
	type plain ConferencePrivate
	return nest(p.element(), plain(p))
}

// ParticipationType says how a device takes part in a call (DMCC schema).
type ParticipationType string

// The ways to take part.
const (
	SilentParticipation ParticipationType = "silent" // hears, is not heard
	ActiveParticipation ParticipationType = "active"
	NoParticipation     ParticipationType = "none"
)

// SingleStepConferenceCall brings a device into a call at once: how recorders join
// (DMCC schema and field use).
type SingleStepConferenceCall struct {
	Active        ConnectionID      `json:"activeCall"`
	Device        DeviceID          `json:"deviceToJoin"`
	Participation ParticipationType `json:"participationType,omitempty"`
	Account       HexText           `json:"accountCode,omitempty"`
	AuthCode      HexSecret         `json:"authCode,omitempty"`
	Correlator    *CorrelatorData   `json:"correlatorData,omitempty"`
	UserData      *UserData         `json:"userData,omitempty"`
}

// Service is the name on the wire.
func (SingleStepConferenceCall) Service() string { return "SingleStepConferenceCall" }

func (SingleStepConferenceCall) answer() (_ DeviceConferenced) { return }

// DeviceConferenced answers [SingleStepConferenceCall] (DMCC schema).
type DeviceConferenced struct {
	Call    ConnectionID             `json:"conferencedCall"`
	Private DeviceConferencedPrivate `json:"extensions,omitzero"`
}

// DeviceConferencedPrivate is Avaya's part of [DeviceConferenced].
type DeviceConferencedPrivate struct {
	UCID        string         `json:"globallyUniqueCallLinkageID,omitempty"`
	Connections []ConnectionID `json:"resultingConnections,omitempty" item:"connection"`
}

func (DeviceConferencedPrivate) element() string {
	return "SingleStepConferenceCallResponsePrivateData"
}

// MarshalJSON nests the private data.
func (p DeviceConferencedPrivate) MarshalJSON() ([]byte, error) {
	type plain DeviceConferencedPrivate
	return nest(p.element(), plain(p))
}
