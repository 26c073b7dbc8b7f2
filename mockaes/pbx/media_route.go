package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// routeMedia tells the media who hears whom in a call, if that has changed.
func (s *Switch) routeMedia(c *call) {
	if s.media == nil {
		return
	}
	var heard []Heard
	if !c.over {
		heard = s.heard(c)
	}
	if slices.EqualFunc(heard, c.told, sameHeard) {
		return
	}
	c.told = heard
	s.media.Route(c.id, heard)
}

func sameHeard(a, b Heard) bool {
	from := slices.Equal(a.From, b.From)
	a.From, b.From = nil, nil
	return from && a.Leg == b.Leg && a.Kind == b.Kind && a.Far == b.Far &&
		a.Device == b.Device && a.Says == b.Says && a.Skip == b.Skip &&
		a.Play == b.Play && a.Muted == b.Muted
}

// heard is what each party of a call hears: the others that talk, and what the
// switch plays.
func (s *Switch) heard(c *call) []Heard {
	var heard []Heard
	for _, p := range c.parties {
		if !p.attends() {
			continue
		}
		h := Heard{Device: p.dev.id, Play: c.playsTo(p)}
		if p.dev.kind == outsideKind {
			h.Leg, h.Kind, h.Says = p.leg, OutsideParty, p.dev.outside.lab.Says
			if e := p.tie(); e != nil {
				h.Kind, h.Far = TieLine, e.far
			}
			h.From = s.voices(c, p, 0)
			heard = append(heard, h)
			continue
		}
		for _, r := range s.regs[p.dev.ext] {
			if r.party != p {
				continue
			}
			h.Leg, h.Kind, h.Says, h.Skip = r.leg, Terminal, "", 0
			if r.mode == csta.MediaServer {
				h.Kind = OutsideParty
				h.Says, h.Skip = r.voice.speaks()
			}
			h.Muted = r.listens() || p.silent
			h.From = s.voices(c, p, r.leg)
			heard = append(heard, h)
		}
	}
	return heard
}

// attends reports whether the party listens: it is neither ringing nor on hold.
func (p *party) attends() bool {
	if p.dev.kind != stationKind && p.dev.kind != outsideKind || p.absent {
		return false
	}
	return p.state == csta.Connected || p.state == csta.Initiated || p.state == csta.Fail
}

// voices are the legs that a party hears: those of the others, and, for a copy that
// only listens, the party's own talker.
func (s *Switch) voices(c *call, to *party, leg LegID) []LegID {
	var from []LegID
	for _, p := range c.parties {
		if p.state != csta.Connected || p.absent || p.silent && p != to ||
			slices.Contains(to.deafTo, p) {
			continue
		}
		if p.dev.kind == outsideKind && p != to {
			from = append(from, p.leg)
		}
		for _, r := range s.regs[p.dev.ext] {
			if r.party == p && r.leg != leg && !r.listens() {
				from = append(from, r.leg)
			}
		}
	}
	return from
}

// playsTo is what the switch plays to a party of a call.
func (c *call) playsTo(to *party) Play {
	switch {
	case to.state == csta.Initiated && to.dialled != "":
		return Play{}
	case to.state == csta.Initiated:
		return Play{Sound: DialTone, Started: to.since}
	case c.tone.Sound != "":
		return c.tone
	case c.run != nil:
		return c.run.play
	}
	waits := Play{}
	for _, p := range c.parties {
		if p == to {
			continue
		}
		switch {
		case p.play.Sound != "":
			return p.play
		case p.state == csta.Connected:
			waits = Play{Sound: Silence}
		case waits.Sound != "":
		case p.state == csta.Held:
			waits = Play{Sound: Music, Started: p.since}
		case p.state == csta.Queued && c.vdn != nil:
			waits = Play{Sound: Music, Started: p.since}
		case p.state == csta.Alerting, p.state == csta.Queued:
			waits = Play{Sound: Ringback, Started: p.since}
		}
	}
	if waits.Sound == Silence {
		return Play{}
	}
	return waits
}
