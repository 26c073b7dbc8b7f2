package csta

// Audio of a registered terminal: where it goes and what protects it (Avaya
// extensions, DMCC schema). Audio is RTP and never travels here (WTI forum).

// MediaInfo is one end of an audio stream (DMCC schema).
type MediaInfo struct {
	RTP        IPAddress `json:"rtpAddress"`
	RTCP       IPAddress `json:"rtcpAddress"`
	Codecs     []string  `json:"codecs,omitempty"`     // g711U, g711A, ...: the preferred first
	PacketSize int       `json:"packetSize,omitempty"` // milliseconds
	Encryption []string  `json:"encryptionList,omitempty"`
}

// IPAddress is an address and a UDP port (DMCC schema).
type IPAddress struct {
	Address string `json:"address"`
	Port    int    `json:"port"`
}

// RedirectMedia moves the local end of a terminal's audio without a new registration
// (DMCC schema).
type RedirectMedia struct {
	Device   DeviceID   `json:"device"`
	Previous bool       `json:"usePreviousValues"` // back to what it was before
	Local    *MediaInfo `json:"localMediaInfo,omitempty"`
}

// Service is the name on the wire.
func (RedirectMedia) Service() string { return "RedirectMediaRequest" }

func (RedirectMedia) answer() (_ Empty) { return }

// MediaDescriptor describes both ends of a stream (DMCC schema).
type MediaDescriptor struct {
	Protocol   string     `json:"protocol,omitempty"`
	Gain       *int       `json:"gain,omitempty"`
	Encryption Encryption `json:"encryption,omitzero"`
	Local      *MediaInfo `json:"localMediaInfo,omitempty"`
	Remote     *MediaInfo `json:"remoteMediaInfo,omitempty"`
}

// MediaStart begins a stream for a connection (DMCC schema; no sample uses it).
type MediaStart struct {
	Connection ConnectionID    `json:"connection"`
	Descriptor MediaDescriptor `json:"descriptor"`
}

// Service is the name on the wire.
func (MediaStart) Service() string { return "MediaStart" }

func (MediaStart) answer() (_ MediaReply) { return }

// MediaReply answers [MediaStart] (DMCC schema).
type MediaReply struct {
	Connection ConnectionID    `json:"connection"`
	Descriptor MediaDescriptor `json:"descriptor,omitzero"`
}

// MediaStop ends a stream (DMCC schema; no sample uses it).
type MediaStop struct {
	Connection ConnectionID `json:"connection"`
}

// Service is the name on the wire.
func (MediaStop) Service() string { return "MediaStop" }

func (MediaStop) answer() (_ ConnectionReply) { return }

// ConnectionReply answers [MediaStop] (DMCC schema).
type ConnectionReply struct {
	Connection ConnectionID `json:"connection"`
}

// MediaStarted tells where to send a call's audio, and how. It comes again, after a
// MediaStopped, whenever the switch routes the audio anew; its order against call
// control events is not promised (general knowledge).
type MediaStarted struct {
	Monitored
	Connection ConnectionID `json:"connection,omitzero"`
	RTP        IPAddress    `json:"rtpAddress"`  // the far end
	RTCP       IPAddress    `json:"rtcpAddress"` // the far end
	Codec      string       `json:"codec"`
	PacketSize int          `json:"packetSize"` // milliseconds
	Encryption Encryption   `json:"encryption,omitzero"`
}

// EventName is the name on the wire.
func (MediaStarted) EventName() string { return "MediaStartEvent" }

// Encryption holds the keys of a stream, one for each direction (DMCC schema).
type Encryption struct {
	Protocol     string `json:"protocol,omitempty"`
	TransmitKey  Secret `json:"transmitKey,omitempty"`
	ReceiveKey   Secret `json:"receiveKey,omitempty"`
	PayloadType  int    `json:"payloadType,omitempty"`
	TransmitSalt Secret `json:"transmitSalt,omitempty"`
	ReceiveSalt  Secret `json:"receiveSalt,omitempty"`
}

// MediaStopped tells that a call's audio has ended, or is about to be re-routed (DMCC
// schema).
type MediaStopped struct {
	Monitored
	Connection ConnectionID `json:"connection,omitzero"`
}

// EventName is the name on the wire.
func (MediaStopped) EventName() string { return "MediaStopEvent" }

// Esig carries digits that were signalled outside the audio. What they mean is in no
// source; the content is kept as it came (DMCC schema).
type Esig struct {
	Monitored
	Device DeviceID `json:"device,omitempty"`
	Digits Opaque   `json:"digitsData,omitempty"`
}

// EventName is the name on the wire.
func (Esig) EventName() string { return "EsigEvent" }
