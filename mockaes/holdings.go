package mockaes

import (
	"cmp"
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// Sessions are told what sessions of their user hold, and can take it over. Lists
// come in events for the session's own monitor (DMCC schema).

// release gives back what the session holds, but the session itself. The caller holds
// the server's mu.
func (h *session) release() {
	for _, m := range h.monitors {
		m.stop()
		h.drop(m)
	}
	for id, r := range h.routings {
		r.stop()
		delete(h.routings, id)
	}
	for key, c := range h.claims {
		h.server.unclaim(key, c, h)
	}
	for _, at := range h.server.exchanges {
		for _, o := range h.owners {
			at.ReleaseOwner(o)
		}
	}
}

// owner stands for a session at the switch, as the holder of registrations. Sessions
// hand it on with what they hold. It has a size because pointers to nothing may be
// equal.
type owner struct{ _ byte }

func cleanupSession(h *session, _ csta.CleanupSession) (none csta.Empty, err error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	h.release()
	return none, nil
}

func sessionIDs(h *session, _ csta.GetSessionIDList) (csta.SessionIDs, error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	reply := csta.SessionIDs{Sessions: []string{}}
	for _, other := range h.server.sessions {
		if other.user == h.user {
			reply.Sessions = append(reply.Sessions, other.id)
		}
	}
	slices.Sort(reply.Sessions)
	return reply, nil
}

// sibling finds a session of the same user; "" is the session itself. The caller holds
// the server's mu.
func (h *session) sibling(id string) (*session, error) {
	if id == "" {
		return h, nil
	}
	other := h.server.sessions[id]
	if other == nil || other.user != h.user {
		return nil, csta.Refuse(csta.InvalidSessionID)
	}
	return other, nil
}

// tell delivers an event to the session's own monitors that want it. The caller holds
// the server's mu.
func (h *session) tell(wanted func(*csta.DeviceServicesFilter) *bool,
	ev func(csta.Monitored) csta.Event,
) {
	for _, m := range h.monitorsInOrder() {
		if !m.ofSession() {
			continue
		}
		if w := wanted(m.req.Avaya.DeviceServices); w != nil && *w {
			h.deliver(ev(csta.Monitored{CrossRefID: m.ref}))
		}
	}
}

// monitorsInOrder are those of the session, the oldest first.
func (h *session) monitorsInOrder() []*monitor {
	h.forgetOver()
	list := make([]*monitor, 0, len(h.monitors))
	for _, m := range h.monitors {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b *monitor) int {
		return cmp.Or(cmp.Compare(len(a.ref), len(b.ref)), cmp.Compare(a.ref, b.ref))
	})
	return list
}

func deviceIDList(h *session, req csta.GetDeviceIDList) (none csta.SessionRef, err error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	of, err := h.sibling(req.SessionID)
	if err != nil {
		return none, err
	}
	devices := []csta.DeviceID{}
	for _, c := range of.claims {
		devices = append(devices, c.id)
	}
	slices.Sort(devices)
	h.tell(func(f *csta.DeviceServicesFilter) *bool { return f.DeviceIDs },
		func(m csta.Monitored) csta.Event {
			return csta.DeviceIDList{
				Monitored: m, Sequence: "1", SessionID: of.id, Final: true, Devices: devices,
			}
		})
	return csta.SessionRef{SessionID: of.id}, nil
}

func monitorList(h *session, req csta.GetMonitorList) (none csta.SessionRef, err error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	of, err := h.sibling(req.SessionID)
	if err != nil {
		return none, err
	}
	data := dataOf(of.monitorsInOrder())
	h.tell(func(f *csta.DeviceServicesFilter) *bool { return f.Monitors },
		func(m csta.Monitored) csta.Event {
			return csta.MonitorList{
				Monitored: m, Sequence: "1", SessionID: of.id, Final: true, Monitors: data,
			}
		})
	return csta.SessionRef{SessionID: of.id}, nil
}

// dataOf tells monitors as lists do. Those of sessions are not in it.
func dataOf(monitors []*monitor) []csta.MonitorObjectData {
	data := []csta.MonitorObjectData{}
	for _, m := range monitors {
		if m.ofSession() {
			continue
		}
		data = append(data, csta.MonitorObjectData{
			Object: m.req.Object, Type: m.req.Type,
			Monitors: []csta.MonitorStarted{
				{CrossRefID: m.ref, Filter: m.req.Filter, Avaya: m.req.Avaya},
			},
		})
	}
	return data
}

// transferMonitors moves what one session of the user holds to the session that asks.
// Monitors keep their numbers.
func transferMonitors(h *session, req csta.TransferMonitorObjects) (
	none csta.MonitorTransfer, err error,
) {
	s := h.server
	s.mu.Lock()
	defer s.mu.Unlock()
	from, err := h.sibling(req.From)
	if err != nil {
		return none, err
	}
	to, err := h.sibling(req.To)
	if err != nil || to != h || from == h {
		return none, csta.Refuse(csta.InvalidSessionID)
	}
	if len(from.monitors)+len(h.monitors) > s.opts.Limits.SessionMonitors {
		return none, csta.Refuse(csta.ObjectMonitorLimit)
	}
	moved := dataOf(from.monitorsInOrder())
	from.handOver(h)
	h.tell(func(f *csta.DeviceServicesFilter) *bool { return f.Transfer },
		func(m csta.Monitored) csta.Event {
			return csta.MonitorObjectsTransferred{
				Monitored: m, Sequence: "1", From: from.id, To: h.id, Final: true,
				Monitors: moved,
			}
		})
	return csta.MonitorTransfer{From: from.id, To: h.id}, nil
}

// handOver gives devices, monitors and registrations to another session. The caller
// holds the server's mu.
func (h *session) handOver(to *session) {
	for ref, m := range h.monitors {
		if m.ofSession() {
			continue
		}
		m.holder.Store(to)
		to.monitors[ref] = m
		delete(h.monitors, ref)
	}
	for key, c := range h.claims {
		delete(c.holders, h)
		delete(h.claims, key)
		c.holders[to] = true
		to.claims[key] = c
	}
	// Owners that hold nothing stay behind, or they would add up.
	idle := func(o *owner) bool {
		return !slices.ContainsFunc(h.server.exchanges, func(at *exchange) bool {
			return at.Holds(o)
		})
	}
	to.owners = append(to.owners[:1:1], slices.DeleteFunc(to.owners[1:], idle)...)
	to.owners = append(to.owners, slices.DeleteFunc(h.owners, idle)...)
	h.owners = []*owner{{}}
}
