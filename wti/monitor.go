package wti

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Event is one event as it arrived.
type Event struct {
	csta.Event
	Payload []byte    // as the server sent it; empty for what the session says itself
	At      time.Time // when it was read from the socket
}

// Monitor is a stream of events about one device or call. The handle stays the same
// for its user whatever cross-reference id the server gives it.
type Monitor struct {
	session *Session
	request csta.MonitorStart
	queue   *queue

	mu  sync.Mutex
	ref csta.MonitorCrossRefID // "" while the server has none for it
}

// Monitor starts a monitor and returns when the server has confirmed it. A nil
// filter asks for every event, the only request that all readings of the protocol
// agree on.
func (s *Session) Monitor(ctx context.Context, req csta.MonitorStart) (*Monitor, error) {
	m := &Monitor{session: s, request: req, queue: newQueue(s.o.Buffer)}
	if err := m.start(ctx); err != nil {
		return nil, fmt.Errorf("wti: %s: %w", req.Service(), err)
	}
	return m, nil
}

// start asks for the monitor. The cross-reference id is put on the route while the
// answer is still on the reader's goroutine, so that no event behind it can be lost.
func (m *Monitor) start(ctx context.Context) error {
	var reply csta.MonitorStarted
	var failure error
	payload, err := m.session.request(ctx, m.request, func(payload []byte) {
		if failure = csta.Decode(payload, &reply); failure == nil && reply.CrossRefID != "" {
			m.setRef(reply.CrossRefID)
			m.session.routes.add(reply.CrossRefID, m)
		}
	})
	switch {
	case err != nil:
		return err
	case failure != nil:
		return failure
	case reply.CrossRefID == "":
		return fmt.Errorf("answer without a monitorCrossRefID: %.200q", payload)
	}
	return nil
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

// Events yields the monitor's events in order. The sequence ends after an error:
// the context's, [ErrTooSlow], [ErrClosed], [ErrConnectionLost], or the reason why
// the server ended the monitor. One consumer at a time.
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
	ref := m.CrossRef()
	m.session.routes.remove(ref)
	m.queue.end(ErrClosed)
	_, err := Do(ctx, m.session, csta.MonitorStop{CrossRefID: ref})
	return err
}
