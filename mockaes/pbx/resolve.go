package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// maxHops bounds how often one call is forwarded and covered on its way.
const maxHops = 6

// path is how a call would get to a number.
type path struct {
	hops   []hop
	number string
	dev    *device  // at the end; nil if that is outside
	out    exit     // how it gets there, if that is outside
	agent  *agent   // of a skill at the end: who is free; nil: nobody
	cover  []string // the coverage points that would be left; nil: nothing was covered
	fail   csta.EventCause
}

// hop is a device that passes a call on without having rung.
type hop struct {
	from  *device
	to    string
	cause csta.EventCause
}

func (p *path) pass(from *device, to string, cause csta.EventCause) {
	p.hops = append(p.hops, hop{from: from, to: to, cause: cause})
	p.number = to
}

// resolve finds where a call to a number would end up: past stations that forward
// their calls or do not take them, and hunt groups. It changes nothing.
func (s *Switch) resolve(c *call, number string, cover []string) path {
	p := path{number: number, cover: cover}
	for range maxHops {
		p.dev = s.devices[p.number]
		if p.dev == nil {
			p.out, p.fail = s.wayOut(c, p.number)
			return p
		}
		if p.dev.kind == agentKind {
			if p.dev = p.dev.agent.station; p.dev == nil {
				p.fail = csta.CauseDestNotObtainable
				return p
			}
		}
		if c.partyOf(p.dev) != nil {
			p.fail = csta.CauseDestNotObtainable
			return p
		}
		if !s.passesOn(&p) {
			if p.dev.kind == skillKind {
				p.agent = p.dev.skill.choose()
			}
			return p
		}
	}
	p.fail = csta.CauseBusy
	return p
}

// passesOn adds the hop by which the device at the end of the path passes the call
// on. false: the path ends here, well or not.
func (s *Switch) passesOn(p *path) bool {
	d := p.dev
	if d.kind == huntKind {
		return s.hunt(p)
	}
	if d.kind != stationKind {
		return false
	}
	st := d.station
	busy := st.freeAppearance(false) < 0
	switch {
	case st.forward != "":
		p.pass(d, st.forward, csta.CauseCallForwardAll)
	case p.cover == nil && len(st.lab.Coverage) > 0 && (busy || st.sendAll):
		p.cover = st.lab.Coverage[1:]
		p.pass(d, st.lab.Coverage[0], csta.CauseRedirected)
	case busy && len(p.cover) > 0:
		next := p.cover[0]
		p.cover = p.cover[1:]
		p.pass(d, next, csta.CauseRedirected)
	case busy:
		p.fail = csta.CauseBusy
		return false
	default:
		return false
	}
	return true
}

// passBy tells that a call passes by a device that did not ring.
func (s *Switch) passBy(c *call, h hop) {
	id := csta.ConnectionID{Call: c.id, Device: h.from.id}
	to := s.numberID(h.to)
	c.remember(id, h.cause)
	if h.from.hunt != nil {
		h.from.hunt.last = h.to
	}
	for _, m := range h.from.monitors {
		if m.follows {
			c.follow(m)
		}
		header := m.header(c, h.cause)
		header.Local = csta.Null
		m.send(csta.Diverted{
			CallEvent: header, Connection: id, Diverting: csta.Party(id.Device),
			NewDestination: csta.Party(to), Calling: c.calling, Called: c.called,
			Redirection: csta.Redirection(c.redirected),
		})
	}
}

// coverOn takes a call that is not answered to the next coverage point that can take
// it. If there is none, it goes on ringing.
func (s *Switch) coverOn(p *party) {
	for i, point := range p.cover {
		rest := slices.Clone(p.cover[i+1:])
		if rest == nil {
			rest = []string{}
		}
		if way := s.resolve(p.call, point, rest); way.fail == taken {
			s.redirect(p, point, way)
			return
		}
	}
}

// firstStop is the device that a call comes to first on its path: past stations that
// forward, at a skill the agent who is free.
func (s *Switch) firstStop(p path) csta.DeviceID {
	switch {
	case p.dev == nil:
		return s.outsideID(p.number)
	case p.agent != nil:
		return p.agent.station.id
	}
	return p.dev.id
}

// reachable refuses a destination that could not take the call.
func (s *Switch) reachable(c *call, number string) error {
	p := s.resolve(c, number, nil)
	return p.refusal()
}

// refusal is the fault of a path that fails, nil for one that does not.
func (p path) refusal() error {
	switch p.fail {
	case taken:
		return nil
	case csta.CauseDestNotObtainable:
		return csta.Refuse(csta.InvalidDestination)
	}
	return csta.Refuse(csta.ResourceBusy)
}

// huntGroup is a hunt group and whom it rang last.
type huntGroup struct {
	lab  HuntGroup
	last string
}

// hunt passes a call on to the member whose turn it is.
func (s *Switch) hunt(p *path) bool {
	g := p.dev.hunt
	first := 0
	if g.lab.Circular {
		first = slices.Index(g.lab.Members, g.last) + 1
	}
	for i := range g.lab.Members {
		ext := g.lab.Members[(first+i)%len(g.lab.Members)]
		if d := s.devices[ext]; len(d.parties) == 0 && !d.station.sendAll {
			p.pass(p.dev, ext, csta.CauseRedirected)
			return true
		}
	}
	if p.cover == nil && len(g.lab.Coverage) > 0 {
		p.cover = g.lab.Coverage[1:]
		p.pass(p.dev, g.lab.Coverage[0], csta.CauseRedirected)
		return true
	}
	p.fail = csta.CauseBusy
	return false
}
