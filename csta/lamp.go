package csta

// Lamps and the ringer of a registered station (ECMA-269, chapter 21; DMCC schema).

// LampMode is how a lamp is lit (Avaya's sample programs for 2, 3 and 7; the others
// are ECMA-269's order). Take what is neither off nor steady for flashing.
type LampMode int

// The lamp modes.
const (
	LampBrokenFlutter LampMode = 0
	LampFlutter       LampMode = 1
	LampOff           LampMode = 2
	LampSteady        LampMode = 3
	LampWink          LampMode = 4
	LampFlash         LampMode = 7
)

// LampColor is a lamp's colour (Avaya's sample programs for red and green; the others
// are ECMA-269's order).
type LampColor int

// The colours of lamps.
const (
	LampNoColor LampColor = 0
	LampRed     LampColor = 1
	LampYellow  LampColor = 2
	LampGreen   LampColor = 3
	LampBlue    LampColor = 4
)

// LampBrightness is how bright a lamp is (DMCC schema).
type LampBrightness string

// The degrees of brightness.
const (
	LampUnspecified LampBrightness = "unspecified"
	LampDim         LampBrightness = "dim"
	LampBright      LampBrightness = "bright"
)

// GetLampInformation asks which lamps a station has (DMCC schema).
type GetLampInformation struct {
	Device DeviceID `json:"device"`
	Lamp   string   `json:"lamp,omitempty"` // "" for all
}

// Service is the name on the wire.
func (GetLampInformation) Service() string { return "GetLampInformation" }

func (GetLampInformation) answer() (_ Lamps) { return }

// Lamps answers [GetLampInformation] (DMCC schema).
type Lamps struct {
	List []LampItem `json:"lampList" item:"lampItem"`
}

// LampItem is one lamp (DMCC schema).
type LampItem struct {
	Lamp   string     `json:"lamp"`
	Label  string     `json:"lampLabel,omitempty"`
	Button string     `json:"button,omitempty"`
	Color  *LampColor `json:"lampColor,omitempty"`
}

// GetLampMode asks which lamps of a station are lit (DMCC schema).
type GetLampMode struct {
	Device DeviceID `json:"device"`
	Lamp   string   `json:"lamp,omitempty"` // "" for all
}

// Service is the name on the wire.
func (GetLampMode) Service() string { return "GetLampMode" }

func (GetLampMode) answer() (_ LampModes) { return }

// LampModes answers [GetLampMode] (DMCC schema).
type LampModes struct {
	List []LampModeItem `json:"lampModeList" item:"lampModeItem"`
	Lamp string         `json:"lamp,omitempty"`
}

// LampModeItem is one lamp and how it is lit (DMCC schema).
type LampModeItem struct {
	Lamp       string         `json:"lamp"`
	Mode       LampMode       `json:"lampMode"`
	Brightness LampBrightness `json:"lampBrightness,omitempty"`
	Color      *LampColor     `json:"lampColor,omitempty"`
	Button     string         `json:"button,omitempty"`
}

// RingMode says whether a telephone rings (DMCC schema).
type RingMode string

// The ring modes.
const (
	Ringing    RingMode = "ringing"
	NotRinging RingMode = "notRinging"
)

// RingPattern is how a telephone rings (Avaya's sample programs).
type RingPattern int

// The ring patterns.
const (
	RingOff      RingPattern = 0
	RingManual   RingPattern = 1
	RingIntercom RingPattern = 9
	RingStandard RingPattern = 11
	RingPriority RingPattern = 13
)

// GetRingerStatus asks whether a station rings (DMCC schema).
type GetRingerStatus struct {
	Device DeviceID `json:"device"`
	Ringer string   `json:"ringer,omitempty"` // "" for all
}

// Service is the name on the wire.
func (GetRingerStatus) Service() string { return "GetRingerStatus" }

func (GetRingerStatus) answer() (_ Ringers) { return }

// Ringers answers [GetRingerStatus] (DMCC schema).
type Ringers struct {
	List []RingerItem `json:"ringerStatusList" item:"ringerStatusItem"`
}

// RingerItem is one ringer (DMCC schema: RingerStatusItem).
type RingerItem struct {
	Ringer  string       `json:"ringer"`
	Mode    RingMode     `json:"ringMode,omitempty"`
	Count   string       `json:"ringCount,omitempty"` // text in the schema
	Pattern *RingPattern `json:"ringPattern,omitempty"`
	Volume  string       `json:"ringVolAbs,omitempty"` // text in the schema
}

// Volume is a loudness: absolute, or a change (DMCC schema).
type Volume struct {
	Absolute  *int   `json:"volAbs,omitempty"`
	Increment Opaque `json:"volInc,omitempty"`
}

// SetRingerStatus makes a station ring, or stop (DMCC schema).
type SetRingerStatus struct {
	Device  DeviceID     `json:"device"`
	Ringer  string       `json:"ringer"`
	Mode    RingMode     `json:"ringMode,omitempty"`
	Pattern *RingPattern `json:"ringPattern,omitempty"`
	Volume  *Volume      `json:"ringVolume,omitempty"`
}

// Service is the name on the wire.
func (SetRingerStatus) Service() string { return "SetRingerStatus" }

func (SetRingerStatus) answer() (_ Empty) { return }

// GetPhysicalDeviceInformation asks what a station is capable of (DMCC schema).
type GetPhysicalDeviceInformation struct {
	Device DeviceID `json:"device"`
}

// Service is the name on the wire.
func (GetPhysicalDeviceInformation) Service() string { return "GetPhysicalDeviceInformation" }

func (GetPhysicalDeviceInformation) answer() (_ PhysicalDevice) { return }

// PhysicalDevice answers [GetPhysicalDeviceInformation] (DMCC schema, which does not
// spell out the parts that are kept as they came).
type PhysicalDevice struct {
	Category         Opaque         `json:"deviceCategory,omitempty"`
	GroupAttributes  Opaque         `json:"groupDeviceAttributes,omitempty"`
	NamedTypes       Opaque         `json:"namedDeviceTypes,omitempty"`
	HasLogical       bool           `json:"hasLogicalElement"`
	OtherLogical     []DeviceID     `json:"otherLogicalDeviceList,omitempty" item:"deviceID"`
	Model            string         `json:"deviceModelName,omitempty"`
	OnDevice         *MonitorFilter `json:"deviceOnDeviceMonitorFilter,omitempty"`
	OnConnection     *MonitorFilter `json:"deviceOnConnectionMonitorFilter,omitempty"`
	CallOnDevice     *MonitorFilter `json:"callOnDeviceMonitorFilter,omitempty"`
	CallOnConnection *MonitorFilter `json:"callOnConnectionMonitorFilter,omitempty"`
	MaxDisplays      *int           `json:"maxDisplays,omitempty"`
	MaxButtons       *int           `json:"maxButtons,omitempty"`
	MaxLamps         *int           `json:"maxLamps,omitempty"`
	MaxRingPatterns  *int           `json:"maxRingPatterns,omitempty"`
	Services         Opaque         `json:"physDevServList,omitempty"`
	Events           Opaque         `json:"physDevEvtsList,omitempty"`
}
