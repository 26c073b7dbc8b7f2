package pbx

import (
	"fmt"
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// The display of a telephone: two rows of forty characters.
const (
	displayRows    = 2
	displayColumns = 40
)

// firstAppearance is the button of the first call appearance.
const firstAppearance = 263

// messageLamp is the red lamp that a message lights. It belongs to no button. Its id
// is in no source; it stands before that of the first call appearance (inferred).
const (
	messageLamp  = "262"
	messageLabel = "Message"
)

// panel is what a telephone shows. It follows the calls while the station is
// registered; nobody could see it otherwise.
type panel struct {
	on      bool            // somebody is registered
	lamps   []csta.LampMode // of the call appearances
	message csta.LampMode
	offHook bool
	rings   bool
	ring    ringing // as an application has set it
	display string
}

// settlePanel makes the lamps, the display, the ringer and the hookswitch of a
// registered station follow its calls, and tells of what changed.
func (s *Switch) settlePanel(d *device) {
	d.station.rung.settle(d)
	if len(s.regs[d.ext]) == 0 {
		d.station.panel.on = false
		return
	}
	old, now := d.station.panel, d.panelNow(s)
	d.station.panel = now
	for i, mode := range now.lamps {
		if !old.on || old.lamps[i] != mode {
			d.tellLamp(strconv.Itoa(firstAppearance+i), "", csta.LampGreen, mode)
		}
	}
	if !old.on || old.message != now.message {
		d.tellLamp(messageLamp, messageLabel, csta.LampRed, now.message)
	}
	if !old.on || old.offHook != now.offHook {
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.Hookswitch{
				Monitored: m, Device: csta.Party(d.id), Hookswitch: "0", OnHook: !now.offHook,
			}
		})
	}
	if !old.on || old.rings != now.rings || old.ring != now.ring {
		item := now.ringer()
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.RingerChanged{
				Monitored: m, Device: csta.Party(d.id), Ringer: item.Ringer, Mode: item.Mode,
				Count: item.Count, Pattern: item.Pattern, Volume: now.ring.loud(),
			}
		})
	}
	if !old.on || old.display != now.display {
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.DisplayUpdated{
				Monitored: m, Device: csta.Party(d.id), Display: now.screen(),
			}
		})
	}
}

func (d *device) tellLamp(lamp, label string, color csta.LampColor, mode csta.LampMode) {
	d.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.LampChanged{
			Monitored: m, Device: csta.Party(d.id), Lamp: lamp, Label: label, Mode: mode,
			Color: &color,
		}
	})
}

// panelNow is what the telephone has to show.
func (d *device) panelNow(s *Switch) panel {
	now := panel{
		on: true, lamps: make([]csta.LampMode, len(d.station.calls)), message: csta.LampOff,
	}
	if d.station.message {
		now.message = csta.LampSteady
	}
	var shown *party
	for i, p := range d.station.calls {
		now.lamps[i] = lampFor(p)
		if p == nil {
			continue
		}
		switch p.state {
		case csta.Alerting:
			now.rings = true
			if shown == nil || shown.state == csta.Held {
				shown = p
			}
		case csta.Held:
			if shown == nil {
				shown = p
			}
		default:
			now.offHook = true
			if shown == nil || shown.state != csta.Connected {
				shown = p
			}
		}
	}
	now.ring = d.station.rung
	switch now.ring.mode {
	case csta.Ringing:
		now.rings = true
	case csta.NotRinging:
		now.rings = false
	}
	now.display = d.displayFor(s, shown)
	return now
}

// lampFor is how the lamp of an appearance is lit (Avaya's sample programs: flashing
// is ringing, steady is connected).
func lampFor(p *party) csta.LampMode {
	if p == nil {
		return csta.LampOff
	}
	switch p.state {
	case csta.Alerting:
		return csta.LampFlash
	case csta.Held:
		return csta.LampFlutter
	}
	return csta.LampSteady
}

// displayFor is the text about a call: the letter of its appearance, and who is at
// the other end or what was dialled; for a distributed call also what was called.
func (d *device) displayFor(s *Switch, p *party) string {
	if p == nil {
		return ""
	}
	text := string(rune('a'+p.appearance)) + "= "
	if p.state == csta.Initiated {
		return text + p.dialled
	}
	c := p.call
	if n := c.talkers(); n > 2 {
		return text + fmt.Sprintf("CONFERENCE %d", n-1)
	}
	other := c.calling.Device
	if other == d.id || other == "" {
		other = c.called.Device
	}
	text += s.nameOf(c, other)
	if c.vdn != nil && c.calling.Device != d.id {
		text += " to " + c.vdn.name
	}
	return text
}

// nameOf is what a display calls a device.
func (s *Switch) nameOf(c *call, id csta.DeviceID) string {
	if p := c.outsider(id); p != nil && p.tie() != nil && p.tie().shows != "" {
		return p.tie().shows
	}
	if known := s.device(id); known != nil && known.name != "" {
		return known.name + " " + known.ext
	}
	return id.Extension()
}

// screen is the display with its rows filled.
func (p panel) screen() csta.Display {
	text := p.display
	if len(text) > displayColumns {
		text = text[:displayColumns]
	}
	return csta.Display{
		ID: "0", Rows: displayRows, Columns: displayColumns, CharacterSet: csta.ASCII,
		Contents: fmt.Sprintf("%-*s", displayRows*displayColumns, text),
	}
}

func (p panel) ringer() csta.RingerItem {
	item := csta.RingerItem{Ringer: "0", Mode: csta.NotRinging, Count: "0"}
	pattern := csta.RingOff
	if p.rings {
		item.Mode, item.Count = csta.Ringing, "1"
		pattern = p.ring.pattern(csta.RingStandard)
	}
	item.Pattern, item.Volume = &pattern, p.ring.volume
	return item
}
