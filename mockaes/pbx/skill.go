package pbx

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// skill is a queue and the agents who serve it.
type skill struct {
	lab     Skill
	dev     *device
	members []member // in the order of the lab
	queue   []*waiting
}

// member is an agent of a skill.
type member struct {
	agent *agent
	level int
}

// waiting is a call's place in one queue. A call can wait in several.
type waiting struct {
	call     *call
	skill    *skill
	party    *party // the skill's connection
	only     *agent // the one whom the call is for; nil: anybody
	priority vector.Priority
	since    time.Time
	turn     uint64
}

// directAgent is the priority of calls that are for one agent: above all others.
const directAgent = vector.Top + 1

// queueDirect gives a call of a skill to one agent, or lets it wait for that agent.
func (s *Switch) queueDirect(c *call, sk *skill, a *agent, cause csta.EventCause) {
	if a.available() {
		s.assign(c, sk, a)
		return
	}
	s.enqueue(c, &waiting{skill: sk, only: a, priority: directAgent}, cause)
}

// queueTo gives a call to an agent of a skill, or lets it wait for one. It does
// nothing if the call waits there already.
func (s *Switch) queueTo(c *call, sk *skill, pri vector.Priority, cause csta.EventCause) {
	if c.partyOf(sk.dev) != nil {
		return
	}
	s.give(c, sk, sk.choose(), pri, cause)
}

// give gives a call to an agent, or lets it wait for one if there is none.
func (s *Switch) give(c *call, sk *skill, a *agent, pri vector.Priority, cause csta.EventCause) {
	if a == nil {
		s.enqueue(c, &waiting{skill: sk, priority: pri}, cause)
		return
	}
	if c.vdnParty() == nil && len(c.queued) == 0 { // it was made to the skill itself
		s.passBy(c, hop{from: sk.dev, to: a.station.ext, cause: csta.CauseRedirected})
	}
	s.assign(c, sk, a)
}

// enqueue puts a call into a queue and tells of it.
func (s *Switch) enqueue(c *call, w *waiting, cause csta.EventCause) {
	p := s.join(c, w.skill.dev, csta.Queued)
	w.call, w.party, w.since, w.turn = c, p, s.clock.Now(), s.nextTurn()
	c.queued = append(c.queued, w)
	c.skill = w.skill
	s.lineUp(w, cause)
}

// lineUp puts a waiting call into its place in the queue and tells of it.
func (s *Switch) lineUp(w *waiting, cause csta.EventCause) {
	c, sk := w.call, w.skill
	place, _ := slices.BinarySearchFunc(sk.queue, w, compareWaiting)
	sk.queue = slices.Insert(sk.queue, place, w)
	id, number := w.party.id(), len(sk.queue)
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.QueuedEvent{
			CallEvent: h, Connection: id, Queue: csta.Party(id.Device),
			Calling: c.calling, Called: c.called,
			Redirection: csta.Redirection(c.redirected), Number: number, InFront: &place,
		}
	})
}

// compareWaiting puts the higher priority first, and the earlier call.
func compareWaiting(a, b *waiting) int {
	if a.priority != b.priority {
		return int(b.priority) - int(a.priority)
	}
	if a.turn < b.turn {
		return -1
	}
	return 1
}

// unqueue forgets a call's place in a queue.
func (s *Switch) unqueue(c *call, sk *skill) {
	for _, w := range c.queued {
		if w.skill == sk {
			sk.queue = without(sk.queue, w)
			c.queued = without(c.queued, w)
			return
		}
	}
}

// assign takes a call out of its queues and its vector, and rings an agent.
func (s *Switch) assign(c *call, sk *skill, a *agent) {
	from := sk.dev
	for len(c.queued) > 0 {
		s.divert(c.queued[0].party, a.station.id, csta.CauseRedirected)
	}
	if p := c.vdnParty(); p != nil {
		from = p.dev
		s.divert(p, a.station.id, csta.CauseRedirected)
	}
	for _, m := range sk.dev.monitors {
		if m.follows {
			c.follow(m)
		}
	}
	c.skill, c.redirected = sk, from.id
	s.ring(c, a.station, arrival{cause: csta.CauseNewCall, skill: sk})
}

// choose finds the free agent whose turn it is, nil if nobody is free.
func (sk *skill) choose() *agent {
	var best *member
	for i := range sk.members {
		m := &sk.members[i]
		if m.agent.available() && (best == nil || sk.before(m, best)) {
			best = m
		}
	}
	if best == nil {
		return nil
	}
	return best.agent
}

// before reports whether a comes before b.
func (sk *skill) before(a, b *member) bool {
	if sk.lab.Selection == BestLevel && a.level != b.level {
		return a.level < b.level
	}
	return a.agent.idleTurn < b.agent.idleTurn
}

// serve gives a free agent the call that waits for it: of its best level, then of
// the highest priority, then the oldest.
func (s *Switch) serve(a *agent) {
	var best *waiting
	level := 0
	for _, m := range a.skills {
		w := m.skill.first(a)
		if w == nil {
			continue
		}
		if best == nil || m.level < level || m.level == level && compareWaiting(w, best) < 0 {
			best, level = w, m.level
		}
	}
	if best != nil {
		s.assign(best.call, best.skill, a)
	}
}

// first is the call in the queue whose turn it is at an agent, nil for none.
func (sk *skill) first(a *agent) *waiting {
	for _, w := range sk.queue {
		if w.only == nil || w.only == a {
			return w
		}
	}
	return nil
}

// redirectOnNoAnswer takes a call from an agent who does not answer, puts the agent
// into auxiliary work, and the call in front of the queue (CM: RONA).
func (s *Switch) redirectOnNoAnswer(p *party) {
	c, sk := p.call, p.skill
	s.divert(p, sk.dev.id, csta.CauseRedirected)
	c.redirected = p.dev.id
	if a := p.dev.station.agent; a != nil {
		s.putAway(a)
	}
	for _, w := range c.queued {
		if w.skill == sk && w.only == nil { // two calls to the skill have become one
			sk.queue = without(sk.queue, w)
			w.priority = vector.Top
			s.lineUp(w, csta.CauseRedirected)
			return
		}
	}
	s.queueTo(c, sk, vector.Top, csta.CauseRedirected)
}

// putAway puts an agent who did not answer into auxiliary work, unless it had asked to be
// logged off when its call is over; a reason that it gave for auxiliary work is kept.
func (s *Switch) putAway(a *agent) {
	next := a.pending
	a.pending = nil
	switch {
	case next != nil && next.state == csta.LogOff:
		s.logOff(a, next.reason)
	case next != nil && next.mode == csta.AuxWork:
		s.enterMode(a, csta.AuxWork, next.reason)
	default:
		s.enterMode(a, csta.AuxWork, nil)
	}
}

// count is the value of a test of a skill.
func (sk *skill) count(s *Switch, test vector.Test) int {
	n := 0
	switch test {
	case vector.Queued:
		return len(sk.queue)
	case vector.OldestWait:
		oldest := s.clock.Now()
		for _, w := range sk.queue {
			if w.since.Before(oldest) {
				oldest = w.since
			}
		}
		return int(s.clock.Now().Sub(oldest) / time.Second)
	case vector.Staffed:
		for _, m := range sk.members {
			if m.agent.station != nil {
				n++
			}
		}
	case vector.Available:
		for _, m := range sk.members {
			if m.agent.available() {
				n++
			}
		}
	}
	return n
}
