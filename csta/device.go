package csta

// Device identifier services (Avaya extensions, DMCC schema).

// DeviceIDReply answers the services that turn a number into a device id.
type DeviceIDReply struct {
	Device DeviceID `json:"device"`
}

// GetDeviceID asks for the id of a device that the session wants to control, such
// as its own station. One of SwitchName and SwitchIP is needed (DMCC guides). A device
// that another session holds is refused with [ResourceBusy] (inferred).
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
// a skill, a number outside (DMCC schema).
type GetThirdPartyDeviceID struct {
	SwitchName string `json:"switchName"`
	Extension  string `json:"extension"`
	Instance   int    `json:"deviceInstance,omitempty"`
}

// Service is the name on the wire.
func (GetThirdPartyDeviceID) Service() string { return "GetThirdPartyDeviceId" }

func (GetThirdPartyDeviceID) answer() (_ DeviceIDReply) { return }

// ReleaseDeviceID gives a device back (DMCC schema).
type ReleaseDeviceID struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (ReleaseDeviceID) Service() string { return "ReleaseDeviceId" }

func (ReleaseDeviceID) answer() (_ Empty) { return }

// DeviceType says what a number stands for on the switch (DMCC schema).
type DeviceType string

// The device types.
const (
	ACDSplitType        DeviceType = "acdSplit" // a skill
	AnnouncementType    DeviceType = "announcement"
	DataType            DeviceType = "data"
	LogicalAgentType    DeviceType = "logicalAgent"
	StationType         DeviceType = "station"
	TrunkAccessCodeType DeviceType = "trunkAccessCode"
	VDNType             DeviceType = "vdn"
	UnknownType         DeviceType = "unknown"
)

// GetPhysicalDeviceName asks what a device is and what the switch calls it (DMCC
// schema).
type GetPhysicalDeviceName struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetPhysicalDeviceName) Service() string { return "GetPhysicalDeviceName" }

func (GetPhysicalDeviceName) answer() (_ DeviceName) { return }

// DeviceName answers [GetPhysicalDeviceName] (DMCC schema).
type DeviceName struct {
	Type   DeviceType `json:"deviceType,omitempty"`
	Device DeviceID   `json:"device,omitempty"`
	Name   string     `json:"name,omitempty"`
}

// GetCallInformation asks the switch about a station's call and who sits there (DMCC
// schema). It uses the link of [CallInformationEventsStart].
type GetCallInformation struct {
	Device    DeviceID `json:"device"`
	Extension string   `json:"extension"`
}

// Service is the name on the wire.
func (GetCallInformation) Service() string { return "GetCallInformation" }

func (GetCallInformation) answer() (_ CallInformation) { return }

// CallInformation answers [GetCallInformation] (DMCC schema).
type CallInformation struct {
	StationName        string `json:"stationName,omitempty"`
	CallID             *int64 `json:"callId,omitempty"`
	UniversalCallID    *int64 `json:"universalCallId,omitempty"`
	UCID               string `json:"universalCallIdStr,omitempty"`
	AgentName          string `json:"agentName,omitempty"`
	AgentLoginID       string `json:"agentLoginID,omitempty"`
	AgentStation       string `json:"agentStationExtension,omitempty"`
	RecordingExtension string `json:"recordingExtension,omitempty"`
	RecordingName      string `json:"recordingExtensionName,omitempty"`
	VDNName            string `json:"vdnName,omitempty"`
	VDNExtension       string `json:"vdnExtension,omitempty"`
	ServiceObserved    *bool  `json:"so_active,omitempty"` // service observing (inferred)
	IncomingTrunk      *bool  `json:"incomingTrunkCall,omitempty"`
	Incoming           *bool  `json:"incoming,omitempty"`
	State              *int   `json:"stateOfCall,omitempty"` // values not documented
}
