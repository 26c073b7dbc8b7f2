package csta

// A registered station's hardware: buttons, display, hookswitch, lamps, ringer
// (ECMA-269, chapter 21; DMCC schema). Ids of buttons and lamps are decimal text.
// The digits 0 to 9 are the keypad; a lamp has the id of its button (DMCC samples).

// Buttons that every station has (Avaya's sample programs). Administered buttons are
// (id & 0x700) >> 8 for the module, id & 0xFF for the place on it.
const (
	ButtonConference      = "259"
	ButtonTransfer        = "260"
	ButtonHold            = "261"
	ButtonFirstAppearance = "263" // the first call appearance
)

// ButtonPress presses a button (DMCC schema).
type ButtonPress struct {
	Device DeviceID `json:"device"`
	Button string   `json:"button"`
}

// Service is the name on the wire.
func (ButtonPress) Service() string { return "ButtonPress" }

func (ButtonPress) answer() (_ Empty) { return }

// GetButtonInformation asks for a station's buttons (DMCC schema).
type GetButtonInformation struct {
	Device DeviceID `json:"device"`
	Button string   `json:"button,omitempty"` // "" for all
}

// Service is the name on the wire.
func (GetButtonInformation) Service() string { return "GetButtonInformation" }

func (GetButtonInformation) answer() (_ Buttons) { return }

// Buttons answers [GetButtonInformation] (DMCC schema).
type Buttons struct {
	List []ButtonItem `json:"buttonList" item:"buttonItem"`
}

// ButtonItem is one button (DMCC schema).
type ButtonItem struct {
	Button         string   `json:"button"`
	Label          string   `json:"buttonLabel,omitempty"`
	LabelSettable  *bool    `json:"buttonLabelSettable,omitempty"`
	Function       string   `json:"buttonFunction,omitempty"`
	Associated     DeviceID `json:"buttonAssociatedNumber,omitempty"`
	NumberSettable *bool    `json:"buttonAssociatedNumberSettable,omitempty"`
	PressIndicator *bool    `json:"buttonPressIndicator,omitempty"`
	Lamps          []string `json:"lampList,omitempty" item:"lampID"`
}

// CharacterSet is what a display's text is written in (DMCC schema).
type CharacterSet string

// The character sets.
const (
	ASCII       CharacterSet = "ascii"
	Unicode     CharacterSet = "unicode"
	Proprietary CharacterSet = "proprietary"
)

// GetDisplay asks what a station's display shows (DMCC schema).
type GetDisplay struct {
	Device  DeviceID `json:"device"`
	Display string   `json:"display,omitempty"` // "" for all
}

// Service is the name on the wire.
func (GetDisplay) Service() string { return "GetDisplay" }

func (GetDisplay) answer() (_ Displays) { return }

// Displays answers [GetDisplay] (DMCC schema).
type Displays struct {
	List []Display `json:"displayList" item:"displayListItem"`
}

// Display is one display and its text, row after row (DMCC schema: DisplayListItem).
type Display struct {
	ID              string       `json:"displayID,omitempty"`
	Rows            int          `json:"logicalRows"`
	Columns         int          `json:"logicalColumns"`
	PhysicalRows    *int         `json:"physicalRows,omitempty"`
	PhysicalColumns *int         `json:"physicalColumns,omitempty"`
	BaseRow         *int         `json:"physicalBaseRowNumber,omitempty"`
	BaseColumn      *int         `json:"physicalBaseColumnNumber,omitempty"`
	CharacterSet    CharacterSet `json:"characterSet,omitempty"`
	Contents        string       `json:"contentsOfDisplay"`
}

// GetHookswitchStatus asks whether a station is on hook (DMCC schema).
type GetHookswitchStatus struct {
	Device     DeviceID `json:"device"`
	Hookswitch string   `json:"hookswitch,omitempty"` // "" for all
}

// Service is the name on the wire.
func (GetHookswitchStatus) Service() string { return "GetHookswitchStatus" }

func (GetHookswitchStatus) answer() (_ Hookswitches) { return }

// Hookswitches answers [GetHookswitchStatus] (DMCC schema).
type Hookswitches struct {
	List []HookswitchItem `json:"hookswitchStatusList" item:"hookswitchStatusItem"`
}

// HookswitchItem is one hookswitch (DMCC schema: HookswitchStatusItem).
type HookswitchItem struct {
	Hookswitch string `json:"hookswitch"`
	OnHook     bool   `json:"hookswitchOnHook"`
}

// SetHookswitchStatus takes a station off hook or puts it on hook (DMCC schema). The
// hookswitch must be named, and which name does not matter (DMCC guides).
type SetHookswitchStatus struct {
	Device     DeviceID `json:"device"`
	Hookswitch string   `json:"hookswitch"`
	OnHook     bool     `json:"hookswitchOnhook"` // sic: hookswitchOnHook elsewhere
}

// Service is the name on the wire.
func (SetHookswitchStatus) Service() string { return "SetHookswitchStatus" }

func (SetHookswitchStatus) answer() (_ Empty) { return }
