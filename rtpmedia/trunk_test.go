package rtpmedia_test

import (
	"errors"
	"net"
	"net/netip"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// openTrunk skips the test where there are no trunks.
func openTrunk(t *testing.T, c rtpmedia.TrunkConfig) *rtpmedia.Trunk {
	t.Helper()
	if c.Engine == nil {
		c.Engine = newEngine(t)
	}
	trunk, err := rtpmedia.OpenTrunk(c)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("there are no trunks here")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := trunk.Close(); err != nil {
			t.Error(err)
		}
		if err := trunk.Close(); err != nil {
			t.Errorf("closed again: %v", err)
		}
	})
	return trunk
}

func openSession(t *testing.T, c rtpmedia.Config) *rtpmedia.Session {
	t.Helper()
	s, err := rtpmedia.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func startTo(t *testing.T, s *rtpmedia.Session, far netip.AddrPort) {
	t.Helper()
	if err := s.Start(rtpmedia.Remote{RTP: far, Codec: "g711U"}); err != nil {
		t.Fatal(err)
	}
}

// dialled collects the digits that a session hears.
type dialled struct {
	mu     sync.Mutex
	digits string
}

func (d *dialled) hear(s *rtpmedia.Session) {
	s.OnDigit(func(digit rtpmedia.Digit) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if digit.Ended {
			d.digits += string(digit.Digit)
		}
	})
}

func (d *dialled) heard() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.digits
}

func TestEachSessionOfATrunkHearsItsOwnFarEnd(t *testing.T) {
	for _, address := range []string{"127.0.0.1", "::1"} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			probe, err := net.ListenPacket("udp", net.JoinHostPort(address, "0"))
			if err != nil {
				t.Skipf("%s cannot be bound: %v", address, err)
			}
			_ = probe.Close()
			local := netip.MustParseAddr(address)
			trunk := openTrunk(t, rtpmedia.TrunkConfig{Address: local})
			phones := newEngine(t)
			const n = 16
			const keys = "0123456789*#ABCD"
			var far, near [n]*rtpmedia.Session
			var atFar, atNear [n]dialled
			for i := range n {
				far[i] = openSession(t, rtpmedia.Config{Engine: phones, Address: local})
				near[i] = openSession(t, rtpmedia.Config{Trunk: trunk})
				if near[i].LocalRTP() != trunk.LocalRTP() ||
					near[i].LocalRTCP() != trunk.LocalRTCP() {
					t.Error("a session's ports are not those of its trunk")
				}
				atFar[i].hear(far[i])
				atNear[i].hear(near[i])
				near[i].SetSource(rtpmedia.Tone(440, -10))
				startTo(t, far[i], trunk.LocalRTP())
				startTo(t, near[i], far[i].LocalRTP())
			}
			var work sync.WaitGroup
			for i := range n {
				work.Go(func() {
					err := errors.Join(far[i].SendDigits(t.Context(), keys[i:i+1]),
						near[i].SendDigits(t.Context(), keys[n-1-i:n-i]))
					if err != nil {
						t.Error(err)
					}
				})
			}
			work.Wait()
			for i := range n {
				eventually(t, "digits of both ends", func() bool {
					return atNear[i].heard() == keys[i:i+1] && atFar[i].heard() == keys[n-1-i:n-i]
				})
				eventually(t, "the tone", func() bool { return far[i].Stats().LevelHeard > -11 })
				if s := near[i].Stats(); s.Received == 0 || s.Unwanted+s.Malformed != 0 {
					t.Errorf("session %d: %+v", i, s)
				}
			}
			if s := trunk.Stats(); s.Sessions != n || s.Unknown != 0 || s.SendFailed != 0 {
				t.Errorf("%+v", s)
			}
		})
	}
}

// eventually waits, on the real clock, for what a thread is about to do.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("no %s", what)
		}
	}
}

func TestAFarAddressBelongsToOneSessionOfATrunk(t *testing.T) {
	trunk := openTrunk(t, rtpmedia.TrunkConfig{})
	one, two := openSession(t, rtpmedia.Config{Trunk: trunk}),
		openSession(t, rtpmedia.Config{Trunk: trunk})
	far := netip.MustParseAddrPort("127.0.0.1:45678")
	other := netip.MustParseAddrPort("127.0.0.1:45680")
	startTo(t, one, far)
	startTo(t, one, far) // it is its own
	for name, r := range map[string]rtpmedia.Remote{
		"the same address":      {RTP: far},
		"the same for reports":  {RTP: other, RTCP: netip.AddrPortFrom(far.Addr(), 45679)},
		"the same, IPv4 mapped": {RTP: mapped(far)},
	} {
		r.Codec = "g711U"
		if err := two.Start(r); !errors.Is(err, rtpmedia.ErrAddressTaken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if trunk.Stats().Sessions != 1 {
		t.Errorf("%d sessions", trunk.Stats().Sessions)
	}
	startTo(t, one, other) // moves, and gives up the first
	startTo(t, two, far)
	one.Stop()
	startTo(t, two, other)
	if err := two.Close(); err != nil {
		t.Error(err)
	}
	if trunk.Stats().Sessions != 0 {
		t.Errorf("%d sessions after the last stopped", trunk.Stats().Sessions)
	}
}

func mapped(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(netip.AddrFrom16(a.Addr().As16()), a.Port())
}

func TestStrangersToATrunkAreCountedAndHeardByNobody(t *testing.T) {
	trunk := openTrunk(t, rtpmedia.TrunkConfig{})
	s := openSession(t, rtpmedia.Config{Trunk: trunk})
	far, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	stranger, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	startTo(t, s, far.LocalAddr().(*net.UDPAddr).AddrPort())
	data := make([]byte, 172)
	data[0] = 0x80
	const n = 150 // more than are read in one system call
	for i := range n {
		data[3] = byte(i)
		for _, conn := range []*net.UDPConn{stranger, far} {
			if _, err := conn.WriteToUDPAddrPort(data, trunk.LocalRTP()); err != nil {
				t.Fatal(err)
			}
		}
		if i < 10 {
			if _, err := stranger.WriteToUDPAddrPort(data, trunk.LocalRTCP()); err != nil {
				t.Fatal(err)
			}
		}
	}
	eventually(t, "all datagrams", func() bool {
		return trunk.Stats().Unknown == n+10 && s.Stats().Received == n
	})
	if got := s.Stats(); got.Unwanted+got.Malformed+got.Duplicate != 0 {
		t.Errorf("%+v", got)
	}
}

func TestATrunkRefusesWhatItCannotDo(t *testing.T) {
	trunk := openTrunk(t, rtpmedia.TrunkConfig{})
	capture, err := rtpmedia.NewCapture(discardWriter{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]rtpmedia.Config{
		"latching":             {Latch: true},
		"ports of its own":     {PortMin: 40000, PortMax: 40010},
		"a capture of its own": {Capture: capture},
		"sockets of its own": {Listen: func(netip.AddrPort) (rtpmedia.PacketConn, error) {
			return nil, errors.New("not to be called")
		}},
	} {
		c.Trunk = trunk
		if s, err := rtpmedia.Open(c); err == nil {
			_ = s.Close()
			t.Errorf("%s was taken", name)
		}
	}
	if other, err := rtpmedia.OpenTrunk(rtpmedia.TrunkConfig{}); err == nil {
		_ = other.Close()
		t.Error("a trunk without an engine was opened")
	}
}

type discardWriter struct{}

func (discardWriter) Write(p []byte) (int, error) { return len(p), nil }

func TestReportsFindTheirSessions(t *testing.T) {
	trunk := openTrunk(t, rtpmedia.TrunkConfig{})
	phones := newEngine(t)
	near := openSession(t, rtpmedia.Config{Trunk: trunk})
	far := openSession(t, rtpmedia.Config{Engine: phones})
	startTo(t, far, trunk.LocalRTP())
	startTo(t, near, far.LocalRTP())
	eventually(t, "loss reported to both ends", func() bool {
		return near.Stats().RemoteLoss != nil && far.Stats().RemoteLoss != nil
	})
}
