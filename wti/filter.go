package wti

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// FilterPolarity says what true means in the filter of a monitor (see
// [Session.MonitorOnly]). The session keeps to its user's choice of events in every
// polarity: what a server sends beyond it is dropped.
type FilterPolarity string

// The polarities of filters. Auto asks with true and invertFilter for what is wanted. A
// server whose answer does not confirm that, or that sends what is not wanted, is asked
// again without a filter; if events may have been missed until then, a [Gap] says so.
const (
	FilterAuto   FilterPolarity = ""
	FilterWanted FilterPolarity = "wanted" // true asks for an event (DMCC samples)
	FilterCSTA   FilterPolarity = "csta"   // true holds an event back (ECMA-269)
	FilterNone   FilterPolarity = "none"   // no filter is sent; the session has it alone
)

// MonitorOnly is [Session.Monitor] for chosen events: values of their types, of which
// only the types matter. The filter of req is replaced. Events of other types do not
// reach the monitor's user, but for [Gap] and [csta.MonitorStopped].
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
	switch ev.(type) {
	case Gap, csta.MonitorStopped:
		return true
	}
	return m.choice == nil || m.choice.names[ev.EventName()]
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

// relies remembers whether the server is to keep to a filter that was found out to be
// read as it was meant.
func (m *Monitor) relies(p FilterPolarity) {
	on := m.choice != nil && p == FilterAuto
	m.filter.Store(on)
	if on {
		m.since = time.Now()
		m.session.filtered.Store(true)
	}
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

// misread is the quirk of a server that sends just what a filter does not ask for.
const misread = "filter=echo"

// errMisread is the cause of a gap that a filter made.
var errMisread = errors.New("wti: the server sent what the monitor's filter does not ask for")

// verify looks at an event that a monitor got. One that its filter does not ask for
// shows that the server reads the filter in another way, and that what is wanted may have
// been held back.
func (s *Session) verify(l *link, ev Event) {
	if !s.filtered.Load() {
		return
	}
	m := s.routes.of(ev.CrossRef())
	if m == nil || m.choice == nil || m.wants(ev.Event) {
		return
	}
	if _, known := csta.FilterMember(nil, nil, ev.EventName()); known && m.filter.Swap(false) {
		s.dialect.distrust(misread)
		s.log.Info("filter was given up", "why", errMisread, "event", ev.EventName())
		l.wg.Go(func() { s.reopen(l, m) })
	}
}

// reopen asks for a monitor without a filter, ends the one that has it, and tells the
// gap. If the connection ends meanwhile its healing tells one; should the old monitor
// then go on, its next event is verified as this one was.
func (s *Session) reopen(l *link, m *Monitor) {
	ctx, cancel := s.bounded(context.Background())
	defer cancel()
	hold, old := m.hold(), m.CrossRef()
	gap := Gap{From: m.since, Cause: errMisread, Resumed: true}
	if _, err := m.ask(ctx, l, FilterNone); err != nil {
		m.filter.Store(l.cause() != nil)
		gap.Missing = append(gap.Missing, fmt.Errorf("wti: monitor without a filter: %w", err))
	} else {
		s.routes.leave(old, m)
		_, _ = doOn(ctx, s, l, csta.MonitorStop{CrossRefID: old})
		s.routes.disown(old)
	}
	gap = s.settle(ctx, l, m, gap)
	if l.cause() != nil {
		return
	}
	gap.To = time.Now()
	m.releaseFrom(hold, gap)
}
