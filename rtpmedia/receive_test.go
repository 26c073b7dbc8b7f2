package rtpmedia

import (
	"net/netip"
	"testing"
	"time"
)

// feed sends count packets of a source, 20 ms apart, and lets time pass.
func (m *manual) feed(from netip.AddrPort, ssrc uint32, first, count int, payloadType uint8) {
	loud := make([]byte, 160) // µ-law 0x00 is the most negative sample
	for i := first; i < first+count; i++ {
		b := packet(uint16(i), uint32(i*160), ssrc, payloadType, loud)
		m.receive(b, from, m.now.Sub(m.epoch))
		m.now = m.now.Add(FrameDuration)
		m.run.Advance(m.now)
	}
}

var stranger = netip.MustParseAddrPort("203.0.113.66:6666")

func TestOnlyOneSourceIsPlayedAtATime(t *testing.T) {
	m := newManual(t, "g711U")
	m.feed(m.peer, 1, 0, 10, 0)
	for i := range 10 {
		m.receive(packet(uint16(i), 0, 99, 0, make([]byte, 160)), stranger, m.now.Sub(m.epoch))
		m.feed(m.peer, 1, 10+i, 1, 0)
	}
	stats := m.Stats()
	if stats.RemoteSSRC != 1 || stats.Received != 20 || stats.Unwanted != 10 {
		t.Errorf("another source talked over the first: %+v", stats)
	}
}

func TestASourceThatFallsSilentIsFollowedByAnother(t *testing.T) {
	m := newManual(t, "g711U")
	m.feed(m.peer, 1, 0, 10, 0)
	m.now = m.now.Add(200 * time.Millisecond)
	m.feed(stranger, 2, 500, 10, 0)
	stats := m.Stats()
	if stats.RemoteSSRC != 2 || stats.Lost != 0 {
		t.Errorf("the second source was not taken: %+v", stats)
	}
	if stats.Received != 19 {
		t.Errorf("%d packets, want 10 and 9: the first of a new source only announces it",
			stats.Received)
	}
}

func TestAfloodOfSourcesChangesNothing(t *testing.T) {
	m := newManual(t, "g711U")
	m.feed(m.peer, 1, 0, 10, 0)
	for i := range 10000 {
		m.receive(packet(uint16(i), 0, uint32(1000+i), 0, nil), stranger, m.now.Sub(m.epoch))
	}
	m.feed(m.peer, 1, 10, 10, 0)
	if stats := m.Stats(); stats.RemoteSSRC != 1 || stats.Received != 20 || stats.Lost != 0 {
		t.Errorf("%+v", stats)
	}
}

func TestWhatIsNoAudioIsCountedAndDropped(t *testing.T) {
	good := packet(1, 0, 1, 0, make([]byte, 160))
	version1 := append([]byte(nil), good...)
	version1[0] = 0x40
	padded := append([]byte(nil), good...)
	padded[0] |= 0x20
	padded[len(padded)-1] = 255
	extended := append([]byte(nil), good[:16]...)
	extended[0] |= 0x10
	extended[14], extended[15] = 0xff, 0xff
	for name, c := range map[string]struct {
		datagram             []byte
		malformed, foreigner uint64
	}{
		"an empty datagram":                  {nil, 1, 0},
		"a header that breaks off":           {good[:11], 1, 0},
		"another version":                    {version1, 1, 0},
		"more padding than there is":         {padded, 1, 0},
		"an extension longer than the rest":  {extended, 1, 0},
		"a datagram that was cut off":        {make([]byte, maxDatagram+1), 1, 0},
		"a payload type nobody agreed on":    {packet(1, 0, 1, 18, nil), 0, 1},
		"an event that is too short":         {packet(1, 0, 1, 101, []byte{1}), 1, 0},
		"a header and nothing else is legal": {packet(1, 0, 1, 0, nil), 0, 0},
	} {
		m := newManual(t, "g711U")
		m.receive(c.datagram, m.peer, 0)
		if s := m.Stats(); s.Malformed != c.malformed || s.Foreign != c.foreigner {
			t.Errorf("%s: malformed %d, foreign %d", name, s.Malformed, s.Foreign)
		}
	}
}

func TestSendingFollowsTheSourceOnlyWhenLatchingIsAskedFor(t *testing.T) {
	for _, latching := range []bool{false, true} {
		m := newManual(t, "g711U")
		m.in.latch.wanted = latching
		m.feed(stranger, 1, 0, 1, 0)
		if m.out.to != m.peer {
			t.Errorf("latch %v: one packet was enough", latching)
		}
		m.feed(stranger, 1, 1, 5, 0)
		want := m.peer
		if latching {
			want = stranger
		}
		if m.out.to != want {
			t.Errorf("latch %v: sending to %v, want %v", latching, m.out.to, want)
		}
		m.feed(netip.MustParseAddrPort("198.51.100.1:1"), 1, 6, 5, 0)
		if m.out.to != want {
			t.Errorf("latch %v: moved again to %v", latching, m.out.to)
		}
	}
}

func TestTheOtherLawIsUnderstood(t *testing.T) {
	m := newManual(t, "g711U")
	m.feed(m.peer, 1, 0, 20, 8)
	s := m.Stats()
	// A-law 0x00 is -5504, which is -12.5 dBFS where a sine of full scale is 0.
	if s.Received != 20 || s.LevelHeard < -13 || s.LevelHeard > -12 {
		t.Errorf("A-law in a µ-law stream: %+v", s)
	}
}

func TestTheWorkedExampleOfRoundTripTimes(t *testing.T) {
	// RFC 3550 figure 2: A = 0xb710:8000, LSR = 0xb705:2000, DLSR = 0x0005:4000.
	got := roundTrip(0xb7108000, 0xb7052000, 0x00054000)
	if want := 6125 * time.Millisecond; got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func FuzzRTP(f *testing.F) {
	f.Add(packet(1, 2, 3, 0, make([]byte, 160)))
	f.Add(packet(1, 2, 3, 101, []byte{5, 0x8a, 3, 32}))
	f.Add(packet(1, 2, 3, 13, []byte{60}))
	f.Add([]byte{0xb0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xff})
	m := newManual(f, "g711U")
	f.Fuzz(func(_ *testing.T, datagram []byte) {
		for i := range byte(3) {
			if len(datagram) > 3 {
				datagram[3] += i
			}
			m.receive(datagram, m.peer, m.now.Sub(m.epoch))
			m.now = m.now.Add(FrameDuration)
			m.run.Advance(m.now)
		}
	})
}

func FuzzRTCP(f *testing.F) {
	f.Add([]byte{0x80, 201, 0, 1, 0, 0, 0, 1})
	f.Add([]byte{0x81, 203, 0, 1, 0, 0, 0, 1})
	m := newManual(f, "g711U")
	f.Fuzz(func(_ *testing.T, datagram []byte) {
		m.receiveReport(datagram, m.peer, m.now.Sub(m.epoch))
	})
}
