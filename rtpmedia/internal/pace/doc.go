// Package pace calls many tasks at the times that they ask for, within a
// millisecond, from few threads.
//
// Start with [New]; a [Task] that is added says after each call when it wants
// the next. A goroutine with a timer for each task does the same job, but wakes
// up to a millisecond late, each at its own time: here the error is a tenth of
// that, at the same cost.
//
// The package does not know what tasks do, and does not spread them over time.
package pace
