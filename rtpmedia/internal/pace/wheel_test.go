package pace

import (
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// bubbleSleep is a sleep that a bubble's clock knows.
func bubbleSleep(until time.Time) { time.Sleep(time.Until(until)) }

// metronome wants to be called each period and counts.
type metronome struct {
	period time.Duration
	due    time.Time
	calls  int
	worst  time.Duration
	end    int
	done   chan struct{}
}

func (m *metronome) Begin(at time.Time) { m.due = at }

func (m *metronome) Advance(now time.Time) (time.Time, bool) {
	m.worst = max(m.worst, now.Sub(m.due))
	m.calls++
	if m.calls == m.end {
		close(m.done)
		return time.Time{}, false
	}
	m.due = m.due.Add(m.period)
	return m.due, true
}

func TestTasksAreCalledWithinAMillisecondOfTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(2, bubbleSleep, nil)
		defer w.Close()
		var all []*metronome
		for i := range 50 {
			m := &metronome{period: time.Duration(10+i%2*10) * time.Millisecond}
			all = append(all, m)
			if !w.Add(m) {
				t.Fatal("the wheel is closed")
			}
			time.Sleep(777 * time.Microsecond)
		}
		time.Sleep(10*time.Second + round*tick)
		w.Close()
		for i, m := range all {
			want := int(10 * time.Second / m.period)
			most := int((10*time.Second+round*tick+50*777*time.Microsecond)/m.period) + 1
			if m.calls < want || m.calls > most || m.worst > time.Millisecond {
				t.Errorf("task %d each %v: %d calls in 10 s, at worst %v late",
					i, m.period, m.calls, m.worst)
			}
		}
	})
}

// A thread that wakes costs more than a task that is called.
func TestTasksAreGatheredSoThatThreadsSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sleeps := 0
		w := New(1, func(until time.Time) {
			sleeps++
			bubbleSleep(until)
		}, nil)
		defer w.Close()
		const n = 400
		var phases [20]int
		var order []int
		for i := range n {
			w.Add(&numbered{metronome{period: 20 * time.Millisecond}, i, &order, &phases})
		}
		time.Sleep(10 * time.Second)
		w.Close()
		if most := 10*1000/apart + 2; sleeps > most {
			t.Errorf("the thread slept %d times in 10 s, at most %d", sleeps, most)
		}
		for phase, tasks := range phases {
			if want := n / (round / apart); tasks != 0 && tasks != want {
				t.Errorf("%d tasks at %d ms of a round, want %d or none", tasks, phase, want)
			}
		}
		for i := 3 * n; i < len(order); i++ { // all have begun long before
			if order[i] != order[i-n] {
				t.Fatalf("call %d is of task %d, a round before it was of %d",
					i, order[i], order[i-n])
			}
		}
	})
}

// numbered is a task that notes when it begins, and each call of it.
type numbered struct {
	metronome
	number int
	order  *[]int
	phases *[20]int
}

func (n *numbered) Begin(at time.Time) {
	n.metronome.Begin(at)
	n.phases[number(at)%round]++
}

func (n *numbered) Advance(now time.Time) (time.Time, bool) {
	*n.order = append(*n.order, n.number)
	return n.metronome.Advance(now)
}

func TestATaskThatIsOverIsNotCalledAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(1, bubbleSleep, nil)
		defer w.Close()
		m := &metronome{period: 20 * time.Millisecond, end: 3, done: make(chan struct{})}
		w.Add(m)
		<-m.done
		time.Sleep(time.Second)
		if m.calls != 3 {
			t.Errorf("%d calls", m.calls)
		}
		again := &metronome{period: 20 * time.Millisecond, end: 1, done: make(chan struct{})}
		w.Add(again)
		<-again.done // an empty wheel turns again
	})
}

func TestAClosedWheelTakesNothing(t *testing.T) {
	w := New(1, nil, nil)
	w.Close()
	if w.Add(&metronome{}) {
		t.Error("a task was taken")
	}
}

// TestThePlatformsSleepKeepsTime runs on the real clock for a moment. On a busy
// machine nothing can be said of single calls, only that none are left out.
func TestThePlatformsSleepKeepsTime(t *testing.T) {
	w := New(1, nil, nil)
	defer w.Close()
	var calls atomic.Int64
	m := &metronome{period: 10 * time.Millisecond, end: 30, done: make(chan struct{})}
	began := time.Now()
	w.Add(counted{m, &calls})
	<-m.done
	if took := time.Since(began); took < 280*time.Millisecond || calls.Load() != 30 {
		t.Errorf("30 calls 10 ms apart took %v, %d calls", took, calls.Load())
	}
}

type counted struct {
	*metronome
	calls *atomic.Int64
}

func (c counted) Advance(now time.Time) (time.Time, bool) {
	c.calls.Add(1)
	return c.metronome.Advance(now)
}

// watcher is a crew that sees whether calls are within its two.
type watcher struct {
	t        *testing.T
	at       map[Task]bool // between Gather and Release
	gathered int
	closed   bool
}

func (w *watcher) Gather(tasks []Task) {
	if len(w.at) != 0 || len(tasks) == 0 || len(tasks) > few {
		w.t.Errorf("%d tasks were gathered while %d were at work", len(tasks), len(w.at))
	}
	for _, task := range tasks {
		w.at[task] = true
	}
	w.gathered += len(tasks)
}

func (w *watcher) Release(tasks []Task) {
	for _, task := range tasks {
		delete(w.at, task)
	}
}

func (w *watcher) Close() {
	if len(w.at) != 0 || w.closed {
		w.t.Errorf("closed (before: %v) while %d tasks were at work", w.closed, len(w.at))
	}
	w.closed = true
}

// member is a task that has to be with its crew when it is called.
type member struct {
	metronome
	crew *watcher
}

func (m *member) Advance(now time.Time) (time.Time, bool) {
	if !m.crew.at[m] {
		m.crew.t.Error("a task was called that was not gathered")
	}
	return m.metronome.Advance(now)
}

func TestACrewIsThereBeforeAndAfterEachCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		crew := &watcher{t: t, at: make(map[Task]bool)}
		w := New(1, bubbleSleep, func() Crew { return crew })
		defer w.Close()
		var all []*member
		for i := range 5 * few {
			m := &member{metronome{period: 20 * time.Millisecond, done: make(chan struct{})}, crew}
			if i%7 == 0 {
				m.end = 3
			}
			all = append(all, m)
			w.Add(m)
		}
		time.Sleep(time.Second)
		w.Close()
		calls := 0
		for _, m := range all {
			calls += m.calls
		}
		if calls == 0 || calls != crew.gathered || len(crew.at) != 0 {
			t.Errorf("%d calls, %d gathered, %d never released", calls, crew.gathered, len(crew.at))
		}
		if !crew.closed {
			t.Error("the crew was never closed")
		}
	})
}

// TestThreadsBeginWhenThoseBeforeAreFull: one that is woken for few tasks costs as much as one
// that is woken for many.
func TestThreadsBeginWhenThoseBeforeAreFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(3, bubbleSleep, nil)
		defer w.Close()
		add := func(n int, end int) {
			for range n {
				done := make(chan struct{})
				w.Add(&metronome{period: 20 * time.Millisecond, end: end, done: done})
			}
		}
		shares := func(want ...int64) {
			t.Helper()
			var got []int64
			for _, s := range w.shards {
				got = append(got, s.load.Load())
			}
			if !slices.Equal(got, want) {
				t.Errorf("tasks of the threads: %v, want %v", got, want)
			}
		}
		add(full, 0)
		shares(full)
		add(1, 0)
		shares(full, 1)
		add(2*full+8, 0)
		shares(full+3, full+3, full+3)
		add(30, 10) // that are over soon
		shares(full+13, full+13, full+13)
		time.Sleep(time.Second)
		shares(full+3, full+3, full+3)
	})
}

func TestAThreadThatIsSharedIsFullUntilItIsNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(2, bubbleSleep, nil)
		defer w.Close()
		turns := 0
		w.Between(w.Thread(), func(time.Time) bool {
			turns++
			return turns < 100
		})
		if n := w.Thread(); n != 1 {
			t.Errorf("thread %d is next", n)
		}
		w.AddTo(0, &metronome{period: 20 * time.Millisecond})
		time.Sleep(10 * time.Second)
		if n := w.Thread(); n != 0 {
			t.Errorf("thread %d is next when it is no longer shared", n)
		}
	})
}

func TestAClosedWheelBeginsNoThread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(2, bubbleSleep, nil)
		w.Between(0, func(time.Time) bool { return true }) // so that it is full
		w.Close()
		if n := w.Thread(); n != 0 || w.Add(&metronome{}) {
			t.Errorf("thread %d took a task", n)
		}
	})
}

func TestOthersHaveTheirTurnBetweenTasksUntilTheyAreDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(1, bubbleSleep, nil)
		defer w.Close()
		turns := 0
		w.Between(0, func(time.Time) bool {
			turns++
			return turns < 100
		})
		time.Sleep(time.Second)
		if turns != 0 {
			t.Errorf("%d turns while there were no tasks", turns)
		}
		w.AddTo(0, &metronome{period: 20 * time.Millisecond})
		time.Sleep(time.Second + round*tick)
		w.Close()
		if turns != 100 { // two for each call, and no more once it is done
			t.Errorf("%d turns, want 100", turns)
		}
	})
}
