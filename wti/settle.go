package wti

import (
	"context"
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
)

// settleTries is how often a snapshot is taken again because something happened
// while it was taken. After that the events that came meanwhile follow it.
const settleTries = 3

// maxCalls bounds how many calls of a device are looked into.
const maxCalls = 64

// settle takes the snapshot that belongs to a monitor's gap. Events that came before
// the snapshot are in it; those that come after it wait until the gap was told.
func (s *Session) settle(ctx context.Context, l *link, m *Monitor, gap Gap) Gap {
	gap.ref = m.CrossRef()
	device := m.request.Object.Device
	if device == "" || m.over() {
		return gap
	}
	for try := 1; ; try++ {
		snap, calls, err := s.look(ctx, l, m, device)
		if err != nil {
			gap.Missing = append(gap.Missing[:len(gap.Missing):len(gap.Missing)],
				fmt.Errorf("wti: snapshot of %s: %w", device, err))
			return gap
		}
		gap.Snapshot, gap.Calls = &snap, calls
		if try == settleTries || !m.moved() {
			return gap
		}
	}
}

// look takes a snapshot of a device and of each of its calls. Where answers and events
// come in the server's order, what was read before the answer is in the snapshot;
// elsewhere only what was read before the question.
func (s *Session) look(ctx context.Context, l *link, m *Monitor, device csta.DeviceID,
) (snap csta.DeviceSnapshot, calls map[csta.CallID]csta.CallSnapshot, err error) {
	first := func([]byte) { m.dropMoves() }
	if !l.carrier.Ordered() {
		m.dropMoves()
		first = nil
	}
	payload, err := s.request(ctx, l, csta.SnapshotDevice{Device: device}, first)
	if err == nil {
		err = csta.Decode(payload, &snap)
	}
	if err != nil {
		return snap, nil, err
	}
	calls = make(map[csta.CallID]csta.CallSnapshot)
	for _, c := range snap.Calls()[:min(len(snap.Calls()), maxCalls)] {
		// A call that ended in between has an event, which makes us look again.
		if of, err := doOn(ctx, s, l, csta.SnapshotCall{Call: c.Connection}); err == nil {
			calls[c.Connection.Call] = of
		}
	}
	return snap, calls, nil
}
