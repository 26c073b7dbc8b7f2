// Package clients lets WTI clients that share no code with ours, nor with each other, hold
// whole conversations with wtiphone mock: one in Python with websockets, one in Node with ws.
// GStreamer and ffmpeg say and hear their audio.
//
//	go test ./interop/clients
//
// Each story is a test of its own, with a mock of its own; one whose tools are not installed
// is skipped and says so. docs/interop.md lists the stories. The package has no code but
// tests, and nothing may import it.
package clients
