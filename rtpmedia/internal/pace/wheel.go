package pace

import (
	"context"
	"sync"
	"time"
)

// Task is what a wheel calls.
type Task interface {
	// Begin tells when the first call will be, from the thread that will make it.
	Begin(at time.Time)
	// Advance does what is due at now and returns when the next is due, at
	// most 60 ms ahead, or false when the task is over.
	Advance(now time.Time) (next time.Time, more bool)
}

// Crew does for a few tasks at a time what costs less for many than for each.
type Crew interface {
	// Gather is called before the calls of these tasks, and Release after them, also
	// if some of the tasks are over. Neither keeps tasks.
	Gather(tasks []Task)
	Release(tasks []Task)
	// Close is called when there will be no tasks any more.
	Close()
}

// Sleep waits until a time, or less.
type Sleep func(until time.Time)

// full is how many tasks a thread gets before another one is begun: less than a third of a
// processor's time, so that the thread has its turn at once where others want that as well.
const full = 512

// Wheel calls tasks. Close ends it.
type Wheel struct {
	threads int
	sleep   Sleep
	crew    func() Crew
	loops   sync.WaitGroup
	ctx     context.Context // of the threads
	cancel  context.CancelFunc

	mu     sync.Mutex
	shards []*shard // one at least; none is taken away
}

// New starts a wheel of up to so many threads, which begin when they are needed. A nil sleep
// is the most precise one of the platform; it does not work inside a testing/synctest
// bubble, where a function of time.Sleep does. Each thread has a crew of its own, or none
// for nil.
func New(threads int, sleep Sleep, crew func() Crew) *Wheel {
	w := &Wheel{threads: threads, sleep: sleep, crew: crew}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.begin()
	return w
}

// begin starts a thread. The caller holds mu, or is the only one who has w.
func (w *Wheel) begin() {
	s := &shard{sleep: w.sleep, woken: make(chan struct{}, 1), crew: nobody{}}
	if w.crew != nil {
		s.crew = w.crew()
	}
	w.shards = append(w.shards, s)
	w.loops.Go(func() { s.run(w.ctx) })
}

// Add calls t within a round, and then when it asks. It returns false when the wheel is closed.
func (w *Wheel) Add(t Task) bool { return w.AddTo(w.Thread(), t) }

// AddTo is Add to one of the threads.
func (w *Wheel) AddTo(thread int, t Task) bool {
	return w.shard(thread).add(&entry{task: t})
}

func (w *Wheel) shard(thread int) *shard {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shards[thread]
}

// Thread is the number of the one that should get the next task: one that is not full, and
// where all are, the one that has the fewest.
func (w *Wheel) Thread() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	least := 0
	for i, s := range w.shards {
		n := s.load.Load()
		if n < full {
			return i
		}
		if n < w.shards[least].load.Load() {
			least = i
		}
	}
	if len(w.shards) < w.threads && w.ctx.Err() == nil {
		w.begin()
		return len(w.shards) - 1
	}
	return least
}

// Between lets a thread call f before and after the tasks that are due at one time,
// and after each few of them, until f returns false. It waits while there are no tasks.
// Whoever has a thread do so will give it many tasks, so it counts as full.
func (w *Wheel) Between(thread int, f func(now time.Time) bool) {
	w.shard(thread).join(f)
}

// Close waits until no task is being called, and calls none any more.
func (w *Wheel) Close() {
	w.mu.Lock()
	w.cancel()
	w.mu.Unlock()
	w.loops.Wait()
}
