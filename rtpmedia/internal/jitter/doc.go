// Package jitter takes packets as the network delivers them and gives them out
// in the order and at the pace of the sender, and it counts what happened to
// them on the way.
//
// A [Reception] holds the figures of one source as RFC 3550 defines them. A
// [Buffer] reorders and says for each stretch of time what is to be played:
// a packet, a hole to conceal, or nothing. Both are plain state: the caller
// passes the time in and keeps concurrent calls apart.
//
// The package does not decode, does not conceal and knows no socket.
package jitter
