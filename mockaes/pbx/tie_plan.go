package pbx

import (
	"cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// exit is where a call leaves the switch.
type exit struct {
	group  *trunkGroup
	number string // that is sent
}

// leadsOut reports whether a number that is not of the switch leads anywhere.
func (s *Switch) leadsOut(number string) bool {
	for _, u := range s.lab.Uniform {
		if u.Matches(number) {
			return true
		}
	}
	return s.lab.DialPlan.Outside(number)
}

// wayOut finds where a call to a number that is not of the switch leaves it: over a tie
// trunk to another switch, or by a line to the public network. fail is the cause if it
// cannot.
func (s *Switch) wayOut(c *call, number string) (way exit, fail csta.EventCause) {
	for _, u := range s.lab.Uniform {
		if !u.Matches(number) {
			continue
		}
		g := s.group(u.TrunkGroup)
		why := g.refuses()
		sent := u.Sends(number)
		switch {
		case c.hops >= maxHops || sent == "":
			return exit{}, csta.CauseDestNotObtainable
		case why == taken:
			return exit{g, sent}, taken
		}
		if fail != csta.CauseTrunksBusy {
			fail = why
		}
	}
	switch {
	case fail != taken:
		return exit{}, fail
	case !s.lab.DialPlan.Outside(number):
		return exit{}, csta.CauseDestNotObtainable
	}
	g := s.freeTrunk(0)
	if g == nil {
		return exit{}, s.noTrunk()
	}
	return exit{g, number}, taken
}

// seenNumber is how a number of another switch is called here: as it would be dialled.
// Empty is a number that nobody could tell from one of this switch.
func (s *Switch) seenNumber(g *trunkGroup, number string) string {
	if number == "" {
		return ""
	}
	for _, u := range s.lab.Uniform {
		if dialled := u.Dials(number); u.TrunkGroup == g.lab.Number && dialled != "" &&
			s.devices[dialled] == nil {
			return dialled
		}
	}
	if s.devices[number] != nil {
		return ""
	}
	return number
}

// seenFrom is what another switch knows of a call that was merged with this one, in
// numbers as they are called here. Where the call had been is the other switch's own.
func (s *Switch) seenFrom(g *trunkGroup, said *csta.OriginalCallInfo) *csta.OriginalCallInfo {
	if said == nil {
		return nil
	}
	o := *said
	seen := func(d csta.ExtendedDeviceID) csta.ExtendedDeviceID {
		if n := s.seenNumber(g, plainNumber(d.Device)); n != "" {
			return csta.Party(s.outsideID(n))
		}
		return csta.ExtendedDeviceID{Presence: cmp.Or(d.Presence, csta.NotKnown)}
	}
	o.NetworkCaller, o.NetworkCalled = seen(o.NetworkCaller), seen(o.NetworkCalled)
	o.History = nil
	if o.Entered != nil {
		entered := *o.Entered
		entered.CollectVDN = seen(csta.Party(entered.CollectVDN)).Device
		o.Entered = &entered
	}
	return &o
}

// plainNumber is the number in an id, empty for the name of a line.
func plainNumber(id csta.DeviceID) string {
	if n := id.Extension(); dialplan.Dialable(n) {
		return n
	}
	return ""
}

// nameIn is what the lab, or the other end of a tie trunk, calls a party of a call.
func (s *Switch) nameIn(c *call, id csta.DeviceID) string {
	if p := c.outsider(id); p != nil {
		return p.dev.name
	}
	if d := s.device(id); d != nil {
		return d.name
	}
	return ""
}
