package csta

// More of registration: the older form, who else is registered at a station, security
// codes (Avaya extensions, DMCC schema).

// RegisterDevice takes control of a station, in the older form whose outcome comes
// in an event: [DeviceRegistered] or [DeviceRegisterFailed] (DMCC schema).
type RegisterDevice struct {
	Device DeviceID   `json:"device"`
	Login  LoginInfo  `json:"loginInfo"`
	Media  *MediaInfo `json:"localMediaInfo,omitempty"`
}

// Service is the name on the wire.
func (RegisterDevice) Service() string { return "RegisterDevice" }

func (RegisterDevice) answer() (_ Empty) { return }

// UnregisterDevice gives a station back, in the older form (DMCC schema).
type UnregisterDevice struct {
	Device      DeviceID `json:"device"`
	ForceLogout bool     `json:"forceLogout"`
}

// Service is the name on the wire.
func (UnregisterDevice) Service() string { return "UnregisterDevice" }

func (UnregisterDevice) answer() (_ Empty) { return }

// DeviceRegistered tells that [RegisterDevice] succeeded (DMCC schema).
type DeviceRegistered struct {
	Monitored
	Device ExtendedDeviceID `json:"device,omitzero"`
}

// EventName is the name on the wire.
func (DeviceRegistered) EventName() string { return "RegisteredEvent" }

// DeviceRegisterFailed tells that [RegisterDevice] failed, and why (DMCC schema).
type DeviceRegisterFailed struct {
	Monitored
	Device     ExtendedDeviceID `json:"device,omitzero"`
	Reason     string           `json:"reason,omitempty"`
	StackTrace string           `json:"stacktrace,omitempty"`
	Exception  string           `json:"exception,omitempty"` // hexBinary
	Code       string           `json:"code,omitempty"`
}

// EventName is the name on the wire.
func (DeviceRegisterFailed) EventName() string { return "RegisterFailedEvent" }

// DeviceUnregistered tells that a registration of the older form ended (DMCC schema).
type DeviceUnregistered struct {
	Monitored
	Device     ExtendedDeviceID    `json:"device,omitzero"`
	Reason     string              `json:"reason,omitempty"`
	StackTrace string              `json:"stacktrace,omitempty"`
	Exception  string              `json:"exception,omitempty"` // hexBinary
	Code       string              `json:"code,omitempty"`
	Private    UnregisteredPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (DeviceUnregistered) EventName() string { return "UnregisterEvent" }

// UnregisteredPrivate is Avaya's part of [DeviceUnregistered]; which message carries
// it is inferred.
type UnregisteredPrivate struct {
	Reason *int `json:"reason,omitempty"`
}

func (UnregisteredPrivate) element() string { return "UnregisterationPrivateData" }

// MarshalJSON nests the private data.
func (p UnregisteredPrivate) MarshalJSON() ([]byte, error) {
	type plain UnregisteredPrivate
	return nest(p.element(), plain(p))
}

// RegistrationState is how far a registration has got (DMCC schema).
type RegistrationState string

// The states of a registration.
const (
	RegistrationIdle RegistrationState = "IDLE"
	Registering      RegistrationState = "REGISTERING"
	IsRegistered     RegistrationState = "REGISTERED"
	Unregistering    RegistrationState = "UNREGISTERING"
)

// GetRegistrationState asks whether a device is registered: where several sessions
// share it, one registration is enough (DMCC schema and samples).
type GetRegistrationState struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetRegistrationState) Service() string { return "GetRegistrationState" }

func (GetRegistrationState) answer() (_ RegistrationStateReply) { return }

// RegistrationStateReply answers [GetRegistrationState] (DMCC schema).
type RegistrationStateReply struct {
	State      RegistrationState `json:"registrationState"`
	Gatekeeper string            `json:"gatekeeperAddress,omitempty"`
}

// SecurityCodeReply answers the services about security codes (DMCC schema); which
// texts mean success is in no source.
type SecurityCodeReply struct {
	Response string `json:"response"`
	Reason   string `json:"reason,omitempty"`
}

// ChangeDeviceSecurityCode gives a station a new password (DMCC schema).
type ChangeDeviceSecurityCode struct {
	Device DeviceID `json:"device"`
	Old    Secret   `json:"oldSecurityCode"`
	New    Secret   `json:"newSecurityCode"`
}

// Service is the name on the wire.
func (ChangeDeviceSecurityCode) Service() string { return "ChangeDeviceSecurityCode" }

func (ChangeDeviceSecurityCode) answer() (_ SecurityCodeReply) { return }

// ValidateDeviceSecurityCode asks whether a station's password is right (DMCC schema).
type ValidateDeviceSecurityCode struct {
	Device DeviceID `json:"device"`
	Code   Secret   `json:"securityCode"`
}

// Service is the name on the wire.
func (ValidateDeviceSecurityCode) Service() string { return "ValidateDeviceSecurityCode" }

func (ValidateDeviceSecurityCode) answer() (_ SecurityCodeReply) { return }
