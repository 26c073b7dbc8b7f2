package wti

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// ctiLinks is what is known of the links that a session follows. The reader writes what
// it hears into it and wakes the session's run, which does the rest. No other lock is
// taken while its own is held.
type ctiLinks struct {
	wake chan struct{} // room for one

	mu      sync.Mutex
	list    []ctiLink
	asks    bool // AES is to be asked
	way     int  // how, an index into ways; behind the last one it tells nothing
	proven  bool // that way has worked
	falls   int  // how often a link went down
	accused []accused
	ripe    int // how many of them the last question was about
}

// ctiLink is a link that is followed.
type ctiLink struct {
	CTILink
	register string    // the name of our registration for its status, "" for none
	missed   time.Time // events have been missed since then; zero for none
	told     int       // how many events have told of it
}

// accused is a monitor that AES stopped. If a link was lost then, that is why, and the
// monitor goes on with it.
type accused struct {
	monitor *Monitor
	falls   int // at that time
	down    bool
}

func newCTILinks(switches []string) *ctiLinks {
	b := &ctiLinks{wake: make(chan struct{}, 1), asks: len(switches) > 0}
	for _, name := range switches {
		b.list = append(b.list, ctiLink{CTILink: CTILink{Switch: name}})
	}
	if b.asks {
		b.rouse()
	}
	return b
}

func (b *ctiLinks) rouse() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// hear takes in what an event says of links, if it does.
func (b *ctiLinks) hear(ev csta.Event, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case csta.LinkUp:
		b.note(ev.Link, "", CTIUp, at)
	case csta.LinkDown:
		b.note(ev.Link, "", CTIDown, at)
	case csta.SystemStatus:
		for _, l := range ev.Private.TLinks {
			b.note(l.Switch, "", tlinkState(l.State), at)
		}
		if len(ev.Private.TLinks) == 0 && ev.Register != "" {
			b.note("", ev.Register, systemState(ev.Status), at)
		}
	}
}

// told is how many events have told of a link, for [ctiLinks.learn].
func (b *ctiLinks) told(i int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.list[i].told
}

// learn takes in what an answer says of a link, unless an event has told of it since the
// question: that is as new, or another follows.
func (b *ctiLinks) learn(i, told int, state CTIState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.list[i].told == told {
		b.turn(&b.list[i], state, time.Now())
	}
}

// note takes in the state of a link from an event, which calls it by its switch or by our
// registration for its status. The caller holds mu.
func (b *ctiLinks) note(name, register string, state CTIState, at time.Time) {
	for i := range b.list {
		l := &b.list[i]
		named := name != "" && strings.EqualFold(l.Switch, name)
		if named || register != "" && l.register == register {
			l.told++
			b.turn(l, state, at)
		}
	}
}

// turn changes the state of a link, if it is known and another. The caller holds mu.
func (b *ctiLinks) turn(l *ctiLink, state CTIState, at time.Time) {
	if state == CTIUnknown || l.State == state {
		return
	}
	l.State, l.Since = state, at
	if state == CTIDown {
		b.falls++
		if l.missed.IsZero() {
			l.missed = at
		}
	}
	b.rouse()
}

// tlinkState is the state of a link in DMCC's words.
func tlinkState(s csta.TLinkState) CTIState {
	switch s {
	case csta.TLinkUp:
		return CTIUp
	case csta.TLinkDown, csta.TLinkUnavailable:
		return CTIDown
	}
	return CTIUnknown
}

// systemState is what the status of a system says of its link where nothing else does:
// TSAPI's system status is that of the link (general knowledge).
func systemState(s csta.SystemStatusValue) CTIState {
	switch s {
	case csta.SystemNormal:
		return CTIUp
	case csta.SystemDisabled:
		return CTIDown
	}
	return CTIUnknown
}

// known are the links as they are.
func (b *ctiLinks) known() []CTILink {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []CTILink
	for _, l := range b.list {
		list = append(list, l.CTILink)
	}
	return list
}

// down is the link to a device's switch if that is down; a device that names no switch
// may be at any.
func (b *ctiLinks) down(device csta.DeviceID) (CTILink, bool) {
	return b.downTo(device.SwitchName())
}

// downTo is the link to a switch if that is down; "" is any switch.
func (b *ctiLinks) downTo(name string) (CTILink, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.list, func(l ctiLink) bool {
		return l.State == CTIDown && (name == "" || strings.EqualFold(name, l.Switch))
	})
	if i < 0 {
		return CTILink{}, false
	}
	return b.list[i].CTILink, true
}

// accuse keeps a monitor that AES stopped until it is known whether a link is to blame.
// It reports false where that cannot be known: then the monitor is over.
func (b *ctiLinks) accuse(m *Monitor) bool {
	device := m.device()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.way == len(ways) || device == "" {
		return false
	}
	i := slices.IndexFunc(b.list, func(l ctiLink) bool { return l.serves(device) })
	if i < 0 {
		return false
	}
	b.accused = append(b.accused, accused{m, b.falls, b.list[i].State == CTIDown})
	b.asks = true
	b.rouse()
	return true
}

// unclear reports whether AES is to be asked.
func (b *ctiLinks) unclear() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asks
}

// question begins a question to AES, which decides about the monitors that are accused
// now.
func (b *ctiLinks) question() (way int, proven bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asks, b.ripe = false, len(b.accused)
	return b.way, b.proven
}

// answered notes whether a way works. It reports whether another is to be tried.
func (b *ctiLinks) answered(works bool) (again bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	again = !works && !b.proven
	b.proven = b.proven || works
	if again {
		b.way++
	}
	return again
}

// condemned are the monitors that were stopped for a reason of their own, as far as AES
// was asked about them.
func (b *ctiLinks) condemned() (all []*Monitor) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, a := range b.accused[:b.ripe] {
		if !a.down && a.falls == b.falls {
			all = append(all, a.monitor)
		}
	}
	b.accused, b.ripe = slices.Clone(b.accused[b.ripe:]), 0
	return all
}

// back are the links that are up again and over which events have been missed, and
// since when.
func (b *ctiLinks) back() (links []CTILink, since time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.list {
		if l.State != CTIUp || l.missed.IsZero() {
			continue
		}
		links = append(links, l.CTILink)
		if since.IsZero() || l.missed.Before(since) {
			since = l.missed
		}
	}
	return links, since
}

// madeUp notes that what was missed over links has been made up for, unless they went
// down again meanwhile.
func (b *ctiLinks) madeUp(links []CTILink) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range b.list {
		if slices.Contains(links, b.list[i].CTILink) {
			b.list[i].missed = time.Time{}
		}
	}
}

// explain adds to the failure of a request that the link to its switch is down, if it is;
// a request that names no switch may need any. What the client itself did not do, or what
// a lost connection explains, stays as it is.
func (b *ctiLinks) explain(err error, req csta.Message) error {
	if _, refused := errors.AsType[*csta.Fault](err); !refused &&
		!errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	link, is := b.downTo(switchOf(req))
	if !is {
		return err
	}
	return &CTIError{Link: link, Err: err}
}
