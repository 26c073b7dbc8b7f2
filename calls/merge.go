package calls

import (
	"cmp"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// merger is what Transferred and Conferenced have in common.
type merger struct {
	name     string // on the wire
	old      [2]csta.ConnectionID
	by       csta.ExtendedDeviceID // who joined the calls
	leaves   bool                  // by is not in the call any more
	added    csta.ExtendedDeviceID
	list     []csta.ConnectionListItem
	local    csta.ConnectionState
	cause    csta.EventCause
	ucid     string
	userData *csta.UserData
	history  []csta.DeviceHistoryItem
	private  csta.MergedPrivate
}

func (b Board) conferenced(ev csta.Conferenced, at time.Time) Board {
	return b.merge(merger{
		name: ev.EventName(), old: [2]csta.ConnectionID{ev.PrimaryOld, ev.SecondaryOld},
		by: ev.Conferencing, added: ev.Added, list: ev.Connections, local: ev.Local,
		cause: ev.Cause, ucid: ev.CallLinkageSet.New.UCID(), userData: ev.UserData,
		history: ev.History, private: ev.Private.MergedPrivate,
	}, at)
}

// transferred ends both calls for the device that transferred; for the others they
// become one.
func (b Board) transferred(ev csta.Transferred, at time.Time) Board {
	// The old calls are given as the connections of whoever transferred.
	by := cmp.Or(ev.Transferring.Device, ev.PrimaryOld.Device)
	if by.Same(b.device) {
		b = b.without(ev.PrimaryOld.Call, Transferred, ev.Cause, at)
		return b.without(ev.SecondaryOld.Call, Transferred, ev.Cause, at)
	}
	return b.merge(merger{
		name: ev.EventName(), old: [2]csta.ConnectionID{ev.PrimaryOld, ev.SecondaryOld},
		by: csta.Party(by), leaves: true, added: ev.TransferredTo, list: ev.Connections,
		local: ev.Local, cause: ev.Cause, ucid: ev.CallLinkageSet.New.UCID(),
		userData: ev.UserData, history: ev.History, private: ev.Private.MergedPrivate,
	}, at)
}

// merge makes one call of those that the event joined.
func (b Board) merge(m merger, at time.Time) Board {
	survivor := m.survivor(b.device)
	mine := b.joined(m, survivor)
	if len(mine) == 0 {
		return b.stepIn(m, survivor, at)
	}
	if survivor == "" {
		return b.unclear(mine, m, at)
	}
	c := mine[0].clone() // the oldest: where it came from is what matters
	for _, other := range mine[1:] {
		c.absorb(other)
	}
	c.Formerly = withID(c.Formerly, survivor, c.ID)
	for _, dead := range mine[1:] {
		c.Formerly = withID(c.Formerly, survivor, dead.ID)
	}
	c.settle(m, survivor, b.device, mine, at)
	return b.replace(mine, c, at)
}

// survivor is the id of the call that lives on. It is read from the connections
// and from nowhere else, since no rule about it holds (field observation); with a
// single old call and no list there is nothing to choose from.
func (m merger) survivor(device csta.DeviceID) csta.CallID {
	var id csta.CallID
	for _, item := range m.list {
		if item.New.Device.Same(device) || item.Endpoint.Device.Same(device) {
			return item.New.Call
		}
		id = cmp.Or(id, item.New.Call)
	}
	if id == "" && len(m.list) == 0 && !m.joinsTwo() {
		return m.old[0].Call
	}
	return id
}

// joined are the calls on the board that the event speaks of, the oldest first.
func (b Board) joined(m merger, survivor csta.CallID) []Call {
	var mine []Call
	for _, c := range b.calls {
		if c.ID == m.old[0].Call || c.ID == m.old[1].Call || c.ID == survivor {
			mine = append(mine, c)
		}
	}
	return mine
}

// stepIn is the board after calls were joined that are not on it. That is nobody's
// business here (a recorder, for instance), unless this device was added.
func (b Board) stepIn(m merger, survivor csta.CallID, at time.Time) Board {
	alive := m.local != "" && m.local != csta.Null
	if survivor == "" || !alive || !m.added.Device.Same(b.device) {
		return b
	}
	c := Call{
		ID: survivor, Own: csta.ConnectionID{Call: survivor, Device: b.device},
		State: m.local, Incoming: true, Calling: m.by, Began: at, Since: at,
	}
	c.settle(m, survivor, b.device, nil, at)
	return b.with(c)
}

// unclear marks calls that were joined under an id that nobody told: only a
// snapshot can say how they go on.
func (b Board) unclear(mine []Call, m merger, at time.Time) Board {
	for _, c := range mine {
		if s := c.Surprise; s.Event == m.name && s.From == c.State {
			continue
		}
		c = c.clone()
		c.Surprise = Surprise{Event: m.name, From: c.State, To: c.State, At: at}
		b = b.with(c)
	}
	return b
}

// absorb takes over what another call, now the same one, has that this one lacks.
func (c *Call) absorb(o Call) {
	c.Calling = known(c.Calling, o.Calling)
	c.Called = known(c.Called, o.Called)
	c.Origin = known(c.Origin, o.Origin)
	c.VDN = cmp.Or(c.VDN, o.VDN)
	c.Skill = cmp.Or(c.Skill, o.Skill)
	c.Digits = cmp.Or(c.Digits, o.Digits)
	c.UUI = cmp.Or(c.UUI, o.UUI)
	for _, id := range o.Formerly {
		c.Formerly = withID(c.Formerly, c.ID, id)
	}
	if c.Answered.IsZero() {
		c.Answered = o.Answered
	}
}

// settle makes c what the event says of the call that lives on.
func (c *Call) settle(m merger, id csta.CallID, device csta.DeviceID, mine []Call, at time.Time) {
	c.ID, c.Own.Call, c.Consults = id, id, ""
	c.Cause = cmp.Or(m.cause, c.Cause)
	c.UUI = cmp.Or(c.UUI, text(m.userData))
	c.VDN = cmp.Or(c.VDN, m.private.DistributingVDN.Device)
	c.learnOrigin(m.private.Original)
	c.newHistory(m.history)
	for _, old := range mine {
		if old.ID == id {
			c.UCID = cmp.Or(old.UCID, c.UCID)
		}
	}
	c.UCID = cmp.Or(m.ucid, c.UCID)
	switch active := slices.ContainsFunc(mine, isActive); {
	case active:
		c.setState(csta.Connected, at)
	case m.local == csta.Held: // a recorder joined a call that is on hold here
		c.setState(csta.Held, at)
	case m.by.Device.Same(device) && (m.joinsTwo() || m.local == csta.Connected):
		c.setState(csta.Connected, at)
	case c.State == "" && m.local != "" && m.local != csta.Null:
		c.setState(m.local, at)
	}
	c.Parties = m.parties(device, id, mine, at)
	c.Parties = c.Parties[:min(len(c.Parties), maxParties)]
}

// joinsTwo reports whether two calls became one, which whoever joins them attends to;
// a device that is added to a single call changes nothing for the others.
func (m merger) joinsTwo() bool {
	return m.old[1].Call != "" && m.old[1].Call != m.old[0].Call
}

func isActive(c Call) bool { return c.State == csta.Connected }

// replace puts c where the oldest of mine was and takes the others away.
func (b Board) replace(mine []Call, c Call, at time.Time) Board {
	dead := make([]csta.CallID, 0, len(mine))
	for _, m := range mine[1:] {
		b = b.without(m.ID, Merged, c.Cause, at)
		dead = append(dead, m.ID)
	}
	b.calls = slices.Clone(b.calls)
	dead = append(dead, mine[0].ID)
	for i, other := range b.calls {
		switch {
		case other.ID == mine[0].ID:
			b.calls[i] = c
		case slices.Contains(dead, other.Consults):
			b.calls[i].Consults = c.ID
		}
	}
	return b
}

// withID adds an id that a call had before, once; of too many the oldest is forgotten.
func withID(ids []csta.CallID, now, id csta.CallID) []csta.CallID {
	if id == now || slices.Contains(ids, id) {
		return ids
	}
	ids = append(ids, id)
	return ids[max(0, len(ids)-maxFormer):]
}
