package mockaes

import (
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// startMonitor reports the events of a device or call to the session from now on.
func startMonitor(h *session, req csta.MonitorStart) (none csta.MonitorStarted, err error) {
	device := req.Object.Device
	if req.Object.Call != nil {
		device = req.Object.Call.Device
	}
	if device != "" {
		if err := h.mayControl(device); err != nil {
			return none, err
		}
	}
	ref, err := h.reserveMonitor()
	if err != nil {
		return none, err
	}
	stop, err := h.server.pbx.Monitor(req, ref, h.deliver)
	if err != nil {
		h.releaseMonitor(ref)
		return none, err
	}
	if !h.keepMonitor(ref, stop) {
		stop()
		return none, csta.Refuse(csta.InvalidSessionID)
	}
	return csta.MonitorStarted{CrossRefID: ref, Filter: req.Filter, Avaya: req.Avaya}, nil
}

// reserveMonitor counts a monitor in and gives it a number.
func (h *session) reserveMonitor() (csta.MonitorCrossRefID, error) {
	s := h.server
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.monitors >= s.opts.Limits.Monitors:
		return "", csta.Refuse(csta.MonitorLimit)
	case len(h.monitors) >= s.opts.Limits.SessionMonitors:
		return "", csta.Refuse(csta.ObjectMonitorLimit)
	}
	s.monitors++
	s.lastRef++
	ref := csta.MonitorCrossRefID(strconv.FormatUint(s.lastRef, 10))
	h.monitors[ref] = func() {}
	return ref, nil
}

// keepMonitor remembers how to stop a monitor; false if the session has ended.
func (h *session) keepMonitor(ref csta.MonitorCrossRefID, stop func()) bool {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if h.ended {
		return false
	}
	h.monitors[ref] = stop
	return true
}

// releaseMonitor takes a monitor off the session's list and returns how to stop it.
func (h *session) releaseMonitor(ref csta.MonitorCrossRefID) (stop func(), known bool) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	stop, known = h.monitors[ref]
	if known {
		delete(h.monitors, ref)
		h.server.monitors--
	}
	return stop, known
}

func stopMonitor(h *session, req csta.MonitorStop) (none csta.Empty, err error) {
	stop, known := h.releaseMonitor(req.CrossRefID)
	if !known {
		return none, csta.Refuse(csta.InvalidMonitorCrossRefID)
	}
	stop()
	return none, nil
}
