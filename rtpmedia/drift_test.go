//go:build !race

package rtpmedia

import (
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"
)

// With the race detector the hours here take minutes; there is but one thread.

// talk sends an hour of speech, of which each third half second is a pause, over a
// network that loses 1 % and delays by up to 15 ms, from a sender whose clock is off
// by so many parts in a million. Every ten minutes the stream moves to another
// address. Each second is given the session as it is then.
func (m *manual) talk(ppm float64, each func(second int)) {
	random := rand.New(rand.NewPCG(1, 2))
	loud, quiet := make([]byte, FrameSamples), make([]byte, FrameSamples)
	for i := range quiet {
		quiet[i] = 0xff // µ-law's zero
	}
	other := netip.MustParseAddrPort("10.0.0.8:4000")
	for n := range int(time.Hour / FrameDuration) {
		if n%30000 == 0 && n > 0 {
			m.peer, other = other, m.peer
			_ = m.Start(Remote{RTP: m.peer, Codec: "g711U"}) // where it went is checked
			m.control.due = m.now.Add(24 * time.Hour)
		}
		sent := time.Duration(float64(n) * float64(FrameDuration) * (1 + ppm/1e6))
		arrival := sent + time.Duration(random.Int64N(int64(15*time.Millisecond)))
		for m.run.due.Sub(m.epoch) < arrival {
			m.run.Advance(m.run.due)
		}
		payload := loud
		if n/25%3 == 2 {
			payload = quiet
		}
		if random.Float64() >= 0.01 {
			ssrc := uint32(n/30000 + 1)
			m.receive(packet(uint16(n), uint32(n)*160, ssrc, 0, payload), m.peer, arrival)
		}
		if n%50 == 49 {
			each(n / 50)
		}
	}
}

// The delay is that which was asked for or that which the network needs, whichever
// is more: 15 ms of jitter and a frame, which is put together at its beginning. What
// is beyond is left out in a pause, when there has been too much for two seconds.
func TestAnHourOfDriftAndMovesKeepsTheDelay(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		name  string
		ppm   float64
		delay time.Duration
		most  time.Duration
	}{
		{"a sender that is slower than we are", 200, 40 * ms, 50 * ms},
		{"a sender that is faster than we are", -200, 40 * ms, 50 * ms},
		{"a delay that is too short at first", -200, 10 * ms, 45 * ms},
	} {
		m := newManual(t, "g711U", c.delay)
		m.control.due = m.now.Add(24 * time.Hour)
		var longest time.Duration
		m.talk(c.ppm, func(second int) {
			if second%600 > 10 { // where the stream moves, it begins anew
				longest = max(longest, m.Stats().Playout)
			}
		})
		if longest > c.most || longest < c.delay {
			t.Errorf("%s: held for up to %v, want at most %v", c.name, longest, c.most)
		}
		s := m.Stats()
		if expected := uint64(time.Hour / FrameDuration); s.Received+s.Lost < expected-10 {
			t.Errorf("%s: %d of %d packets are known of", c.name, s.Received+s.Lost, expected)
		}
		if s.Late > 20 {
			t.Errorf("%s: %d packets came too late", c.name, s.Late)
		}
		// 200 ppm of an hour are 36 frames, which are made up when the sender is slower.
		if made := s.Concealed; made < s.Lost*98/100 || made > s.Lost+s.Late+40 {
			t.Errorf("%s: %d frames were made up for %d lost", c.name, made, s.Lost)
		}
	}
}
