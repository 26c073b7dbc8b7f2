package pbx

import "github.com/wtiphone/wtiphone/csta"

// Bridged appearances: a station's calls can be seen, and answered, at others. A
// bridge's own connection begins when it answers; until then its monitors are told
// what the principal's are told, with the local state null.

// tellBridges gives an event about a station's call to the monitors of the stations
// that bridge it and have no part of their own in the call.
func (s *Switch) tellBridges(p *party, cause csta.EventCause, ev event) {
	for _, b := range p.dev.station.bridges {
		if p.call.touches(b) {
			continue
		}
		for _, m := range b.monitors {
			if !m.follows {
				h := m.header(p.call, cause)
				h.Local = csta.Null
				m.send(ev(h))
			}
		}
	}
}

// touches reports whether a device has a connection of its own in the call, be it a
// failed one.
func (c *call) touches(d *device) bool {
	for _, p := range c.parties {
		if p.dev == d {
			return true
		}
	}
	return false
}

// bridgedCall finds the alerting connection of a principal by what its bridge calls
// it: the call, and the bridge's own device. nil if that is not so.
func (s *Switch) bridgedCall(id csta.ConnectionID) *party {
	b, c := s.device(id.Device), s.calls[id.Call]
	if b == nil || c == nil || c.partyOf(b) != nil {
		return nil
	}
	for _, p := range c.parties {
		if p.dev.kind != stationKind || p.state != csta.Alerting {
			continue
		}
		for _, other := range p.dev.station.bridges {
			if other == b {
				return p
			}
		}
	}
	return nil
}

// answerBridged answers a principal's call at a bridge. The principal's own alerting
// ends.
func (s *Switch) answerBridged(p *party, b *device) error {
	if b.active() != nil {
		return csta.Refuse(csta.InvalidObjectState)
	}
	if b.station.freeAppearance(true) < 0 {
		return csta.Refuse(csta.ResourceBusy)
	}
	q := s.join(p.call, b, csta.Connected)
	q.skill = p.skill
	s.tellBridged(q)
	s.tellEstablished(q, csta.CauseNewCall)
	s.release(p, csta.CauseNormal)
	s.connected(q)
	return nil
}
