// Command wtiphone is a terminal agent softphone for Avaya AES, with the tools
// around it: single calls, events, and a mock AES to develop against.
//
// Each verb has a file of its own, named after it. This is the only place where the
// screen (tui), the phone (phone) and the mock (mockaes) meet; it holds no logic of
// theirs. Data goes to stdout, talk to stderr; exit.go has the exit codes.
package main
