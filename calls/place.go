package calls

import (
	"cmp"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Placement is what the switch answers to a request that makes a call from the
// device: MakeCall or ConsultationCall.
type Placement struct {
	Connection csta.ConnectionID // the own one, of the new call
	UCID       string
	Called     csta.DeviceID
	Consults   csta.CallID // the call that was held for it, "" for none
}

// Placed is the board after the switch answered that it makes a call. The answer may
// come before or after the first event of the call, and even after its last.
func (b Board) Placed(p Placement, at time.Time) Board {
	if p.Connection.Device == "" {
		p.Connection.Device = b.device
	}
	if p.Connection.Call == "" || !p.Connection.Device.Same(b.device) {
		return b
	}
	var c Call
	if i := b.index(p.Connection.Call); i >= 0 {
		c = b.calls[i].clone()
	} else if b.over(p.Connection.Call, p.UCID) {
		return b
	} else {
		c = Call{
			ID: p.Connection.Call, Own: p.Connection, State: csta.Initiated,
			Calling: csta.Party(b.device), Began: at, Since: at,
			Consults: cmp.Or(p.Consults, b.consulted("")),
		}
	}
	c.UCID = cmp.Or(c.UCID, p.UCID)
	c.Consults = cmp.Or(c.Consults, p.Consults)
	if p.Called != "" {
		c.Called = known(c.Called, csta.Party(p.Called))
	}
	return b.with(c)
}

// consulted is the held call that a new call from here is about: the one that was
// last put on hold, if either of the two events gives consultation as its cause, or
// else the only call there is. The latter is how people consult by hand.
func (b Board) consulted(cause csta.EventCause) csta.CallID {
	last := -1
	for i, c := range b.calls {
		if c.State == csta.Held && (last < 0 || !c.Since.Before(b.calls[last].Since)) {
			last = i
		}
	}
	if last < 0 || len(b.calls) > 1 && cause != csta.CauseConsultation &&
		b.calls[last].Cause != csta.CauseConsultation {
		return ""
	}
	return b.calls[last].ID
}

// linked is the board where the call that is being placed is about the one that has
// just been put on hold for a consultation: the new call may be told of first.
func (b Board) linked(held csta.CallID) Board {
	if slices.ContainsFunc(b.calls, func(c Call) bool { return c.Consults == held }) {
		return b
	}
	for _, c := range b.calls {
		if c.ID != held && !c.Incoming && c.Consults == "" && engages(c) {
			c = c.clone()
			c.Consults = held
			return b.with(c)
		}
	}
	return b
}
