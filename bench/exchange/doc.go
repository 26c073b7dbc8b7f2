// Package exchange holds the benchmark of calls through the simulated switch, without a
// network:
//
//	go test -run '^$' -bench . -benchtime 9x ./exchange
//
// Those of a whole day and of memory are with the switch, in mockaes/pbx.
package exchange
