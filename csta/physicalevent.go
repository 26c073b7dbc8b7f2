package csta

// Events of a registered station's hardware (ECMA-269, chapter 21; DMCC schema).

// ButtonChanged tells that a button was given another label or number (DMCC schema).
type ButtonChanged struct {
	Monitored
	Device         ExtendedDeviceID `json:"device,omitzero"`
	Button         string           `json:"button"`
	Label          string           `json:"buttonLabel,omitempty"`
	Associated     DeviceID         `json:"buttonAssociatedNumber,omitempty"`
	PressIndicator *bool            `json:"buttonPressIndicator,omitempty"`
}

// EventName is the name on the wire.
func (ButtonChanged) EventName() string { return "ButtonInformationEvent" }

// ButtonPressed tells that a button was pressed (DMCC schema).
type ButtonPressed struct {
	Monitored
	Device     ExtendedDeviceID `json:"device,omitzero"`
	Button     string           `json:"button"`
	Label      string           `json:"buttonLabel,omitempty"`
	Associated DeviceID         `json:"buttonAssociatedNumber,omitempty"`
}

// EventName is the name on the wire.
func (ButtonPressed) EventName() string { return "ButtonPressEvent" }

// DisplayUpdated tells what a display shows now (DMCC schema).
type DisplayUpdated struct {
	Monitored
	Device ExtendedDeviceID `json:"device,omitzero"`
	Display
}

// EventName is the name on the wire.
func (DisplayUpdated) EventName() string { return "DisplayUpdatedEvent" }

// Hookswitch tells that a telephone went on or off hook (DMCC schema).
type Hookswitch struct {
	Monitored
	Device     ExtendedDeviceID `json:"device,omitzero"`
	Hookswitch string           `json:"hookswitch"`
	OnHook     bool             `json:"hookswitchOnHook"`
}

// EventName is the name on the wire.
func (Hookswitch) EventName() string { return "HookswitchEvent" }

// LampChanged tells how a lamp is lit; it comes again from time to time without a
// change (DMCC schema; DMCC samples).
type LampChanged struct {
	Monitored
	Device     ExtendedDeviceID `json:"device,omitzero"`
	Lamp       string           `json:"lamp"`
	Label      string           `json:"lampLabel,omitempty"`
	Mode       LampMode         `json:"lampMode"`
	Brightness LampBrightness   `json:"lampBrightness,omitempty"`
	Color      *LampColor       `json:"lampColor,omitempty"`
}

// EventName is the name on the wire.
func (LampChanged) EventName() string { return "LampModeEvent" }

// RingerChanged tells that a telephone begins or stops to ring (DMCC schema).
type RingerChanged struct {
	Monitored
	Device  ExtendedDeviceID `json:"device,omitzero"`
	Ringer  string           `json:"ringer"`
	Mode    RingMode         `json:"ringMode,omitempty"`
	Count   string           `json:"ringCount,omitempty"` // text in the schema
	Pattern *RingPattern     `json:"ringPattern,omitempty"`
	Volume  *Volume          `json:"ringVolume,omitempty"`
}

// EventName is the name on the wire.
func (RingerChanged) EventName() string { return "RingerStatusEvent" }

// SpeakerMuted tells that a loudspeaker was muted, or no longer (DMCC schema).
type SpeakerMuted struct {
	Monitored
	Device    ExtendedDeviceID `json:"invokingDevice,omitzero"`
	Apparatus string           `json:"auditoryApparatus,omitempty"`
	On        bool             `json:"speakerMuteOn"`
}

// EventName is the name on the wire.
func (SpeakerMuted) EventName() string { return "SpeakerMuteEvent" }

// SpeakerVolume tells how loud a loudspeaker is (DMCC schema).
type SpeakerVolume struct {
	Monitored
	Device    ExtendedDeviceID `json:"invokingDevice,omitzero"`
	Apparatus string           `json:"auditoryApparatus,omitempty"`
	Volume    *Volume          `json:"speakerVolume,omitempty"`
}

// EventName is the name on the wire.
func (SpeakerVolume) EventName() string { return "SpeakerVolumeEvent" }

// MicrophoneMuted tells that a microphone was muted, or no longer (DMCC schema).
type MicrophoneMuted struct {
	Monitored
	Device    ExtendedDeviceID `json:"invokingDevice,omitzero"`
	Apparatus string           `json:"auditoryApparatus,omitempty"`
	On        bool             `json:"microphoneMuteOn"`
}

// EventName is the name on the wire.
func (MicrophoneMuted) EventName() string { return "MicrophoneMuteEvent" }

// MicrophoneGain tells how sensitive a microphone is (DMCC schema, which does not
// spell out the gain: it is kept as it came).
type MicrophoneGain struct {
	Monitored
	Device    ExtendedDeviceID `json:"invokingDevice,omitzero"`
	Apparatus string           `json:"auditoryApparatus,omitempty"`
	Gain      Opaque           `json:"microphoneGain,omitempty"`
}

// EventName is the name on the wire.
func (MicrophoneGain) EventName() string { return "MicrophoneGainEvent" }

// ServiceLinkStatus tells whether the call to a telecommuter's telephone stands (DMCC
// schema).
type ServiceLinkStatus struct {
	Monitored
	Device ExtendedDeviceID `json:"device,omitzero"`
	Up     *bool            `json:"serviceLinkUp,omitempty"`
}

// EventName is the name on the wire.
func (ServiceLinkStatus) EventName() string { return "ServiceLinkStatusEvent" }

// E911CallBlocked tells that an emergency call was not placed, because the softphone
// registered with e911 blocked (DMCC schema; the reason is inferred).
type E911CallBlocked struct {
	Monitored
	Device ExtendedDeviceID `json:"device,omitzero"`
}

// EventName is the name on the wire.
func (E911CallBlocked) EventName() string { return "E911CallBlockedEvent" }
