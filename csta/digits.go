package csta

// Services that send digits and tones into a call (ECMA-269, chapter 17; Avaya
// extensions, DMCC schema). Tones that are received are in tones.go.

// DigitMode says how digits are sent (DMCC schema).
type DigitMode string

// The digit modes.
const (
	RotaryPulse DigitMode = "rotaryPulse"
	DTMF        DigitMode = "dTMF"
)

// GenerateDigits sends digits into a call, as the switch's work (DMCC schema).
type GenerateDigits struct {
	Target    ConnectionID `json:"connectionToSendDigits"`
	Mode      DigitMode    `json:"digitMode,omitempty"`
	Digits    string       `json:"charactersToSend"`
	Duration  int          `json:"toneDuration,omitempty"`  // milliseconds a tone
	PulseRate int          `json:"pulseRate,omitempty"`     // pulses a second (general knowledge)
	Pause     int          `json:"pauseDuration,omitempty"` // milliseconds between tones
}

// Service is the name on the wire.
func (GenerateDigits) Service() string { return "GenerateDigits" }

func (GenerateDigits) answer() (_ Empty) { return }

// SendDTMFTone sends digits into a call from a registered terminal with server
// media (DMCC schema).
type SendDTMFTone struct {
	Sender   ConnectionID `json:"sender"`
	Tones    string       `json:"tones"`
	Duration int          `json:"toneDuration"`  // milliseconds a tone
	Pause    int          `json:"pauseDuration"` // milliseconds between tones
}

// Service is the name on the wire.
func (SendDTMFTone) Service() string { return "SendDTMFTone" }

func (SendDTMFTone) answer() (_ Empty) { return }

// TelephonyTone names a tone of the switch (DMCC schema). There are also the tones
// switchSpec0 to switchSpec100, whose meaning is the switch's own.
type TelephonyTone string

// The tones.
const (
	ToneBeep          TelephonyTone = "beep"
	ToneBilling       TelephonyTone = "billing"
	ToneBusy          TelephonyTone = "busy"
	ToneCarrier       TelephonyTone = "carrier"
	ToneConfirmation  TelephonyTone = "confirmation"
	ToneDial          TelephonyTone = "dial"
	ToneFaxCNG        TelephonyTone = "faxCNG"
	ToneHold          TelephonyTone = "hold"
	ToneHowler        TelephonyTone = "howler"
	ToneIntrusion     TelephonyTone = "intrusion"
	ToneModemCNG      TelephonyTone = "modemCNG"
	TonePark          TelephonyTone = "park"
	ToneRecordWarning TelephonyTone = "recordWarning"
	ToneReorder       TelephonyTone = "reorder"
	ToneRingback      TelephonyTone = "ringback"
	ToneSilence       TelephonyTone = "silence"
	ToneVacantCode    TelephonyTone = "sitVC" // special information tones
	ToneIntercept     TelephonyTone = "sitIC"
	ToneReorderSIT    TelephonyTone = "sitRO"
	ToneNoCircuit     TelephonyTone = "sitNC"
)

// GenerateTelephonyTones plays a tone into a call (DMCC schema).
type GenerateTelephonyTones struct {
	Target   ConnectionID  `json:"connectionToSendTone"`
	Tone     TelephonyTone `json:"toneToSend"`
	Duration int           `json:"toneDuration,omitempty"` // milliseconds
}

// Service is the name on the wire.
func (GenerateTelephonyTones) Service() string { return "GenerateTelephonyTones" }

func (GenerateTelephonyTones) answer() (_ Empty) { return }

// TelephonyTonesEventStart asks to be told when a tone fails at a device (DMCC
// schema; the effect is inferred).
type TelephonyTonesEventStart struct {
	Device DeviceID      `json:"device"`
	Tone   TelephonyTone `json:"telephonyTone,omitempty"`
}

// Service is the name on the wire.
func (TelephonyTonesEventStart) Service() string { return "TelephonyTonesEventStart" }

func (TelephonyTonesEventStart) answer() (_ EventListener) { return }

// TelephonyTonesEventStop ends what [TelephonyTonesEventStart] began (DMCC schema).
type TelephonyTonesEventStop struct {
	Listener string `json:"eventListenerId"`
}

// Service is the name on the wire.
func (TelephonyTonesEventStop) Service() string { return "TelephonyTonesEventStop" }

func (TelephonyTonesEventStop) answer() (_ EventListener) { return }

// TelephonyToneReasonCode says how a tone went (DMCC schema).
type TelephonyToneReasonCode string

// The outcomes of a tone.
const (
	ToneSuccess         TelephonyToneReasonCode = "SUCCESS"
	ToneInvalidRequest  TelephonyToneReasonCode = "INVALID_REQUEST"
	ToneInvalidDevice   TelephonyToneReasonCode = "INVALID_DEVICE"
	ToneNotRegistered   TelephonyToneReasonCode = "DEVICE_NOT_REGISTERED"
	ToneActive          TelephonyToneReasonCode = "ACTIVE_TONE"
	ToneNotActive       TelephonyToneReasonCode = "NO_ACTIVE_TONE"
	ToneInvalidCallID   TelephonyToneReasonCode = "INVALID_CALLID"
	ToneInvalidID       TelephonyToneReasonCode = "INVALID_TONEID"
	ToneInvalidDuration TelephonyToneReasonCode = "INVALID_TONE_DURATION"
)

// TelephonyTonesAborted tells that a tone ended early or could not begin. The schema
// lists it as a message GenerateTelephonyTonesAbort; that the server sends it is
// inferred from its listener id and reason code.
type TelephonyTonesAborted struct {
	Unmonitored
	Connection ConnectionID            `json:"connection,omitzero"`
	Tone       TelephonyTone           `json:"telephonyTone,omitempty"`
	Reason     TelephonyToneReasonCode `json:"failedToneResponse,omitempty"`
	Listener   string                  `json:"eventListenerId,omitempty"`
}

// EventName is the name on the wire.
func (TelephonyTonesAborted) EventName() string { return "GenerateTelephonyTonesAbort" }

// EnteredDigits tells the digits that a caller entered (DMCC schema).
type EnteredDigits struct {
	Monitored
	Connection ConnectionID    `json:"connection"`
	Digits     string          `json:"digits"`
	Local      ConnectionState `json:"localConnectionInfo,omitempty"`
	Cause      EventCause      `json:"cause,omitempty"`
}

// EventName is the name on the wire.
func (EnteredDigits) EventName() string { return "EnteredDigitsEvent" }
