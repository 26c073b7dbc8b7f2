package wti

import (
	"context"
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
)

// FilterPolarity says what true means in the filter of a monitor (see
// [Session.MonitorOnly]). The session keeps to its user's choice of events in every
// polarity: what a server sends beyond it is dropped.
type FilterPolarity string

// The polarities of filters. Auto asks with true and invertFilter for what is wanted; a
// server whose answer does not confirm that is asked again without a filter.
const (
	FilterAuto   FilterPolarity = ""
	FilterWanted FilterPolarity = "wanted" // true asks for an event (DMCC samples)
	FilterCSTA   FilterPolarity = "csta"   // true holds an event back (ECMA-269)
	FilterNone   FilterPolarity = "none"   // no filter is sent; the session has it alone
)

// MonitorOnly is [Session.Monitor] for chosen events: values of their types, of which
// only the types matter. The filter of req is replaced. Events of other types do not
// reach the monitor's user, but for [Gap].
func (s *Session) MonitorOnly(ctx context.Context, req csta.MonitorStart, wanted ...csta.Event,
) (*Monitor, error) {
	m := &Monitor{
		session: s, request: req, queue: newQueue(s.o.Buffer),
		choice: &choice{events: wanted, names: make(map[string]bool)},
	}
	for _, ev := range wanted {
		m.choice.names[ev.EventName()] = true
	}
	return s.startMonitor(ctx, m)
}

// choice is what a monitor's user wants of its events. It does not change.
type choice struct {
	events []csta.Event
	names  map[string]bool
}

// wants reports whether an event is for the monitor's user.
func (m *Monitor) wants(ev csta.Event) bool {
	if _, gap := ev.(Gap); gap || m.choice == nil {
		return true
	}
	return m.choice.names[ev.EventName()]
}

// asked is the request of a monitor in a polarity.
func (m *Monitor) asked(p FilterPolarity) csta.MonitorStart {
	switch {
	case m.choice == nil:
		return m.request
	case p == FilterAuto, p == FilterWanted:
		return m.request.Wanting(m.choice.events...)
	case p == FilterCSTA:
		return m.request.Suppressing(m.choice.events...)
	}
	req := m.request
	req.Filter, req.Avaya = nil, csta.AvayaEvents{}
	return req
}

// polarity is how the next filter is to be sent.
func (d *dialect) polarity() FilterPolarity {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now.Filter
}

// doubts is what the answer to a filtered monitor leaves unconfirmed, nil for nothing.
// A filter that would be read the other way would hold back just what is wanted, so that
// a server that does not confirm it is asked for every event.
func (m *Monitor) doubts(p FilterPolarity, reply csta.MonitorStarted) error {
	if m.choice == nil || p != FilterAuto {
		return nil
	}
	for _, q := range quirks {
		if q.shown != nil && q.shown(reply) {
			m.session.dialect.distrust(q.Name)
			return fmt.Errorf("the answer shows the quirk %s", q.Name)
		}
	}
	for name := range m.choice.names {
		granted, known := csta.FilterMember(reply.Filter, &reply.Avaya, name)
		if known && granted != nil && !*granted {
			return fmt.Errorf("%s was not granted", name)
		}
	}
	return nil
}

// distrust has no filter sent from now on, because of a quirk.
func (d *dialect) distrust(quirk string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now.Filter = FilterNone
	d.finds(quirk)
}

// notInverted: the answer of a server that reads invertFilter says so (DMCC samples). The
// filter of an answer alone looks the same in both polarities.
func notInverted(reply csta.MonitorStarted) bool {
	return reply.Avaya.Invert == nil || !*reply.Avaya.Invert
}
