package csta

// Refusals of the other categories (DMCC schema), the misspelling of
// systemResourceAvailibility included. Which one AES gives when is inferred.

// The call or the device is not in a state for this (StateIncompatibilityErrors).
const (
	GenericState               FaultCode = "stateIncompatibility/generic"
	InvalidObjectState         FaultCode = "stateIncompatibility/invalidObjectState"
	InvalidDeviceState         FaultCode = "stateIncompatibility/invalidDeviceState"
	ConnectedCallExists        FaultCode = "stateIncompatibility/connectedCallExists"
	InvalidActiveState         FaultCode = "stateIncompatibility/invalidActiveDeviceState"
	InvalidCalledDeviceState   FaultCode = "stateIncompatibility/invalidCalledDeviceState"
	InvalidCallingDeviceState  FaultCode = "stateIncompatibility/invalidCallingDeviceState"
	InvalidCallToParkState     FaultCode = "stateIncompatibility/invalidCallToParkDeviceState"
	InvalidDestinationState    FaultCode = "stateIncompatibility/invalidDestinationDeviceState"
	InvalidDivertingState      FaultCode = "stateIncompatibility/invalidDivertingDeviceState"
	InvalidHeldState           FaultCode = "stateIncompatibility/invalidHeldDeviceState"
	InvalidParkToState         FaultCode = "stateIncompatibility/invalidParkToDeviceState"
	InvalidConnectionState     FaultCode = "stateIncompatibility/invalidConnectionState"
	InvalidActiveConnection    FaultCode = "stateIncompatibility/invalidActiveConnectionState"
	InvalidIDForActiveCall     FaultCode = "stateIncompatibility/invalidConnectionIDForActiveCall"
	InvalidHeldConnectionState FaultCode = "stateIncompatibility/invalidHeldConnectionState"
	NoActiveCall               FaultCode = "stateIncompatibility/noActiveCall"
	NoCallToAnswer             FaultCode = "stateIncompatibility/noCallToAnswer"
	NoCallToClear              FaultCode = "stateIncompatibility/noCallToClear"
	NoCallToComplete           FaultCode = "stateIncompatibility/noCallToComplete"
	NoConnectionToClear        FaultCode = "stateIncompatibility/noConnectionToClear"
	NoHeldCall                 FaultCode = "stateIncompatibility/noHeldCall"
	IncorrectMsgState          FaultCode = "stateIncompatibility/incorrectMsgState"
	BeginningOfMsg             FaultCode = "stateIncompatibility/beginningOfMsg"
	EndOfMsg                   FaultCode = "stateIncompatibility/endOfMsg"
	MsgSuspended               FaultCode = "stateIncompatibility/msgSuspended"
	NotAbleToPlay              FaultCode = "stateIncompatibility/notAbleToPlay"
	NotAbleToResume            FaultCode = "stateIncompatibility/notAbleToResume"
)

// The system has nothing left to do this with (SystemResourceAvailabilityErrors).
const (
	GenericSystemResource   FaultCode = "systemResourceAvailibility/generic"
	ResourceBusy            FaultCode = "systemResourceAvailibility/resourceBusy"
	InternalResourceBusy    FaultCode = "systemResourceAvailibility/internalResourceBusy"
	ClassifierBusy          FaultCode = "systemResourceAvailibility/classifierBusy"
	NoMediaChannels         FaultCode = "systemResourceAvailibility/noMediaChannelsAvailable"
	BridgedInUse            FaultCode = "systemResourceAvailibility/channelsInUseForBridgedDevices"
	ChannelsInUseForData    FaultCode = "systemResourceAvailibility/channelsInUseForData"
	ToneDetectorBusy        FaultCode = "systemResourceAvailibility/toneDetectorBusy"
	ToneGeneratorBusy       FaultCode = "systemResourceAvailibility/toneGeneratorBusy"
	NetworkBusy             FaultCode = "systemResourceAvailibility/networkBusy"
	ResourceOutOfServe      FaultCode = "systemResourceAvailibility/resourceOutOfService"
	DeviceOutOfService      FaultCode = "systemResourceAvailibility/deviceOutOfService"
	ActiveOutOfService      FaultCode = "systemResourceAvailibility/activeDeviceOutOfService"
	CalledOutOfService      FaultCode = "systemResourceAvailibility/calledDeviceOutOfService"
	CallingOutOfService     FaultCode = "systemResourceAvailibility/callingDeviceOutOfService"
	CallToParkOutOfService  FaultCode = "systemResourceAvailibility/callToParkDeviceOutOfService"
	DestinationOutOfService FaultCode = "systemResourceAvailibility/destinationDeviceOutOfService"
	DivertingOutOfService   FaultCode = "systemResourceAvailibility/divertingDeviceOutOfService"
	HeldOutOfService        FaultCode = "systemResourceAvailibility/heldDeviceOutOfService"
	ParkToOutOfService      FaultCode = "systemResourceAvailibility/parkToDeviceOutOfService"
	PickupOutOfService      FaultCode = "systemResourceAvailibility/pickupDeviceOutOfService"
	NetworkOutOfService     FaultCode = "systemResourceAvailibility/networkOutOfService"
	OtherOutOfService       FaultCode = "systemResourceAvailibility/otherResourceOutOfService"
	ResourceLimitExceeded   FaultCode = "systemResourceAvailibility/resourceLimitExceeded"
	MonitorLimit            FaultCode = "systemResourceAvailibility/overallMonitorLimitExceeded"
	ConferenceLimit         FaultCode = "systemResourceAvailibility/conferenceMemberLimitExceeded"
	RegistrationLimit       FaultCode = "systemResourceAvailibility/registrationLimitExceeded"
)

// A limit is reached (SubscribedResourceAvailabilityErrors).
const (
	GenericSubscribed  FaultCode = "subscribedResourceAvailability/generic"
	ObjectMonitorLimit FaultCode = "subscribedResourceAvailability/objectMonitorLimitExceeded"
	TrunkLimit         FaultCode = "subscribedResourceAvailability/trunkLimitExceeded"
	OutstandingLimit   FaultCode = "subscribedResourceAvailability/outstandingReqLimitExceeded"
	ObjectRegLimit     FaultCode = "subscribedResourceAvailability/objectRegistrationLimitExceeded"
)

// Security, performance management and private data.
const (
	GenericSecurity          FaultCode = "security/generic"
	SequenceNumberViolated   FaultCode = "security/sequenceNumberViolated"
	TimeStampViolated        FaultCode = "security/timeStampViolated"
	SecurityInfoViolated     FaultCode = "security/securityInfoViolated"
	GenericPerformance       FaultCode = "performanceManagement/generic"
	PerformanceLimitExceeded FaultCode = "performanceManagement/performanceLimitExceeded"
	PrivateDataError         FaultCode = "privateData/cSTAPrivateDataInfoError"
)
