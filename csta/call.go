package csta

// Services that make, answer and end calls (ECMA-269, chapter 17; member names from
// the DMCC schema).

// MakeCall places a call from a device.
type MakeCall struct {
	From          DeviceID  `json:"callingDevice"`
	To            DeviceID  `json:"calledDirectoryNumber"`
	AutoOriginate string    `json:"autoOriginate,omitempty"` // prompt or doNotPrompt
	UserData      *UserData `json:"userData,omitempty"`
}

// Service is the name on the wire.
func (MakeCall) Service() string { return "MakeCall" }

func (MakeCall) answer() (_ CallMade) { return }

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

// AnswerCall connects an alerting connection.
type AnswerCall struct {
	Target ConnectionID `json:"callToBeAnswered"`
}

// Service is the name on the wire.
func (AnswerCall) Service() string { return "AnswerCall" }

func (AnswerCall) answer() (_ Empty) { return }

// ClearConnection takes one device out of a call.
type ClearConnection struct {
	Target   ConnectionID `json:"connectionToBeCleared"`
	UserData *UserData    `json:"userData,omitempty"`
	Reason   EventCause   `json:"reason,omitempty"`
}

// Service is the name on the wire.
func (ClearConnection) Service() string { return "ClearConnection" }

func (ClearConnection) answer() (_ Empty) { return }

// HoldCall puts a connected connection on hold.
type HoldCall struct {
	Target ConnectionID `json:"callToBeHeld"`
}

// Service is the name on the wire.
func (HoldCall) Service() string { return "HoldCall" }

func (HoldCall) answer() (_ Empty) { return }

// RetrieveCall connects a held connection again.
type RetrieveCall struct {
	Target ConnectionID `json:"callToBeRetrieved"`
}

// Service is the name on the wire.
func (RetrieveCall) Service() string { return "RetrieveCall" }

func (RetrieveCall) answer() (_ Empty) { return }

// DeflectCall sends an alerting call elsewhere.
type DeflectCall struct {
	Target ConnectionID `json:"callToBeDiverted"`
	To     DeviceID     `json:"newDestination"`
}

// Service is the name on the wire.
func (DeflectCall) Service() string { return "DeflectCall" }

func (DeflectCall) answer() (_ Empty) { return }

// GenerateDigits sends DTMF digits into a call.
type GenerateDigits struct {
	Target   ConnectionID `json:"connectionToSendDigits"`
	Mode     string       `json:"digitMode,omitempty"` // dTMF or rotaryPulse
	Digits   string       `json:"charactersToSend"`
	Duration int          `json:"toneDuration,omitempty"`  // milliseconds a tone
	Pause    int          `json:"pauseDuration,omitempty"` // milliseconds between tones
}

// Service is the name on the wire.
func (GenerateDigits) Service() string { return "GenerateDigits" }

func (GenerateDigits) answer() (_ Empty) { return }
