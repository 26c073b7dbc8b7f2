package link

import (
	"slices"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// Link carries messages one way.
type Link[M any] struct {
	clock   clock.Clock
	arrives func()

	mu   sync.Mutex // no other lock is taken while it is held, but the clock's
	over bool
	sent []Flight[M] // the first to arrive first
}

// Flight is a message on its way.
type Flight[M any] struct {
	Message M
	Due     time.Time
	timer   clock.Timer
}

// New returns a link with nothing on it. arrives is called by the clock, once for each
// message, on whatever goroutine the clock has: it takes the first message off the link,
// whichever the timer was for.
func New[M any](c clock.Clock, arrives func()) *Link[M] {
	return &Link[M]{clock: c, arrives: arrives}
}

// Send puts a message on its way, to arrive after a time. On a closed link it is lost.
func (l *Link[M]) Send(m M, after time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.sent = append(l.sent, Flight[M]{
			m, l.clock.Now().Add(after), l.clock.AfterFunc(after, l.arrives),
		})
	}
}

// Take takes off the message that was sent first; false if there is none.
func (l *Link[M]) Take() (m M, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over || len(l.sent) == 0 {
		return m, false
	}
	m = l.sent[0].Message
	l.sent = l.sent[1:]
	return m, true
}

// Close loses what is on its way.
func (l *Link[M]) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	for _, f := range l.sent {
		f.timer.Stop()
	}
	l.sent = nil
}

// OnTheWay is what has been sent and has not arrived, in the order of arrival.
func (l *Link[M]) OnTheWay() []Flight[M] {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.sent)
}
