// Package elastic holds samples between two clocks: a device takes them in blocks
// of its own size and at its own rate, a stream in frames.
//
// The zero [Ring] is empty and ready to use. It starts to give once enough is
// held, and forgets what has become too old. It does not resample.
package elastic
