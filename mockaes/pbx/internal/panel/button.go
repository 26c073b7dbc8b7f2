package panel

import (
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// FirstAppearance is the button of the first call appearance.
const FirstAppearance = 263

// Drop takes the party that came last out of the call. Its id is in no source; it stands
// before those of the neighbouring buttons (inferred).
const Drop = "258"

// The keys * and # of the keypad (general knowledge of the DMCC constants).
const (
	Star  = "10"
	Pound = "11"
)

// fixed are the buttons of every telephone, besides its call appearances.
var fixed = []struct{ id, label, function string }{
	{Drop, "Drop", "drop"},
	{csta.ButtonConference, "Conference", "conference"},
	{csta.ButtonTransfer, "Transfer", "transfer"},
	{csta.ButtonHold, "Hold", "hold"},
}

// Appearance is the button of a call appearance, and its lamp. They count from 0.
func Appearance(i int) string { return strconv.Itoa(FirstAppearance + i) }

// Letter is what an appearance is called on its button and on the display.
func Letter(appearance int) string { return string(rune('a' + appearance)) }

// Buttons are those of the telephone of an extension: its call appearances, and the fixed
// ones. labels are those that are not the usual, by button.
func Buttons(ext string, appearances int, labels map[string]string) (list []csta.ButtonItem) {
	for i := range appearances {
		id := Appearance(i)
		list = append(list, csta.ButtonItem{
			Button: id, Label: Letter(i) + "=" + ext, Function: "call-appr", Lamps: []string{id},
		})
	}
	for _, b := range fixed {
		list = append(list, csta.ButtonItem{Button: b.id, Label: b.label, Function: b.function})
	}
	for i := range list {
		if label, ok := labels[list[i].Button]; ok {
			list[i].Label = label
		}
	}
	return list
}
