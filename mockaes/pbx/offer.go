package pbx

import "github.com/wtiphone/wtiphone/csta"

// arrival is how a call comes to a device.
type arrival struct {
	cause csta.EventCause
	from  *device // that the call was redirected from; nil for none
	skill *skill  // whose call it is, at an agent
}

// taken is the answer of offer when a device took the call.
const taken csta.EventCause = ""

// offer brings a call to a number. It returns taken, or the cause of the failure;
// then nothing has changed, except that a call to the outside may have been
// signalled already.
func (s *Switch) offer(c *call, number string, a arrival) csta.EventCause {
	d := s.devices[number]
	if d == nil {
		return s.dialOut(c, number, a)
	}
	if c.partyOf(d) != nil {
		return csta.CauseDestNotObtainable
	}
	switch d.kind {
	case stationKind:
		if d.station.freeAppearance(false) < 0 {
			return csta.CauseBusy
		}
		s.noteRedirection(c, a)
		s.ring(c, d, a)
	case agentKind:
		return s.offerAgent(c, d.agent, a)
	case vdnKind:
		s.noteRedirection(c, a)
		s.enterVDN(c, d, a.cause)
	case skillKind:
		s.noteRedirection(c, a)
		s.enterSkill(c, d.skill, a.cause)
	case announcementKind:
		s.noteRedirection(c, a)
		s.playTo(c, d)
	}
	return taken
}

func (s *Switch) noteRedirection(c *call, a arrival) {
	if a.from != nil {
		c.redirected = a.from.id
	}
}

// offerAgent brings a call to where an agent is logged in.
func (s *Switch) offerAgent(c *call, a *agent, how arrival) csta.EventCause {
	if a.station == nil {
		return csta.CauseDestNotObtainable
	}
	if c.partyOf(a.station) != nil || a.station.station.freeAppearance(false) < 0 {
		return csta.CauseBusy
	}
	s.noteRedirection(c, how)
	s.ring(c, a.station, how)
	return taken
}

// ring delivers a call to a station.
func (s *Switch) ring(c *call, d *device, a arrival) *party {
	p := s.join(c, d, csta.Alerting)
	p.skill = a.skill
	s.tellDelivered(p, a.cause)
	if d.station.lab.AutoAnswer && d.active() == nil {
		s.answer(p)
	} else if a.skill != nil && a.skill.lab.RONA > 0 {
		p.timer = s.after(a.skill.lab.RONA, func() { s.redirectOnNoAnswer(p) })
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
}

// playTo connects an announcement, which answers at once.
func (s *Switch) playTo(c *call, d *device) {
	p := s.join(c, d, csta.Connected)
	p.play = Play{Sound: d.announcement.Sound, Started: s.clock.Now()}
	s.tellEstablished(p, csta.CauseNewCall)
	if length := d.announcement.Length; length > 0 {
		p.timer = s.after(length, func() { s.drop(p, csta.CauseNormalClearing) })
	}
}

// fail lets the caller hear that a call could not be completed, until it hangs up.
// At a busy device it is that device's connection that fails, at any other place
// the caller's own (ECMA-269: call failed, call blocked).
func (s *Switch) fail(c *call, caller *party, number string, cause csta.EventCause) {
	failed := caller
	if d := s.devices[number]; d != nil && cause == csta.CauseBusy {
		failed = s.absent(c, d)
	} else {
		caller.state = csta.Fail
	}
	s.failed(failed, number, cause)
}

// failed tells of a failed connection and has the tone played that says so.
func (s *Switch) failed(p *party, number string, cause csta.EventCause) {
	c := p.call
	s.touch(p)
	c.tone = Play{Sound: toneFor(cause), Started: s.clock.Now()}
	id, failing := p.id(), s.numberID(number)
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.Failed{
			CallEvent: h, Connection: id, Failing: csta.Party(failing),
			Calling: c.calling, Called: c.called,
			Redirection: csta.Redirection(c.redirected),
		}
	})
	s.giveUp(c)
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
