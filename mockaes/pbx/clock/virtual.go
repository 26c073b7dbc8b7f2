package clock

import (
	"container/heap"
	"sync"
	"time"
)

// Virtual is a clock that stands still until it is advanced. Everything due runs on
// the goroutine that advances it, in the order of time and, within one instant, in
// the order in which it was asked for: two runs are alike.
type Virtual struct {
	mu    sync.Mutex
	now   time.Time
	asked uint64
	due   entries
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
	t := &virtualTimer{clock: v, Entry: Entry{at: v.now.Add(max(d, 0)), turn: v.asked, f: f}}
	heap.Push(&v.due, &t.Entry)
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
	t := heap.Pop(&v.due).(*Entry)
	v.now = t.at
	v.mu.Unlock()
	t.f()
	return true
}

type virtualTimer struct {
	Entry
	clock *Virtual
}

// Stop takes the timer off the clock.
func (t *virtualTimer) Stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	return t.clock.due.remove(&t.Entry)
}
