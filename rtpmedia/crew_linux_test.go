package rtpmedia

import (
	"bytes"
	"encoding/binary"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/pace"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/uring"
)

// squad is sessions with sockets of the system's own, which a crew serves, and a socket of
// ours to which all of them send.
type squad struct {
	crew     *crew
	sessions []*manual
	tasks    []pace.Task
	far      *net.UDPConn
	now      time.Time
}

// newSquad has sessions enough for a ring, and skips the test where the kernel refuses one.
func newSquad(t *testing.T) *squad {
	t.Helper()
	q := &squad{crew: new(crew), now: time.Now()}
	t.Cleanup(q.crew.Close)
	for range ringFrom + 2 {
		p, far := polledPair(t, "127.0.0.1")
		if q.far == nil {
			q.far = far
		}
		m := newManual(t, "g711U")
		before := m.rtp
		m.polls[audio], m.rtp, m.out.to = p, p, localPort(q.far)
		t.Cleanup(func() { m.polls, m.rtp = [2]polled{}, before })
		m.run.due = q.now.Add(FrameDuration)
		q.sessions, q.tasks = append(q.sessions, m), append(q.tasks, m.run)
	}
	if q.crew.prepare(len(q.tasks)); q.crew.ring == nil {
		t.Skip("no io_uring here")
	}
	return q
}

// speak lets all sessions have a packet to send.
func (q *squad) speak() {
	q.now = q.now.Add(FrameDuration)
	q.crew.gather(q.tasks, func() time.Time { return q.now })
	for _, m := range q.sessions {
		m.run.Advance(q.now)
	}
}

// heard is the packets that have come since it was last asked, by their source: the
// loopback interface delivers what was sent before the send returns.
func (q *squad) heard(t *testing.T) map[netip.AddrPort][]uint16 {
	t.Helper()
	all := make(map[netip.AddrPort][]uint16)
	b := make([]byte, maxDatagram)
	mark, err := net.DialUDP("udp", nil, q.far.LocalAddr().(*net.UDPAddr))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = mark.Close() }()
	end := []byte("that is all")
	if _, err := mark.Write(end); err != nil {
		t.Fatal(err)
	}
	_ = q.far.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		n, from, err := q.far.ReadFromUDPAddrPort(b)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(b[:n], end) {
			return all
		}
		from = unmap(from)
		all[from] = append(all[from], binary.BigEndian.Uint16(b[2:]))
	}
}

func TestEachSessionsPacketsComeFromItsPortInTheirOrder(t *testing.T) {
	q := newSquad(t)
	next := make([]uint16, len(q.sessions))
	for i, m := range q.sessions {
		next[i] = m.out.sequence
	}
	for range 20 {
		q.speak()
		if n := len(q.heard(t)); n != 0 {
			t.Fatalf("%d sessions have sent before the others were ready", n)
		}
		q.crew.Release(q.tasks)
		all := q.heard(t)
		for i, m := range q.sessions {
			if got := all[localPort(m.rtp)]; len(got) != 1 || got[0] != next[i] {
				t.Errorf("session %d: packets %v, want %d", i, got, next[i])
			}
			next[i]++
		}
	}
	for i, m := range q.sessions {
		if s := m.Stats(); s.Sent != 20 || s.SendFailed != 0 {
			t.Errorf("session %d: sent %d, failed %d", i, s.Sent, s.SendFailed)
		}
	}
}

// TestWhatIsInTheRingIsSentBeforeStopReturns: the thread that serves the sessions may have
// given their packets to the ring, and not yet sent them.
func TestWhatIsInTheRingIsSentBeforeStopReturns(t *testing.T) {
	q := newSquad(t)
	q.speak()
	for i, m := range q.sessions {
		q.crew.release(m.run, i)
	}
	if n := len(q.heard(t)); n != 0 {
		t.Fatalf("%d sessions have sent", n)
	}
	last := q.sessions[len(q.sessions)-1]
	last.Stop()
	if n := len(q.heard(t)[localPort(last.rtp)]); n != 1 || last.Stats().Sent != 1 {
		t.Errorf("%d packets, %d counted", n, last.Stats().Sent)
	}
	q.crew.Release(q.tasks)
	if n := len(q.heard(t)); n != 0 {
		t.Errorf("%d sessions have sent again", n)
	}
}

func TestAPacketThatTheRingCannotSendIsOneThatFailed(t *testing.T) {
	q := newSquad(t)
	// Nothing that comes from 127.0.0.1 leaves the machine (RFC 1122 §3.2.1.3).
	q.sessions[3].out.to = netip.MustParseAddrPort("192.0.2.1:9")
	for range 3 {
		q.speak()
		q.crew.Release(q.tasks)
	}
	for i, m := range q.sessions {
		want, failed := uint64(3), uint64(0)
		if i == 3 {
			want, failed = failed, want
		}
		if s := m.Stats(); s.Sent != want || s.SendFailed != failed {
			t.Errorf("session %d: sent %d, failed %d", i, s.Sent, s.SendFailed)
		}
		if m.out.octets != want*FrameSamples {
			t.Errorf("session %d: %d octets", i, m.out.octets)
		}
	}
	if q.crew.ring == nil {
		t.Error("the ring was given up for one packet")
	}
}

// refusing is a ring that sends nothing.
type refusing struct {
	held   []uring.Failure
	reason error
	closed bool
}

func (r *refusing) Put(id, _ int, _, _ []byte) bool {
	r.held = append(r.held, uring.Failure{ID: id, Err: r.reason})
	return true
}

func (r *refusing) Flush() {}

func (r *refusing) Failures() []uring.Failure { return r.held }

func (r *refusing) Close() error {
	r.closed = true
	return nil
}

func TestARingThatCannotSendIsGivenUpAndNothingIsLost(t *testing.T) {
	for name, reason := range map[string]error{
		"the kernel's sending takes no address": syscall.EINVAL,
		"the call is refused":                   os.NewSyscallError("enter", syscall.EPERM),
	} {
		t.Run(name, func(t *testing.T) {
			q := newSquad(t)
			q.crew.Close()
			r := &refusing{reason: reason}
			q.crew.ring = r
			for range 3 {
				q.speak()
				q.crew.Release(q.tasks)
				if n := len(q.heard(t)); n != len(q.sessions) {
					t.Errorf("%d of %d sessions have sent", n, len(q.sessions))
				}
			}
			if q.crew.ring != nil || !r.closed || len(r.held) != len(q.sessions) {
				t.Errorf("closed: %v; %d packets were given to it", r.closed, len(r.held))
			}
			for i, m := range q.sessions {
				if s := m.Stats(); s.Sent != 3 || s.SendFailed != 0 || m.out.octets != 480 {
					t.Errorf("session %d: sent %d, failed %d", i, s.Sent, s.SendFailed)
				}
			}
		})
	}
}

func TestAPacketIsNotSentAgainAfterStop(t *testing.T) {
	q := newSquad(t)
	q.crew.Close()
	q.crew.ring = &refusing{reason: syscall.EAGAIN}
	q.speak()
	for i, m := range q.sessions {
		q.crew.release(m.run, i)
		m.Stop()
	}
	q.crew.Release(q.tasks)
	if n := len(q.heard(t)); n != 0 {
		t.Errorf("%d sessions have sent", n)
	}
	if s := q.sessions[0].Stats(); s.Sent != 0 || s.SendFailed != 1 {
		t.Errorf("sent %d, failed %d", s.Sent, s.SendFailed)
	}
}

func TestARingSendsFromSocketsOfEitherFamily(t *testing.T) {
	r, err := uring.New(1, maxDatagram)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = r.Close() }()
	for name, to := range map[string]struct{ bind, to string }{
		"IPv4":         {"127.0.0.1", "127.0.0.1"},
		"IPv6":         {"::1", "::1"},
		"both, to one": {"::", "127.0.0.1"},
		"and to other": {"::", "::1"},
	} {
		t.Run(name, func(t *testing.T) {
			p, far := polledPair(t, to.bind)
			s := p.(*rawSocket)
			s.aim(netip.AddrPortFrom(netip.MustParseAddr(to.to), localPort(far).Port()))
			if !r.Put(0, s.fd, []byte("hello"), s.raw.bytes()) {
				t.Fatal("the datagram was not taken")
			}
			r.Flush()
			if f := r.Failures(); f != nil {
				t.Fatal(f)
			}
			b := make([]byte, 10)
			_ = far.SetReadDeadline(time.Now().Add(10 * time.Second))
			n, from, err := far.ReadFromUDPAddrPort(b)
			if err != nil || string(b[:n]) != "hello" || from.Port() != localPort(p).Port() {
				t.Errorf("%q from %v, %v", b[:n], from, err)
			}
		})
	}
}

func TestAnEngineDoesWithoutARing(t *testing.T) {
	c := newCrew(true).(*crew)
	c.prepare(crewSize)
	if c.ring != nil {
		t.Error("a plain crew has a ring")
	}
	c = newCrew(false).(*crew)
	if c.prepare(ringFrom - 1); c.ring != nil {
		t.Error("few sessions have a ring")
	}
	c.Close()
}
