package pbx

import (
	"strconv"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

// dialWait is the time after the last digit until a number that could go on is
// complete.
const dialWait = 3 * time.Second

// joining is a transfer or conference that was begun by a button: the call that was
// put on hold for it.
type joining struct {
	button string
	held   *party
}

// ButtonPress presses a button of a registered station, as a hand would.
func (s *Switch) ButtonPress(req csta.ButtonPress) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(req.Button)
	if err != nil {
		return csta.Refuse(csta.InvalidButtonIdentifier)
	}
	switch i := n - panel.FirstAppearance; {
	case i >= 0 && i < len(d.station.calls):
		err = s.pressAppearance(d, i)
	case n >= 0 && n <= 9:
		err = s.pressKey(d, req.Button[0])
	default:
		err = s.pressFixed(d, req.Button)
	}
	if err != nil {
		return err
	}
	d.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.ButtonPressed{Monitored: m, Device: csta.Party(d.id), Button: req.Button}
	})
	return nil
}

func (s *Switch) pressFixed(d *device, button string) error {
	switch button {
	case panel.Star:
		return s.pressKey(d, '*')
	case panel.Pound:
		return s.pressKey(d, '#')
	case csta.ButtonHold:
		return s.pressHold(d)
	case csta.ButtonTransfer, csta.ButtonConference:
		return s.pressJoin(d, button)
	case panel.Drop:
		return s.pressDrop(d)
	}
	return csta.Refuse(csta.InvalidButtonIdentifier)
}

// pressAppearance goes to a call appearance: answers it, retrieves it, or takes it to
// dial. What was active before is dropped (CM without automatic hold).
func (s *Switch) pressAppearance(d *device, i int) error {
	p, active := d.station.calls[i], d.active()
	if p != nil && p == active {
		return nil
	}
	if active != nil {
		s.drop(active, csta.CauseNormalClearing)
	}
	switch {
	case p == nil:
		s.takeAppearance(s.offHook(d, csta.CauseNewCall), i)
	case p.state == csta.Alerting:
		s.answer(p)
	case p.state == csta.Held:
		s.retrieve(p, csta.CauseKeyOperation)
	}
	return nil
}

func (s *Switch) takeAppearance(p *party, i int) {
	calls := p.dev.station.calls
	calls[p.appearance] = nil
	calls[i], p.appearance = p, i
}

func (s *Switch) pressHold(d *device) error {
	p := d.active()
	switch {
	case p == nil:
		return csta.Refuse(csta.NoActiveCall)
	case p.state != csta.Connected || p.call.tone.Sound != "":
		return csta.Refuse(csta.InvalidObjectState)
	}
	s.hold(p, csta.CauseKeyOperation)
	return nil
}

// pressJoin begins a transfer or a conference with dial tone, and at the second press
// completes it.
func (s *Switch) pressJoin(d *device, button string) error {
	j, active := d.station.joining, d.active()
	switch {
	case active == nil:
		return csta.Refuse(csta.NoActiveCall)
	case j.button == button && j.held.state == csta.Held && j.held.dev == d:
		return s.completeJoin(d, active)
	case active.state != csta.Connected || active.call.tone.Sound != "":
		return csta.Refuse(csta.InvalidObjectState)
	case d.station.freeAppearance(true) < 0:
		return csta.Refuse(csta.ResourceBusy)
	}
	s.hold(active, csta.CauseConsultation)
	d.station.joining = joining{button: button, held: active}
	s.offHook(d, csta.CauseConsultation)
	return nil
}

func (s *Switch) completeJoin(d *device, active *party) error {
	j := d.station.joining
	if active.state != csta.Connected {
		return csta.Refuse(csta.InvalidObjectState)
	}
	leaves := -1
	if j.button == csta.ButtonConference {
		leaves = 0
	}
	if err := s.mergeable(j.held, active, leaves); err != nil {
		return err
	}
	d.station.joining = joining{}
	if j.button == csta.ButtonConference {
		s.conference(j.held, active)
	} else {
		s.transfer(j.held, active)
	}
	return nil
}

// pressDrop takes the party that came last out of a conference; of a call of two, the
// station itself. One who joined by a single step is never the last (555-230-220).
func (s *Switch) pressDrop(d *device) error {
	p := d.active()
	if p == nil {
		return csta.Refuse(csta.NoConnectionToClear)
	}
	if p.call.talkers() > 2 {
		for i := len(p.call.parties) - 1; i >= 0; i-- {
			if last := p.call.parties[i]; last != p && last.talker() && !last.stepped {
				s.drop(last, csta.CauseNormalClearing)
				return nil
			}
		}
	}
	s.drop(p, csta.CauseNormalClearing)
	return nil
}

// pressKey dials, or sends a digit into the call.
func (s *Switch) pressKey(d *device, key byte) error {
	p := d.active()
	switch {
	case p == nil:
		return csta.Refuse(csta.NoActiveCall)
	case p.state == csta.Connected:
		s.sendDigits(p, string(key), defaultTone, defaultPause)
		return nil
	case p.state != csta.Initiated || len(p.dialled) >= dialplan.MaxNumber:
		return csta.Refuse(csta.InvalidObjectState)
	}
	p.timer.stop()
	s.touch(p)
	if key == '#' && p.dialled != "" {
		s.dialKeys(p)
		return nil
	}
	p.dialled += string(key)
	if s.devices[p.dialled] != nil {
		s.dialKeys(p)
		return nil
	}
	p.timer = s.alarm(dialWait, jobDial, p)
	return nil
}

// dialKeys places the call that was dialled on the keypad.
func (s *Switch) dialKeys(p *party) {
	p.timer.stop()
	s.dial(p, p.dialled, arrival{cause: p.dialCause()})
}

// dialCause is the cause of a call that a station dials: that of a transfer or conference
// which was begun by a button, or a new call.
func (p *party) dialCause() csta.EventCause {
	if j := p.dev.station.joining; j.held != nil && j.held.state == csta.Held {
		return csta.CauseConsultation
	}
	return csta.CauseNewCall
}

// SetHookswitchStatus takes a registered station off hook, which answers the call
// that rings or gives dial tone, or puts it on hook, which ends the active call.
func (s *Switch) SetHookswitchStatus(req csta.SetHookswitchStatus) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return err
	}
	active := d.active()
	if req.OnHook == (active == nil) {
		return csta.Refuse(csta.InvalidObjectState)
	}
	if req.OnHook {
		s.drop(active, csta.CauseNormalClearing)
		return nil
	}
	for _, p := range d.station.calls {
		if p != nil && p.state == csta.Alerting {
			s.answer(p)
			return nil
		}
	}
	if d.station.freeAppearance(true) < 0 {
		return csta.Refuse(csta.ResourceBusy)
	}
	s.offHook(d, csta.CauseNewCall)
	return nil
}
