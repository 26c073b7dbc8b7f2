package csta

// Services that join, move and switch between calls (ECMA-269, chapter 17).

// ConsultationCall holds a call and places a second one from the same device.
type ConsultationCall struct {
	Existing ConnectionID `json:"existingCall"`
	To       DeviceID     `json:"consultedDevice"`
	UserData *UserData    `json:"userData,omitempty"`
	Options  string       `json:"consultOptions,omitempty"` // unrestricted, transferOnly, ...
}

// Service is the name on the wire.
func (ConsultationCall) Service() string { return "ConsultationCall" }

func (ConsultationCall) answer() (_ ConsultationMade) { return }

// ConsultationMade answers [ConsultationCall].
type ConsultationMade struct {
	Initiated ConnectionID        `json:"initiatedCall"`
	Private   ConsultationPrivate `json:"extensions,omitzero"`
}

// ConsultationPrivate is Avaya's part of [ConsultationMade].
type ConsultationPrivate struct {
	Linkage CallLinkageData `json:"callLinkageData,omitzero"`
}

func (ConsultationPrivate) element() string { return "ConsultationCallResponsePrivateData" }

// MarshalJSON nests the private data.
func (p ConsultationPrivate) MarshalJSON() ([]byte, error) {
	type plain ConsultationPrivate
	return nest(p.element(), plain(p))
}

// AlternateCall holds the active call and retrieves the held one.
type AlternateCall struct {
	Held   ConnectionID `json:"heldCall"`
	Active ConnectionID `json:"activeCall"`
}

// Service is the name on the wire.
func (AlternateCall) Service() string { return "AlternateCall" }

func (AlternateCall) answer() (_ Empty) { return }

// ReconnectCall clears the active call and retrieves the held one: how a
// consultation is given up.
type ReconnectCall struct {
	Active ConnectionID `json:"activeCall"`
	Held   ConnectionID `json:"heldCall"`
}

// Service is the name on the wire.
func (ReconnectCall) Service() string { return "ReconnectCall" }

func (ReconnectCall) answer() (_ Empty) { return }

// TransferCall joins the far ends of a held and an active call and leaves.
type TransferCall struct {
	Held   ConnectionID `json:"heldCall"`
	Active ConnectionID `json:"activeCall"`
}

// Service is the name on the wire.
func (TransferCall) Service() string { return "TransferCall" }

func (TransferCall) answer() (_ CallTransferred) { return }

// CallTransferred answers [TransferCall] and [SingleStepTransferCall]; the id of
// the call that lives on is in Call.
type CallTransferred struct {
	Call        ConnectionID         `json:"transferredCall"`
	Connections []ConnectionListItem `json:"connections" item:"connectionListItem"`
	Private     TransferPrivate      `json:"extensions,omitzero"`
}

// TransferPrivate is Avaya's part of [CallTransferred].
type TransferPrivate struct {
	Linkage CallLinkageData `json:"callLinkageData,omitzero"`
}

func (TransferPrivate) element() string { return "TransferCallResponsePrivateData" }

// MarshalJSON nests the private data.
func (p TransferPrivate) MarshalJSON() ([]byte, error) {
	type plain TransferPrivate
	return nest(p.element(), plain(p))
}

// SingleStepTransferCall transfers a call without consultation (a blind transfer).
type SingleStepTransferCall struct {
	Active   ConnectionID `json:"activeCall"`
	To       DeviceID     `json:"transferredTo"`
	UserData *UserData    `json:"userData,omitempty"`
}

// Service is the name on the wire.
func (SingleStepTransferCall) Service() string { return "SingleStepTransferCall" }

func (SingleStepTransferCall) answer() (_ CallTransferred) { return }

// ConferenceCall joins a held and an active call and stays.
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
