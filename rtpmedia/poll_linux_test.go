package rtpmedia

import (
	"encoding/binary"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/pion/rtcp"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/pace"
)

// mailbox is a socket that is polled, with what the test puts into it.
type mailbox struct {
	nullConn
	waiting []letter
	reads   int
	fd      int // one at which there is always something
}

func (m *mailbox) number() int { return m.fd }

type letter struct {
	data []byte
	from netip.AddrPort
	at   time.Time
}

func (m *mailbox) read(d *desk, now time.Time) (datagram, error) {
	m.reads++
	if len(m.waiting) == 0 || m.waiting[0].at.After(now) {
		return datagram{}, errEmpty
	}
	l := m.waiting[0]
	m.waiting = m.waiting[1:]
	return datagram{copy(d.data[:], l.data), l.from, now.Sub(l.at)}, nil
}

// served is a session that a crew serves.
type served struct {
	*manual
	crew *crew
}

// turn lets the crew and the session do what is due at now.
func (s *served) turn(now time.Time) (more bool) {
	tasks := []pace.Task{s.run}
	s.crew.gather(tasks, func() time.Time { return now })
	_, more = s.run.Advance(now)
	s.crew.Release(tasks)
	return more
}

// newPolled is a session that has mailboxes for sockets.
func newPolled(t *testing.T) (m *served, rtp, rtcp *mailbox) {
	t.Helper()
	m = &served{newManual(t, "g711U"), new(crew)}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	if _, err := w.Write([]byte{0}); err != nil {
		t.Fatal(err)
	}
	rtp, rtcp = &mailbox{fd: int(r.Fd())}, &mailbox{fd: int(r.Fd())}
	before := [2]socket{m.rtp, m.rtcp}
	m.polls, m.rtp, m.rtcp = [2]polled{rtp, rtcp}, rtp, rtcp
	t.Cleanup(func() { m.polls, m.rtp, m.rtcp = [2]polled{}, before[0], before[1] })
	return m, rtp, rtcp
}

func TestFiguresDoNotDependOnWhenASocketIsRead(t *testing.T) {
	m, rtp, _ := newPolled(t)
	const late = 7 * time.Millisecond
	for i := range 100 {
		data := packet(uint16(i), uint32(i*160), 7, 0, make([]byte, 160))
		rtp.waiting = append(rtp.waiting, letter{
			data, m.peer, m.now.Add(time.Duration(i)*FrameDuration + late),
		})
	}
	for i := range 100 { // the thread is late as well, each time by another delay
		due := m.now.Add(time.Duration(i+1) * FrameDuration)
		m.turn(due.Add(time.Duration(i*i%19) * time.Millisecond))
	}
	s := m.Stats()
	if s.Received != 100 || s.Lost+s.Late != 0 {
		t.Errorf("received %d, lost %d, late %d", s.Received, s.Lost, s.Late)
	}
	if s.Jitter > time.Microsecond {
		t.Errorf("jitter %v of packets that came exactly each 20 ms", s.Jitter)
	}
}

func TestRoundTripsEndWhenTheReportComes(t *testing.T) {
	m, _, box := newPolled(t)
	came := m.now.Add(35 * time.Millisecond)
	sent := uint32(ntp(m.now) >> 16)
	data, err := (&rtcp.ReceiverReport{SSRC: 9, Reports: []rtcp.ReceptionReport{{
		SSRC: m.out.ssrc, LastSenderReport: sent, Delay: 0,
	}}}).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	box.waiting = []letter{{data, m.peer, came}}
	for range 2 * framesApart {
		m.now = m.now.Add(FrameDuration)
		m.turn(m.now)
	}
	rtt := m.Stats().RTT
	if rtt == nil || (*rtt-35*time.Millisecond).Abs() > time.Millisecond {
		t.Errorf("round trip %v, want 35ms", rtt)
	}
}

func TestAFloodIsLeftToTheKernel(t *testing.T) {
	m, rtp, rtcp := newPolled(t)
	noise := letter{[]byte("noise"), stranger, m.now}
	for range 10 * perDrain {
		rtp.waiting = append(rtp.waiting, noise)
		rtcp.waiting = append(rtcp.waiting, noise)
	}
	m.turn(m.now)
	if rtp.reads > perFrame+1 || rtcp.reads > perFrame {
		t.Errorf("%d and %d datagrams for one frame", rtp.reads, rtcp.reads)
	}
	rtp.reads, rtcp.reads = 0, 0
	m.Stop()
	if rtp.reads > perDrain || rtcp.reads > perDrain {
		t.Errorf("%d and %d datagrams when it stopped", rtp.reads, rtcp.reads)
	}
}

func TestASocketToWhichNothingComesIsNotRead(t *testing.T) {
	m, rtp, rtcp := newPolled(t)
	readable := rtp.fd
	rtp.fd, rtcp.fd = -1, -1 // poll says nothing of these
	frame := func() {
		m.turn(m.now)
		m.now = m.now.Add(FrameDuration)
	}
	for range 20 {
		frame()
	}
	if rtp.reads+rtcp.reads != 0 {
		t.Errorf("%d and %d times", rtp.reads, rtcp.reads)
	}
	rtp.waiting = []letter{{packet(0, 0, 7, 0, make([]byte, 160)), m.peer, m.now}}
	rtp.fd = readable
	frame()
	if s := m.Stats(); s.Received != 1 {
		t.Errorf("%d packets of one", s.Received)
	}
}

func TestWhatComesBeforeStopCountsAndWhatComesAfterItIsUnwanted(t *testing.T) {
	m, rtp, _ := newPolled(t)
	for i := range 5 {
		data := packet(uint16(i), uint32(i*160), 7, 0, make([]byte, 160))
		rtp.waiting = append(rtp.waiting, letter{data, m.peer, m.now})
	}
	m.Stop()
	if s := m.Stats(); s.Received != 5 || s.Unwanted != 0 {
		t.Errorf("before Stop: %d received, %d unwanted", s.Received, s.Unwanted)
	}
	for i := range 3 {
		data := packet(uint16(5+i), uint32(i*160), 7, 0, make([]byte, 160))
		rtp.waiting = append(rtp.waiting, letter{data, m.peer, m.now})
	}
	if s := m.Stats(); s.Received != 5 || s.Unwanted != 3 {
		t.Errorf("after Stop: %d received, %d unwanted", s.Received, s.Unwanted)
	}
}

func TestADigitThatCameBeforeStopIsTold(t *testing.T) {
	m, rtp, _ := newPolled(t)
	var told []Digit
	m.OnDigit(func(d Digit) { told = append(told, d) })
	event := []byte{5, 10, 0, 160} // key 5 down, -10 dBm0, 20 ms (RFC 4733 §2.3)
	rtp.waiting = []letter{{packet(0, 0, 7, 101, event), m.peer, m.now}}
	m.Stop()
	if len(told) != 0 {
		t.Error("a digit was told while the caller of Stop may hold locks")
	}
	if m.turn(m.now) {
		t.Error("the run goes on")
	}
	if len(told) != 1 || told[0].Digit != '5' {
		t.Errorf("told %v", told)
	}
}

func TestWhatWasSaidIsSentBeforeStopReturnsAndNothingAfterIt(t *testing.T) {
	m, rtp, _ := newPolled(t)
	tasks := []pace.Task{m.run}
	m.crew.gather(tasks, func() time.Time { return m.now })
	m.run.Advance(m.now)
	if rtp.count != 0 {
		t.Errorf("%d packets were sent before the others were ready", rtp.count)
	}
	m.Stop()
	m.crew.Release(tasks)
	if rtp.count != 1 || m.Stats().Sent != 1 {
		t.Errorf("%d packets, %d counted", rtp.count, m.Stats().Sent)
	}
}

func TestALateSessionSendsItsPacketsInOrder(t *testing.T) {
	m, rtp, _ := newPolled(t)
	m.turn(m.now)
	first := binary.BigEndian.Uint16(rtp.sent[2:])
	m.turn(m.now.Add(2 * FrameDuration)) // it owes two
	if last := binary.BigEndian.Uint16(rtp.sent[2:]); rtp.count != 3 || last != first+2 {
		t.Errorf("%d packets, the last is %d after the first", rtp.count, last-first)
	}
}

// polledPair is a socket that is polled and one that sends to it.
func polledPair(t *testing.T, address string) (polled, *net.UDPConn) {
	t.Helper()
	ip := net.ParseIP(address)
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: ip})
	if err != nil {
		t.Skipf("%s cannot be bound: %v", address, err)
	}
	p, err := poll(conn)
	if err != nil {
		_ = conn.Close()
		t.Skipf("sockets are not polled here: %v", err)
	}
	t.Cleanup(func() { _ = p.Close() })
	far, err := net.ListenUDP("udp", &net.UDPAddr{IP: ip})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = far.Close() })
	return p, far
}

// readAll reads until so many datagrams have come: the loopback interface delivers them
// before a send returns, but another processor may be at it.
func readAll(t *testing.T, p polled, n int) (all []datagram, last time.Time, data [][]byte) {
	t.Helper()
	d := new(desk)
	for deadline := time.Now().Add(10 * time.Second); len(all) < n; {
		last = time.Now()
		a, err := p.read(d, last)
		switch {
		case err == nil:
			all = append(all, a)
			data = append(data, append([]byte(nil), d.data[:a.size]...))
		case err != errEmpty:
			t.Fatal(err)
		case last.After(deadline):
			t.Fatalf("%d of %d datagrams", len(all), n)
		}
	}
	return all, last, data
}

func TestALongDatagramIsSeenToBeLong(t *testing.T) {
	p, far := polledPair(t, "127.0.0.1")
	for _, size := range []int{maxDatagram, maxDatagram + 1, 60000} {
		if _, err := far.WriteToUDPAddrPort(make([]byte, size), localPort(p)); err != nil {
			t.Fatal(err)
		}
		all, _, _ := readAll(t, p, 1)
		if want := min(size, maxDatagram+1); all[0].size != want {
			t.Errorf("%d bytes are read as %d, want %d", size, all[0].size, want)
		}
	}
}

func TestAPolledSocketAnswersFromItsPort(t *testing.T) {
	p, far := polledPair(t, "127.0.0.1")
	if _, err := p.WriteToUDPAddrPort([]byte("hello"), localPort(far)); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 10)
	n, from, err := far.ReadFromUDPAddrPort(buffer)
	if err != nil || string(buffer[:n]) != "hello" || unmap(from) != localPort(p) {
		t.Errorf("%q from %v, %v", buffer[:n], from, err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if _, err := p.WriteToUDPAddrPort([]byte("hello"), localPort(far)); err != net.ErrClosed {
		t.Errorf("sent from a closed socket: %v", err)
	}
	if _, err := p.read(new(desk), time.Now()); err != net.ErrClosed {
		t.Errorf("read from a closed socket: %v", err)
	}
	if err := p.Close(); err != net.ErrClosed {
		t.Errorf("closed again: %v", err)
	}
}

func TestLookingAtAnEmptySocketAllocatesNothing(t *testing.T) {
	p, _ := polledPair(t, "127.0.0.1")
	d := new(desk)
	now := time.Now()
	n := testing.AllocsPerRun(100, func() {
		if _, err := p.read(d, now); err != errEmpty {
			t.Fatal(err)
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
