package pbx

import "github.com/wtiphone/wtiphone/csta"

// Events of ECMA-269 that Communication Manager is not known to send. A lab can have the
// switch send them: a client must not be confused by what it did not expect.

// tellOffered tells of a call before it alerts at a station.
func (s *Switch) tellOffered(p *party, cause csta.EventCause) {
	if !s.features.ECMAEvents || p.dev.kind != stationKind {
		return
	}
	c, id := p.call, p.id()
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.Offered{
			CallEvent: h, Connection: id, Offered: csta.Party(id.Device),
			Calling: c.calling, Called: c.called, Redirection: csta.Redirection(c.redirected),
		}
	})
}

// tellDialed tells what a station has dialled, when that is complete.
func (s *Switch) tellDialed(p *party, number string) {
	if !s.features.ECMAEvents {
		return
	}
	id := p.id()
	s.tell(p.call, csta.CauseNewCall, func(h csta.CallEvent) csta.Event {
		return csta.DigitsDialed{
			CallEvent: h, Connection: id, Dialing: csta.Party(id.Device),
			Sequence: csta.DeviceID(number),
		}
	})
}

// tellBridged tells that a bridge joined the call of its principal.
func (s *Switch) tellBridged(p *party) {
	if !s.features.ECMAEvents {
		return
	}
	id := p.id()
	s.tell(p.call, csta.CauseNormal, func(h csta.CallEvent) csta.Event {
		return csta.Bridged{CallEvent: h, Connection: id, Appearance: csta.Party(id.Device)}
	})
}

// tellAccount tells the account that a call was made for, if there is one.
func (s *Switch) tellAccount(p *party, account csta.HexText) {
	if !s.features.ECMAEvents || account == "" {
		return
	}
	c, id := p.call, p.id()
	s.tell(c, csta.CauseNormal, func(h csta.CallEvent) csta.Event {
		return csta.CallInformed{
			CallEvent: h, Connection: id, Device: csta.Party(id.Device), Calling: c.calling,
			Account: account,
		}
	})
}

// reroute asks a router once more, if it said that it is ready to be asked.
func (s *Switch) reroute(d *dialogue, ready *csta.RetryValue) bool {
	if !s.features.ECMAEvents || ready == nil || ready.Count == nil || *ready.Count <= 0 {
		return false
	}
	d.router.deliver(csta.ReRoute{
		Dialogue: d.id, Register: d.router.id, Linkage: csta.Linkage(d.run.call.ucid),
	})
	return true
}
