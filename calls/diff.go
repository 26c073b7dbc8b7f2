package calls

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// Diff is what changed from one board to a later one of the same device, call by
// call: what was there before first, the oldest call first. Calls that came and
// went between the two are not in it.
func Diff(old, now Board) []Change {
	var changes []Change
	kept := make(map[csta.CallID]bool)
	for _, was := range old.calls {
		c, how := now.successor(was)
		switch how {
		case Ended:
			changes = append(changes, Change{Kind: Ended, Call: now.lastOf(was)})
			continue
		case Absorbed:
			// What c is like is told by comparison with the older call that it was.
			if was.ID != c.ID {
				changes = append(changes, Change{Kind: Absorbed, Call: c.clone(), Was: was.ID})
			}
			continue
		case Renamed:
			changes = append(changes, Change{Kind: Renamed, Call: c.clone(), Was: was.ID})
		}
		kept[c.ID] = true
		changes = append(changes, within(was, c)...)
	}
	for _, c := range now.calls {
		if !kept[c.ID] {
			changes = append(changes, Change{Kind: Appeared, Call: c.clone(), To: c.State})
			changes = append(changes, surprise(Call{}, c)...)
		}
	}
	return changes
}

// successor finds the call that was became: itself, another name of itself, or a
// call that it became part of. A call is itself as long as it began when it began:
// a switch gives ids out again, and a merger may give an older call this one's id.
func (b Board) successor(was Call) (Call, ChangeKind) {
	if i := b.index(was.ID); i >= 0 {
		switch c := b.calls[i]; {
		case c.Began.Equal(was.Began):
			return c, Changed
		case c.Began.Before(was.Began):
			return c, Absorbed
		}
	}
	i := slices.IndexFunc(b.calls, func(c Call) bool {
		return slices.Contains(c.Formerly, was.ID)
	})
	switch {
	case i < 0:
		return Call{}, Ended
	case b.calls[i].Began.Equal(was.Began):
		return b.calls[i], Renamed
	}
	return b.calls[i], Absorbed
}

// lastOf is how a call ended.
func (b Board) lastOf(was Call) Call {
	for _, c := range b.ended {
		if c.ID == was.ID && c.Began.Equal(was.Began) {
			return c.clone()
		}
	}
	return was.clone()
}

// within is what changed in a call.
func within(was, c Call) []Change {
	var changes []Change
	if was.State != c.State {
		changes = append(changes,
			Change{Kind: Changed, Call: c.clone(), From: was.State, To: c.State})
	}
	changes = append(changes, betweenParties(was, c)...)
	if !was.sameFacts(c) {
		changes = append(changes, Change{Kind: Informed, Call: c.clone()})
	}
	return append(changes, surprise(was, c)...)
}

func betweenParties(was, c Call) []Change {
	var changes []Change
	for _, p := range c.Parties {
		i := was.party(p.Connection, p.Device)
		if i < 0 {
			changes = append(changes,
				Change{Kind: Joined, Call: c.clone(), Party: p, To: p.State})
			continue
		}
		from := was.Parties[i]
		if from.Device != p.Device {
			changes = append(changes, Change{Kind: Identified, Call: c.clone(), Party: p})
		}
		if from.State != p.State {
			changes = append(changes, Change{
				Kind: Moved, Call: c.clone(), Party: p, From: from.State, To: p.State,
			})
		}
	}
	for _, p := range was.Parties {
		if c.party(p.Connection, p.Device) < 0 {
			changes = append(changes,
				Change{Kind: Left, Call: c.clone(), Party: p, From: p.State})
		}
	}
	return changes
}

func surprise(was, c Call) []Change {
	if c.Surprise.IsZero() || was.Surprise.Equal(c.Surprise) {
		return nil
	}
	return []Change{{
		Kind: Surprised, Call: c.clone(), From: c.Surprise.From, To: c.Surprise.To,
	}}
}
