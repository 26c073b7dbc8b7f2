package event

import "time"

// silence is how long an event may go without a packet before it is taken to
// be over: every packet that told its end was lost.
const silence = 120 * time.Millisecond

// longSegment is a duration after which the event may go on in a new segment
// (RFC 4733 §2.5.1.3).
const longSegment = 0xf000

// Note says that an event has begun, or is over.
type Note struct {
	Event    uint8
	Ended    bool
	Duration int // samples so far
}

// Receiver follows the events of one source. They are told apart by timestamp,
// as RFC 4733 §2.5.2.2 says: there are senders that leave the marker out and
// others that repeat a sequence number. The zero value is ready to use.
type Receiver struct {
	known   bool // there was an event
	ended   bool
	event   uint8
	start   uint32 // timestamp of the segment
	segment uint16 // duration of the segment
	before  int    // duration of the segments before it
	last    time.Duration
}

// Packet takes one payload and tells what it changes.
func (r *Receiver) Packet(time uint32, p Payload, at time.Duration, tell func(Note)) {
	switch age := int32(time - r.start); {
	case r.known && age < 0:
		return // of an event before this one
	case r.known && age == 0:
		if r.ended || p.Event != r.event {
			return
		}
	case r.continues(time, p):
		r.before += int(r.segment)
		r.start, r.segment = time, 0
	default:
		r.finish(tell)
		*r = Receiver{known: true, event: p.Event, start: time}
		tell(Note{Event: p.Event, Duration: int(p.Duration)})
	}
	r.last = at
	r.segment = max(r.segment, p.Duration)
	if p.End {
		r.finish(tell)
	}
}

// continues tells whether p begins another segment of the event.
func (r *Receiver) continues(time uint32, p Payload) bool {
	return r.known && !r.ended && p.Event == r.event && r.segment >= longSegment &&
		time == r.start+uint32(r.segment)
}

// Check ends an event whose packets stopped without an end.
func (r *Receiver) Check(at time.Duration, tell func(Note)) {
	if r.known && !r.ended && at-r.last > silence {
		r.finish(tell)
	}
}

func (r *Receiver) finish(tell func(Note)) {
	if r.known && !r.ended {
		r.ended = true
		tell(Note{Event: r.event, Ended: true, Duration: r.before + int(r.segment)})
	}
}
