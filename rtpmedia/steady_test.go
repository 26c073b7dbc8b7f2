package rtpmedia

import (
	"encoding/binary"
	"net"
	"net/netip"
	"testing"
	"time"
)

// nullConn is a socket to which nothing comes.
type nullConn struct {
	closed chan struct{}
	local  netip.AddrPort
	sent   []byte
	count  int
}

func (c *nullConn) ReadFromUDPAddrPort([]byte) (int, netip.AddrPort, error) {
	<-c.closed
	return 0, netip.AddrPort{}, net.ErrClosed
}

func (c *nullConn) WriteToUDPAddrPort(b []byte, _ netip.AddrPort) (int, error) {
	c.sent = append(c.sent[:0], b...)
	c.count++
	return len(b), nil
}

func (c *nullConn) LocalAddr() net.Addr { return net.UDPAddrFromAddrPort(c.local) }

func (c *nullConn) Close() error {
	close(c.closed)
	return nil
}

// manual is a session whose run is driven by the test rather than by a
// goroutine.
type manual struct {
	*Session
	run  *run
	now  time.Time
	conn *nullConn
	peer netip.AddrPort
}

func newManual(tb testing.TB, codec string, delay ...time.Duration) *manual {
	tb.Helper()
	m := &manual{peer: netip.MustParseAddrPort("10.0.0.9:4000")}
	cfg := Config{Listen: func(at netip.AddrPort) (PacketConn, error) {
		if at.Port() == 0 {
			at = netip.AddrPortFrom(at.Addr(), 5000)
		}
		c := &nullConn{closed: make(chan struct{}), local: at}
		if m.conn == nil || at.Port()%2 == 0 {
			m.conn = c
		}
		return c, nil
	}}
	for _, d := range delay {
		cfg.JitterDelay = d
	}
	s, err := Open(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	m.Session, m.now = s, s.epoch
	here := netip.AddrFrom4([4]byte{10, 0, 0, 1})
	r, c, err := Remote{RTP: m.peer, Codec: codec}.resolve(&Config{}, here)
	if err != nil {
		tb.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.in.restart(c, r, 0)
	s.out.target(c, r, m.now, false)
	s.control.due = m.now.Add(time.Hour)
	s.remote = r
	m.run = newRun(s, m.now)
	s.run = m.run
	return m
}

// packet is an RTP packet of G.711.
func packet(seq uint16, ts, ssrc uint32, payloadType uint8, payload []byte) []byte {
	b := []byte{0x80, payloadType}
	b = binary.BigEndian.AppendUint16(b, seq)
	b = binary.BigEndian.AppendUint32(b, ts)
	b = binary.BigEndian.AppendUint32(b, ssrc)
	return append(b, payload...)
}

func TestTheSteadyStateAllocatesNothing(t *testing.T) {
	for _, codec := range []string{"g711U", "g711A", "g722", "l16"} {
		m := newManual(t, codec)
		m.SetSource(Tone(440, -10))
		c, _ := CodecByName(codec)
		datagram := packet(0, 0, 7, c.PayloadType(), make([]byte, 160))
		seq := uint16(0)
		tick := func() {
			binary.BigEndian.PutUint16(datagram[2:], seq)
			binary.BigEndian.PutUint32(datagram[4:], uint32(seq)*uint32(c.Samples(160)))
			m.receive(datagram, m.peer, m.now.Sub(m.epoch))
			m.now = m.now.Add(FrameDuration)
			m.run.Advance(m.now)
			seq++
		}
		for range 200 {
			tick() // the buffer's slots grow to the size of a payload
		}
		if n := testing.AllocsPerRun(200, tick); n != 0 {
			t.Errorf("%s: %v allocations for a packet sent and one received", codec, n)
		}
	}
}

// counter is a silent source that counts what is read.
type counter struct{ frames int }

func (c *counter) ReadFrame(pcm []int16) error {
	c.frames++
	clear(pcm)
	return nil
}

func TestALateRunSendsWhatItOwesOrLeavesItOut(t *testing.T) {
	for _, c := range []struct {
		name   string
		late   time.Duration
		sent   int
		jumped uint32 // by how many samples the timestamp is ahead of the packets
		marker bool
	}{
		{"on time", 0, 1, 0, false},
		{"two frames late are caught up at once", 40 * time.Millisecond, 3, 0, false},
		{"half a second late is left out", 500 * time.Millisecond, 1, 25 * 160, true},
	} {
		m := newManual(t, "g711U")
		source := &counter{}
		m.SetSource(source)
		m.run.Advance(m.now)
		first := binary.BigEndian.Uint32(m.conn.sent[4:])
		before := m.conn.count
		m.now = m.now.Add(FrameDuration + c.late)
		m.run.Advance(m.now)
		sent := m.conn.count - before
		last := binary.BigEndian.Uint32(m.conn.sent[4:])
		if sent != c.sent {
			t.Errorf("%s: %d packets, want %d", c.name, sent, c.sent)
		}
		if got := last - first - uint32(sent)*FrameSamples; got != c.jumped {
			t.Errorf("%s: the timestamp jumped by %d samples, want %d", c.name, got, c.jumped)
		}
		if frames := int(1 + c.jumped/FrameSamples); source.frames != frames+sent {
			t.Errorf("%s: %d frames were read, want %d", c.name, source.frames, frames+sent)
		}
		if marker := m.conn.sent[1]&0x80 != 0; marker != c.marker {
			t.Errorf("%s: marker %v", c.name, marker)
		}
	}
}

func BenchmarkLeg(b *testing.B) {
	m := newManual(b, "g711U")
	m.SetSource(Tone(440, -10))
	datagram := packet(0, 0, 7, 0, make([]byte, 160))
	for seq := uint16(0); b.Loop(); seq++ {
		binary.BigEndian.PutUint16(datagram[2:], seq)
		binary.BigEndian.PutUint32(datagram[4:], uint32(seq)*160)
		m.receive(datagram, m.peer, m.now.Sub(m.epoch))
		m.now = m.now.Add(FrameDuration)
		m.run.Advance(m.now)
	}
}
