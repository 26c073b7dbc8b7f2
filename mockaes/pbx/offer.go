package pbx

import (
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// arrival is how a call comes to a device.
type arrival struct {
	cause csta.EventCause
	from  *device  // that the call was redirected from; nil for none
	skill *skill   // whose call it is, at an agent; for an agent's number: direct agent call
	cover []string // the coverage points that are left; nil: the device's own count
}

// taken is the answer of offer when a device took the call.
const taken csta.EventCause = ""

// offer brings a call to a number. It returns taken, or the cause of the failure;
// then nothing has changed.
func (s *Switch) offer(c *call, number string, a arrival) csta.EventCause {
	if d := s.devices[number]; a.skill != nil && d != nil && d.kind == agentKind {
		if a.from != nil {
			c.redirected = a.from.id
		}
		s.queueDirect(c, a.skill, d.agent, a.cause)
		return taken
	}
	p := s.resolve(c, number, a.cover)
	if p.fail == taken {
		s.take(c, p, a)
	}
	return p.fail
}

// take brings a call along a path that does not fail.
func (s *Switch) take(c *call, p path, a arrival) {
	for _, h := range p.hops {
		s.passBy(c, h)
		a.from, a.cause = h.from, h.cause
	}
	if a.from != nil {
		c.redirected = a.from.id
	}
	a.cover = p.cover
	if p.dev == nil {
		s.dialOut(c, p.number, p.out, a)
		return
	}
	switch p.dev.kind {
	case stationKind:
		s.ring(c, p.dev, a)
	case vdnKind:
		s.enterVDN(c, p.dev, a.cause)
	case skillKind:
		s.give(c, p.dev.skill, p.agent, vector.Low, a.cause)
	case announcementKind:
		s.playTo(c, p.dev)
	}
}

// ring delivers a call to a station.
func (s *Switch) ring(c *call, d *device, a arrival) *party {
	p := s.join(c, d, csta.Alerting)
	p.skill = a.skill
	s.tellDelivered(p, a.cause)
	if d.station.lab.AutoAnswer && d.active() == nil {
		s.answer(p)
		return p
	}
	switch {
	case a.skill != nil && a.skill.lab.RONA > 0:
		p.timer = s.alarm(a.skill.lab.RONA, jobRedirect, p)
	case a.skill != nil:
	default:
		p.cover = a.cover
		if a.cover == nil {
			p.cover = d.station.lab.Coverage
		}
		if len(p.cover) > 0 {
			p.timer = s.alarm(d.station.lab.CoverAfter, jobCover, p)
		}
	}
	return p
}

// answer connects an alerting party. What the device was about to dial is dropped.
func (s *Switch) answer(p *party) {
	if busy := p.dev.active(); busy != nil {
		s.drop(busy, csta.CauseNormalClearing)
	}
	p.state, p.since = csta.Connected, s.clock.Now()
	p.timer.stop()
	p.timer = nil
	s.touch(p)
	s.tellEstablished(p, csta.CauseNewCall)
	s.connected(p)
	s.shuffle(p.call)
}

// playTo connects an announcement, which answers at once.
func (s *Switch) playTo(c *call, d *device) {
	p := s.join(c, d, csta.Connected)
	p.play = Play{Sound: d.announcement.Sound, Started: s.clock.Now()}
	s.tellEstablished(p, csta.CauseNewCall)
	if length := d.announcement.Length; length > 0 {
		p.timer = s.alarm(length, jobClear, p)
	}
}

// fail lets the caller hear that a call could not be completed, until it hangs up. A
// busy device has a failed connection of its own in the call, though no part in it.
func (s *Switch) fail(c *call, caller *party, number string, cause csta.EventCause) {
	failed := caller
	if d := s.devices[number]; d != nil && cause == csta.CauseBusy {
		failed = s.absent(c, d)
	} else {
		caller.state = csta.Fail
	}
	s.failed(failed, number, cause)
}

// failed tells of a failed connection and has the tone played that says so. Whoever
// is alone with that tone has failed too: the caller of what is busy is told of two
// failures, the destination's while its own connection is connected, then its own.
func (s *Switch) failed(p *party, number string, cause csta.EventCause) {
	c := p.call
	c.tone = Play{Sound: toneFor(cause), Started: s.clock.Now()}
	s.tellFailed(p, number, cause)
	if alone := c.aloneWith(p); alone != nil {
		alone.state = csta.Fail
		s.tellFailed(alone, number, cause)
	}
	s.giveUp(c, cause)
}

// aloneWith is the station that talks to nobody but a party; nil if there is none.
func (c *call) aloneWith(p *party) *party {
	var alone *party
	for _, other := range c.parties {
		switch {
		case other == p || !other.talker():
		case alone != nil:
			return nil
		default:
			alone = other
		}
	}
	if alone == nil || alone.dev.kind != stationKind || alone.state != csta.Connected {
		return nil
	}
	return alone
}

func (s *Switch) tellFailed(p *party, number string, cause csta.EventCause) {
	c := p.call
	s.touch(p)
	id, failing := p.id(), s.numberID(number)
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.Failed{
			CallEvent: h, Connection: id, Failing: csta.Party(failing),
			Calling: c.calling, Called: c.called,
			Redirection: csta.Redirection(c.redirected),
		}
	})
}

func toneFor(cause csta.EventCause) Sound {
	switch cause {
	case csta.CauseBusy:
		return BusyTone
	case csta.CauseTrunksBusy, csta.CauseResources:
		return Reorder
	}
	return Intercept
}

// divert takes a call away from a device, towards another.
func (s *Switch) divert(p *party, to csta.DeviceID, cause csta.EventCause) {
	c, id := p.call, p.id()
	ev := func(h csta.CallEvent) csta.Event {
		return csta.Diverted{
			CallEvent: h, Connection: id, Diverting: csta.Party(id.Device),
			NewDestination: csta.Party(to), Calling: c.calling, Called: c.called,
			Redirection: csta.Redirection(c.redirected),
		}
	}
	p.state = csta.Null
	c.remember(id, cause)
	if s.features.DivertedToAll {
		s.tell(c, cause, ev)
	} else {
		p.tellOwn(c, cause, ev)
		s.tellDiverting(p, cause, ev)
	}
	s.remove(p)
}

// tellDiverting gives an event to the monitors that follow the calls of a device.
func (s *Switch) tellDiverting(p *party, cause csta.EventCause, ev event) {
	for _, m := range p.call.followers {
		if m.dev == p.dev {
			m.send(ev(m.header(p.call, cause)))
		}
	}
}
