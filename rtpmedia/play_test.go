package rtpmedia

import (
	"encoding/binary"
	"testing"
	"time"
)

// timeline is a sink that knows when each of its samples is heard: a frame from
// when it is due on.
type timeline struct{ pcm []int16 }

func (l *timeline) WriteFrame(pcm []int16) error {
	l.pcm = append(l.pcm, pcm...)
	return nil
}

// spurt sends so many packets of loud sound, of which the first comes at the given
// time after the beginning, while the session plays.
func (m *manual) spurt(first time.Duration, start uint32, packets int) {
	loud := make([]byte, FrameSamples) // µ-law 0x00 is the most negative sample
	for i := range packets {
		arrival := first + time.Duration(i)*FrameDuration
		for m.run.due.Sub(m.epoch) < arrival {
			m.run.Advance(m.run.due)
		}
		at := uint32(samples(arrival)) // the sender's clock goes on in pauses
		m.receive(packet(uint16(start)+uint16(i), at, 7, 0, loud), m.peer, arrival)
	}
}

// heardAt is when the first loud sample is heard that is not heard before from, and
// how many follow it without a gap.
func (l *timeline) heardAt(from time.Duration) (at time.Duration, length int) {
	for i := samples(from); i < len(l.pcm); i++ {
		if l.pcm[i] > -1000 {
			continue
		}
		for i+length < len(l.pcm) && l.pcm[i+length] < -1000 {
			length++
		}
		return time.Duration(i) * time.Second / SampleRate, length
	}
	return 0, 0
}

func TestAStreamIsHeardWhenItsFirstPacketHasBeenHeld(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		name  string
		delay time.Duration
		comes time.Duration // before a frame begins
		want  time.Duration
	}{
		{"in the middle of a frame", 20 * ms, 10 * ms, 20 * ms},
		{"early in a frame", 20 * ms, 18 * ms, 20 * ms},
		{"late in a frame", 20 * ms, 3 * ms, 20 * ms},
		{"with a longer delay", 50 * ms, 5 * ms, 50 * ms},
		{"with a delay of whole frames", 40 * ms, 20 * ms, 40 * ms},
		{"with less delay than until the next frame", 5 * ms, 12 * ms, 12 * ms},
		{"so late that another packet would miss its frame", 20 * ms, 1 * ms, 21 * ms},
	} {
		m := newManual(t, "g711U", c.delay)
		sink := &timeline{}
		m.SetSink(sink)
		first := 100*ms - c.comes
		m.spurt(first, 0, 20)
		m.run.Advance(m.run.due)
		at, length := sink.heardAt(0)
		if got := at - first; got != c.want {
			t.Errorf("%s: heard after %v, want %v", c.name, got, c.want)
		}
		if end := at + time.Duration(length)*time.Second/SampleRate; end < first+19*FrameDuration {
			t.Errorf("%s: there is a gap %v after the beginning", c.name, end-at)
		}
		// A second of silence, and the sender goes on at another time of the frame.
		again := first + 1400*ms + 7*ms
		m.spurt(again, 20, 20)
		m.run.Advance(m.run.due)
		at, length = sink.heardAt(first + 1000*ms)
		if got := at - again; got < c.delay || got > c.delay+max(FrameDuration-c.delay, margin) {
			t.Errorf("%s: heard after %v after a pause", c.name, got)
		}
		if length < 18*FrameSamples {
			t.Errorf("%s: %d samples are heard after a pause", c.name, length)
		}
	}
}

// margin is what a packet may be late by at least.
const margin = 2500 * time.Microsecond

func TestAStreamIsHeardInTimeAfterAnotherStart(t *testing.T) {
	m := newManual(t, "g711U", 20*time.Millisecond)
	sink := &timeline{}
	m.SetSink(sink)
	m.spurt(95*time.Millisecond, 0, 10)
	other := m.remote
	other.RTP = stranger
	other.RTCP = stranger
	if err := m.Start(other); err != nil {
		t.Fatal(err)
	}
	m.peer = stranger
	first := 1111 * time.Millisecond
	m.spurt(first, 500, 20)
	m.run.Advance(m.run.due)
	at, _ := sink.heardAt(time.Second)
	if got := at - first; got != 20*time.Millisecond {
		t.Errorf("heard after %v, want 20ms", got)
	}
}

// BenchmarkHear is the way of a packet from its datagram to the sink.
func BenchmarkHear(b *testing.B) {
	m := newManual(b, "g711U")
	payload := make([]byte, FrameSamples)
	for i := range payload {
		payload[i] = byte(i * 7)
	}
	datagram := packet(0, 0, 7, 0, payload)
	d := new(desk)
	b.ReportAllocs()
	for seq := uint16(0); b.Loop(); seq++ {
		binary.BigEndian.PutUint16(datagram[2:], seq)
		binary.BigEndian.PutUint32(datagram[4:], uint32(seq)*FrameSamples)
		m.receive(datagram, m.peer, m.now.Sub(m.epoch))
		m.now = m.now.Add(FrameDuration)
		m.run.frame(d, m.now)
	}
}
