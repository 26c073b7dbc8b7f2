package csta

// The voice unit of a terminal with server media: it plays and records files on AES
// (ECMA-269, chapter 26; Avaya extensions, DMCC schema). A connection there has a
// device and no call (DMCC samples).

// TerminatingConditions says what ends a message (DMCC schema).
type TerminatingConditions struct {
	DurationExceeded *bool `json:"durationExceeded,omitempty"`
	DTMFDetected     *bool `json:"dTMFDigitDetected,omitempty"`
	EndOfMessage     *bool `json:"endOfMessageDetected,omitempty"`
	SpeechDetected   *bool `json:"speechDetected,omitempty"`
}

// PlayMessage plays files into a call; for files the message is "0" and their names
// are in Private (DMCC samples).
type PlayMessage struct {
	Message     string                 `json:"messageToBePlayed"`
	Over        ConnectionID           `json:"overConnection"`
	Duration    int                    `json:"duration,omitempty"` // milliseconds (inferred)
	Termination *TerminatingConditions `json:"termination,omitempty"`
	Private     PlayPrivate            `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (PlayMessage) Service() string { return "PlayMessage" }

func (PlayMessage) answer() (_ Empty) { return }

// PlayPrivate is Avaya's part of [PlayMessage].
type PlayPrivate struct {
	Message  string   `json:"playMessage,omitempty"`
	Count    *int     `json:"playCount,omitempty"`    // how often
	Interval *int     `json:"playInterval,omitempty"` // between two times; unit not documented
	Files    []string `json:"fileList,omitempty"`
}

func (PlayPrivate) element() string { return "PlayMessagePrivateData" }

// MarshalJSON nests the private data.
func (p PlayPrivate) MarshalJSON() ([]byte, error) {
	type plain PlayPrivate
	return nest(p.element(), plain(p))
}

// EncodingAlgorithm is how a recording is coded (DMCC schema).
type EncodingAlgorithm string

// The encodings.
const (
	ADPCM6K    EncodingAlgorithm = "aDPCM6K"
	ADPCM8K    EncodingAlgorithm = "aDPCM8K"
	MuLawPCM6K EncodingAlgorithm = "muLawPCM6K"
	ALawPCM6K  EncodingAlgorithm = "aLawPCM6K"
)

// RecordMessage records a call into a file (DMCC schema).
type RecordMessage struct {
	Call         ConnectionID           `json:"callToBeRecorded"`
	Resource     string                 `json:"resource,omitempty"`
	SamplingRate int                    `json:"samplingRate,omitempty"` // hertz (inferred)
	Encoding     EncodingAlgorithm      `json:"encodingAlgorithm,omitempty"`
	MaxDuration  int                    `json:"maxDuration,omitempty"` // milliseconds (inferred)
	Termination  *TerminatingConditions `json:"termination,omitempty"`
	Private      RecordPrivate          `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (RecordMessage) Service() string { return "RecordMessage" }

func (RecordMessage) answer() (_ MessageRecorded) { return }

// RecordPrivate is Avaya's part of [RecordMessage].
type RecordPrivate struct {
	Encoding  string `json:"encoding,omitempty"`
	File      string `json:"filename,omitempty"`
	Timestamp string `json:"timestamp,omitempty"`
}

func (RecordPrivate) element() string { return "RecordMessagePrivateData" }

// MarshalJSON nests the private data.
func (p RecordPrivate) MarshalJSON() ([]byte, error) {
	type plain RecordPrivate
	return nest(p.element(), plain(p))
}

// MessageRecorded answers [RecordMessage]: recording has begun (DMCC schema).
type MessageRecorded struct {
	Message string          `json:"resultingMessage"`
	Private RecordedPrivate `json:"extensions,omitzero"`
}

// RecordedPrivate is Avaya's part of [MessageRecorded].
type RecordedPrivate struct {
	Timestamp string `json:"timestamp,omitempty"`
	File      string `json:"filename,omitempty"`
}

func (RecordedPrivate) element() string { return "RecordMessageResponsePrivateData" }

// MarshalJSON nests the private data.
func (p RecordedPrivate) MarshalJSON() ([]byte, error) {
	type plain RecordedPrivate
	return nest(p.element(), plain(p))
}

// DeleteMessage deletes a message, or the file that Private names (DMCC schema).
type DeleteMessage struct {
	Message string               `json:"messageToBeDeleted"`
	Private DeleteMessagePrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (DeleteMessage) Service() string { return "DeleteMessage" }

func (DeleteMessage) answer() (_ Empty) { return }

// DeleteMessagePrivate is Avaya's part of [DeleteMessage].
type DeleteMessagePrivate struct {
	File string `json:"filename,omitempty"`
}

func (DeleteMessagePrivate) element() string { return "DeleteMessagePrivateData" }

// MarshalJSON nests the private data.
func (p DeleteMessagePrivate) MarshalJSON() ([]byte, error) {
	type plain DeleteMessagePrivate
	return nest(p.element(), plain(p))
}
