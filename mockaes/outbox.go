package mockaes

import (
	"fmt"
	"sync"
)

// ending says how a connection is to end.
type ending struct {
	code   int // of RFC 6455 §7.4; 0 cuts the connection without a close frame
	reason string
}

// outbox holds the frames that wait for one connection's writer. Anyone may add,
// at any time and without waiting; a client that reads too slowly fills it, and
// then its connection ends.
type outbox struct {
	maxFrames, maxBytes int

	mu      sync.Mutex
	frames  [][]byte
	held    [][]byte // events that wait for the answer to the request before them
	holding bool
	bytes   int           // of both lists
	end     *ending       // set once; nothing is added afterwards
	wake    chan struct{} // has room for one; never closed
}

func newOutbox(maxFrames, maxBytes int) *outbox {
	return &outbox{maxFrames: maxFrames, maxBytes: maxBytes, wake: make(chan struct{}, 1)}
}

// hold keeps what is added from now on behind the next answer.
func (o *outbox) hold() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.holding = true
}

// answer adds the answer to a request, and behind it what was held.
func (o *outbox) answer(frame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.holding = false
	if len(frame) > 0 {
		o.append(&o.frames, frame)
	}
	o.frames, o.held = append(o.frames, o.held...), nil
	o.signal()
}

// add adds an event.
func (o *outbox) add(frame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.holding {
		o.append(&o.held, frame)
		return
	}
	o.append(&o.frames, frame)
	o.signal()
}

// append adds to one of the lists, unless that is one too many. The caller holds mu.
func (o *outbox) append(list *[][]byte, frame []byte) {
	if o.end != nil {
		return
	}
	n := len(o.frames) + len(o.held)
	if n >= o.maxFrames || o.bytes+len(frame) > o.maxBytes {
		reason := fmt.Sprintf("too slow: %d frames (%d bytes) were waiting", n, o.bytes)
		o.frames, o.held, o.bytes = nil, nil, 0
		o.end = &ending{policyViolation, reason}
		o.signal()
		return
	}
	*list = append(*list, frame)
	o.bytes += len(frame)
}

// finish ends the connection once what is waiting has been written, or at once if
// code is 0. The first call counts.
func (o *outbox) finish(code int, reason string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.end != nil {
		return
	}
	o.end = &ending{code, reason}
	if code == 0 {
		o.frames, o.held, o.bytes = nil, nil, 0
	}
	o.signal()
}

// signal wakes the writer. The caller holds mu.
func (o *outbox) signal() {
	select {
	case o.wake <- struct{}{}:
	default: // it has been woken already
	}
}

// take returns the next frame, or how to end, or neither if there is nothing to
// do until the next wake.
func (o *outbox) take() ([]byte, *ending) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.frames) == 0 {
		return nil, o.end
	}
	frame := o.frames[0]
	o.frames[0] = nil
	o.frames = o.frames[1:]
	o.bytes -= len(frame)
	return frame, nil
}

// waiting is how many frames have not been written.
func (o *outbox) waiting() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.frames) + len(o.held)
}
