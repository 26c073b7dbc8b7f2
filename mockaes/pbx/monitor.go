package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/filter"
)

// monitor is one subscription to events.
type monitor struct {
	ref     csta.MonitorCrossRefID
	dev     *device // what it was started for; nil if that is a call
	call    *call   // the call it was started for, as long as it lasts
	follows bool    // keeps reporting on calls that have left the device
	filter  filter.Filter
	deliver func(csta.Event)
}

// Monitor starts a monitor of a device or a call, whose events carry ref. deliver is
// called in the order of events while the switch is locked: it must only enqueue.
// When stop has returned it is not called any more.
//
// A monitor of type call on a device follows each call that touches the device to
// its end; any other reports on the device's own calls. A monitor of a skill tells
// of its agents.
func (s *Switch) Monitor(
	req csta.MonitorStart, ref csta.MonitorCrossRefID, deliver func(csta.Event),
) (stop func(), err error) {
	s.mu.Lock()
	defer s.unlock()
	m := &monitor{ref: ref, deliver: deliver, filter: filter.New(req, s.features.FilterSuppresses)}
	if req.Object.Call != nil {
		c := s.calls[req.Object.Call.Call]
		if c == nil {
			return nil, csta.Refuse(csta.InvalidCallID)
		}
		m.call, m.follows = c, true
		c.follow(m)
		return func() { s.stopMonitor(m) }, nil
	}
	d := s.device(req.Object.Device)
	switch {
	case d == nil:
		return nil, csta.Refuse(csta.InvalidDeviceID)
	case d.kind == announcementKind:
		return nil, csta.Refuse(csta.InvalidMonitorObject)
	}
	switch req.Type {
	case "", csta.DeviceMonitor:
	case csta.CallMonitor:
		m.follows = true
	default:
		return nil, csta.Refuse(csta.InvalidParameterValue)
	}
	m.dev = d
	d.monitors = append(d.monitors, m)
	for _, p := range d.parties {
		if m.follows {
			p.call.follow(m)
		}
	}
	return func() { s.stopMonitor(m) }, nil
}

// ChangeMonitorFilter replaces the standard part of a monitor's filter. What the
// monitor was started with decides what its members mean.
func (s *Switch) ChangeMonitorFilter(
	req csta.ChangeMonitorFilter,
) (csta.MonitorFilterChanged, error) {
	s.mu.Lock()
	defer s.unlock()
	m := s.monitorOf(req.CrossRefID)
	if m == nil {
		return csta.MonitorFilterChanged{}, csta.Refuse(csta.InvalidMonitorCrossRefID)
	}
	m.filter = m.filter.With(req.Filter)
	return csta.MonitorFilterChanged{Filter: req.Filter}, nil
}

// monitorOf finds a monitor, nil if there is none of that number.
func (s *Switch) monitorOf(ref csta.MonitorCrossRefID) *monitor {
	is := func(m *monitor) bool { return m.ref == ref }
	for _, d := range s.devices {
		if i := slices.IndexFunc(d.monitors, is); i >= 0 {
			return d.monitors[i]
		}
	}
	for _, c := range s.order {
		if i := slices.IndexFunc(c.followers, is); i >= 0 {
			return c.followers[i]
		}
	}
	return nil
}

func (s *Switch) stopMonitor(m *monitor) {
	s.mu.Lock()
	defer s.unlock()
	if m.dev != nil {
		m.dev.monitors = without(m.dev.monitors, m)
	}
	for _, c := range s.order {
		c.followers = without(c.followers, m)
	}
	m.deliver = func(csta.Event) {}
}

// follow lets a monitor report on the call to its end.
func (c *call) follow(m *monitor) {
	if !slices.Contains(c.followers, m) {
		c.followers = append(c.followers, m)
	}
}

// forget ends a monitor of one call when that is over.
func (m *monitor) forget(c *call) {
	if m.call == c {
		m.call = nil
		m.send(csta.MonitorStopped{
			Monitored: csta.Monitored{CrossRefID: m.ref}, Cause: csta.CauseNormalClearing,
		})
	}
}

// send delivers an event unless the filter holds it back.
func (m *monitor) send(ev csta.Event) {
	if m.filter.Passes(ev) {
		m.deliver(ev)
	}
}

// local is the state of the monitored device's own connection in a call; empty for
// a monitor that follows a call in which the device has no part (any more).
func (m *monitor) local(c *call) csta.ConnectionState {
	if m.dev == nil {
		return ""
	}
	if p := c.partyOf(m.dev); p != nil {
		return p.state
	}
	return ""
}

func (m *monitor) header(c *call, cause csta.EventCause) csta.CallEvent {
	return csta.CallEvent{
		Monitored: csta.Monitored{CrossRefID: m.ref},
		Local:     m.local(c), Cause: cause, Linkage: csta.Linkage(c.ucid),
		UserData: c.userData(), History: c.history,
	}
}

// event makes the copy of an event for one monitor from its header.
type event func(csta.CallEvent) csta.Event

// tell gives an event to the monitors of every party of the call, in the order in
// which the parties came, then to those that follow the call.
func (s *Switch) tell(c *call, cause csta.EventCause, ev event) {
	for _, p := range c.parties {
		if !p.absent {
			p.tellOwn(c, cause, ev)
		}
		if p.dev.kind == stationKind {
			s.tellBridges(p, cause, ev)
		}
	}
	s.tellFollowers(c, cause, ev)
}

// tellOwn gives an event to the device monitors of one party.
func (p *party) tellOwn(c *call, cause csta.EventCause, ev event) {
	for _, m := range p.dev.monitors {
		if !m.follows {
			m.send(ev(m.header(c, cause)))
		}
	}
}

func (s *Switch) tellFollowers(c *call, cause csta.EventCause, ev event) {
	for _, m := range c.followers {
		m.send(ev(m.header(c, cause)))
	}
}
