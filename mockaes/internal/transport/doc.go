// Package transport is what a mock AES stands on: listeners in memory, TLS with a CA of
// its own making, WebSockets, and bounded queues of frames for slow clients.
//
// It does not know what a frame holds, and starts no goroutine.
package transport
