package csta

// Services that make, answer and end calls (ECMA-269, chapter 17; member names from
// the DMCC schema). A connection in a request is the one at the device that acts.

// AutoOriginate says whether a telephone without hands-free rings first (DMCC schema).
type AutoOriginate string

// The ways to begin a call.
const (
	Prompt      AutoOriginate = "prompt" // the user picks up; what AES assumes
	DoNotPrompt AutoOriginate = "doNotPrompt"
)

// TypeOfCall says how Communication Manager treats a call (DMCC schema).
type TypeOfCall string

// The types of a call.
const (
	NormalCall       TypeOfCall = "normal"
	DirectAgent      TypeOfCall = "directAgent" // to one agent, counted for a skill
	SupervisorAssist TypeOfCall = "supervisorAssist"
)

// MakeCall places a call from a device. The answer may come before or after the
// first event of the call (field observation). Faults are [InvalidCallingDeviceID],
// [InvalidCalledDeviceID] and [ResourceBusy] among others (inferred).
type MakeCall struct {
	From            DeviceID             `json:"callingDevice"`
	To              DeviceID             `json:"calledDirectoryNumber"`
	Account         HexText              `json:"accountCode,omitempty"`
	AuthCode        HexSecret            `json:"authCode,omitempty"`
	AutoOriginate   AutoOriginate        `json:"autoOriginate,omitempty"`
	Correlator      *CorrelatorData      `json:"correlatorData,omitempty"`
	UserData        *UserData            `json:"userData,omitempty"`
	Characteristics *CallCharacteristics `json:"callCharacteristics,omitempty"`
	Private         MakeCallOptions      `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (MakeCall) Service() string { return "MakeCall" }

func (MakeCall) answer() (_ CallMade) { return }

// CallPrivateData is what Avaya adds to services that place a call (DMCC schema).
type CallPrivateData struct {
	Route    DeviceID   `json:"destRoute,omitempty"` // trunk access code
	ACDGroup DeviceID   `json:"acdGroup,omitempty"`  // the skill of a DirectAgent call
	Type     TypeOfCall `json:"typeOfCall,omitempty"`
}

// MakeCallOptions is Avaya's part of [MakeCall].
type MakeCallOptions struct {
	Call CallPrivateData `json:"callPrivateData,omitzero"`
}

func (MakeCallOptions) element() string { return "MakeCallPrivateData" }

// MarshalJSON nests the private data.
func (p MakeCallOptions) MarshalJSON() ([]byte, error) {
	type plain MakeCallOptions
	return nest(p.element(), plain(p))
}

// CallMade answers [MakeCall]. Its callingDevice is a connection (DMCC samples).
type CallMade struct {
	Connection ConnectionID    `json:"callingDevice"`
	Private    MakeCallPrivate `json:"extensions,omitzero"`
}

// MakeCallPrivate is Avaya's part of [CallMade].
type MakeCallPrivate struct {
	Linkage CallLinkageData `json:"callLinkageData,omitzero"`
}

func (MakeCallPrivate) element() string { return "MakeCallResponsePrivateData" }

// MarshalJSON nests the private data.
func (p MakeCallPrivate) MarshalJSON() ([]byte, error) {
	type plain MakeCallPrivate
	return nest(p.element(), plain(p))
}

// AnswerCall connects an alerting connection. It is refused with [NoCallToAnswer]
// when nothing alerts there (inferred).
type AnswerCall struct {
	Target     ConnectionID    `json:"callToBeAnswered"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
	UserData   *UserData       `json:"userData,omitempty"`
}

// Service is the name on the wire.
func (AnswerCall) Service() string { return "AnswerCall" }

func (AnswerCall) answer() (_ Empty) { return }

// ClearCall ends a call for everyone in it (DMCC schema).
type ClearCall struct {
	Target   ConnectionID `json:"callToBeCleared"`
	UserData *UserData    `json:"userData,omitempty"`
}

// Service is the name on the wire.
func (ClearCall) Service() string { return "ClearCall" }

func (ClearCall) answer() (_ Empty) { return }

// DropResource names a helper of the switch that can be taken out of a call (DMCC
// schema).
type DropResource string

// The resources that can be dropped.
const (
	DropCallClassifier DropResource = "DR_CALL_CLASSIFIER"
	DropToneGenerator  DropResource = "DR_TONE_GENERATOR"
)

// ClearConnection takes one device out of a call. It is refused with
// [NoConnectionToClear] when the device is not in the call (inferred).
type ClearConnection struct {
	Target     ConnectionID           `json:"connectionToBeCleared"`
	Correlator *CorrelatorData        `json:"correlatorData,omitempty"`
	UserData   *UserData              `json:"userData,omitempty"`
	Reason     EventCause             `json:"reason,omitempty"`
	Private    ClearConnectionPrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (ClearConnection) Service() string { return "ClearConnection" }

func (ClearConnection) answer() (_ Empty) { return }

// ClearConnectionPrivate is Avaya's part of [ClearConnection].
type ClearConnectionPrivate struct {
	Drop DropResource `json:"dropResource,omitempty"`
}

func (ClearConnectionPrivate) element() string { return "ClearConnectionPrivateData" }

// MarshalJSON nests the private data.
func (p ClearConnectionPrivate) MarshalJSON() ([]byte, error) {
	type plain ClearConnectionPrivate
	return nest(p.element(), plain(p))
}

// HoldCall puts a connected connection on hold. It is refused with [NoActiveCall]
// when the connection is not connected (inferred).
type HoldCall struct {
	Target  ConnectionID `json:"callToBeHeld"`
	Reserve *bool        `json:"connectionReservation,omitempty"` // keep the channel
}

// Service is the name on the wire.
func (HoldCall) Service() string { return "HoldCall" }

func (HoldCall) answer() (_ Empty) { return }

// RetrieveCall connects a held connection again. It is refused with [NoHeldCall]
// when the connection is not held (inferred).
type RetrieveCall struct {
	Target ConnectionID `json:"callToBeRetrieved"`
}

// Service is the name on the wire.
func (RetrieveCall) Service() string { return "RetrieveCall" }

func (RetrieveCall) answer() (_ Empty) { return }
