package mockaes

import (
	"strconv"
	"sync/atomic"

	"github.com/wtiphone/wtiphone/csta"
)

// monitor is one subscription of a session, to a device, a call or the session itself.
type monitor struct {
	ref    csta.MonitorCrossRefID
	req    csta.MonitorStart
	at     *exchange
	holder atomic.Pointer[session] // written under the server's mu
	over   atomic.Bool             // the switch has ended it
	stop   func()                  // at the switch; guarded by the server's mu
	holds  csta.DeviceID           // whose licence it holds, if any; guarded by that, too
}

// deliver passes an event on, unless AES has no link to the switch that it could come
// over: then it is lost. The switch calls it while it is locked.
func (m *monitor) deliver(ev csta.Event) {
	if !m.at.linkDown.Load() {
		m.holder.Load().deliver(ev)
	}
	if _, ended := ev.(csta.MonitorStopped); ended {
		m.over.Store(true)
	}
}

// ofSession reports whether the monitor is for lists of what sessions hold.
func (m *monitor) ofSession() bool {
	return m.req.Object.Device == "" && m.req.Object.Call == nil &&
		m.req.Avaya.DeviceServices != nil
}

// startMonitor reports the events of a device or call to the session from now on.
func startMonitor(h *session, at *exchange, req csta.MonitorStart) (any, error) {
	device, service := req.Object.Device, monitorService
	if req.Object.Call != nil {
		device, service = req.Object.Call.Device, monitorCallService
	}
	if device != "" {
		if err := h.mayControl(device); err != nil {
			return nil, err
		}
	}
	return h.licensed(service, device, func() (any, error) {
		return h.beginMonitor(at, req, h.server.licenceFor(service, device))
	})
}

// beginMonitor is startMonitor for a session that has the licence for it, if any.
func (h *session) beginMonitor(
	at *exchange, req csta.MonitorStart, licence csta.DeviceID,
) (none csta.MonitorStarted, err error) {
	said := req.Avaya
	if h.server.dialect.NoInvert {
		req.Avaya.Invert = nil
	}
	if h.server.dialect.DropsInvert {
		said.Invert = nil
	}
	m, err := h.reserveMonitor(at, req)
	if err != nil {
		return none, err
	}
	if !m.ofSession() {
		if err := h.connectMonitor(m, licence); err != nil {
			h.releaseMonitor(m.ref)
			return none, err
		}
	}
	return csta.MonitorStarted{CrossRefID: m.ref, Filter: req.Filter, Avaya: said}, nil
}

// reserveMonitor counts a monitor in and gives it a number.
func (h *session) reserveMonitor(at *exchange, req csta.MonitorStart) (*monitor, error) {
	s := h.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.monitors >= s.opts.Limits.Monitors || len(h.monitors) >= s.opts.Limits.SessionMonitors {
		h.forgetOver()
	}
	switch {
	case h.ended:
		return nil, csta.Refuse(csta.InvalidSessionID)
	case s.monitors >= s.opts.Limits.Monitors:
		return nil, csta.Refuse(csta.MonitorLimit)
	case len(h.monitors) >= s.opts.Limits.SessionMonitors:
		return nil, csta.Refuse(csta.ObjectMonitorLimit)
	}
	s.monitors++
	s.lastRef++
	m := &monitor{
		ref: csta.MonitorCrossRefID(strconv.FormatUint(s.lastRef, 10)), req: req,
		at: at, stop: func() {},
	}
	m.holder.Store(h)
	h.monitors[m.ref] = m
	return m, nil
}

// forgetOver drops the monitors that the switch has ended. The caller holds mu.
func (h *session) forgetOver() {
	for _, m := range h.monitors {
		if m.over.Load() {
			h.drop(m)
		}
	}
}

// drop takes a monitor off the session's list, and gives its licence back. The caller
// holds mu.
func (h *session) drop(m *monitor) {
	delete(h.monitors, m.ref)
	h.server.monitors--
	if m.holds != "" {
		h.server.licences.unmonitor(m.holds)
		m.holds = ""
	}
}

// connectMonitor starts the monitor at the switch. It keeps the licence that the request
// has, if it needed any.
func (h *session) connectMonitor(m *monitor, licence csta.DeviceID) error {
	stop, err := m.at.Monitor(m.req, m.ref, m.deliver)
	if err != nil {
		return err
	}
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if h.monitors[m.ref] != m { // the session has ended meanwhile
		stop()
		return csta.Refuse(csta.InvalidSessionID)
	}
	m.stop = stop
	if m.holds = licence; licence != "" {
		h.server.licences.monitor(licence)
	}
	return nil
}

// releaseMonitor takes a monitor off the session's list.
func (h *session) releaseMonitor(ref csta.MonitorCrossRefID) (m *monitor, known bool) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	m, known = h.monitors[ref]
	if known {
		h.drop(m)
	}
	return m, known
}

// changeFilter replaces the filter of a monitor of the session's own.
func changeFilter(h *session, req csta.ChangeMonitorFilter) (
	reply csta.MonitorFilterChanged, err error,
) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	m := h.monitors[req.CrossRefID]
	switch {
	case m == nil || m.over.Load():
		return reply, csta.Refuse(csta.InvalidMonitorCrossRefID)
	case m.ofSession():
		return reply, csta.Refuse(csta.InvalidMonitorObject)
	case m.at.linked() != nil:
		return reply, m.at.linked()
	}
	if reply, err = m.at.ChangeMonitorFilter(req); err == nil {
		m.req.Filter = &req.Filter
	}
	return reply, err
}

func stopMonitor(h *session, req csta.MonitorStop) (none csta.Empty, err error) {
	m, known := h.releaseMonitor(req.CrossRefID)
	if !known || m.over.Load() {
		return none, csta.Refuse(csta.InvalidMonitorCrossRefID)
	}
	m.stop()
	return none, nil
}
