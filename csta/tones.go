package csta

// Detection and collection of tones that a registered terminal hears (Avaya
// extensions, DMCC schema): a terminal with server media only (DMCC guides).

// CallObject is what tones are collected from: a connection or a device (DMCC
// schema: CSTAObject).
type CallObject struct {
	Call   *ConnectionID `json:"callObject,omitempty"`
	Device DeviceID      `json:"deviceObject,omitempty"`
}

// ToneCollectionStart begins to collect the tones that a device hears (DMCC schema).
type ToneCollectionStart struct {
	Object CallObject `json:"object"`
}

// Service is the name on the wire.
func (ToneCollectionStart) Service() string { return "ToneCollectionStart" }

func (ToneCollectionStart) answer() (_ Empty) { return }

// ToneCollectionStop ends the collection of tones (DMCC schema).
type ToneCollectionStop struct {
	Object CallObject `json:"object"`
}

// Service is the name on the wire.
func (ToneCollectionStop) Service() string { return "ToneCollectionStop" }

func (ToneCollectionStop) answer() (_ Empty) { return }

// ToneCollectionFlushBuffer empties the buffer of collected tones (DMCC schema).
type ToneCollectionFlushBuffer struct {
	Object        CallObject `json:"object"`
	SendEvent     bool       `json:"sendEvent"`     // deliver what was in the buffer
	ClearCriteria bool       `json:"clearCriteria"` // forget the retrieval criteria, too
}

// Service is the name on the wire.
func (ToneCollectionFlushBuffer) Service() string { return "ToneCollectionFlushBuffer" }

func (ToneCollectionFlushBuffer) answer() (_ Empty) { return }

// ToneRetrievalCriteria says when collected tones are delivered: after a number of
// tones, a final character, or a time without tones (DMCC schema).
type ToneRetrievalCriteria struct {
	Object            CallObject `json:"object"`
	Number            int        `json:"numberOfTones,omitempty"`
	FlushCharacter    string     `json:"flushCharacter,omitempty"`
	InitialTimeout    int        `json:"initialTimeout,omitempty"`    // milliseconds (inferred)
	InterdigitTimeout int        `json:"interdigitTimeout,omitempty"` // milliseconds (inferred)
}

// Service is the name on the wire.
func (ToneRetrievalCriteria) Service() string { return "ToneRetrievalCriteria" }

func (ToneRetrievalCriteria) answer() (_ Empty) { return }

// ToneCollectionCause says why collected tones were delivered (DMCC schema:
// TcollCause).
type ToneCollectionCause string

// The causes.
const (
	FlushCharReceived ToneCollectionCause = "flushCharReceived"
	CharCountReceived ToneCollectionCause = "charCountReceived"
	CollectTimeout    ToneCollectionCause = "timeout"
	BufferFlushed     ToneCollectionCause = "bufferFlushed"
)

// TonesRetrieved tells the tones that were collected, the flush character among them
// (DMCC samples).
type TonesRetrieved struct {
	Monitored
	Device ExtendedDeviceID    `json:"device,omitzero"`
	Cause  ToneCollectionCause `json:"tcollcause,omitempty"`
	Tones  string              `json:"tones"`
}

// EventName is the name on the wire.
func (TonesRetrieved) EventName() string { return "TonesRetrievedEvent" }

// ToneDetected tells one tone that a device heard (DMCC schema).
type ToneDetected struct {
	Monitored
	Device ExtendedDeviceID `json:"device,omitzero"`
	Tone   string           `json:"toneDetected"`
}

// EventName is the name on the wire.
func (ToneDetected) EventName() string { return "ToneDetectedEvent" }
