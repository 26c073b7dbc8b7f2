package pbx

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

// settlePanel makes the lamps, the display, the ringer and the hookswitch of a registered
// station follow its calls, and tells of what changed. Nobody could see the panel of one
// that is not registered.
func (s *Switch) settlePanel(d *device) {
	d.station.rung.Settle(slices.ContainsFunc(d.parties, func(p *party) bool {
		return p.state == csta.Alerting
	}))
	if len(s.regs[d.ext]) == 0 {
		d.station.panel = panel.Panel{}
		return
	}
	before, now := d.station.panel, d.panelNow(s)
	d.station.panel = now
	for _, change := range now.Changes(before, csta.Party(d.id)) {
		d.tellFeature(change)
	}
}

// panelNow is what the telephone has to show.
func (d *device) panelNow(s *Switch) panel.Panel {
	calls := make([]csta.ConnectionState, len(d.station.calls))
	for i, p := range d.station.calls {
		if p != nil {
			calls[i] = p.state
		}
	}
	now, shown := panel.Of(calls, d.station.message, d.station.rung)
	if shown >= 0 {
		now.Show(d.displayFor(s, d.station.calls[shown]))
	}
	return now
}

// displayFor is the text about a call: the letter of its appearance, and who is at
// the other end or what was dialled; for a distributed call also what was called.
func (d *device) displayFor(s *Switch, p *party) string {
	text := panel.Letter(p.appearance) + "= "
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

// SetRingerStatus makes a registered station ring until it is told to stop, or keeps
// it from ringing for the calls that alert now.
func (s *Switch) SetRingerStatus(req csta.SetRingerStatus) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return err
	}
	switch req.Mode {
	case "", csta.Ringing, csta.NotRinging:
	default:
		return csta.Refuse(csta.InvalidParameterValue)
	}
	if req.Mode != "" {
		d.station.rung.Mode = req.Mode
	}
	if req.Pattern != nil {
		d.station.rung.Sound = *req.Pattern
	}
	if req.Volume != nil && req.Volume.Absolute != nil {
		d.station.rung.Volume = strconv.Itoa(*req.Volume.Absolute)
	}
	s.touchStation(d)
	return nil
}
