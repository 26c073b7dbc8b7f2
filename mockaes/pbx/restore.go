package pbx

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// ErrImage says that what should be restored is not what [Switch.Save] wrote.
var ErrImage = errors.New("pbx: not the image of a switch")

// Restore makes the switch that [Switch.Save] wrote. It goes on at the time of its
// new clock: what was due in a second is due in a second. A [Media] is told what the
// outside parties hear. Switches that were joined are to be joined again. An error wraps
// [ErrImage], or names a mistake in the lab.
func Restore(saved []byte, o Options) (*Switch, error) {
	var im image
	if err := json.Unmarshal(saved, &im); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrImage, err)
	}
	if im.Version != imageVersion {
		return nil, fmt.Errorf("%w: version %d", ErrImage, im.Version)
	}
	s, err := New(im.Lab, o)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.unlock()
	r := &restorer{s: s, shift: s.clock.Now().Sub(im.Time)}
	if err := r.all(im); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrImage, err)
	}
	return s, nil
}

// restorer puts an image into an empty switch. shift is the time between the image's
// clock and the new one.
type restorer struct {
	s      *Switch
	shift  time.Duration
	alarms []alarm
}

// alarm starts a timer of the image.
type alarm struct {
	image *alarmImage
	start func(time.Duration)
}

// later keeps an alarm until all are known: they are started in the order in which
// they were first, so that those due at one instant stay in order.
func (r *restorer) later(im *alarmImage, start func(time.Duration)) {
	if im != nil {
		r.alarms = append(r.alarms, alarm{im, start})
	}
}

func (r *restorer) startAlarms() {
	slices.SortFunc(r.alarms, func(a, b alarm) int {
		return cmp.Compare(a.image.Turn, b.image.Turn)
	})
	for _, a := range r.alarms {
		a.start(max(a.image.At.Add(r.shift).Sub(r.s.clock.Now()), 0))
	}
}

func (r *restorer) all(im image) error {
	s := r.s
	if im.LastCall < 0 || im.LastCall > maxCall {
		return fmt.Errorf("last call %d", im.LastCall)
	}
	s.lastCall, s.lastLeg, s.turn = im.LastCall, im.LastLeg, im.Turn
	s.lastTie = im.LastTie
	for _, st := range im.Stations {
		d, err := r.device(st.Extension, stationKind)
		if err != nil {
			return err
		}
		d.station.sendAll, d.station.forward, d.station.message = st.SendAll, st.Forward, st.Message
	}
	for _, h := range im.Hunts {
		d, err := r.device(h.Extension, huntKind)
		if err != nil {
			return err
		}
		d.hunt.last = h.Last
	}
	for _, g := range s.trunks {
		g.out = slices.Contains(im.Out, g.lab.Number)
	}
	for _, a := range im.Agents {
		if err := r.agent(a); err != nil {
			return err
		}
	}
	for _, c := range im.Calls {
		if err := r.call(c); err != nil {
			return fmt.Errorf("call %s: %w", c.Call, err)
		}
	}
	r.startAlarms()
	return r.flights(im.Flights)
}

func (r *restorer) device(ext string, k kind) (*device, error) {
	d := r.s.devices[ext]
	if d == nil || d.kind != k {
		return nil, fmt.Errorf("no such device %q", ext)
	}
	return d, nil
}

// skill finds a skill by its extension; none for no extension.
func (r *restorer) skill(ext string) (*skill, error) {
	if ext == "" {
		return nil, nil
	}
	d, err := r.device(ext, skillKind)
	if err != nil {
		return nil, err
	}
	return d.skill, nil
}

func (r *restorer) play(p Play) Play {
	if p.Sound != "" {
		p.Started = p.Started.Add(r.shift)
	}
	return p
}

func (r *restorer) agent(im agentImage) error {
	who, err := r.device(im.ID, agentKind)
	if err != nil {
		return err
	}
	d, err := r.device(im.Station, stationKind)
	if err != nil {
		return err
	}
	a := who.agent
	if a.station != nil || d.station.agent != nil {
		return fmt.Errorf("agent %s or station %s is taken", im.ID, im.Station)
	}
	if a.last, err = r.skill(im.Last); err != nil {
		return err
	}
	if im.Busy && a.last == nil || !isMode(im.Mode) || im.Ready != "" && !isMode(im.Ready) {
		return fmt.Errorf("agent %s does what cannot be", im.ID)
	}
	a.station, d.station.agent = d, a
	a.mode, a.ready, a.reason, a.busy = im.Mode, im.Ready, im.Reason, im.Busy
	a.idleTurn = im.IdleTurn
	if p := im.Pending; p != nil {
		a.pending = &pendingWork{state: p.State, mode: p.Mode, reason: p.Reason}
	}
	r.later(im.ACW, func(d time.Duration) { a.acw = r.s.workAlarm(d, a) })
	return nil
}

func isMode(m csta.WorkMode) bool {
	switch m {
	case csta.AuxWork, csta.AfterCallWork, csta.AutoIn, csta.ManualIn:
		return true
	}
	return false
}

func (r *restorer) trunk(im trunkImage) (trunkMember, error) {
	for _, g := range r.s.trunks {
		if g.lab.Number == im.Group && im.Member >= 0 && im.Member < len(g.used) {
			return trunkMember{group: g, member: im.Member, incoming: im.Incoming}, nil
		}
	}
	return trunkMember{}, fmt.Errorf("no trunk %d/%d", im.Group, im.Member)
}
