package clock

import "time"

// Clock is where the time comes from.
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

// Real is the time of package time. In a testing/synctest bubble that is the time of
// the bubble.
func Real() Clock { return realClock{} }

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) AfterFunc(d time.Duration, f func()) Timer { return time.AfterFunc(d, f) }
