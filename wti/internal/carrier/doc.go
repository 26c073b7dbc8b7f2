// Package carrier moves frames between a session and its server: over a WebSocket,
// or over REST, where each request is a POST of its own and events come to a [Door].
// [Open] chooses by the scheme of the address.
//
// It knows envelopes and, for REST, tokens and the addresses that events are posted
// to. It does not match answers with requests, does not route events, and does not
// come back after a loss: package wti does.
package carrier
