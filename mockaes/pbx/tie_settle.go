package pbx

import "github.com/wtiphone/wtiphone/csta"

// settleTies tells the other ends of a call's tie trunks what has become of it here.
func (s *Switch) settleTies(c *call) {
	if c.over {
		return
	}
	for _, p := range c.parties {
		e := p.tie()
		if e == nil || e.released {
			continue
		}
		if stage := c.stageFor(p); e.incoming && stage > e.stage {
			e.stage = stage
			e.told = s.infoFor(p, e.told)
			s.send(e, tieMessage{Kind: tieProgress, Stage: stage, Leg: p.leg, tieInfo: e.told})
		}
		if now := s.infoFor(p, e.told); e.stage == tieAnswered && now != e.told {
			e.told = now
			s.send(e, tieMessage{Kind: tieUpdate, tieInfo: now})
		}
	}
	s.probe(c)
}

// tie is a party's end of a tie trunk; nil if it has none.
func (p *party) tie() *tieEnd {
	if p.dev.outside == nil {
		return nil
	}
	return p.dev.outside.tie
}

// stageFor is how far a call has come for a party that called from another switch. A
// vector answers with what is to be heard, and accepts with what is not silence (CM:
// answer supervision, and acceptance in look-ahead interflow).
func (c *call) stageFor(caller *party) tieStage {
	stage := tieSent
	if run := c.run; run != nil {
		switch {
		case run.want > 0, run.play.Sound != Silence && run.play.Sound != Ringback:
			return tieAnswered
		case run.play.Sound == Ringback:
			stage = tieAlerting
		}
	}
	for _, p := range c.parties {
		switch {
		case p == caller || p.dev.kind == vdnKind || p.absent:
		case p.state == csta.Connected || p.state == csta.Held:
			return tieAnswered
		case p.state == csta.Alerting && p.dev.outside == nil, p.state == csta.Queued:
			stage = tieAlerting
		case p.state == csta.Alerting && p.dev.outside.rings:
			stage = tieAlerting
		}
	}
	return stage
}

// infoFor is whom a party at the other end of a tie trunk talks to, and the call's user
// data. While it talks to nobody, what it has been told holds.
func (s *Switch) infoFor(p *party, told tieInfo) tieInfo {
	c := p.call
	told.UUI = c.uui
	other := c.otherTalker(p)
	if other == nil {
		return told
	}
	told.Number, told.Name = plainNumber(other.dev.id), s.nameIn(c, other.dev.id)
	return told
}

// probe finds out whether a call that only passes through this switch goes in a circle,
// with nobody in it: a question is sent along its way, and comes back if it does.
func (s *Switch) probe(c *call) {
	if !c.passesThrough() {
		for _, p := range c.parties {
			if e := p.tie(); e != nil {
				e.probed = false
			}
		}
		return
	}
	if e := c.parties[1].tie(); !e.probed {
		e.probed = true
		s.send(e, tieMessage{Kind: tieProbe, Switch: s.lab.Name, Call: c.id})
	}
}

// passesThrough reports whether a call has nothing but the ends of two tie trunks.
func (c *call) passesThrough() bool {
	for _, p := range c.parties {
		if e := p.tie(); e == nil || e.released || p.state != csta.Connected {
			return false
		}
	}
	return len(c.parties) == 2
}

// probed passes a question on, or ends the call that it was sent for.
func (s *Switch) probed(e *tieEnd, m tieMessage) {
	c := e.party.call
	if !c.passesThrough() {
		return
	}
	if m.Switch == s.lab.Name && m.Call == c.id {
		s.finish(c, false)
		return
	}
	for _, p := range c.parties {
		if p != e.party && m.Hops < maxProbe {
			m.Hops++
			s.send(p.tie(), m)
		}
	}
}

// maxProbe bounds how many switches a question passes.
const maxProbe = 1000
