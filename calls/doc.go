// Package calls says what is going on at one device: which calls it takes part
// in, in what states, with whom, and what can be done about them.
//
// Start with [New] and feed every event of the device's monitor to
// [Board.Apply]; after a gap in the events give a snapshot to [Board.Reconcile],
// and tell what a switch answered to a request for a call with [Board.Placed].
// [Diff] says in words what two boards differ in.
//
// A [Board] is an immutable value: whoever has one may keep it and read it from
// any goroutine. The package has no clock, no lock and no I/O; the time of an
// event comes in with it.
//
// The switch is always right: an event that the connection state model of
// ECMA-269 does not allow is followed all the same, and leaves a [Surprise]
// behind. Nothing is assumed that no event, answer or snapshot has said.
//
// The package does not send requests and does not follow agents; package phone
// does the former, and agent states are csta's.
package calls
