// Package model plays random stories on the simulated switch and follows them with
// the boards of package calls, each from the events of one monitor alone: what a
// client makes of what it was told has to be what there is.
//
// The two sides never import one another, so that they cannot share a mistake; they
// meet in the tests of this package, which has nothing else in it. To play more
// stories than usual:
//
//	go test ./interop/model -rapid.checks=100000
package model
