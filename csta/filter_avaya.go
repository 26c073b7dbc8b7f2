package csta

// AvayaEvents chooses among Avaya's own events, and says with Invert what the
// members of a filter mean: true is 'send me these' (DMCC schema and samples).
type AvayaEvents struct {
	Invert         *bool                 `json:"invertFilter,omitempty"`
	Terminal       *TerminalFilter       `json:"terminal,omitempty"`
	Registration   *RegistrationFilter   `json:"terminalUnregisteredEvent,omitempty"`
	ToneDetect     *ToneDetectFilter     `json:"toneDetection,omitempty"`
	ToneCollect    *ToneCollectFilter    `json:"toneCollection,omitempty"`
	MediaControl   *MediaControlFilter   `json:"mediaControl,omitempty"`
	Link           *LinkFilter           `json:"callInformation,omitempty"`
	SIPHeader      *SIPHeaderFilter      `json:"sIPHeader,omitempty"`
	DeviceServices *DeviceServicesFilter `json:"deviceServices,omitempty"`
	Physical       *HardwareFilter       `json:"physicalDeviceFeaturesPrivateEvents,omitempty"`
	EnteredDigit   *EnteredDigitFilter   `json:"callControlPrivate,omitempty"`
	Logical        *LogicalPrivateFilter `json:"logicalDeviceFeaturePrivate,omitempty"`
	Endpoint       *EndpointFilter       `json:"endpointRegistrationStateEvents,omitempty"`
}

func (AvayaEvents) element() string { return "AvayaEvents" }

// MarshalJSON nests the filter as private data.
func (e AvayaEvents) MarshalJSON() ([]byte, error) {
	type plain AvayaEvents
	return nest(e.element(), plain(e))
}

// TerminalFilter chooses among the events of the older [RegisterDevice] (DMCC schema).
type TerminalFilter struct {
	Registered     *bool `json:"registered,omitempty"`
	Unregistered   *bool `json:"unregistered,omitempty"`
	RegisterFailed *bool `json:"registerFailed,omitempty"`
}

// RegistrationFilter chooses among [TerminalUnregistered] and [TerminalReregistered]
// (DMCC schema).
type RegistrationFilter struct {
	Unregistered *bool `json:"unregistered,omitempty"`
	Reregistered *bool `json:"reregistered,omitempty"`
}

// EndpointFilter chooses among [EndpointRegistered] and
// [EndpointUnregistered] (DMCC schema).
type EndpointFilter struct {
	Registered   *bool `json:"registered,omitempty"`
	Unregistered *bool `json:"unregistered,omitempty"`
}

// MediaControlFilter chooses among [MediaStarted], [MediaStopped] and [Esig] (DMCC
// schema).
type MediaControlFilter struct {
	Started *bool `json:"mediaStarted,omitempty"`
	Stopped *bool `json:"mediaStopped,omitempty"`
	Esig    *bool `json:"esig,omitempty"`
}

// ToneCollectFilter chooses [TonesRetrieved] (DMCC schema).
type ToneCollectFilter struct {
	Retrieved *bool `json:"tonesRetrieved,omitempty"`
}

// ToneDetectFilter chooses [ToneDetected] (DMCC schema).
type ToneDetectFilter struct {
	Detected *bool `json:"toneDetected,omitempty"`
}

// EnteredDigitFilter chooses [EnteredDigits] (DMCC schema).
type EnteredDigitFilter struct {
	Entered *bool `json:"enteredDigits,omitempty"`
}

// LinkFilter chooses among [LinkUp] and [LinkDown] (DMCC schema).
type LinkFilter struct {
	Up   *bool `json:"linkUp,omitempty"`
	Down *bool `json:"linkDown,omitempty"`
}

// SIPHeaderFilter chooses [SIPHeaderChanged] (DMCC schema).
type SIPHeaderFilter struct {
	Notify *bool `json:"sipHeaderNotify,omitempty"`
}

// DeviceServicesFilter chooses among the events of a session's lists (DMCC schema).
type DeviceServicesFilter struct {
	DeviceIDs *bool `json:"getDeviceIdList,omitempty"`
	Monitors  *bool `json:"getMonitorList,omitempty"`
	Transfer  *bool `json:"transferMonitorObjects,omitempty"`
}

// HardwareFilter chooses among [E911CallBlocked] and [ServiceLinkStatus] (DMCC
// schema).
type HardwareFilter struct {
	E911Blocked *bool `json:"e911CallBlocked,omitempty"`
	ServiceLink *bool `json:"serviceLinkStatusChanged,omitempty"`
}

// LogicalPrivateFilter chooses [AgentLoginExtensions] (DMCC schema).
type LogicalPrivateFilter struct {
	AgentLogin *bool `json:"agentLoginExtension,omitempty"`
}
