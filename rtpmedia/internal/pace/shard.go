package pace

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// slots of one millisecond each bound how far ahead a task can ask.
const (
	slots = 64
	tick  = time.Millisecond
)

// A thread that wakes costs more than a call, so tasks are gathered: the first call of
// each is in the least crowded of the slots that are [apart] ticks from each other,
// within a [round]. Those whose periods divide a round stay together, in their order.
const (
	apart = 5
	round = 20
)

// nobody is the crew of threads that have none.
type nobody struct{}

func (nobody) Gather([]Task)  {}
func (nobody) Release([]Task) {}
func (nobody) Close()         {}

// entry is a task in a list. Entries are kept while their task lives, so that
// nothing is allocated from tick to tick.
type entry struct {
	task  Task
	next  *entry
	phase int // where in a round it began
}

// queue is the tasks of one slot, in the order in which they came.
type queue struct{ first, last *entry }

func (q *queue) push(e *entry) {
	e.next = nil
	if q.first == nil {
		q.first = e
	} else {
		q.last.next = e
	}
	q.last = e
}

// shard is what one thread does. Its goroutine alone touches the slots.
type shard struct {
	sleep Sleep
	woken chan struct{} // a task was added; with room for one
	slots [slots]queue
	held  int
	began [round / apart]int // tasks by their phase

	between []func(now time.Time) bool
	crew    Crew
	load    atomic.Int64 // tasks, those to come included
	entries [few]*entry  // at work
	tasks   [few]Task    // theirs

	mu      sync.Mutex
	added   queue
	joining []func(now time.Time) bool // to become part of between
	closed  bool
}

func (s *shard) add(e *entry) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.load.Add(1)
	s.added.push(e)
	select {
	case s.woken <- struct{}{}:
	default:
	}
	return true
}

// join lets f be called in between.
func (s *shard) join(f func(now time.Time) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load.Add(full)
	s.joining = append(s.joining, f)
}

// run turns the wheel until ctx is done. While it is empty it waits.
func (s *shard) run(ctx context.Context) {
	sleep := s.sleep
	if sleep == nil {
		sleep = precise()
	}
	defer s.crew.Close()
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
		sleep(now.Add(time.Duration(s.ahead(now)) * tick))
		for at := time.Now(); at.Sub(now) >= tick; {
			now = now.Add(tick)
			s.turn(now)
		}
	}
}

// ahead is how many ticks there are until one that has tasks, and at most those
// between two at which others can begin.
func (s *shard) ahead(now time.Time) int {
	n := number(now)
	for i := 1; i < apart; i++ {
		if s.slots[(n+int64(i))%slots].first != nil {
			return i
		}
	}
	return apart
}

func (s *shard) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}

// take puts what was added into the slots where they begin.
func (s *shard) take(now time.Time) {
	s.mu.Lock()
	e := s.added.first
	s.added = queue{}
	s.between, s.joining = append(s.between, s.joining...), nil
	s.mu.Unlock()
	for e != nil {
		following := e.next
		at := s.emptiest(now)
		e.phase = phase(at)
		s.began[e.phase]++
		s.held++
		e.task.Begin(at)
		s.put(e, now, at)
		e = following
	}
}

// emptiest is the tick of the coming round at which the fewest tasks begin, of equals
// the next.
func (s *shard) emptiest(now time.Time) time.Time {
	next := now.Add(time.Duration(apart-number(now)%apart) * tick)
	best := next
	for range round/apart - 1 {
		next = next.Add(apart * tick)
		if s.began[phase(next)] < s.began[phase(best)] {
			best = next
		}
	}
	return best
}

func phase(at time.Time) int { return int(number(at) % round / apart) }

// put lets e wait for the first tick that is not before at.
func (s *shard) put(e *entry, now, at time.Time) {
	ahead := min(max((at.Sub(now)+tick-1)/tick, 1), slots-1)
	s.slots[(number(now)+int64(ahead))%slots].push(e)
}

// number is that of the tick at now.
func number(now time.Time) int64 { return now.UnixNano() / int64(tick) }

// few is how many tasks are called before others get a turn in between.
const few = 64

// turn calls the tasks of one slot.
func (s *shard) turn(now time.Time) {
	slot := &s.slots[number(now)%slots]
	e := slot.first
	if e == nil {
		return
	}
	*slot = queue{}
	for e != nil {
		n := 0
		for ; e != nil && n < few; n++ {
			s.entries[n], s.tasks[n] = e, e.task
			e = e.next
		}
		s.pause()
		s.call(now, n)
	}
	s.pause()
}

// call calls the first n of those at work.
func (s *shard) call(now time.Time, n int) {
	s.crew.Gather(s.tasks[:n])
	at := time.Now() // to ask for each task takes as long as much of what it does
	for i, t := range s.tasks[:n] {
		e := s.entries[i]
		if next, more := t.Advance(at); more {
			s.put(e, now, next)
		} else {
			s.held--
			s.load.Add(-1)
			s.began[e.phase]--
		}
	}
	s.crew.Release(s.tasks[:n])
	clear(s.tasks[:n])
	clear(s.entries[:n])
}

// pause calls what is to be called in between.
func (s *shard) pause() {
	kept := s.between[:0]
	for _, f := range s.between {
		if f(time.Now()) {
			kept = append(kept, f)
		} else {
			s.load.Add(-full)
		}
	}
	clear(s.between[len(kept):])
	s.between = kept
}
