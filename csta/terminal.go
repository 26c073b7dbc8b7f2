package csta

// First-party registration (Avaya extensions, DMCC schema).

// DependencyMode says how a registration relates to the station's telephone.
type DependencyMode string

// The dependency modes.
const (
	Main        DependencyMode = "MAIN"
	Dependent   DependencyMode = "DEPENDENT"
	Independent DependencyMode = "INDEPENDENT"
)

// MediaMode says where a registered station's audio goes.
type MediaMode string

// The media modes.
const (
	MediaNone         MediaMode = "NONE"         // the telephone keeps it
	MediaClient       MediaMode = "CLIENT"       // to the address in LocalMedia
	MediaServer       MediaMode = "SERVER"       // to AES's own media
	MediaTelecommuter MediaMode = "TELECOMMUTER" // to a telephone elsewhere
)

// RegisterTerminal takes control of a station. The wire name is
// RegisterTerminalRequest in the DMCC schema.
type RegisterTerminal struct {
	Device DeviceID   `json:"device"`
	Login  LoginInfo  `json:"loginInfo"`
	Media  *MediaInfo `json:"localMediaInfo,omitempty"`
}

// LoginInfo says who registers, and how.
type LoginInfo struct {
	ForceLogin     bool           `json:"forceLogin"` // take over from a registered endpoint
	SharedControl  bool           `json:"sharedControl"`
	Password       Secret         `json:"password"` // the station's security code
	MediaMode      MediaMode      `json:"mediaMode,omitempty"`
	DependencyMode DependencyMode `json:"dependencyMode,omitempty"`
	Telecommuter   string         `json:"telecommuterExtension,omitempty"`
	UnicodeScript  int            `json:"unicodeScript,omitempty"`
	E911           string         `json:"e911,omitempty"` // "block" or absent
}

// MediaInfo is one end of an audio stream.
type MediaInfo struct {
	RTP        IPAddress `json:"rtpAddress"`
	RTCP       IPAddress `json:"rtcpAddress"`
	Codecs     []string  `json:"codecs,omitempty"`     // g711U, g711A, ...: the preferred first
	PacketSize int       `json:"packetSize,omitempty"` // milliseconds
	Encryption []string  `json:"encryptionList,omitempty"`
}

// IPAddress is an address and a UDP port.
type IPAddress struct {
	Address string `json:"address"`
	Port    int    `json:"port"`
}

// Service is the name on the wire.
func (RegisterTerminal) Service() string { return "RegisterTerminalRequest" }

func (RegisterTerminal) answer() (_ TerminalRegistered) { return }

// NormalRegister is the only code of a registration that means success; the reason
// of any other says what was wrong (DMCC samples).
const NormalRegister = 1

// TerminalRegistered answers [RegisterTerminal], refusals included: look at Code.
type TerminalRegistered struct {
	Device              ExtendedDeviceID `json:"device,omitzero"`
	SignalingEncryption string           `json:"signalingEncryption,omitempty"`
	Code                int              `json:"code"`
	Reason              string           `json:"reason,omitempty"`
}

// UnregisterTerminal gives a station back.
type UnregisterTerminal struct {
	Device      DeviceID `json:"device"`
	ForceLogout bool     `json:"forceLogout"`
}

// Service is the name on the wire.
func (UnregisterTerminal) Service() string { return "UnregisterTerminalRequest" }

func (UnregisterTerminal) answer() (_ TerminalReleased) { return }

// TerminalReleased answers [UnregisterTerminal].
type TerminalReleased struct {
	Device ExtendedDeviceID `json:"device,omitzero"`
	Code   int              `json:"code,omitempty"`
	Reason string           `json:"reason,omitempty"`
}

// TerminalUnregistered tells that a registration was ended by the switch.
type TerminalUnregistered struct {
	Monitored
	Device ExtendedDeviceID `json:"device,omitzero"`
	Reason string           `json:"reason,omitempty"`
	Code   string           `json:"code,omitempty"`
}

// EventName is the name on the wire.
func (TerminalUnregistered) EventName() string { return "TerminalUnregisteredEvent" }

// TerminalReregistered tells that the server got a registration back by itself.
type TerminalReregistered struct {
	Monitored
	Device              ExtendedDeviceID `json:"device,omitzero"`
	SignalingEncryption string           `json:"signalingEncryption,omitempty"`
	Code                string           `json:"code,omitempty"`
	Reason              string           `json:"reason,omitempty"`
}

// EventName is the name on the wire.
func (TerminalReregistered) EventName() string { return "TerminalReregisteredEvent" }

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

// Encryption holds the keys of a stream, one for each direction.
type Encryption struct {
	Protocol     string `json:"protocol,omitempty"`
	TransmitKey  Secret `json:"transmitKey,omitempty"`
	ReceiveKey   Secret `json:"receiveKey,omitempty"`
	PayloadType  int    `json:"payloadType,omitempty"`
	TransmitSalt Secret `json:"transmitSalt,omitempty"`
	ReceiveSalt  Secret `json:"receiveSalt,omitempty"`
}

// MediaStopped tells that a call's audio has ended, or is about to be re-routed.
type MediaStopped struct {
	Monitored
	Connection ConnectionID `json:"connection,omitzero"`
}

// EventName is the name on the wire.
func (MediaStopped) EventName() string { return "MediaStopEvent" }
