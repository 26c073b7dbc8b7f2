package csta

// Calls that the switch places for an application, and services that look at or
// take over calls elsewhere (ECMA-269, chapter 17; DMCC schema).

// MakePredictiveCall places a call from a VDN or skill and gives it a party there
// once someone answers (DMCC schema).
type MakePredictiveCall struct {
	From DeviceID `json:"callingDevice"` // a VDN or skill
	To   DeviceID `json:"calledDirectoryNumber"`

	// What to do when the far end answers is in no public source: JSON as it is.
	Signalling Opaque   `json:"signallingDetection,omitempty"`
	Detect     []Opaque `json:"destinationDetection,omitempty" item:"detectionItem"`
	Default    Opaque   `json:"defaultAction,omitempty"`

	Account         HexText               `json:"accountCode,omitempty"`
	AuthCode        HexSecret             `json:"authCode,omitempty"`
	AutoOriginate   AutoOriginate         `json:"autoOriginate,omitempty"`
	AlertTime       int                   `json:"alertTime,omitempty"` // seconds (inferred)
	Correlator      *CorrelatorData       `json:"correlatorData,omitempty"`
	Characteristics *CallCharacteristics  `json:"callCharacteristics,omitempty"`
	UserData        *UserData             `json:"userData,omitempty"`
	Private         PredictiveCallOptions `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (MakePredictiveCall) Service() string { return "MakePredictiveCall" }

func (MakePredictiveCall) answer() (_ PredictiveCallMade) { return }

// PredictiveCallOptions is Avaya's part of [MakePredictiveCall].
type PredictiveCallOptions struct {
	Route DeviceID `json:"destRoute,omitempty"` // trunk access code
}

func (PredictiveCallOptions) element() string { return "MakePredictiveCallPrivateData" }

// MarshalJSON nests the private data.
func (p PredictiveCallOptions) MarshalJSON() ([]byte, error) {
	type plain PredictiveCallOptions
	return nest(p.element(), plain(p))
}

// PredictiveCallMade answers [MakePredictiveCall] (DMCC schema).
type PredictiveCallMade struct {
	Connection ConnectionID          `json:"initiatedCall"`
	Private    PredictiveCallPrivate `json:"extensions,omitzero"`
}

// PredictiveCallPrivate is Avaya's part of [PredictiveCallMade].
type PredictiveCallPrivate struct {
	Linkage CallLinkageData `json:"callLinkageData,omitzero"`
}

func (PredictiveCallPrivate) element() string { return "MakePredictiveCallResponsePrivateData" }

// MarshalJSON nests the private data.
func (p PredictiveCallPrivate) MarshalJSON() ([]byte, error) {
	type plain PredictiveCallPrivate
	return nest(p.element(), plain(p))
}

// CallPicked answers [DirectedPickupCall] and [GroupPickupCall] (DMCC schema).
type CallPicked struct {
	Call ConnectionID `json:"pickedCall"`
}

// DirectedPickupCall answers, from another device, a call that alerts somewhere
// (DMCC schema).
type DirectedPickupCall struct {
	Target     ConnectionID    `json:"callToBePickedUp"`
	Device     DeviceID        `json:"requestingDevice"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
	UserData   *UserData       `json:"userData,omitempty"`
}

// Service is the name on the wire.
func (DirectedPickupCall) Service() string { return "DirectedPickupCall" }

func (DirectedPickupCall) answer() (_ CallPicked) { return }

// GroupPickupCall answers, from a device, a call that alerts in its pickup group
// (DMCC schema).
type GroupPickupCall struct {
	Device     DeviceID        `json:"newDestination"`
	Group      DeviceID        `json:"pickGroup,omitempty"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
	UserData   *UserData       `json:"userData,omitempty"`
}

// Service is the name on the wire.
func (GroupPickupCall) Service() string { return "GroupPickupCall" }

func (GroupPickupCall) answer() (_ CallPicked) { return }

// GetCallLinkageData asks for the UCID of a call (DMCC schema).
type GetCallLinkageData struct {
	Call ConnectionID `json:"call"`
}

// Service is the name on the wire.
func (GetCallLinkageData) Service() string { return "GetCallLinkageData" }

func (GetCallLinkageData) answer() (_ CallLinkage) { return }

// CallLinkage answers [GetCallLinkageData] (DMCC schema).
type CallLinkage struct {
	Linkage CallLinkageData `json:"callLinkageData"`
}

// CallType says which of a device's calls [GetCall] means (DMCC schema).
type CallType string

// ActiveCall is the one value that is defined.
const ActiveCall CallType = "activeCall"

// GetCall asks for the participants of a device's call (DMCC schema).
type GetCall struct {
	Device DeviceID `json:"device"`
	Type   CallType `json:"callType,omitempty"`
}

// Service is the name on the wire.
func (GetCall) Service() string { return "GetCall" }

func (GetCall) answer() (_ CallParticipants) { return }

// CallParticipants answers [GetCall] (DMCC schema).
type CallParticipants struct {
	Participants []DeviceID `json:"participants"`
}

// SelectiveListening names who stops or begins to hear whom (DMCC schema).
type SelectiveListening struct {
	Subject  ConnectionID `json:"subjectConnection"` // whose hearing changes
	All      bool         `json:"allParties"`
	Selected ConnectionID `json:"selectedParty,omitzero"` // who is (not) heard, unless All
}

// SelectiveListeningHold keeps a party from hearing another, or all (DMCC schema).
type SelectiveListeningHold struct {
	Listening SelectiveListening `json:"selectiveListening"`
}

// Service is the name on the wire.
func (SelectiveListeningHold) Service() string { return "SelectiveListeningHold" }

func (SelectiveListeningHold) answer() (_ Empty) { return }

// SelectiveListeningRetrieve lets a party hear again (DMCC schema).
type SelectiveListeningRetrieve struct {
	Listening SelectiveListening `json:"selectiveListening"`
}

// Service is the name on the wire.
func (SelectiveListeningRetrieve) Service() string { return "SelectiveListeningRetrieve" }

func (SelectiveListeningRetrieve) answer() (_ Empty) { return }
