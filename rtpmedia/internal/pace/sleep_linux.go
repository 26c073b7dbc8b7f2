package pace

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// yieldEach is how long the goroutine goes on at most, if it sleeps at all. One that has not
// yielded for 10 ms is preempted by a signal, and the runtime's monitor looks each 20 µs
// from then on, which takes more time than the work of many a tick. To yield costs as much as
// to wake, so it is done each second time that the thread wakes.
const yieldEach = 8 * time.Millisecond

// precise returns a sleep for the goroutine that calls it. The standard library's timers
// wake up to a millisecond late; the system call of golang.org/x/sys is good to a tenth of
// that.
//
// The goroutine keeps no thread for itself: to yield it would have to wake another one,
// which wakes it again, and on a busy machine both wait for a processor.
func precise() Sleep {
	yielded, thread := time.Now(), 0
	return func(until time.Time) {
		if now := time.Now(); now.Sub(yielded) >= yieldEach {
			yielded = now
			runtime.Gosched()
		}
		if id := unix.Gettid(); id != thread {
			thread = id
			// Without it the kernel adds 50 µs. Where it is refused, it does.
			_ = unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0)
		}
		d := time.Until(until)
		if d <= 0 {
			return
		}
		request := unix.NsecToTimespec(int64(d))
		// A signal may end it early; the wheel then sleeps again.
		_ = unix.ClockNanosleep(unix.CLOCK_MONOTONIC, 0, &request, nil)
	}
}
