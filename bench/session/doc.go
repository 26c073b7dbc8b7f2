// Package session holds benchmarks of what a WTI session costs and how soon it heals,
// against a mock AES in a process of its own:
//
//	go test -run '^$' -bench . -benchtime 5x ./session
//
// It counts until the session has told its gap, which is when every monitor has been given
// its own.
package session
