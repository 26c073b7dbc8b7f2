package calls

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// Verbs is what can be done at a device now, and to which connections. A connection
// that is zero means that there is nothing to do it to. The switch has the last
// word: it may refuse what is possible here.
type Verbs struct {
	Dial          bool
	Answer        csta.ConnectionID // an alerting call
	HangUp        csta.ConnectionID
	Hold          csta.ConnectionID
	Retrieve      csta.ConnectionID
	Digits        csta.ConnectionID
	Consult       csta.ConnectionID // the call to be held
	BlindTransfer csta.ConnectionID

	// Each of these needs a held and an active call: Held and Active.
	Swap       bool
	Transfer   bool
	Conference bool
	Cancel     bool // clear the consultation and retrieve the held call
	Held       csta.ConnectionID
	Active     csta.ConnectionID
}

// Can is what can be done now. Where several calls qualify, the one that is talked
// on comes first, then those that ring, fail or wait, in that order.
func (b Board) Can() Verbs {
	return b.verbs(b.calls)
}

// CanWith is what can be done when a person has chosen a call: as [Board.Can], but
// verbs for a single call are for this one or not possible.
func (b Board) CanWith(id csta.CallID) Verbs {
	return b.verbs(slices.DeleteFunc(slices.Clone(b.calls), func(c Call) bool {
		return c.ID != id
	}))
}

func (b Board) verbs(candidates []Call) Verbs {
	chosen := Board{device: b.device, calls: candidates}
	v := Verbs{
		Dial:   !b.engaged(),
		Answer: chosen.own(csta.Alerting),
		HangUp: chosen.own(csta.Connected, csta.Initiated, csta.Fail, csta.Held),
	}
	if c, ok := chosen.Active(); ok && !c.Failing() {
		v.Hold, v.Digits = c.Own, c.Own
	}
	if !b.engaged() {
		v.Retrieve = chosen.own(csta.Held)
	}
	held, active, consulting := b.Consultation()
	if !consulting {
		v.Consult, v.BlindTransfer = v.Hold, v.Hold
		held, active = b.pair()
	}
	if held.ID == "" || active.ID == "" {
		return v
	}
	v.Held, v.Active = held.Own, active.Own
	v.Swap = active.State == csta.Connected && !active.Failing()
	v.Transfer = consulting && v.Swap
	v.Conference = v.Transfer
	v.Cancel = consulting && !swapped(held, active)
	return v
}

// engaged reports whether a call needs the device: talking, dialling or hearing
// that a call failed.
func (b Board) engaged() bool { return slices.ContainsFunc(b.calls, engages) }

func engages(c Call) bool {
	return c.State == csta.Connected || c.State == csta.Initiated || c.State == csta.Fail
}

// own is the connection of the first call in the first of the states that has one.
func (b Board) own(states ...csta.ConnectionState) csta.ConnectionID {
	for _, s := range states {
		if c, ok := b.first(s); ok {
			return c.Own
		}
	}
	return csta.ConnectionID{}
}

// Consultation is a held call and the active one that was placed about it
// ([Call].Consults); after the two have been swapped, the held one is the
// consultation. Where the answer that says so was lost, as in a gap, the only held
// call and the only active one are taken for it if the device placed one of them.
func (b Board) Consultation() (held, active Call, ok bool) {
	for _, a := range b.calls {
		if !engages(a) {
			continue
		}
		for _, h := range b.calls {
			if h.State == csta.Held && (a.Consults == h.ID || h.Consults == a.ID) {
				return h.clone(), a.clone(), true
			}
		}
	}
	held, active = b.pair()
	if held.ID == "" || active.ID == "" || held.Incoming && active.Incoming {
		return Call{}, Call{}, false
	}
	return held, active, true
}

// swapped reports whether the held one of the two calls is the consultation.
func swapped(held, active Call) bool {
	return held.Consults == active.ID || active.Consults != held.ID && active.Incoming
}

// pair is the only held call and the only one that the device is engaged in; either
// is zero where there is none or more than one.
func (b Board) pair() (held, active Call) {
	return b.only(func(c Call) bool { return c.State == csta.Held }), b.only(engages)
}

func (b Board) only(is func(Call) bool) Call {
	i := slices.IndexFunc(b.calls, is)
	if i < 0 || slices.ContainsFunc(b.calls[i+1:], is) {
		return Call{}
	}
	return b.calls[i].clone()
}
