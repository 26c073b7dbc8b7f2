package pace

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Task is what a wheel calls.
type Task interface {
	// Advance does what is due at now and returns when the next is due, at
	// most 60 ms ahead, or false when the task is over.
	Advance(now time.Time) (next time.Time, more bool)
}

// Sleep waits until a time, or less.
type Sleep func(until time.Time)

// slots of one millisecond each bound how far ahead a task can ask.
const (
	slots = 64
	tick  = time.Millisecond
)

// Wheel calls tasks. Close ends it.
type Wheel struct {
	shards []*shard
	turn   atomic.Uint64
	loops  sync.WaitGroup
	cancel context.CancelFunc
}

// New starts a wheel of so many threads. A nil sleep is the most precise one of
// the platform; it does not work inside a testing/synctest bubble, where a
// function of time.Sleep does.
func New(threads int, sleep Sleep) *Wheel {
	ctx, cancel := context.WithCancel(context.Background())
	w := &Wheel{cancel: cancel}
	for range max(threads, 1) {
		s := &shard{sleep: sleep, woken: make(chan struct{}, 1)}
		w.shards = append(w.shards, s)
		w.loops.Go(func() { s.run(ctx) })
	}
	return w
}

// Add calls t from the next tick on. It returns false when the wheel is closed.
func (w *Wheel) Add(t Task) bool {
	s := w.shards[w.turn.Add(1)%uint64(len(w.shards))]
	return s.add(&entry{task: t})
}

// Close waits until no task is being called, and calls none any more.
func (w *Wheel) Close() {
	w.cancel()
	w.loops.Wait()
}

// entry is a task in a list. Entries are kept while their task lives, so that
// nothing is allocated from tick to tick.
type entry struct {
	task Task
	next *entry
}

// shard is what one thread does. Its goroutine alone touches the slots.
type shard struct {
	sleep Sleep
	woken chan struct{} // a task was added; with room for one
	slots [slots]*entry
	held  int

	mu     sync.Mutex
	added  *entry
	closed bool
}

func (s *shard) add(e *entry) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	e.next, s.added = s.added, e
	select {
	case s.woken <- struct{}{}:
	default:
	}
	return true
}

// run turns the wheel until ctx is done. While it is empty it waits.
func (s *shard) run(ctx context.Context) {
	sleep, release := s.sleep, func() {}
	if sleep == nil {
		sleep, release = precise()
	}
	defer release()
	defer s.close()
	now := time.Now()
	for ctx.Err() == nil {
		if s.take(now); s.held == 0 {
			select {
			case <-ctx.Done():
				return
			case <-s.woken:
			}
			now = time.Now()
			continue
		}
		sleep(now.Add(tick))
		for at := time.Now(); at.Sub(now) >= tick; {
			now = now.Add(tick)
			s.turn(now)
		}
	}
}

func (s *shard) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}

// take moves what was added to the slot of the next tick.
func (s *shard) take(now time.Time) {
	s.mu.Lock()
	e := s.added
	s.added = nil
	s.mu.Unlock()
	for e != nil {
		next := e.next
		s.put(e, now, now.Add(tick))
		s.held++
		e = next
	}
}

// put lets e wait for the first tick that is not before at.
func (s *shard) put(e *entry, now, at time.Time) {
	ahead := min(max((at.Sub(now)+tick-1)/tick, 1), slots-1)
	slot := &s.slots[(number(now)+int64(ahead))%slots]
	e.next, *slot = *slot, e
}

// number is that of the tick at now.
func number(now time.Time) int64 { return now.UnixNano() / int64(tick) }

// turn calls the tasks of one slot.
func (s *shard) turn(now time.Time) {
	slot := &s.slots[number(now)%slots]
	e := *slot
	*slot = nil
	for e != nil {
		following := e.next
		if next, more := e.task.Advance(time.Now()); more {
			s.put(e, now, next)
		} else {
			s.held--
		}
		e = following
	}
}
