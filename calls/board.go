package calls

import (
	"cmp"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// remembered is how many ended calls a board keeps: enough to show what was
// missed, and to know a late answer of the switch for what it is.
const remembered = 8

// What a board holds at the most, whatever it is told: far more than there can be at a
// station, a VDN or a skill that is not under attack.
const (
	MaxCalls   = 1024 // calls at a time
	maxParties = 256  // parties of one call
	maxFormer  = 32   // former ids of one call, the latest
)

// Board is the calls at one device at one moment. The zero value is a board of no
// device; start with [New].
type Board struct {
	device csta.DeviceID
	calls  []Call // oldest first; never changed in place
	ended  []Call // latest first, at most remembered
	turned int    // how often a call was turned away
}

// New is the board of a device without calls.
func New(device csta.DeviceID) Board { return Board{device: device} }

// Device is the device whose calls the board has.
func (b Board) Device() csta.DeviceID { return b.device }

// TurnedAway is how often the board was told of a call that it had no room for, beyond
// [MaxCalls]: what it shows is not all that there is.
func (b Board) TurnedAway() int { return b.turned }

// Calls are the calls, the oldest first. The caller owns the result.
func (b Board) Calls() []Call { return copies(b.calls) }

// Ended are the last calls that ended, the latest first. The caller owns the
// result.
func (b Board) Ended() []Call { return copies(b.ended) }

func copies(calls []Call) []Call {
	out := make([]Call, len(calls))
	for i, c := range calls {
		out[i] = c.clone()
	}
	return out
}

// Call is the call of that id.
func (b Board) Call(id csta.CallID) (Call, bool) {
	if i := b.index(id); i >= 0 {
		return b.calls[i].clone(), true
	}
	return Call{}, false
}

// Active is the call that the device takes part in.
func (b Board) Active() (Call, bool) { return b.first(csta.Connected) }

// Alerting is the call that has rung longest.
func (b Board) Alerting() (Call, bool) { return b.first(csta.Alerting) }

// Held is the call that the device put on hold first.
func (b Board) Held() (Call, bool) { return b.first(csta.Held) }

// Equal reports whether two boards have the same calls in every respect; ended
// calls are not compared.
func (b Board) Equal(o Board) bool {
	return b.device == o.device && slices.EqualFunc(b.calls, o.calls, Call.Equal)
}

// first is the call that has been in a state for the longest time.
func (b Board) first(state csta.ConnectionState) (Call, bool) {
	found := -1
	for i, c := range b.calls {
		if c.State == state && (found < 0 || c.Since.Before(b.calls[found].Since)) {
			found = i
		}
	}
	if found < 0 {
		return Call{}, false
	}
	return b.calls[found].clone(), true
}

func (b Board) index(id csta.CallID) int {
	return slices.IndexFunc(b.calls, func(c Call) bool { return c.ID == id })
}

// with is the board with c in the place of the call of the same id, or at the end if
// there is room.
func (b Board) with(c Call) Board {
	if i := b.index(c.ID); i >= 0 {
		b.calls = slices.Clone(b.calls)
		b.calls[i] = c
		return b
	}
	if len(b.calls) >= MaxCalls {
		b.turned++
		return b
	}
	b.calls = append(slices.Clip(b.calls), c)
	return b
}

// without is the board after a call ended.
func (b Board) without(id csta.CallID, how Ending, cause csta.EventCause, at time.Time) Board {
	i := b.index(id)
	if i < 0 {
		return b
	}
	c := b.calls[i]
	b.calls = slices.Delete(slices.Clone(b.calls), i, i+1)
	return b.remembering(c, how, cause, at)
}

// remembering is the board with c among the calls that ended.
func (b Board) remembering(c Call, how Ending, cause csta.EventCause, at time.Time) Board {
	c = c.clone()
	c.State, c.Since, c.Ended, c.Ending = csta.Null, at, at, how
	c.Cause = cmp.Or(cause, c.Cause)
	b.ended = slices.Insert(slices.Clone(b.ended), 0, c)
	b.ended = b.ended[:min(len(b.ended), remembered)]
	return b
}

// over reports whether a call of that id, and not another one that the switch gave
// the same id to, has ended.
func (b Board) over(id csta.CallID, ucid string) bool {
	return slices.ContainsFunc(b.ended, func(c Call) bool {
		return c.ID == id && (ucid == "" || c.UCID == "" || c.UCID == ucid)
	})
}
