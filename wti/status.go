package wti

import (
	"slices"
	"sync"
	"time"
)

// LinkState is what a session's connection is doing.
type LinkState string

// The states of a session's connection.
const (
	Connecting LinkState = "connecting" // the first connection is being made
	Live       LinkState = "live"       // requests are carried out, events come
	Healing    LinkState = "healing"    // the connection was lost and is being made anew
	Lost       LinkState = "lost"       // it is over: Why says the reason
)

// Status is the state of a session for programs and people to see.
type Status struct {
	State   LinkState
	Since   time.Time
	Why     error  // what ended the connection; nil while all is well
	Epoch   uint64 // counts the connections of the session, from 1
	Address string // of the AES that the session is at, or is trying
	Tries   int    // connections attempted since it was lost

	// CTI are the links of AES that [Options.CTILinks] names, in that order, as they are
	// known; it must not be written to.
	CTI []CTILink
}

// CTIDown is the first of the session's CTI links that is down.
func (st Status) CTIDown() (CTILink, bool) {
	i := slices.IndexFunc(st.CTI, func(l CTILink) bool { return l.State == CTIDown })
	if i < 0 {
		return CTILink{}, false
	}
	return st.CTI[i], true
}

// statusBox keeps the status and tells of its changes, in order.
type statusBox struct {
	order     sync.Mutex // held while listeners are told
	listeners map[int]func(Status)
	last      int

	mu  sync.Mutex
	now Status
}

func (b *statusBox) get() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

// set changes the status by f. Since moves only when the state does.
func (b *statusBox) set(f func(*Status)) {
	b.order.Lock()
	defer b.order.Unlock()
	b.mu.Lock()
	was := b.now.State
	f(&b.now)
	if b.now.State != was {
		b.now.Since = time.Now()
	}
	now := b.now
	b.mu.Unlock()
	for _, listener := range b.listeners {
		listener(now)
	}
}

func (b *statusBox) listen(f func(Status)) (stop func()) {
	b.order.Lock()
	defer b.order.Unlock()
	b.last++
	id := b.last
	if b.listeners == nil {
		b.listeners = make(map[int]func(Status))
	}
	b.listeners[id] = f
	f(b.get())
	return func() {
		b.order.Lock()
		defer b.order.Unlock()
		delete(b.listeners, id)
	}
}

// Status is what the session's connection is doing now.
func (s *Session) Status() Status { return s.status.get() }

// OnStatus calls f with the present status and with each change, in order, until
// stop is called; after stop returns f is not called any more. f must be quick and
// must not call stop or a method of the session that waits.
func (s *Session) OnStatus(f func(Status)) (stop func()) { return s.status.listen(f) }
