// Package protocol holds benchmarks of the WTI codec and of the way from the socket to
// whoever consumes events, beside two JSON-RPC libraries that are in wide use:
//
//	go test -run '^$' -bench . -benchtime 9x ./protocol
//
// Every benchmark does so many rounds, and each round measures all candidates in turn;
// docs/performance.md says what came out.
package protocol
