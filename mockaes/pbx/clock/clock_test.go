package clock

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func TestAVirtualClockRunsWhatIsDueInOrder(t *testing.T) {
	clock := NewVirtual(start)
	var order []string
	note := func(name string) func() { return func() { order = append(order, name) } }
	clock.AfterFunc(2*time.Second, note("late"))
	clock.AfterFunc(time.Second, func() {
		order = append(order, "early")
		clock.AfterFunc(500*time.Millisecond, note("in between"))
	})
	clock.AfterFunc(2*time.Second, note("later"))
	never := clock.AfterFunc(time.Second, note("never"))
	if !never.Stop() || never.Stop() {
		t.Error("a timer can be stopped once")
	}
	clock.Advance(2 * time.Second)
	if got := strings.Join(order, ", "); got != "early, in between, late, later" {
		t.Errorf("got %s", got)
	}
	if got := clock.Now(); !got.Equal(start.Add(2 * time.Second)) {
		t.Errorf("the clock shows %v", got)
	}
}

// owner has an agenda and notes what was done on it.
type owner struct {
	mu     sync.Mutex
	agenda *Agenda
	done   []string
}

func newOwner(c Clock) *owner {
	o := &owner{}
	o.agenda = NewAgenda(c, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.agenda.Run(func() { o.done = append(o.done, "then") })
	})
	return o
}

func (o *owner) add(name string, d time.Duration, turn uint64) *Entry {
	e := new(Entry)
	o.agenda.Add(e, d, turn, func() { o.done = append(o.done, name) })
	return e
}

func TestAnAgendaIsDoneInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		virtual := NewVirtual(start)
		sleep := func(d time.Duration) { time.Sleep(d); synctest.Wait() } // in the bubble
		for name, c := range map[string]struct {
			clock Clock
			pass  func(time.Duration)
		}{
			"on a virtual clock": {virtual, virtual.Advance},
			"on the real one":    {Real(), sleep},
		} {
			o := newOwner(c.clock)
			o.mu.Lock()
			o.add("third", 2*time.Second, 3)
			o.add("second", 2*time.Second, 2)
			o.add("first", time.Second, 4)
			gone := o.add("never", time.Second, 1)
			late := o.add("late", time.Minute, 5)
			o.agenda.Remove(gone)
			o.agenda.Remove(gone)
			o.mu.Unlock()
			c.pass(2 * time.Second)
			o.mu.Lock()
			want := "first then second then third then"
			if diff := cmp.Diff(want, strings.Join(o.done, " ")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			if gone.Waits() || !slices.Equal(o.agenda.Pending(), []*Entry{late}) {
				t.Errorf("%s: the late one alone should still wait", name)
			}
			o.agenda.Close()
			o.mu.Unlock()
			c.pass(time.Hour)
			if !late.Waits() {
				t.Errorf("%s: a closed agenda was gone on with", name)
			}
		}
	})
}
