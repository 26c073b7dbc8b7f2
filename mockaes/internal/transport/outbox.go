package transport

import (
	"fmt"
	"sync"
)

// Ending says how a connection is to end.
type Ending struct {
	Code   int // of RFC 6455 §7.4; 0 cuts the connection without a close frame
	Reason string
}

// Outbox holds the frames that wait for one connection's writer. Anyone may add,
// at any time and without waiting; a client that reads too slowly fills it, and
// then its connection ends.
type Outbox struct {
	maxFrames, maxBytes int

	mu      sync.Mutex
	frames  [][]byte
	held    [][]byte // events that wait for the answer to the request before them
	holding bool
	late    int           // requests that are carried out after their turn
	bytes   int           // of both lists
	end     *Ending       // set once; nothing is added afterwards
	wake    chan struct{} // has room for one; never closed
}

// NewOutbox returns an empty outbox with its bounds.
func NewOutbox(maxFrames, maxBytes int) *Outbox {
	return &Outbox{maxFrames: maxFrames, maxBytes: maxBytes, wake: make(chan struct{}, 1)}
}

// Hold keeps what is added from now on behind the next answer.
func (o *Outbox) Hold() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.holding = true
}

// Answer adds the answer to a request, and behind it what was held.
func (o *Outbox) Answer(frame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.holding = false
	if len(frame) > 0 {
		o.append(&o.frames, frame)
	}
	o.release()
}

// release lets go what was held, unless it waits for another answer. The caller holds mu.
func (o *Outbox) release() {
	if !o.holding && o.late == 0 {
		o.frames, o.held = append(o.frames, o.held...), nil
	}
	o.signal()
}

// HoldLate is Hold for a request that is carried out when others have followed it. Its
// answer is added with AnswerLate, and then ReleaseLate called.
func (o *Outbox) HoldLate() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.late++
}

// ReleaseLate ends what HoldLate has begun.
func (o *Outbox) ReleaseLate() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.late--
	o.release()
}

// AnswerLate adds the answer to a request that is not the last one. What is held goes
// on waiting for the answer to that.
func (o *Outbox) AnswerLate(frame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.append(&o.frames, frame)
	o.signal()
}

// Add adds an event.
func (o *Outbox) Add(frame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.holding || o.late > 0 {
		o.append(&o.held, frame)
		return
	}
	o.append(&o.frames, frame)
	o.signal()
}

// append adds to one of the lists, unless that is one too many. The caller holds mu.
func (o *Outbox) append(list *[][]byte, frame []byte) {
	if o.end != nil {
		return
	}
	n := len(o.frames) + len(o.held)
	if n >= o.maxFrames || o.bytes+len(frame) > o.maxBytes {
		reason := fmt.Sprintf("too slow: %d frames (%d bytes) were waiting", n, o.bytes)
		o.frames, o.held, o.bytes = nil, nil, 0
		o.end = &Ending{PolicyViolation, reason}
		o.signal()
		return
	}
	*list = append(*list, frame)
	o.bytes += len(frame)
}

// Finish ends the connection once what is waiting has been written, or at once if
// code is 0. The first call counts.
func (o *Outbox) Finish(code int, reason string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.end != nil {
		return
	}
	o.end = &Ending{code, reason}
	if code == 0 {
		o.frames, o.bytes = nil, 0
	} else {
		o.frames = append(o.frames, o.held...) // no answer comes any more
	}
	o.held, o.holding = nil, false
	o.signal()
}

// Wake has a value when there may be something to take.
func (o *Outbox) Wake() <-chan struct{} { return o.wake }

// signal wakes the writer. The caller holds mu.
func (o *Outbox) signal() {
	select {
	case o.wake <- struct{}{}:
	default: // it has been woken already
	}
}

// Take returns the next frame, or how to end, or neither if there is nothing to
// do until the next wake.
func (o *Outbox) Take() ([]byte, *Ending) {
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

// Waiting is how many frames have not been written.
func (o *Outbox) Waiting() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.frames) + len(o.held)
}
