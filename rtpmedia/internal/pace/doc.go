// Package pace calls many tasks at the times that they ask for, within a
// millisecond, from few threads.
//
// Start with [New]; a [Task] that is added says after each call when it wants
// the next. A goroutine with a timer for each task does the same job, but wakes
// up to a millisecond late, each at its own time: here the error is a tenth of
// that, at less cost. Tasks that ask for the same period are gathered, so that a
// thread wakes for many at once, and are called in the same order each time.
//
// The package does not know what tasks do.
package pace
