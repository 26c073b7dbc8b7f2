package calls

import (
	"cmp"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Reconcile is the board after a gap in the events: it becomes what the snapshot
// says, and keeps what is known of calls that live on, such as when they began. The
// changes are those between the two boards. parties holds a snapshot of each call
// for which one was taken; where there is none, the known parties stay.
//
// A call is known again by its id, unless the universal call id shows that the
// switch has given the id to another call, or by its universal call id, if it was
// merged with another in the meantime.
func (b Board) Reconcile(
	snap csta.DeviceSnapshot, parties map[csta.CallID]csta.CallSnapshot, at time.Time,
) (Board, []Change) {
	live := make([]*Call, len(b.calls))
	var fresh []Call
	present := presentCalls(snap)
	for _, info := range present {
		id := info.Connection.Call
		told := parties[id]
		if i := b.recognize(id, told.Linkage.UCID(), present); i >= 0 && live[i] == nil {
			c := b.calls[i].clone()
			c.catchUp(b.device, info, told, at)
			live[i] = &c
			continue
		}
		c := Call{ID: id, Began: at, Since: at}
		c.catchUp(b.device, info, told, at)
		c.Incoming = c.cameIn(b.device)
		fresh = append(fresh, c)
	}
	now := Board{device: b.device, ended: b.ended, turned: b.turned}
	for i, was := range b.calls {
		if live[i] != nil {
			now.calls = append(now.calls, *live[i])
		} else {
			now = now.remembering(was, Missing, "", at)
		}
	}
	room := min(len(fresh), MaxCalls-len(now.calls))
	now.calls = append(now.calls, fresh[:room]...)
	now.turned += len(fresh) - room
	return now, Diff(b, now)
}

// presentCalls are the calls that the device has a part in, each once: a device
// with bridged appearances may be in one twice.
func presentCalls(snap csta.DeviceSnapshot) []csta.SnapshotDeviceInfo {
	var present []csta.SnapshotDeviceInfo
	for _, info := range snap.Calls() {
		id := info.Connection.Call
		over := len(info.State.Connections) > 0 && info.State.Local() == csta.Null
		if id != "" && !over && !hasCall(present, id) {
			present = append(present, info)
		}
	}
	return present
}

func hasCall(present []csta.SnapshotDeviceInfo, id csta.CallID) bool {
	return slices.ContainsFunc(present, func(info csta.SnapshotDeviceInfo) bool {
		return info.Connection.Call == id
	})
}

// recognize finds the known call that a snapshot speaks of, -1 for none.
func (b Board) recognize(
	id csta.CallID, ucid string, present []csta.SnapshotDeviceInfo,
) int {
	i := b.index(id)
	if i >= 0 && (ucid == "" || b.calls[i].UCID == "" || b.calls[i].UCID == ucid) {
		return i
	}
	return slices.IndexFunc(b.calls, func(c Call) bool {
		return ucid != "" && c.UCID == ucid && !hasCall(present, c.ID)
	})
}

// catchUp makes c what the snapshots say.
func (c *Call) catchUp(
	device csta.DeviceID, info csta.SnapshotDeviceInfo, told csta.CallSnapshot, at time.Time,
) {
	if id := info.Connection.Call; c.ID != id {
		c.Formerly = withID(c.Formerly, id, c.ID)
		c.ID = id
	}
	if !c.Own.Device.Same(device) || c.Own.Call != c.ID {
		c.Own = csta.ConnectionID{Call: c.ID, Device: device}
	}
	if info.Connection.Device.Same(device) {
		c.Own = info.Connection
	}
	c.UCID = cmp.Or(told.Linkage.UCID(), c.UCID)
	c.Calling, c.Called = known(c.Calling, told.Calling), known(c.Called, told.Called)
	c.newHistory(told.History)
	state := info.State.Local()
	if state == csta.Null {
		state = c.State // not told
	}
	if list := told.Parties(); len(list) > 0 {
		if state == "" {
			state = ownState(device, list)
		}
		c.Parties = presentParties(device, c.Parties, list, at)
	}
	c.setState(state, at)
	if c.Answered.IsZero() && c.isAnswered() {
		c.Answered = at
	}
}

func ownState(device csta.DeviceID, list []csta.SnapshotCallInfo) csta.ConnectionState {
	for _, info := range list {
		if isOwn(device, info) {
			return info.State
		}
	}
	return ""
}

func isOwn(device csta.DeviceID, info csta.SnapshotCallInfo) bool {
	return info.Connection.Device.Same(device) || info.Device.Device.Same(device)
}

// presentParties are the others in a call's snapshot.
func presentParties(
	device csta.DeviceID, before []Party, list []csta.SnapshotCallInfo, at time.Time,
) []Party {
	var after []Party
	for _, info := range list {
		if isOwn(device, info) || info.State == csta.Null {
			continue
		}
		p := Party{Device: info.Device, Connection: info.Connection, State: info.State, Since: at}
		if p.Device.IsZero() {
			p.Device = csta.Party(p.Connection.Device)
		}
		if listed(after, p) {
			continue
		}
		was, rest, ok := take(before, p.Connection, p.Device)
		if before = rest; ok && was.State == p.State {
			p.Since = was.Since
		}
		if after = append(after, p); len(after) == maxParties {
			break
		}
	}
	return after
}

// isAnswered reports whether the states show that the call was answered.
func (c *Call) isAnswered() bool {
	taking := func(s csta.ConnectionState) bool { return s == csta.Connected || s == csta.Held }
	if c.Incoming {
		return taking(c.State)
	}
	return taking(c.State) &&
		slices.ContainsFunc(c.Parties, func(p Party) bool { return taking(p.State) })
}

// cameIn reports whether a call that only a snapshot has told of was delivered here.
func (c *Call) cameIn(device csta.DeviceID) bool {
	caller := c.Calling.Device
	return c.State == csta.Alerting || caller != "" && !caller.Same(device)
}
