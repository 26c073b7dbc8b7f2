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
		endpoint := csta.ExtendedDeviceID(item.Endpoint)
		p := Party{Device: endpoint, Connection: item.New, Since: at}
		if p.Device.IsZero() {
			p.Device = csta.Party(item.New.Device)
		}
		gone := m.leaves && p.is(csta.ConnectionID{}, m.by) && m.by.Device != ""
		if gone || item.New.Device.Same(device) || endpoint.Device.Same(device) {
			continue
		}
		after = append(after, m.remember(p, before, item.Old))
	}
	return after
}

// partiesUntold are the parties where the event lists none: those from before, and
// the one that was added.
func (m merger) partiesUntold(
	before []Party, device csta.DeviceID, id csta.CallID, at time.Time,
) []Party {
	after := slices.Clone(before)
	conn := csta.ConnectionID{Call: id, Device: m.added.Device}
	has := slices.ContainsFunc(after, func(p Party) bool { return p.is(conn, m.added) })
	if !has && m.added.Device != "" && !m.added.Device.Same(device) {
		after = append(after, Party{Device: m.added, Connection: conn, Since: at})
	}
	if m.leaves {
		after = slices.DeleteFunc(after, func(p Party) bool {
			return p.is(csta.ConnectionID{}, m.by)
		})
	}
	return after
}

// remember gives a party the state that it had. Whoever joined the calls is
// connected, also to the one that it had on hold.
func (m merger) remember(p Party, before []Party, old csta.ConnectionID) Party {
	for _, was := range before {
		if was.is(old, p.Device) || was.is(p.Connection, p.Device) {
			p.State, p.Since = was.State, was.Since
			p.Device = known(was.Device, p.Device)
			break
		}
	}
	if p.is(csta.ConnectionID{}, m.by) && m.by.Device != "" && p.State != csta.Connected {
		p.State = csta.Connected
	}
	return p
}
