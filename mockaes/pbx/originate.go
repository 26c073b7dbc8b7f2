package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// directSkill is the skill of a direct agent call, nil for any other call.
func (s *Switch) directSkill(to csta.DeviceID, how csta.CallPrivateData) (*skill, error) {
	if how.Type != csta.DirectAgent {
		return nil, nil
	}
	who, sk := s.device(to), s.device(how.ACDGroup)
	switch {
	case who == nil || who.kind != agentKind || who.agent.station == nil:
		return nil, csta.Refuse(csta.InvalidDestination)
	case sk == nil || sk.kind != skillKind || !who.agent.has(sk.skill):
		return nil, csta.Refuse(csta.InvalidAgentGroup)
	}
	return sk.skill, nil
}

// startCall checks a request for a new call and places it: from a station that hears dial
// tone, on the appearance and with the call that it has (555-230-220: Third Party Make
// Call).
func (s *Switch) startCall(req csta.MakeCall, direct *skill) (*party, error) {
	d, err := s.stationOf(req.From)
	if err != nil {
		return nil, csta.Refuse(csta.InvalidCallingDeviceID)
	}
	number, err := s.dialled(req.To)
	if err != nil {
		return nil, err
	}
	uui, err := userData(req.UserData)
	if err != nil {
		return nil, err
	}
	if p := d.active(); p != nil {
		if !p.hearsDialTone() {
			return nil, csta.Refuse(csta.InvalidObjectState)
		}
		p.call.uui = uui
		s.dial(p, number, arrival{cause: p.dialCause(), skill: direct})
		return p, nil
	}
	if d.station.freeAppearance(true) < 0 {
		return nil, csta.Refuse(csta.ResourceBusy)
	}
	return s.originate(d, number, uui, arrival{cause: csta.CauseNewCall, skill: direct}), nil
}

// originate places a call from a station that is free to do so.
func (s *Switch) originate(d *device, number, uui string, a arrival) *party {
	first := a.cause
	if first == csta.CauseNewCall {
		first = csta.CauseMakeCall
	}
	p := s.offHook(d, first)
	p.call.uui = uui
	s.dial(p, number, a)
	return p
}

// offHook begins a call at a station: it hears dial tone.
func (s *Switch) offHook(d *device, cause csta.EventCause) *party {
	c := s.newCall()
	c.calling = csta.Party(d.id)
	p := s.join(c, d, csta.Initiated)
	id := p.id()
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.ServiceInitiated{
			CallEvent: bare(h), Connection: id, Device: csta.Party(d.id),
		}
	})
	return p
}

// dial places the call of a station that hears dial tone.
func (s *Switch) dial(p *party, number string, a arrival) {
	c, id := p.call, p.id()
	c.called = csta.Party(s.numberID(number))
	s.tellDialed(p, number)
	p.state = csta.Connected
	s.touch(p)
	private := csta.OriginatedPrivate{UserData: c.userData()}
	if who := p.dev.station.agent; who != nil {
		private.Agent = who.lab.ID
	}
	s.tell(c, a.cause, func(h csta.CallEvent) csta.Event {
		return csta.Originated{
			CallEvent: bare(h), Connection: id, Calling: c.calling, Called: c.called,
			Private: private,
		}
	})
	if s.blocksEmergency(p.dev, number) {
		s.fail(c, p, number, csta.CauseBlocked)
		return
	}
	if why := s.offer(c, number, a); why != taken {
		s.fail(c, p, number, why)
	}
}

// blocksEmergency tells of an emergency call from a station whose softphone registered
// with such calls blocked, because nobody would know where it is.
func (s *Switch) blocksEmergency(d *device, number string) bool {
	if !s.lab.DialPlan.Emergency(number) {
		return false
	}
	for _, r := range s.regs[d.ext] {
		if r.e911 {
			d.tellFeature(func(m csta.Monitored) csta.Event {
				return csta.E911CallBlocked{Monitored: m, Device: csta.Party(r.id())}
			})
			return true
		}
	}
	return false
}

// maxAlert is the longest time that a predictive call rings, in seconds.
const maxAlert = 600

// MakePredictiveCall calls a number outside, and brings whoever answers to a VDN. Call
// classifiers are not simulated: an answer is an answer.
func (s *Switch) MakePredictiveCall(
	req csta.MakePredictiveCall,
) (csta.PredictiveCallMade, error) {
	s.mu.Lock()
	defer s.unlock()
	var none csta.PredictiveCallMade
	d := s.device(req.From)
	if d == nil || d.kind != vdnKind {
		return none, csta.Refuse(csta.InvalidCallingDeviceID)
	}
	number, err := s.dialled(req.To)
	way, why := s.wayOut(&call{}, number)
	if err != nil || s.devices[number] != nil || why == csta.CauseDestNotObtainable {
		return none, csta.Refuse(csta.InvalidCalledDeviceID)
	}
	uui, err := userData(req.UserData)
	switch {
	case err != nil:
		return none, err
	case req.AlertTime < 0 || req.AlertTime > maxAlert:
		return none, csta.Refuse(csta.ValueOutOfRange)
	case why != taken:
		return none, csta.Refuse(csta.ResourceBusy)
	}
	c := s.newCall()
	c.uui, c.predicts = uui, d.ext
	c.calling, c.called = csta.Party(d.id), csta.Party(s.numberID(number))
	for _, m := range d.monitors {
		if m.follows {
			c.follow(m)
		}
	}
	s.dialOut(c, number, way, arrival{cause: csta.CauseMakePredictiveCall})
	if alert := req.AlertTime; alert > 0 {
		p := c.parties[0]
		p.timer = s.alarm(time.Duration(alert)*time.Second, jobUnanswered, p)
	}
	return csta.PredictiveCallMade{
		Connection: csta.ConnectionID{Call: c.id, Device: d.id},
		Private:    csta.PredictiveCallPrivate{Linkage: csta.Linkage(c.ucid)},
	}, nil
}
