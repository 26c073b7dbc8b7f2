package pbx

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// A tie trunk joins two switches. Each holds its own end of a call: an outside party
// whose behaviour is the other switch. The ends tell each other by messages, as ISDN
// does (Q.931 SETUP, ALERTING, CONNECT, RELEASE), and keep the call's UCID, user data,
// caller and original call information.
//
// Lines are those of an IP trunk: each end counts its own, and no line is seized from
// both ends at once.

// tieStage is how far a call has come at the switch that it was sent to.
type tieStage int

const (
	tieSent     tieStage = iota // nothing is known of it
	tieAlerting                 // somebody is rung, or a vector has accepted it
	tieAnswered                 // there is somebody, or something, to be heard
)

// tieEnd is this switch's end of a call over a tie trunk.
type tieEnd struct {
	ref      string // the same at both ends, and no other call's
	trunk    trunkMember
	party    *party     // nil while a vector waits to be told whether the call is accepted
	run      *vectorRun // that vector's
	number   string     // the number that the vector sends the call to
	incoming bool
	stage    tieStage
	far      LegID           // the other end's
	cause    csta.EventCause // of the release; empty is normalClearing
	released bool            // by the other end: there is nobody to be told
	probed   bool            // see Switch.probe
	told     tieInfo         // what the other end knows
	shows    string          // what displays call the other end; empty: its number
}

// tieInfo is what one end knows of who is at the other, and of the call.
type tieInfo struct {
	Name   string `json:"name,omitempty"`
	Number string `json:"number,omitempty"`
	UUI    string `json:"uui,omitempty"`
}

// setUp asks the other switch to take a call.
func (s *Switch) setUp(e *tieEnd, c *call, number string, ahead *csta.LookAheadInfo) {
	caller := c.calling.Device
	e.told = tieInfo{Name: s.nameIn(c, caller), Number: plainNumber(caller), UUI: c.uui}
	m := tieMessage{
		Kind: tieSetup, Called: number, Redirecting: plainNumber(c.redirected), UCID: c.ucid,
		Hops: c.hops + 1, tieInfo: e.told, lookAhead: cmp.Or(ahead, c.lookAhead),
		original: c.original,
	}
	if e.party != nil {
		m.Leg = e.party.leg
	}
	s.send(e, m)
}

// newTie takes a line of a tie trunk group for a call that is sent out.
func (s *Switch) newTie(g *trunkGroup) *tieEnd {
	s.lastTie++
	e := &tieEnd{ref: fmt.Sprintf("%s/%d", s.lab.Name, s.lastTie), trunk: g.take()}
	s.ties[e.ref] = e
	return e
}

// arrive takes a call that comes in by a tie trunk, or refuses it.
func (s *Switch) arrive(g *trunkGroup, m tieMessage) {
	e := &tieEnd{ref: m.Ref, trunk: trunkMember{group: g}, incoming: true, far: m.Leg}
	if why := g.refuses(); why != taken {
		e.cause = why
		s.hangUpTie(e)
		return
	}
	e.trunk = g.take()
	e.trunk.incoming = true
	e.told = tieInfo{UUI: m.UUI}
	s.ties[e.ref] = e
	c := s.newCall()
	c.ucid, c.uui, c.hops, c.lookAhead = m.UCID, m.UUI, m.Hops, m.lookAhead
	c.original = s.seenFrom(g, m.original)
	if n := s.seenNumber(g, m.Redirecting); n != "" {
		c.redirected = s.outsideID(n)
	}
	p := s.joinTie(c, s.seenNumber(g, m.Number), e, csta.Connected)
	s.farIs(e, m.tieInfo)
	c.trunk = e.trunk
	c.calling, c.called = csta.Party(p.dev.id), csta.Party(s.numberID(m.Called))
	if why := s.offer(c, m.Called, arrival{cause: csta.CauseNewCall}); why != taken {
		e.cause = why
		if why == csta.CauseDestNotObtainable && s.devices[m.Called] == nil {
			e.cause = csta.CauseNumberUnallocated
		}
		s.finish(c, false)
	}
}

// joinTie puts the party at the other end of a tie trunk into a call.
func (s *Switch) joinTie(c *call, number string, e *tieEnd, state csta.ConnectionState) *party {
	e.party = s.joinOutside(c, number, e.trunk, Outside{}, state)
	e.party.dev.outside.tie = e
	e.run = nil
	return e.party
}

// hangUpTie gives up this end of a call, and tells the other one unless that knows.
func (s *Switch) hangUpTie(e *tieEnd) {
	delete(s.ties, e.ref)
	if e.released {
		return
	}
	e.released = true
	m := tieMessage{Kind: tieRelease, Cause: cmp.Or(e.cause, csta.CauseNormalClearing)}
	if e.party != nil && e.party.call.uui != e.told.UUI {
		m.UUI = e.party.call.uui
	}
	s.send(e, m)
}

// receive takes a message from the other end of a tie trunk group.
func (s *Switch) receive(g *trunkGroup, m tieMessage) {
	if m.Kind == tieSetup {
		s.arrive(g, m)
		return
	}
	e := s.ties[m.Ref]
	if e == nil {
		return // this end has been given up meanwhile
	}
	if e.party == nil && m.Kind != tieProgress && m.Kind != tieRelease {
		return // nobody is there to hear it
	}
	switch m.Kind {
	case tieProgress:
		s.farProgress(e, m)
	case tieRelease:
		s.farReleases(e, m)
	case tieUpdate:
		s.farTells(e, m)
	case tieDigits:
		if m.Tone > 0 {
			s.sendDigits(e.party, m.Digits, m.Tone, m.Pause)
		} else {
			s.takeDigits(e.party, m.Digits, 0, 0)
		}
	case tieProbe:
		s.probed(e, m)
	}
}

// farProgress is the other switch's word that a call rings there or was answered.
func (s *Switch) farProgress(e *tieEnd, m tieMessage) {
	e.far, e.stage = m.Leg, m.Stage
	if e.run != nil {
		e.run.accepted(e)
	}
	s.farTells(e, m)
	p := e.party
	switch {
	case p.state != csta.Alerting:
	case m.Stage == tieAnswered:
		s.outsideAnswers(p)
	default:
		p.dev.outside.rings = true
		s.tellDelivered(p, csta.CauseNetworkSignal)
	}
}

// farIs keeps who is at the other end, for displays.
func (s *Switch) farIs(e *tieEnd, who tieInfo) {
	if who.Number == "" && who.Name == "" {
		return
	}
	e.party.dev.name = who.Name
	e.shows = cmp.Or(s.seenNumber(e.trunk.group, who.Number), who.Number)
	if who.Name != "" {
		e.shows = strings.TrimSpace(who.Name + " " + e.shows)
	}
}

// farTells keeps what the other end tells of itself.
func (s *Switch) farTells(e *tieEnd, m tieMessage) {
	s.farIs(e, m.tieInfo)
	c := e.party.call
	if m.UUI != "" {
		c.uui, e.told.UUI = m.UUI, m.UUI
	}
	s.touchCall(c)
	for _, p := range c.parties {
		if p.dev.kind == stationKind {
			s.touchStation(p.dev)
		}
	}
}

// farReleases ends a call that the other switch has given up, or could not complete.
func (s *Switch) farReleases(e *tieEnd, m tieMessage) {
	e.released = true
	delete(s.ties, e.ref)
	if e.run != nil {
		e.run.refused()
		return
	}
	p := e.party
	if m.UUI != "" {
		p.call.uui = m.UUI
	}
	if p.state != csta.Alerting || m.Cause == csta.CauseNormalClearing {
		s.drop(p, csta.CauseNormalClearing)
		return
	}
	p.state = csta.Fail
	s.failed(p, p.dev.ext, m.Cause)
	p.absent = true
	s.upkeep(p.call)
}
