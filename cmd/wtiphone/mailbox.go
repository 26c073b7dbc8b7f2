package main

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/wti"
)

// mailbox sees whether AES delivers events over REST, to an address of this host that it
// may not reach: requests are answered all the same, and calls stay unseen. Over a
// WebSocket there is none, and a nil mailbox does nothing.
type mailbox struct {
	address string // that AES was told
	came    chan struct{}
	first   sync.Once
	quit    chan struct{}
	wg      sync.WaitGroup
}

// deliveryTime is how long the first event may take before that is told. Those of a
// registration and of a call come within a second.
const deliveryTime = 10 * time.Second

// expectEvents has a session's events noticed, if it is to be one over REST.
func (t *target) expectEvents() *mailbox {
	if !strings.HasPrefix(t.AES, "http") {
		return nil
	}
	m := &mailbox{
		address: cmp.Or(t.options.REST.URL, t.options.REST.Listen, "this host's loopback"),
		came:    make(chan struct{}), quit: make(chan struct{}),
	}
	t.options.Tap = func(wti.Event) { m.first.Do(func() { close(m.came) }) }
	return m
}

// watch tells if nothing has come after a while.
func (m *mailbox) watch(tell func(text string)) {
	if m == nil {
		return
	}
	m.wg.Go(func() {
		select {
		case <-m.came:
		case <-m.quit:
		case <-time.After(deliveryTime):
			tell(fmt.Sprintf("no event came at %s in %v: if AES cannot reach that, no call is "+
				"seen; check --rest-url, --rest-listen and firewalls", m.address, deliveryTime))
		}
	})
}

// Close ends the watch.
func (m *mailbox) Close() error {
	if m != nil {
		close(m.quit)
		m.wg.Wait()
	}
	return nil
}
