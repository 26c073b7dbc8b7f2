package phone

import (
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// claim tells a phone's own registration from those of others. A monitor tells of every
// registration at its device, and does not say whose: one that is made throws out whoever
// had the station before, and the end of that is told as the end of one's own would be.
type claim struct {
	mu      sync.Mutex
	fresh   bool      // what is told may still be of the registration before
	granted time.Time // when; zero while it is asked for
}

// settled is how long after the answer the end of a registration may be that of the one
// before, where nothing tells that the own one has begun.
const settled = time.Second

// ask begins a claim.
func (c *claim) ask() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fresh, c.granted = true, time.Time{}
}

// answer tells what became of it.
func (c *claim) answer(granted bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fresh, c.granted = c.fresh && granted, time.Now()
}

// begun says that what is told from now on is of the phone's own registration.
func (c *claim) begun() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fresh = false
}

// isFresh reports whether what was told at that time may be of the registration before.
func (c *claim) isFresh(at time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fresh && (c.granted.IsZero() || at.Sub(c.granted) < settled)
}

// after is the audio's state behind an event that makes it now.
func (m Media) after(now Media, ev csta.Event) Media {
	switch ev.(type) {
	case csta.EndpointRegistered, csta.TerminalReregistered:
		return now
	}
	now.Registered = now.Registered && m.Registered
	if m.Unregistered && !now.Active { // a stream that ends changes nothing
		now.Unregistered, now.Trouble = true, m.Trouble
	}
	return now
}
