package csta

// The endpoints that are registered at a station, telephones and softphones alike
// (Avaya extensions, DMCC schema).

// ServiceState says whether a station can be used (DMCC schema).
type ServiceState string

// The service states.
const (
	InService      ServiceState = "inService"
	OutOfService   ServiceState = "outOfService"
	UnknownService ServiceState = "unknown"
)

// SignallingProtocol is what an endpoint speaks (DMCC schema: SignallingProtocolType).
type SignallingProtocol string

// The signalling protocols.
const (
	UnknownProtocol SignallingProtocol = "UNKNOWN"
	H323            SignallingProtocol = "H323"
	SIP             SignallingProtocol = "SIP"
)

// EndpointRegistrationInfo is one endpoint (DMCC schema).
type EndpointRegistrationInfo struct {
	Endpoint       ExtendedDeviceID   `json:"eptDevice,omitzero"`
	Address        string             `json:"endpointAddress,omitempty"`
	MAC            string             `json:"endpointMACAddress,omitempty"`
	Product        string             `json:"productType,omitempty"`
	NetworkRegion  string             `json:"networkRegion,omitempty"`
	DependencyMode DependencyMode     `json:"dependencyMode,omitempty"`
	MediaMode      MediaMode          `json:"mediaMode,omitempty"`
	UnicodeScript  string             `json:"unicodeScript,omitempty"`
	SetType        string             `json:"setType,omitempty"`
	Protocol       SignallingProtocol `json:"signallingProtocolType,omitempty"`
}

// EndpointRegistrationInfoRequest asks which endpoints are registered at a station
// (DMCC schema).
type EndpointRegistrationInfoRequest struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (EndpointRegistrationInfoRequest) Service() string { return "EndpointRegistrationInfoRequest" }

func (EndpointRegistrationInfoRequest) answer() (_ EndpointRegistrations) { return }

// EndpointRegistrations answers [EndpointRegistrationInfoRequest] (DMCC schema).
type EndpointRegistrations struct {
	Device    ExtendedDeviceID           `json:"device,omitzero"`
	State     ServiceState               `json:"serviceState,omitempty"`
	Endpoints []EndpointRegistrationInfo `json:"endpointRegistrationInfo"`
}

// EndpointRegistered tells that an endpoint registered at the station (DMCC schema).
type EndpointRegistered struct {
	Monitored
	Device ExtendedDeviceID `json:"device,omitzero"`
	EndpointRegistrationInfo
	State ServiceState `json:"serviceState,omitempty"`
}

// EventName is the name on the wire.
func (EndpointRegistered) EventName() string { return "EndpointRegisteredEvent" }

// UnregisterReason says why an endpoint's registration ended (DMCC schema:
// UnregReason).
type UnregisterReason string

// The reasons.
const (
	UnregUnknown            UnregisterReason = "UNKNOWN"
	UnregLogoff             UnregisterReason = "LOGOFF"
	UnregNoSignaling        UnregisterReason = "NO_SIGNALING_CONNECTION"
	UnregForceLogin         UnregisterReason = "FORCE_LOGIN" // another endpoint took over
	UnregSignalingClosed    UnregisterReason = "SIGNALING_CONNECTION_CLOSED"
	UnregQ931Timeout        UnregisterReason = "Q931_TIMEOUT"
	UnregTTLExpired         UnregisterReason = "TTL_EXPIRED"
	UnregExtensionRemoved   UnregisterReason = "EXTENSION_REMOVED"
	UnregSoftphone          UnregisterReason = "SOFTPHONE"
	UnregNoLANPorts         UnregisterReason = "NO_LAN_PORTS"
	UnregROTTIMaintenance   UnregisterReason = "RO_TTI_MTC"
	UnregSystemRestart      UnregisterReason = "SYSTEM_RESTART"
	UnregSATCommand         UnregisterReason = "SAT_COMMAND" // by an administrator
	UnregCallExpired        UnregisterReason = "CALL_EXPIRED"
	UnregSharedControl      UnregisterReason = "SHARED_CONTROL"
	UnregTSA                UnregisterReason = "TSA"
	UnregDCPStationState    UnregisterReason = "DCP_STN_STATE"
	UnregSharedMaintenance  UnregisterReason = "SHARED_CONTROL_MTC"
	UnregModuleIDMismatch   UnregisterReason = "MODULE_ID_MISMATCH"
	UnregExpired            UnregisterReason = "REGISTRATION_EXPIRED"
	UnregInvalidState       UnregisterReason = "INVALID_STATE"
	UnregAuditFailure       UnregisterReason = "AUDIT_FAILURE"
	UnregRemoteMaintenance  UnregisterReason = "REMOTE_MAX_MTC"
	UnregNoH323             UnregisterReason = "NO_H323_CONNECTION"
	UnregLostSignaling      UnregisterReason = "LOST_SIGNALING_CONNECTION"
	UnregStationMaintenance UnregisterReason = "STATION_MTC"
)

// EndpointUnregistered tells that an endpoint's registration ended (DMCC schema).
type EndpointUnregistered struct {
	Monitored
	Device         ExtendedDeviceID   `json:"device,omitzero"`
	Endpoint       ExtendedDeviceID   `json:"eptDevice,omitzero"`
	Address        string             `json:"endpointAddress,omitempty"`
	DependencyMode DependencyMode     `json:"dependencyMode,omitempty"`
	Reason         string             `json:"reason,omitempty"`
	Code           UnregisterReason   `json:"code,omitempty"`
	SetType        string             `json:"setType,omitempty"`
	Protocol       SignallingProtocol `json:"signallingProtocolType,omitempty"`
	State          ServiceState       `json:"serviceState,omitempty"`
}

// EventName is the name on the wire.
func (EndpointUnregistered) EventName() string { return "EndpointUnregisteredEvent" }
