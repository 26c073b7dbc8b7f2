package csta

// The links of AES to call information, SIP headers, the switch's clock and its dial
// plan (Avaya extensions, DMCC schema).

// EventListener answers the services that begin or end a flow of events (DMCC schema).
type EventListener struct {
	Listener string `json:"eventListenerId"`
}

// CallInformationEventsStart asks for [LinkUp] and [LinkDown] (DMCC schema).
type CallInformationEventsStart struct {
	Up   *bool `json:"linkUp,omitempty"`
	Down *bool `json:"linkDown,omitempty"`
}

// Service is the name on the wire.
func (CallInformationEventsStart) Service() string { return "CallInformationEventsStart" }

func (CallInformationEventsStart) answer() (_ EventListener) { return }

// CallInformationEventsStop ends what [CallInformationEventsStart] began (DMCC schema).
type CallInformationEventsStop struct {
	Listener string `json:"eventListenerId"`
}

// Service is the name on the wire.
func (CallInformationEventsStop) Service() string { return "CallInformationEventsStop" }

func (CallInformationEventsStop) answer() (_ EventListener) { return }

// GetLinkStatus asks whether a link is up (DMCC schema).
type GetLinkStatus struct {
	Link string `json:"linkName,omitempty"` // "" for all (inferred)
}

// Service is the name on the wire.
func (GetLinkStatus) Service() string { return "GetLinkStatus" }

func (GetLinkStatus) answer() (_ Links) { return }

// Links answers [GetLinkStatus] (DMCC schema).
type Links struct {
	List []LinkStatus `json:"linkList"`
}

// LinkStatus is one link (DMCC schema).
type LinkStatus struct {
	Name          string `json:"linkName"`
	Up            bool   `json:"isLinkUp"`
	AutoReconnect bool   `json:"autoReconnect"`
}

// LinkUp tells that a link came up (DMCC schema).
type LinkUp struct {
	Unmonitored
	Listener string `json:"eventListenerId"`
	Link     string `json:"linkName"`
}

// EventName is the name on the wire.
func (LinkUp) EventName() string { return "LinkUpEvent" }

// LinkDown tells that a link went down, and whether AES tries again (DMCC schema).
type LinkDown struct {
	Unmonitored
	Listener      string `json:"eventListenerId"`
	Link          string `json:"linkName"`
	AutoReconnect bool   `json:"autoReconnect"`
}

// EventName is the name on the wire.
func (LinkDown) EventName() string { return "LinkDownEvent" }

// GetSIPHeader asks for the SIP headers of the call on a button (DMCC schema).
type GetSIPHeader struct {
	Device DeviceID `json:"device"`
	Button string   `json:"button"`
}

// Service is the name on the wire.
func (GetSIPHeader) Service() string { return "GetSIPHeader" }

func (GetSIPHeader) answer() (_ SIPHeader) { return }

// SIPHeader answers [GetSIPHeader] (DMCC schema).
type SIPHeader struct {
	Device DeviceID `json:"device,omitempty"`
	Call   int64    `json:"callId"` // a number here, a [CallID] elsewhere
	Button string   `json:"button,omitempty"`
	Header string   `json:"sipHeader"`
}

// SIPHeaderEventsStart asks for the SIP headers of a device's calls (DMCC schema).
type SIPHeaderEventsStart struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (SIPHeaderEventsStart) Service() string { return "SIPHeaderEventsStart" }

func (SIPHeaderEventsStart) answer() (_ EventListener) { return }

// SIPHeaderEventsStop ends what [SIPHeaderEventsStart] began (DMCC schema).
type SIPHeaderEventsStop struct {
	Listener string `json:"eventListenerId"`
}

// Service is the name on the wire.
func (SIPHeaderEventsStop) Service() string { return "SIPHeaderEventsStop" }

func (SIPHeaderEventsStop) answer() (_ EventListener) { return }

// SIPHeaderChanged tells the SIP headers of a call (DMCC schema).
type SIPHeaderChanged struct {
	Unmonitored
	Device   DeviceID `json:"device,omitempty"`
	Listener string   `json:"eventListenerId"`
	Call     int64    `json:"callId"` // a number here, a [CallID] elsewhere
	Button   string   `json:"button,omitempty"`
	Header   string   `json:"sipHeader"`
}

// EventName is the name on the wire.
func (SIPHeaderChanged) EventName() string { return "SIPHeaderEvent" }

// GetTimeOfDay asks for a switch's clock (DMCC schema).
type GetTimeOfDay struct {
	Switch string `json:"switchName"`
}

// Service is the name on the wire.
func (GetTimeOfDay) Service() string { return "GetTimeOfDay" }

func (GetTimeOfDay) answer() (_ TimeOfDay) { return }

// TimeOfDay answers [GetTimeOfDay]: local time at the switch, without its zone (DMCC
// schema; that the time is local is inferred).
type TimeOfDay struct {
	Switch string `json:"switchName,omitempty"`
	Year   int    `json:"year"`
	Month  int    `json:"month"` // 1 to 12 (inferred)
	Day    int    `json:"day"`
	Hour   int    `json:"hour"`
	Minute int    `json:"minute"`
	Second int    `json:"second"`
}

// E164Outcome says how the conversion of a number went (DMCC schema:
// E164ConversionResultType).
type E164Outcome string

// The outcomes.
const (
	E164Converted E164Outcome = "CONVERTED"
	E164NoMatch   E164Outcome = "NO_MATCH" // no rule of the dial plan fits
	E164Invalid   E164Outcome = "INVALID_INPUT"
)

// E164Result is one number in both forms (DMCC schema: E164ConversionResult).
type E164Result struct {
	Outcome    E164Outcome `json:"resultType"`
	E164       string      `json:"e164,omitempty"`
	DialString string      `json:"dialString,omitempty"`
}

// E164Results answers both conversions (DMCC schema).
type E164Results struct {
	Switch  string       `json:"switchName,omitempty"`
	Results []E164Result `json:"resultList" item:"result"`
}

// ConvertDialStringToE164 makes worldwide numbers of what is dialled at a switch (DMCC
// schema).
type ConvertDialStringToE164 struct {
	Switch      string   `json:"switchName"`
	DialStrings []string `json:"dialStringList" item:"dialString"`
}

// Service is the name on the wire.
func (ConvertDialStringToE164) Service() string { return "ConvertDialStringToE164" }

func (ConvertDialStringToE164) answer() (_ E164Results) { return }

// ConvertE164ToDialString makes what is dialled at a switch of worldwide numbers (DMCC
// schema).
type ConvertE164ToDialString struct {
	Switch  string   `json:"switchName"`
	Numbers []string `json:"e164List" item:"e164Number"`
}

// Service is the name on the wire.
func (ConvertE164ToDialString) Service() string { return "ConvertE164ToDialString" }

func (ConvertE164ToDialString) answer() (_ E164Results) { return }
