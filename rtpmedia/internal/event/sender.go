package event

const (
	endCopies   = 3      // of the last packet of an event (RFC 4733 §2.5.1.4)
	maxDuration = 0xffff // longer events are told in segments (§2.5.1.3)
	volume      = 10     // -10 dBm0
)

// Sender plays a row of events. The zero value has nothing to send.
type Sender struct {
	events  []uint8
	on, off int // samples

	active  bool
	event   uint8
	start   uint32 // timestamp of the segment
	elapsed int    // samples of the segment
	total   int    // samples of the event
	ends    int    // copies of the last packet sent
	pause   int    // samples until the next event
}

// Packet is what to send at a packet time.
type Packet struct {
	Payload Payload
	Time    uint32 // timestamp
	Marker  bool
}

// Play begins with the first of events at the next packet time. Each is on for
// so many samples and off for as many as follow.
func (s *Sender) Play(events []uint8, on, off int) {
	*s = Sender{events: events, on: on, off: off}
}

// Cancel leaves out the events that have not begun.
func (s *Sender) Cancel() {
	s.events = nil
}

// Idle tells whether all events are over, pauses included.
func (s *Sender) Idle() bool { return !s.active && len(s.events) == 0 && s.pause <= 0 }

// Next returns what to send in a packet of n samples at timestamp time, or
// false when it is the turn of voice.
func (s *Sender) Next(time uint32, n int) (Packet, bool) {
	if !s.active {
		if s.pause > 0 {
			s.pause -= n
			return Packet{}, false
		}
		if len(s.events) == 0 {
			return Packet{}, false
		}
		s.event, s.events = s.events[0], s.events[1:]
		s.active, s.start, s.elapsed, s.total, s.ends = true, time, 0, 0, 0
	}
	first := s.total == 0
	if s.ends == 0 {
		s.elapsed += n
		s.total += n
	}
	if s.elapsed > maxDuration {
		s.start += uint32(s.elapsed - n)
		s.elapsed = n
	}
	p := Packet{Time: s.start, Marker: first, Payload: Payload{
		Event: s.event, Volume: volume, Duration: uint16(s.elapsed), End: s.total >= s.on,
	}}
	if p.Payload.End {
		s.end(n)
	}
	return p, true
}

func (s *Sender) end(n int) {
	if s.ends++; s.ends < endCopies {
		return
	}
	s.active = false
	s.pause = s.off - (endCopies-1)*n
}
