package csta

// First-party registration (Avaya extensions, DMCC schema).

// DependencyMode says how a registration relates to the station's telephone (DMCC
// schema). Not every pair of dependency and media mode is permitted: DEPENDENT and
// INDEPENDENT do not go with TELECOMMUTER (Avaya support document 101042899).
type DependencyMode string

// The dependency modes.
const (
	Main        DependencyMode = "MAIN"
	Dependent   DependencyMode = "DEPENDENT"
	Independent DependencyMode = "INDEPENDENT"
)

// MediaMode says where a registered station's audio goes (DMCC schema).
type MediaMode string

// The media modes.
const (
	MediaNone         MediaMode = "NONE"         // the telephone keeps it
	MediaClient       MediaMode = "CLIENT"       // to the address in LocalMedia
	MediaServer       MediaMode = "SERVER"       // to AES's own media
	MediaTelecommuter MediaMode = "TELECOMMUTER" // to a telephone elsewhere
)

// RegisterTerminal takes control of a station. The wire name is
// RegisterTerminalRequest in the DMCC schema. A refusal is an answer as a rule, whose
// code is not [NormalRegister] (DMCC samples).
type RegisterTerminal struct {
	Device DeviceID   `json:"device"`
	Login  LoginInfo  `json:"loginInfo"`
	Media  *MediaInfo `json:"localMediaInfo,omitempty"`
}

// LoginInfo says who registers, and how (DMCC schema).
type LoginInfo struct {
	ForceLogin     bool           `json:"forceLogin"` // take over from a registered endpoint
	SharedControl  bool           `json:"sharedControl"`
	Password       Secret         `json:"password"` // the station's security code
	MediaMode      MediaMode      `json:"mediaMode,omitempty"`
	DependencyMode DependencyMode `json:"dependencyMode,omitempty"`
	Telecommuter   string         `json:"telecommuterExtension,omitempty"`
	UnicodeScript  int            `json:"unicodeScript,omitempty"` // bit 0 (Latin) if not 0
	E911           string         `json:"e911,omitempty"`          // "block" or absent
}

// Service is the name on the wire.
func (RegisterTerminal) Service() string { return "RegisterTerminalRequest" }

func (RegisterTerminal) answer() (_ TerminalRegistered) { return }

// NormalRegister is the only code of a registration that means success; the reason
// of any other says what was wrong (DMCC samples).
const NormalRegister = 1

// SecurityDenial is the code of a registration that Communication Manager refuses
// because the station's security code is wrong (DevConnect FAQ).
const SecurityDenial = 63773

// TerminalRegistered answers [RegisterTerminal], refusals included: look at Code.
type TerminalRegistered struct {
	Device              ExtendedDeviceID `json:"device,omitzero"`
	SignalingEncryption string           `json:"signalingEncryption,omitempty"`
	Code                int              `json:"code"`
	Reason              string           `json:"reason,omitempty"`
}

// UnregisterTerminal gives a station back (DMCC schema).
type UnregisterTerminal struct {
	Device      DeviceID `json:"device"`
	ForceLogout bool     `json:"forceLogout"`
}

// Service is the name on the wire.
func (UnregisterTerminal) Service() string { return "UnregisterTerminalRequest" }

func (UnregisterTerminal) answer() (_ TerminalReleased) { return }

// TerminalReleased answers [UnregisterTerminal] (DMCC schema).
type TerminalReleased struct {
	Device ExtendedDeviceID `json:"device,omitzero"`
	Code   int              `json:"code,omitempty"`
	Reason string           `json:"reason,omitempty"`
}

// TerminalUnregistered tells that a registration was ended by the switch (DMCC
// schema).
type TerminalUnregistered struct {
	Monitored
	Device     ExtendedDeviceID `json:"device,omitzero"`
	Reason     string           `json:"reason,omitempty"`
	StackTrace string           `json:"stacktrace,omitempty"`
	Exception  string           `json:"exception,omitempty"` // hexBinary
	Code       string           `json:"code,omitempty"`
}

// EventName is the name on the wire.
func (TerminalUnregistered) EventName() string { return "TerminalUnregisteredEvent" }

// TerminalReregistered tells that the server got a registration back by itself (DMCC
// schema).
type TerminalReregistered struct {
	Monitored
	Device              ExtendedDeviceID `json:"device,omitzero"`
	SignalingEncryption string           `json:"signalingEncryption,omitempty"`
	Code                string           `json:"code,omitempty"`
	Reason              string           `json:"reason,omitempty"`
}

// EventName is the name on the wire.
func (TerminalReregistered) EventName() string { return "TerminalReregisteredEvent" }
