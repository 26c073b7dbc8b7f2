package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// call is a call with everything that travels with it.
type call struct {
	id         csta.CallID
	ucid       string
	turn       uint64 // calls with a lower one are older
	calling    csta.ExtendedDeviceID
	called     csta.ExtendedDeviceID
	redirected csta.DeviceID // whom it was last redirected from
	uui        string
	trunk      trunkMember         // by which it came in
	vdn        *device             // that distributes it
	skill      *skill              // that it was queued to
	entered    string              // digits that the caller entered
	enteredAt  *device             // the VDN that collected them
	lookAhead  *csta.LookAheadInfo // of a call that another switch has sent on; never changed
	original   *csta.OriginalCallInfo
	history    []csta.DeviceHistoryItem // devices that it has left, the latest last
	parties    []*party                 // in the order in which they came
	followers  []*monitor
	run        *vectorRun
	steps      int // of vectors that have been done
	queued     []*waiting
	tone       Play   // what is heard after a failure
	hops       int    // switches that it has come through
	predicts   string // the VDN that takes the call when its first party answers
	touched    bool
	told       []Heard // what the media know
	over       bool
}

// newCall begins a call that nobody is in yet.
func (s *Switch) newCall() *call {
	id, number := s.nextCallID()
	c := &call{id: id, ucid: s.ucid(number), turn: s.nextTurn()}
	s.calls[id] = c
	s.order = append(s.order, c)
	return c
}

// join makes a device a party of a call. The caller tells the monitors.
func (s *Switch) join(c *call, d *device, state csta.ConnectionState) *party {
	p := &party{call: c, dev: d, state: state, appearance: -1, since: s.clock.Now()}
	if d.kind == stationKind {
		p.appearance = d.station.freeAppearance(state != csta.Alerting)
		d.station.calls[p.appearance] = p
	}
	c.parties = append(c.parties, p)
	d.parties = append(d.parties, p)
	for _, m := range d.monitors {
		if m.follows {
			c.follow(m)
		}
	}
	s.touch(p)
	return p
}

// absent notes the failed connection of a device that takes no part in the call.
func (s *Switch) absent(c *call, d *device) *party {
	p := &party{
		call: c, dev: d, state: csta.Fail, appearance: -1, absent: true,
		since: s.clock.Now(),
	}
	c.parties = append(c.parties, p)
	s.touchCall(c)
	return p
}

// remove takes a party out of its call. The caller has told the monitors.
func (s *Switch) remove(p *party) {
	s.touch(p)
	p.state = csta.Null
	p.timer.stop()
	if p.play.Sound != "" {
		p.dev.toneFailed(p.id(), csta.TelephonyTone(p.play.Sound), csta.ToneNotActive)
	}
	p.call.parties = without(p.call.parties, p)
	for _, other := range p.call.parties {
		other.deafTo = without(other.deafTo, p)
	}
	p.dev.parties = without(p.dev.parties, p)
	if len(p.dev.parties) == 0 {
		p.dev.idled++
	}
	switch p.dev.kind {
	case stationKind:
		if p.appearance >= 0 {
			p.dev.station.calls[p.appearance] = nil
		}
	case skillKind:
		s.unqueue(p.call, p.dev.skill)
	case outsideKind:
		s.freeOutside(p)
	case vdnKind:
		if run := p.call.run; run != nil && run.vdn == p {
			run.end()
		}
	}
}

// drop makes a party leave its call, and ends the call if nothing is left of it.
func (s *Switch) drop(p *party, cause csta.EventCause) {
	s.release(p, cause)
	s.upkeep(p.call)
}

// release tells that a party leaves, and takes it out.
func (s *Switch) release(p *party, cause csta.EventCause) {
	id := p.id()
	p.state = csta.Null
	if !p.absent {
		s.tell(p.call, cause, func(h csta.CallEvent) csta.Event {
			return csta.ConnectionCleared{
				CallEvent: h, Connection: id, Releasing: csta.Party(id.Device),
			}
		})
	}
	s.remove(p)
}

// upkeep ends a call that cannot go on: one that nobody is in, or one talker with
// neither a partner nor the prospect of one.
func (s *Switch) upkeep(c *call) {
	if c.over {
		return
	}
	talkers, pending := 0, 0
	var last *party
	for _, p := range c.parties {
		if p.talker() {
			talkers, last = talkers+1, p
		} else if p.pending() {
			pending++
		}
	}
	switch {
	case talkers > 1, talkers == 1 && pending > 0:
		return
	case talkers == 1 && (last.state == csta.Initiated || last.state == csta.Fail):
		return
	}
	s.finish(c, talkers == 0)
}

// finish clears what is left of a call.
func (s *Switch) finish(c *call, abandoned bool) {
	for len(c.parties) > 0 {
		p := c.parties[0]
		cause := csta.CauseNormalClearing
		if abandoned && p.state == csta.Alerting {
			cause = csta.CauseCallCancelled
		}
		s.release(p, cause)
	}
	s.endCall(c, csta.CauseNormalClearing)
}

// endCall forgets a call without parties.
func (s *Switch) endCall(c *call, cause csta.EventCause) {
	c.over = true
	if c.run != nil {
		c.run.end()
	}
	s.tellFollowers(c, cause, func(h csta.CallEvent) csta.Event {
		h.History = nil // the schema has none here
		return csta.CallCleared{CallEvent: h, Call: csta.ConnectionID{Call: c.id}}
	})
	for _, m := range c.followers {
		m.forget(c)
	}
	s.forgetCall(c)
}

func (s *Switch) forgetCall(c *call) {
	delete(s.calls, c.id)
	i, _ := slices.BinarySearchFunc(s.order, c.turn, func(c *call, turn uint64) int {
		return int(int64(c.turn) - int64(turn))
	})
	s.order = slices.Delete(s.order, i, i+1)
	s.touchCall(c)
}

// partyOf is a device's part in a call, nil if it has none.
func (c *call) partyOf(d *device) *party {
	for _, p := range c.parties {
		if p.dev == d && !p.absent {
			return p
		}
	}
	return nil
}

// size is the number of parties that count for the limit of a conference.
func (c *call) size() int {
	n := 0
	for _, p := range c.parties {
		if p.dev.kind != vdnKind && p.dev.kind != skillKind && !p.absent {
			n++
		}
	}
	return n
}

// without takes one element out of a slice, keeping the order.
func without[T comparable](list []T, gone T) []T {
	if i := slices.Index(list, gone); i >= 0 {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// orZero is what an optional member of a request says.
func orZero[T any](p *T) (value T) {
	if p != nil {
		value = *p
	}
	return value
}

// maxHistory bounds what a call remembers of the devices that it has left. Neither the DMCC
// schema nor ECMA-269 §12.2.13 has a limit, and clients count on a history that only grows;
// a hundred devices, twice in one event, still fit a DMCC message of 65,535 bytes.
const maxHistory = 100

// remember adds a device that the call leaves to its history.
func (c *call) remember(id csta.ConnectionID, cause csta.EventCause) {
	if len(c.history) < maxHistory {
		c.history = append(c.history[:len(c.history):len(c.history)], csta.DeviceHistoryItem{
			Device: csta.Redirection(id.Device), Cause: cause, Connection: id,
		})
	}
}

func (c *call) talkers() int {
	n := 0
	for _, p := range c.parties {
		if p.talker() {
			n++
		}
	}
	return n
}
