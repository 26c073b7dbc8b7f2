package pace

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// precise returns a sleep for the goroutine that calls it, which stays on one
// thread until release. The standard library's timers wake up to a millisecond
// late; the system call of golang.org/x/sys is good to a tenth of that.
func precise() (sleep Sleep, release func()) {
	runtime.LockOSThread()
	// Without it the kernel adds 50 µs. Where it is refused, it does.
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0)
	return func(until time.Time) {
		d := time.Until(until)
		if d <= 0 {
			return
		}
		request := unix.NsecToTimespec(int64(d))
		// A signal may end it early; the wheel then sleeps again.
		_ = unix.ClockNanosleep(unix.CLOCK_MONOTONIC, 0, &request, nil)
	}, runtime.UnlockOSThread
}
