package csta

// MonitorFilter chooses among the standard events. What true means depends on the
// server: 'do not send' in plain CSTA, 'send' with Avaya's invertFilter. nil asks
// for every event, which is the one reading that all agree on.
type MonitorFilter struct {
	CallControl    *CallControlFilter    `json:"callcontrol,omitempty"` // all lower case, sic
	LogicalDevice  *LogicalDeviceFilter  `json:"logicalDeviceFeature,omitempty"`
	PhysicalDevice *PhysicalDeviceFilter `json:"physicalDeviceFeature,omitempty"`
}

// CallControlFilter has one member for each call control event.
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

// LogicalDeviceFilter has one member for each event of agents and features.
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

// PhysicalDeviceFilter has one member for each event of a telephone's hardware.
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

// AvayaEvents chooses among Avaya's own events, and says with Invert what the
// members of a filter mean: true is 'send me these' (DMCC schema and samples).
type AvayaEvents struct {
	Invert       *bool               `json:"invertFilter,omitempty"`
	Registration *RegistrationFilter `json:"terminalUnregisteredEvent,omitempty"`
	MediaControl *MediaControlFilter `json:"mediaControl,omitempty"`
	ToneCollect  *ToneCollectFilter  `json:"toneCollection,omitempty"`
	ToneDetect   *ToneDetectFilter   `json:"toneDetection,omitempty"`
	EnteredDigit *EnteredDigitFilter `json:"callControlPrivate,omitempty"`
}

// RegistrationFilter chooses among the events of terminal registration.
type RegistrationFilter struct {
	Unregistered *bool `json:"unregistered,omitempty"`
	Reregistered *bool `json:"reregistered,omitempty"`
}

// MediaControlFilter chooses among [MediaStart] and [MediaStop].
type MediaControlFilter struct {
	Started *bool `json:"mediaStarted,omitempty"`
	Stopped *bool `json:"mediaStopped,omitempty"`
	Esig    *bool `json:"esig,omitempty"`
}

// ToneCollectFilter chooses the results of tone collection.
type ToneCollectFilter struct {
	Retrieved *bool `json:"tonesRetrieved,omitempty"`
}

// ToneDetectFilter chooses single detected tones.
type ToneDetectFilter struct {
	Detected *bool `json:"toneDetected,omitempty"`
}

// EnteredDigitFilter chooses the digits that callers enter.
type EnteredDigitFilter struct {
	Entered *bool `json:"enteredDigits,omitempty"`
}

func (AvayaEvents) element() string { return "AvayaEvents" }

// MarshalJSON nests the filter as private data.
func (e AvayaEvents) MarshalJSON() ([]byte, error) {
	type plain AvayaEvents
	return nest(e.element(), plain(e))
}
