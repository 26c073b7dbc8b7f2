package clock

import (
	"container/heap"
	"slices"
	"time"
)

// Agenda is what its owner will do later, by a [Clock]. What is due at one instant is done
// in the order in which it was asked for, on every clock; a clock that makes calls on
// goroutines of its own would not keep it. The owner has a lock, and holds it whenever it
// calls a method.
type Agenda struct {
	clock  Clock
	wake   func()
	due    entries
	waker  Timer     // of the clock, for the first entry; nil: none
	wakes  time.Time // when the waker is due
	closed bool
}

// NewAgenda returns an empty agenda. The clock calls wake, without the owner's lock, when
// something may be due: wake takes the lock and calls [Agenda.Run].
func NewAgenda(c Clock, wake func()) *Agenda { return &Agenda{clock: c, wake: wake} }

// Add has f called d from now. turn orders what is due at one instant: the lower, the
// earlier. The entry must not be on an agenda.
func (a *Agenda) Add(e *Entry, d time.Duration, turn uint64, f func()) {
	e.at, e.turn, e.f = a.clock.Now().Add(d), turn, f
	heap.Push(&a.due, e)
	a.arm()
}

// Remove takes an entry off the agenda, if it is there: it is not done.
func (a *Agenda) Remove(e *Entry) { a.due.remove(e) }

// Run does what is due, and calls then after each.
func (a *Agenda) Run(then func()) {
	if a.waker != nil { // it may be a later one, if this call had to wait for the lock
		a.waker.Stop()
		a.waker = nil
	}
	now := a.clock.Now()
	for !a.closed && len(a.due) > 0 && !a.due[0].at.After(now) {
		heap.Pop(&a.due).(*Entry).f()
		then()
	}
	a.arm()
}

// Close ends the agenda: nothing on it is done any more.
func (a *Agenda) Close() {
	a.closed = true
	if a.waker != nil {
		a.waker.Stop()
	}
}

// Pending are the entries that are still to be done, in their order.
func (a *Agenda) Pending() []*Entry {
	return slices.SortedFunc(slices.Values(a.due), (*Entry).compare)
}

// arm has the clock wake the owner when the first entry is due. A clock that is already
// set to an earlier time stays as it is: it wakes for nothing.
func (a *Agenda) arm() {
	if a.closed || len(a.due) == 0 {
		return
	}
	first := a.due[0].at
	if a.waker != nil {
		if !first.Before(a.wakes) {
			return
		}
		a.waker.Stop()
	}
	a.wakes = first
	a.waker = a.clock.AfterFunc(max(first.Sub(a.clock.Now()), 0), a.wake)
}
