package pbx

import (
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// The network's own times.
const (
	alertDelay  = 400 * time.Millisecond // from dialling to ringing
	answerDelay = 3 * time.Second        // from dialling to the answer, if nothing is said
	toneBear    = 3 * time.Second        // until a caller hangs up on a busy tone
)

// outside is what makes a device one that is not of the switch.
type outside struct {
	lab     Outside
	trunk   trunkMember
	first   csta.ConnectionID // as it was when the party came into a call
	was     bool              // connected with somebody
	rings   bool              // the network has said so
	tie     *tieEnd           // the other switch, if that is what it is
	timer   *timer
	talking *timer
}

// joinOutside puts an outside party into a call, on a line that was taken for it. A
// party whose number is unknown, or in the call already, is known by its line (TSAPI:
// T1#1).
func (s *Switch) joinOutside(
	c *call, number string, line trunkMember, lab Outside, state csta.ConnectionState,
) *party {
	o := &outside{lab: lab, trunk: line}
	d := &device{ext: number, id: s.outsideID(number), kind: outsideKind, outside: o}
	if number == "" || c.has(d.id) {
		d.ext = o.trunk.name()
		d.id = s.outsideID(d.ext)
	}
	p := s.join(c, d, state)
	o.first = p.id()
	s.lastLeg++
	p.leg = s.lastLeg
	s.legs[p.leg] = p
	return p
}

// freeOutside gives the line of a party back.
func (s *Switch) freeOutside(p *party) {
	o := p.dev.outside
	o.timer.stop()
	o.talking.stop()
	o.trunk.group.used[o.trunk.member] = false
	delete(s.legs, p.leg)
	if o.tie != nil {
		s.hangUpTie(o.tie)
	}
}

// dialOut places a call to a number outside. There is a free line on its way.
func (s *Switch) dialOut(c *call, number string, way exit, a arrival) {
	if way.group.tie() {
		e := s.newTie(way.group)
		p := s.joinTie(c, number, e, csta.Alerting)
		s.reachNetwork(p, a.cause)
		s.setUp(e, c, way.number, nil)
		return
	}
	p := s.joinOutside(c, number, way.group.take(), s.behaviour(number), csta.Alerting)
	s.reachNetwork(p, a.cause)
	if way.group.lab.Analog {
		p.state = csta.Connected
		s.connected(p)
	} else {
		p.dev.outside.timer = s.alarm(alertDelay, jobReached, p)
	}
}

// reachNetwork tells that a call has left the switch, by the line of a party, where that is
// told without progress of the network.
func (s *Switch) reachNetwork(p *party, cause csta.EventCause) {
	if p.dev.outside.trunk.group.lab.Analog || !s.features.ReachedByProgress {
		s.tellReached(p, cause, csta.NetworkReachedPrivate{})
	}
}

// behaviour is how a number outside takes a call.
func (s *Switch) behaviour(number string) Outside {
	for _, o := range s.lab.Outside {
		prefix, open := strings.CutSuffix(o.Number, "*")
		if o.Number == number || open && strings.HasPrefix(number, prefix) {
			return o
		}
	}
	return Outside{Answer: Answers}
}

// outsideReached is the network's word on what became of a call.
func (s *Switch) outsideReached(p *party) {
	if s.progresses(p) {
		return
	}
	o := p.dev.outside
	switch o.lab.Answer {
	case IsBusy, Unallocated:
		cause := csta.CauseBusy
		if o.lab.Answer == Unallocated {
			cause = csta.CauseNumberUnallocated
		}
		p.state = csta.Fail
		s.failed(p, p.dev.ext, cause)
		p.absent = true
		s.upkeep(p.call)
		return
	}
	o.rings = true
	s.tellDelivered(p, csta.CauseNetworkSignal)
	s.touchCall(p.call)
	if o.lab.Answer == NeverAnswer {
		return
	}
	s.answersLater(p)
}

// answersLater lets an outside party that was reached answer in its time.
func (s *Switch) answersLater(p *party) {
	o := p.dev.outside
	after := o.lab.After
	if after == 0 {
		after = answerDelay
	}
	o.timer = s.alarm(max(after-alertDelay, 0), jobAnswer, p)
}

func (s *Switch) outsideAnswers(p *party) {
	p.state, p.since = csta.Connected, s.clock.Now()
	p.dev.outside.timer.stop()
	s.touch(p)
	s.tellEstablished(p, csta.CauseNetworkSignal)
	s.connected(p)
	if p.call.tone.Sound != "" { // that of another party's failure, meanwhile
		s.giveUp(p.call, csta.CauseNormalClearing)
	}
	s.shuffle(p.call)
	if vdn := s.devices[p.call.predicts]; vdn != nil {
		p.call.predicts = ""
		s.enterVDN(p.call, vdn, csta.CauseMakePredictiveCall)
	}
}

// connected lets outside parties talk for as long as they do.
func (s *Switch) connected(answered *party) {
	c := answered.call
	for _, p := range c.parties {
		if p.dev.kind != outsideKind || p.state != csta.Connected || p.dev.outside.was {
			continue
		}
		o := p.dev.outside
		o.was = true
		o.timer.stop()
		if o.lab.Talk > 0 {
			o.talking = s.alarm(o.lab.Talk, jobClear, p)
		}
	}
}

// giveUp lets outside callers hang up after they have heard a busy tone for a while. A
// switch whose call has not been answered yet is told the cause at once, and has its
// caller hear the tone.
func (s *Switch) giveUp(c *call, cause csta.EventCause) {
	for _, p := range c.parties {
		if p.dev.kind != outsideKind || p.state != csta.Connected {
			continue
		}
		bears := toneBear
		if e := p.tie(); e != nil && e.incoming && e.stage < tieAnswered {
			bears, e.cause = 0, cause
		}
		p.dev.outside.timer.stop()
		p.dev.outside.timer = s.alarm(bears, jobClear, p)
	}
}
