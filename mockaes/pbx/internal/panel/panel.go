package panel

import "github.com/wtiphone/wtiphone/csta"

// Panel is what a telephone shows. The zero value is one that nobody could see.
type Panel struct {
	on      bool            // somebody can see it
	lamps   []csta.LampMode // of the call appearances
	message csta.LampMode
	offHook bool
	rings   bool
	ring    Ring
	display string
}

// Of is the panel of a telephone by the states of the calls on its appearances, empty for a
// free one. shown is the appearance whose call the display is about, for [Panel.Show]; -1
// if there is none.
func Of(calls []csta.ConnectionState, message bool, ring Ring) (p Panel, shown int) {
	p = Panel{on: true, lamps: make([]csta.LampMode, len(calls)), message: csta.LampOff, ring: ring}
	if message {
		p.message = csta.LampSteady
	}
	shown = -1
	for i, state := range calls {
		p.lamps[i] = lampFor(state)
		switch state {
		case "":
		case csta.Alerting:
			p.rings = true
			if shown < 0 || calls[shown] == csta.Held {
				shown = i
			}
		case csta.Held:
			if shown < 0 {
				shown = i
			}
		default:
			p.offHook = true
			if shown < 0 || calls[shown] != csta.Connected {
				shown = i
			}
		}
	}
	switch ring.Mode {
	case csta.Ringing:
		p.rings = true
	case csta.NotRinging:
		p.rings = false
	}
	return p, shown
}

// Show puts a text about a call on the display.
func (p *Panel) Show(text string) { p.display = text }

// OnHook reports whether the telephone is on hook.
func (p Panel) OnHook() bool { return !p.offHook }

// Change makes the copy of an event about a panel for one monitor.
type Change func(csta.Monitored) csta.Event

// Changes are what there is to tell since a panel was as before: lamps, hookswitch, ringer,
// display.
func (p Panel) Changes(before Panel, device csta.ExtendedDeviceID) (list []Change) {
	for i, mode := range p.lamps {
		if !before.on || before.lamps[i] != mode {
			list = append(list, lampChange(device, Appearance(i), "", csta.LampGreen, mode))
		}
	}
	if !before.on || before.message != p.message {
		list = append(list, lampChange(device, messageLamp, messageLabel, csta.LampRed, p.message))
	}
	if !before.on || before.offHook != p.offHook {
		list = append(list, func(m csta.Monitored) csta.Event {
			return csta.Hookswitch{
				Monitored: m, Device: device, Hookswitch: "0", OnHook: p.OnHook(),
			}
		})
	}
	if !before.on || before.rings != p.rings || before.ring != p.ring {
		item := p.Ringer()
		list = append(list, func(m csta.Monitored) csta.Event {
			return csta.RingerChanged{
				Monitored: m, Device: device, Ringer: item.Ringer, Mode: item.Mode,
				Count: item.Count, Pattern: item.Pattern, Volume: p.ring.loud(),
			}
		})
	}
	if !before.on || before.display != p.display {
		list = append(list, func(m csta.Monitored) csta.Event {
			return csta.DisplayUpdated{Monitored: m, Device: device, Display: p.Screen()}
		})
	}
	return list
}
