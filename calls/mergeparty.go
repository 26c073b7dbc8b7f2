package calls

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// parties are the others of the merged call, with what was known of them before.
func (m merger) parties(device csta.DeviceID, id csta.CallID, mine []Call, at time.Time) []Party {
	var before, after []Party
	for _, c := range mine {
		before = append(before, c.Parties...)
	}
	if len(m.list) == 0 {
		return m.partiesUntold(before, device, id, at)
	}
	for _, item := range m.list {
		p := Party{Device: csta.ExtendedDeviceID(item.Endpoint), Connection: item.New, Since: at}
		if p.Device.IsZero() {
			p.Device = csta.Party(item.New.Device)
		}
		gone := m.leaves && m.isBy(p)
		if gone || p.is(csta.ConnectionID{Device: device}, csta.ExtendedDeviceID{}) ||
			listed(after, p) {
			continue
		}
		was, ok := Party{}, false
		if was, before, ok = take(before, item.New, p.Device); !ok {
			was, before, ok = take(before, item.Old, p.Device)
		}
		if ok {
			p.State, p.Since, p.Device = was.State, was.Since, known(was.Device, p.Device)
		}
		if m.attends(p) && p.State != csta.Connected {
			p.State, p.Since = csta.Connected, at
		}
		after = append(after, p)
	}
	return after
}

// isBy reports whether a party is who joined the calls.
func (m merger) isBy(p Party) bool {
	return m.by.Device != "" && p.is(csta.ConnectionID{}, m.by)
}

// attends reports whether a party is who joined the calls, and so speaks in the one
// that lives on: also to the one that it had on hold. Who lets another be added to its
// only call goes on as before, which may be on hold.
func (m merger) attends(p Party) bool {
	return m.isBy(p) && (m.joinsTwo() || m.by.Device.Same(m.added.Device))
}

// listed reports whether a connection is in a list already.
func listed(list []Party, p Party) bool {
	return slices.ContainsFunc(list, func(o Party) bool {
		return o.Connection.Device.Same(p.Connection.Device)
	})
}

// take finds what was known of a party and takes it out of the list, so that it is
// not found for another: by its connection if it can be, else by its device.
func take(before []Party, conn csta.ConnectionID, device csta.ExtendedDeviceID) (
	Party, []Party, bool,
) {
	i := slices.IndexFunc(before, func(p Party) bool {
		return p.Connection.Device.Same(conn.Device)
	})
	if i < 0 {
		i = slices.IndexFunc(before, func(p Party) bool { return p.is(conn, device) })
	}
	if i < 0 {
		return Party{}, before, false
	}
	found := before[i]
	return found, slices.Delete(before, i, i+1), true
}

// partiesUntold are the parties where the event lists none: those from before, and
// the one that was added.
func (m merger) partiesUntold(
	before []Party, device csta.DeviceID, id csta.CallID, at time.Time,
) []Party {
	if m.leaves {
		before = slices.DeleteFunc(before, m.isBy)
	}
	p := Party{
		Device: m.added, Since: at,
		Connection: csta.ConnectionID{Call: id, Device: m.added.Device},
	}
	if p.Device.Device == "" || p.Device.Device.Same(device) || m.leaves && m.isBy(p) ||
		slices.ContainsFunc(before, func(o Party) bool { return o.is(p.Connection, p.Device) }) {
		return before
	}
	return append(before, p)
}
