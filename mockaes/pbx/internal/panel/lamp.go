package panel

import "github.com/wtiphone/wtiphone/csta"

// messageLamp is the red lamp that a message lights. It belongs to no button. Its id
// is in no source; it stands before that of the first call appearance (inferred).
const (
	messageLamp  = "262"
	messageLabel = "Message"
)

// lampFor is how the lamp of an appearance is lit (Avaya's sample programs: flashing
// is ringing, steady is connected).
func lampFor(state csta.ConnectionState) csta.LampMode {
	switch state {
	case "":
		return csta.LampOff
	case csta.Alerting:
		return csta.LampFlash
	case csta.Held:
		return csta.LampFlutter
	}
	return csta.LampSteady
}

func lampChange(
	device csta.ExtendedDeviceID, lamp, label string, color csta.LampColor, mode csta.LampMode,
) Change {
	return func(m csta.Monitored) csta.Event {
		return csta.LampChanged{
			Monitored: m, Device: device, Lamp: lamp, Label: label, Mode: mode, Color: &color,
		}
	}
}

// LampModes are how the lamps are lit: one by its id, or all for "".
func (p Panel) LampModes(only string) (list []csta.LampModeItem) {
	green, red := csta.LampGreen, csta.LampRed
	for i, mode := range p.lamps {
		id := Appearance(i)
		if only == "" || only == id {
			list = append(list, csta.LampModeItem{Lamp: id, Mode: mode, Color: &green, Button: id})
		}
	}
	if only == "" || only == messageLamp {
		list = append(list, csta.LampModeItem{Lamp: messageLamp, Mode: p.message, Color: &red})
	}
	return list
}

// Lamp is the lamp itself, without how it is lit.
func Lamp(item csta.LampModeItem) csta.LampItem {
	lamp := csta.LampItem{Lamp: item.Lamp, Button: item.Button, Color: item.Color}
	if lamp.Lamp == messageLamp {
		lamp.Label = messageLabel
	}
	return lamp
}
