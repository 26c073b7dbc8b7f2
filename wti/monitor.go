package wti

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Event is one event as it arrived.
type Event struct {
	csta.Event
	Payload []byte    // as the server sent it; empty for what the session says itself
	At      time.Time // when it was read
}

// Monitor is a stream of events about one device or call. The handle stays the same
// for its user whatever cross-reference id the server gives it, and over every
// reconnection.
type Monitor struct {
	session *Session
	request csta.MonitorStart
	queue   *queue
	choice  *choice     // what its user wants; nil for everything
	since   time.Time   // when its filter was confirmed
	filter  atomic.Bool // the server is to keep to a filter, which is not certain

	mu      sync.Mutex
	ref     csta.MonitorCrossRefID // "" while the server has none for it
	holding bool                   // events wait in held for a gap to be told
	holds   int                    // how often that has begun
	held    []Event
	bytes   int   // of the payloads in held
	failure error // why it could not be restored
	quit    bool  // its user has stopped it
}

// Monitor starts a monitor and returns when the server has confirmed it. A nil
// filter asks for every event, the only request that all readings of the protocol
// agree on. [Session.MonitorOnly] is for fewer.
func (s *Session) Monitor(ctx context.Context, req csta.MonitorStart) (*Monitor, error) {
	return s.startMonitor(ctx, &Monitor{session: s, request: req, queue: newQueue(s.o.Buffer)})
}

func (s *Session) startMonitor(ctx context.Context, m *Monitor) (*Monitor, error) {
	l, err := s.current()
	if err == nil {
		err = m.start(ctx, l)
	}
	if err != nil {
		m.giveUp(l)
		return nil, fmt.Errorf("wti: %s: %w", m.request.Service(), s.links.explain(err, m.request))
	}
	return m, nil
}

// giveUp makes sure that nothing is left of a monitor that its user was not given:
// the answer may have come just when the wait for it ended.
func (m *Monitor) giveUp(l *link) {
	m.session.routes.remove(m)
	if ref := m.CrossRef(); ref != "" && l != nil {
		ctx, cancel := context.WithTimeout(context.Background(), farewell)
		defer cancel()
		_, _ = doOn(ctx, m.session, l, csta.MonitorStop{CrossRefID: ref})
	}
}

// start asks for the monitor, and once more without a filter if the answer leaves
// doubts about how the server reads it.
func (m *Monitor) start(ctx context.Context, l *link) error {
	p := m.session.dialect.polarity()
	doubts, err := m.ask(ctx, l, p)
	if err != nil || doubts == nil {
		return err
	}
	m.session.log.Info("filter was given up", "why", doubts)
	_, err = m.ask(ctx, l, FilterNone)
	return err
}

// ask sends the request with a filter in a polarity. The cross-reference id is put on
// the route while the answer is still on the reader's goroutine, so that no event behind
// it can be lost; a monitor whose filter is in doubt is ended instead.
func (m *Monitor) ask(ctx context.Context, l *link, p FilterPolarity) (doubts, err error) {
	var reply csta.MonitorStarted
	var failure error
	payload, err := m.session.request(ctx, l, m.asked(p), func(payload []byte) {
		if failure = csta.Decode(payload, &reply); failure != nil || reply.CrossRefID == "" {
			return
		}
		if doubts = m.doubts(p, reply); doubts == nil {
			m.relies(p)
			m.setRef(reply.CrossRefID)
			m.session.routes.add(reply.CrossRefID, m)
		}
	})
	switch {
	case err != nil:
		return nil, err
	case failure != nil:
		return nil, failure
	case reply.CrossRefID == "":
		return nil, fmt.Errorf("answer without a monitorCrossRefID: %.200q", payload)
	case doubts != nil:
		_, err = doOn(ctx, m.session, l, csta.MonitorStop{CrossRefID: reply.CrossRefID})
		if _, refused := errors.AsType[*csta.Fault](err); refused {
			err = nil // it goes on, for nobody
		}
		m.session.routes.disown(reply.CrossRefID)
	}
	return doubts, err
}

func (m *Monitor) setRef(ref csta.MonitorCrossRefID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ref = ref
}

// CrossRef is the id that the server knows the monitor by at present.
func (m *Monitor) CrossRef() csta.MonitorCrossRefID {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ref
}

// Events yields the monitor's events in order, and a [Gap] wherever some may have
// been missed. The sequence ends after an error: the context's, [ErrTooSlow],
// [ErrClosed], [ErrMonitorStopped], or why the session or the monitor could not be
// healed. One consumer at a time.
func (m *Monitor) Events(ctx context.Context) iter.Seq2[Event, error] {
	return m.queue.events(ctx)
}

func (q *queue) events(ctx context.Context) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for {
			ev, err := q.next(ctx)
			if !yield(ev, err) || err != nil {
				return
			}
		}
	}
}

// Stop ends the monitor at the server and here.
func (m *Monitor) Stop(ctx context.Context) error {
	m.mu.Lock()
	m.quit = true
	ref := m.ref
	m.mu.Unlock()
	m.session.routes.remove(m)
	m.queue.end(ErrClosed)
	if ref == "" {
		return nil // the server has stopped it already
	}
	_, err := Do(ctx, m.session, csta.MonitorStop{CrossRefID: ref})
	return err
}

// again starts the monitor anew, unless its user stops it meanwhile.
func (m *Monitor) again(ctx context.Context, l *link) error {
	err := m.start(ctx, l)
	m.mu.Lock()
	quit := m.quit
	m.mu.Unlock()
	if quit {
		m.giveUp(l)
		return nil
	}
	return err
}

// device is what is monitored, or where: of a call, a device in it.
func (m *Monitor) device() csta.DeviceID {
	if call := m.request.Object.Call; call != nil {
		return call.Device
	}
	return m.request.Object.Device
}

// push takes an event for the consumer, or holds it back while the session heals.
func (m *Monitor) push(ev Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case !m.holding:
		if m.wants(ev.Event) {
			m.queue.push(ev)
		}
	case len(m.held) >= m.queue.limit, m.bytes+len(ev.Payload) > maxQueued:
		m.queue.end(ErrTooSlow)
	default:
		m.held = append(m.held, ev)
		m.bytes += len(ev.Payload)
	}
}

// hold keeps events back from now on. It returns which time that is.
func (m *Monitor) hold() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.holding, m.held, m.bytes = true, nil, 0
	m.holds++
	return m.holds
}

// dropMoves forgets what a snapshot already has.
func (m *Monitor) dropMoves() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held = slices.DeleteFunc(m.held, func(ev Event) bool { return movesCalls(ev.Event) })
}

// moved reports whether calls changed since the snapshot.
func (m *Monitor) moved() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.held, func(ev Event) bool { return movesCalls(ev.Event) })
}

// fail makes err the reason why the monitor ends after its gap.
func (m *Monitor) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failure = err
}

func (m *Monitor) over() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.failure != nil
}

// release tells the gap, then what came after its snapshot.
func (m *Monitor) release(gap Gap) {
	m.mu.Lock()
	m.tell(gap)
	failure := m.failure
	m.mu.Unlock()
	if failure != nil {
		m.session.routes.remove(m)
		m.queue.end(failure)
	}
}

// releaseFrom is release, unless events have been held back once more since.
func (m *Monitor) releaseFrom(hold int, gap Gap) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.holds == hold && m.holding {
		m.tell(gap)
	}
}

// tell gives the gap and what was held to the consumer. The caller holds mu.
func (m *Monitor) tell(gap Gap) {
	m.queue.push(Event{Event: gap, At: gap.To})
	for _, ev := range m.held {
		if m.wants(ev.Event) {
			m.queue.push(ev)
		}
	}
	m.holding, m.held = false, nil
}
