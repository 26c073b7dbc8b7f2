package rtpmedia

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/pion/rtp"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/event"
	"github.com/wtiphone/wtiphone/rtpmedia/tone"
)

// How long a digit is on, and the pause after it: well above the 40 ms that
// ITU-T Q.24 asks receivers for.
const (
	digitOn  = 100 * time.Millisecond
	digitOff = 100 * time.Millisecond
)

// Digit is one that the other side sends by RFC 4733.
type Digit struct {
	Digit    rune          // 0 to 9, *, #, A to D
	Ended    bool          // false when the key goes down, true when it is up again
	Duration time.Duration // so far
}

// dial is a row of digits on their way out.
type dial struct {
	sender event.Sender
	done   chan error // with room for one; sent on by whoever takes the dial away
}

// SendDigits sends digits as telephone events (RFC 4733), each for 100 ms and
// with 100 ms between them, and returns when the last is over. Voice pauses
// meanwhile. Calls take turns. The error is that of ctx, or wraps
// [ErrNotStarted] when the stream is stopped.
func (s *Session) SendDigits(ctx context.Context, digits string) error {
	events := make([]uint8, 0, len(digits))
	for _, r := range digits {
		code, ok := event.Code(r)
		if !ok {
			return fmt.Errorf("rtpmedia: SendDigits: %q is no digit", r)
		}
		events = append(events, code)
	}
	d := &dial{done: make(chan error, 1)}
	d.sender.Play(events, samples(digitOn), samples(digitOff))
	if err := s.beginDial(d); err != nil {
		return fmt.Errorf("rtpmedia: SendDigits: %w", err)
	}
	select {
	case err := <-d.done:
		if err != nil {
			return fmt.Errorf("rtpmedia: SendDigits: %w", err)
		}
		return nil
	case <-ctx.Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		d.sender.Cancel()
		return fmt.Errorf("rtpmedia: SendDigits: %w", ctx.Err())
	}
}

func (s *Session) beginDial(d *dial) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == nil {
		return ErrNotStarted
	}
	s.dials = append(s.dials, d)
	return nil
}

// endDials tells all waiting calls that their digits will not be sent. The
// caller holds mu.
func (s *Session) endDials(err error) {
	for _, d := range s.dials {
		d.done <- err
	}
	s.dials = nil
}

// sendEvent sends an event packet in place of n samples of voice, if there is
// one to send. The caller holds mu.
func (s *Session) sendEvent(n int) bool {
	if len(s.dials) == 0 {
		return false
	}
	d := s.dials[0]
	p, ok := d.sender.Next(s.out.time, n)
	if ok {
		p.Payload.Put(s.out.packet[rtpHeader:])
		s.send(p.Time, s.cfg.EventPayloadType, p.Marker, event.Size)
		s.out.marker = true // of the voice that follows
	}
	if d.sender.Idle() {
		s.dials = s.dials[1:]
		d.done <- nil
	}
	return ok
}

// OnDigit calls f when a digit of the other side begins and when it ends. It
// is called by the goroutine that receives audio, which an engine's thread may be, and
// must not block or close the session; nil stops it.
func (s *Session) OnDigit(f func(Digit)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onDigit = f
}

// heardEvent takes an event packet. The caller holds mu.
func (s *Session) heardEvent(p *rtp.Packet, at time.Duration) {
	payload, err := event.Parse(p.Payload)
	if err != nil {
		s.in.malformed++
		return
	}
	s.in.events.Packet(p.Timestamp, payload, at, s.noteDigit)
}

// noteDigit keeps what happened until the lock is given back.
func (s *Session) noteDigit(n event.Note) {
	if digit, ok := event.Digit(n.Event); ok && len(s.digits) < cap(s.digits) {
		s.digits = append(s.digits, Digit{
			Digit: digit, Ended: n.Ended,
			Duration: time.Duration(n.Duration) * time.Second / SampleRate,
		})
	}
}

// tellDigits passes on what was noted, without the lock, so that f may use the
// session.
func (s *Session) tellDigits() {
	s.mu.Lock()
	var digits [maxNotes]Digit
	n := copy(digits[:], s.digits)
	s.digits = s.digits[:0]
	f := s.onDigit
	s.mu.Unlock()
	if f == nil {
		return
	}
	for _, d := range digits[:n] {
		f(d)
	}
}

// maxNotes is how many digits can begin or end in one packet or one tick.
const maxNotes = 8

type digitDetector struct {
	next Sink
	tell func(Digit)

	mu     sync.Mutex
	narrow tuned
	digits tone.Digits
}

// DetectDigits is a sink that recognizes digits sent as tones on their way to
// next, by the rules of ITU-T Q.24, and tells when each begins and ends. Tell
// must not block; a nil next discards the audio.
func DetectDigits(next Sink, tell func(Digit)) Sink {
	if next == nil {
		next = Discard()
	}
	return &digitDetector{next: next, tell: tell, narrow: tuned{rate: SampleRate}}
}

// WriteFrame listens to pcm and passes it on.
func (d *digitDetector) WriteFrame(pcm []int16) error {
	d.mu.Lock()
	d.digits.Feed(d.narrow.frame(pcm), func(e tone.Event) {
		d.tell(Digit{
			Digit: e.Digit, Ended: e.Ended,
			Duration: time.Duration(e.Duration) * time.Second / SampleRate,
		})
	})
	d.mu.Unlock()
	return d.next.WriteFrame(pcm)
}
