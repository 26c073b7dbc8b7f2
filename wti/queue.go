package wti

import (
	"context"
	"sync"
)

// queue is a bounded line of events between the session's reader, who never waits,
// and one consumer. Past the bound it ends with [ErrTooSlow]: what was given up is
// said, never dropped in silence.
type queue struct {
	limit int
	wake  chan struct{} // room for one; only push and end send

	mu    sync.Mutex
	items []Event
	head  int
	bytes int   // of the payloads in line
	ended error // why nothing more will come; what is in line is still delivered
}

// maxQueued bounds the payloads in a line, in bytes. Events of a thousand bytes reach
// the bound on their number first.
const maxQueued = 16 << 20

func newQueue(limit int) *queue {
	return &queue{limit: limit, wake: make(chan struct{}, 1)}
}

func (q *queue) push(ev Event) {
	q.mu.Lock()
	switch {
	case q.ended != nil:
	case len(q.items)-q.head >= q.limit, q.bytes+len(ev.Payload) > maxQueued:
		q.items, q.head, q.bytes, q.ended = nil, 0, 0, ErrTooSlow
	default:
		q.items = append(q.items, ev)
		q.bytes += len(ev.Payload)
	}
	q.mu.Unlock()
	q.rouse()
}

// end tells the consumer that nothing more will come, once the line is empty.
func (q *queue) end(err error) {
	q.mu.Lock()
	if q.ended == nil {
		q.ended = err
	}
	q.mu.Unlock()
	q.rouse()
}

func (q *queue) rouse() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// next waits for an event, the end of the line, or the context.
func (q *queue) next(ctx context.Context) (Event, error) {
	for {
		if ev, err, ok := q.take(); ok {
			return ev, err
		}
		select {
		case <-q.wake:
		case <-ctx.Done():
			return Event{}, ctx.Err()
		}
	}
}

func (q *queue) take() (ev Event, err error, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.head == len(q.items) {
		return Event{}, q.ended, q.ended != nil
	}
	ev = q.items[q.head]
	q.items[q.head] = Event{} // the payload must not outlive its delivery
	q.bytes -= len(ev.Payload)
	q.head++
	if q.head == len(q.items) {
		q.items, q.head = q.items[:0], 0
	}
	return ev, nil, true
}
