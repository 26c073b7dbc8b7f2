package csta

// Device identifier services (Avaya extensions, DMCC schema).

// DeviceIDReply answers the services that turn a number into a device id.
type DeviceIDReply struct {
	Device DeviceID `json:"device"`
}

// GetDeviceID asks for the id of a device that the session wants to control, such
// as its own station. One of SwitchName and SwitchIP is needed.
type GetDeviceID struct {
	SwitchName   string `json:"switchName,omitempty"`
	SwitchIP     string `json:"switchIPInterface,omitempty"`
	Extension    string `json:"extension"`
	Instance     int    `json:"deviceInstance,omitempty"` // 0, 1 or 2
	Controllable bool   `json:"controllableByOtherSessions,omitempty"`
}

// Service is the name on the wire.
func (GetDeviceID) Service() string { return "GetDeviceId" }

func (GetDeviceID) answer() (_ DeviceIDReply) { return }

// GetThirdPartyDeviceID asks for the id of any other device: a destination, a VDN,
// a skill, a number outside.
type GetThirdPartyDeviceID struct {
	SwitchName string `json:"switchName"`
	Extension  string `json:"extension"`
	Instance   int    `json:"deviceInstance,omitempty"`
}

// Service is the name on the wire.
func (GetThirdPartyDeviceID) Service() string { return "GetThirdPartyDeviceId" }

func (GetThirdPartyDeviceID) answer() (_ DeviceIDReply) { return }

// ReleaseDeviceID gives a device back.
type ReleaseDeviceID struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (ReleaseDeviceID) Service() string { return "ReleaseDeviceId" }

func (ReleaseDeviceID) answer() (_ Empty) { return }
