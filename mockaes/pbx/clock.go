package pbx

import (
	"container/heap"
	"sync"
	"time"
)

// Clock is where a switch takes its time from.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f once, d from now, on a goroutine of the clock's choice.
	AfterFunc(d time.Duration, f func()) Timer
}

// Timer is a call that a [Clock] has still to make.
type Timer interface {
	// Stop prevents the call and reports whether it was in time to do so.
	Stop() bool
}

// RealClock is the time of package time. In a testing/synctest bubble that is the
// time of the bubble.
func RealClock() Clock { return realClock{} }

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) AfterFunc(d time.Duration, f func()) Timer { return time.AfterFunc(d, f) }

// Virtual is a clock that stands still until it is advanced. Everything due runs on
// the goroutine that advances it, in the order of time and, within one instant, in
// the order in which it was asked for: two runs are alike.
type Virtual struct {
	mu    sync.Mutex
	now   time.Time
	asked uint64
	due   dueHeap
}

// NewVirtual returns a virtual clock that shows start.
func NewVirtual(start time.Time) *Virtual { return &Virtual{now: start} }

// Now is the time to which the clock has been advanced.
func (v *Virtual) Now() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.now
}

// AfterFunc calls f when the clock is advanced to d from now or beyond.
func (v *Virtual) AfterFunc(d time.Duration, f func()) Timer {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked++
	t := &virtualTimer{clock: v, due: due{at: v.now.Add(max(d, 0)), turn: v.asked, f: f}}
	heap.Push(&v.due, &t.due)
	return t
}

// Advance moves the clock on by d and runs what becomes due, including what the
// calls it makes ask for within d.
func (v *Virtual) Advance(d time.Duration) {
	end := v.Now().Add(d)
	for v.step(end) {
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.now.Before(end) {
		v.now = end
	}
}

// Next is the time of the earliest timer; false if there is none.
func (v *Virtual) Next() (time.Time, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.due) == 0 {
		return time.Time{}, false
	}
	return v.due[0].at, true
}

func (v *Virtual) step(end time.Time) bool {
	v.mu.Lock()
	if len(v.due) == 0 || v.due[0].at.After(end) {
		v.mu.Unlock()
		return false
	}
	t := heap.Pop(&v.due).(*due)
	v.now = t.at
	v.mu.Unlock()
	t.f()
	return true
}

type virtualTimer struct {
	due
	clock *Virtual
}

// Stop takes the timer off the clock.
func (t *virtualTimer) Stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	if t.place < 0 {
		return false
	}
	heap.Remove(&t.clock.due, t.place)
	return true
}

// due is a call that is to be made at a time.
type due struct {
	at    time.Time
	turn  uint64 // among those at one instant
	place int    // in its heap; -1 when it has left
	f     func()
}

// dueHeap implements [heap.Interface] with the earliest call first.
type dueHeap []*due

func (h dueHeap) Len() int { return len(h) }

func (h dueHeap) Less(i, j int) bool {
	if h[i].at.Equal(h[j].at) {
		return h[i].turn < h[j].turn
	}
	return h[i].at.Before(h[j].at)
}

func (h dueHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

func (h *dueHeap) Push(x any) {
	d := x.(*due)
	d.place = len(*h)
	*h = append(*h, d)
}

func (h *dueHeap) Pop() any {
	last := len(*h) - 1
	d := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	d.place = -1
	return d
}
