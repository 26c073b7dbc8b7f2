// Package fetch asks the processor for memory before it is needed.
//
// A thread that serves a thousand streams finds little of any of them in the processor's
// cache, and waits for memory at each step: a line of 64 bytes takes more than a hundred
// nanoseconds on a machine that is shared. Asked for some streams ahead, the lines come
// while others are worked on, many at a time.
//
// It only hints: nothing is read, so there is nothing to guard, and on processors for which
// there is no code here nothing happens.
package fetch
