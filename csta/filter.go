package csta

// MonitorFilter chooses among the standard events (DMCC schema). What true means depends on the
// server: 'do not send' in plain CSTA, 'send' with Avaya's invertFilter. nil asks
// for every event, which is the one reading that all agree on.
type MonitorFilter struct {
	CallControl    *CallControlFilter     `json:"callcontrol,omitempty"` // all lower case, sic
	CallAssociated *CallAssociatedFilter  `json:"callAssociated,omitempty"`
	Media          *MediaAttachmentFilter `json:"mediaAttachment,omitempty"`
	PhysicalDevice *PhysicalDeviceFilter  `json:"physicalDeviceFeature,omitempty"`
	LogicalDevice  *LogicalDeviceFilter   `json:"logicalDeviceFeature,omitempty"`
	Maintenance    *MaintenanceFilter     `json:"maintenance,omitempty"`
	Voice          *VoiceFilter           `json:"voice,omitempty"`
	Private        *VendorFilter          `json:"private,omitempty"`
}

// CallControlFilter has one member for each call control event (DMCC schema).
type CallControlFilter struct {
	Bridged                    *bool `json:"bridged,omitempty"`
	CallCleared                *bool `json:"callCleared,omitempty"`
	Conferenced                *bool `json:"conferenced,omitempty"`
	ConnectionCleared          *bool `json:"connectionCleared,omitempty"`
	Delivered                  *bool `json:"delivered,omitempty"`
	DigitsDialed               *bool `json:"digitsDialed,omitempty"`
	Diverted                   *bool `json:"diverted,omitempty"`
	Established                *bool `json:"established,omitempty"`
	Failed                     *bool `json:"failed,omitempty"`
	Held                       *bool `json:"held,omitempty"`
	NetworkCapabilitiesChanged *bool `json:"networkCapabilitiesChanged,omitempty"`
	NetworkReached             *bool `json:"networkReached,omitempty"`
	Offered                    *bool `json:"offered,omitempty"`
	Originated                 *bool `json:"originated,omitempty"`
	Queued                     *bool `json:"queued,omitempty"`
	Retrieved                  *bool `json:"retrieved,omitempty"`
	ServiceInitiated           *bool `json:"serviceInitiated,omitempty"`
	Transferred                *bool `json:"transferred,omitempty"`
}

// LogicalDeviceFilter has one member for each event of agents and features (DMCC
// schema).
type LogicalDeviceFilter struct {
	AgentBusy             *bool `json:"agentBusy,omitempty"`
	AgentLoggedOn         *bool `json:"agentLoggedOn,omitempty"`
	AgentLoggedOff        *bool `json:"agentLoggedOff,omitempty"`
	AgentNotReady         *bool `json:"agentNotReady,omitempty"`
	AgentReady            *bool `json:"agentReady,omitempty"`
	AgentWorkingAfterCall *bool `json:"agentWorkingAfterCall,omitempty"`
	AutoAnswer            *bool `json:"autoAnswer,omitempty"`
	AutoWorkMode          *bool `json:"autoWorkMode,omitempty"`
	CallBack              *bool `json:"callBack,omitempty"`
	CallBackMessage       *bool `json:"callBackMessage,omitempty"`
	CallerIDStatus        *bool `json:"callerIDStatus,omitempty"`
	DoNotDisturb          *bool `json:"doNotDisturb,omitempty"`
	Forwarding            *bool `json:"forwarding,omitempty"`
	RouteingMode          *bool `json:"routeingMode,omitempty"`
}

// PhysicalDeviceFilter has one member for each event of a telephone's hardware (DMCC
// schema).
type PhysicalDeviceFilter struct {
	ButtonInformation *bool `json:"buttonInformation,omitempty"`
	ButtonPress       *bool `json:"buttonPress,omitempty"`
	DisplayUpdated    *bool `json:"displayUpdated,omitempty"`
	Hookswitch        *bool `json:"hookswitch,omitempty"`
	LampMode          *bool `json:"lampMode,omitempty"`
	MessageWaiting    *bool `json:"messageWaiting,omitempty"`
	MicrophoneGain    *bool `json:"microphoneGain,omitempty"`
	MicrophoneMute    *bool `json:"microphoneMute,omitempty"`
	RingerStatus      *bool `json:"ringerStatus,omitempty"`
	SpeakerMute       *bool `json:"speakerMute,omitempty"`
	SpeakerVolume     *bool `json:"speakerVolume,omitempty"`
}

// CallAssociatedFilter has one member for each event of what goes with a call (DMCC schema).
type CallAssociatedFilter struct {
	CallInformation          *bool `json:"callInformation,omitempty"`
	Charging                 *bool `json:"charging,omitempty"`
	DigitsGenerated          *bool `json:"digitsGenerated,omitempty"`
	TelephonyTonesGenerated  *bool `json:"telephonyTonesGenerated,omitempty"`
	ServiceCompletionFailure *bool `json:"serviceCompletionFailure,omitempty"`
}

// MediaAttachmentFilter chooses among the events of media services (DMCC schema).
type MediaAttachmentFilter struct {
	MediaAttached *bool `json:"mediaAttached,omitempty"`
	MediaDetached *bool `json:"mediaDetached,omitempty"`
}

// MaintenanceFilter has one member for each event of a device's service state (DMCC schema).
type MaintenanceFilter struct {
	BackInService           *bool `json:"backInService,omitempty"`
	DeviceCapabilityChanged *bool `json:"deviceCapabilityChanged,omitempty"`
	OutOfService            *bool `json:"outOfService,omitempty"`
	PartiallyInService      *bool `json:"partiallyInService,omitempty"`
}

// VoiceFilter has one member for each event of the voice unit (DMCC schema).
type VoiceFilter struct {
	BookmarkReached        *bool `json:"bookmarkReached,omitempty"`
	Completed              *bool `json:"completed,omitempty"`
	DTMFDetected           *bool `json:"dtmfDetected,omitempty"`
	Emptied                *bool `json:"emptied,omitempty"`
	InterruptionDetected   *bool `json:"interruptionDetected,omitempty"`
	NotRecognized          *bool `json:"notRecognized,omitempty"`
	Play                   *bool `json:"play,omitempty"`
	Recognized             *bool `json:"recognized,omitempty"`
	Record                 *bool `json:"record,omitempty"`
	Review                 *bool `json:"review,omitempty"`
	Started                *bool `json:"started,omitempty"`
	SilenceTimeoutExpired  *bool `json:"silenceTimeoutExpired,omitempty"`
	SpeechDetected         *bool `json:"speechDetected,omitempty"`
	Stop                   *bool `json:"stop,omitempty"`
	SuspendPlay            *bool `json:"suspendPlay,omitempty"`
	SuspendRecord          *bool `json:"suspendRecord,omitempty"`
	VoiceAttributesChanged *bool `json:"voiceAttributesChanged,omitempty"`
	VoiceErrorOccurred     *bool `json:"voiceErrorOccurred,omitempty"`
}

// VendorFilter stands for everything that CSTA itself does not define (DMCC schema).
type VendorFilter struct {
	Private *bool `json:"private,omitempty"`
}
