package rtpmedia_test

import (
	"errors"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// waiter is a sink that keeps what comes and says when it is enough.
type waiter struct {
	collector
	want   int
	enough chan struct{}
}

func (w *waiter) WriteFrame(pcm []int16) error {
	_ = w.collector.WriteFrame(pcm)
	if len(w.pcm) >= w.want && w.want > 0 {
		w.want = 0
		close(w.enough)
	}
	return nil
}

// attempts is how often a test on the real clock may meet a machine that stands
// still for longer than a stream can make up for.
const attempts = 4

func TestAudioPassesThroughRealSockets(t *testing.T) {
	for _, address := range []string{"127.0.0.1", "::1"} {
		for _, paced := range []string{"by goroutines", "by an engine"} {
			t.Run(address+" "+paced, func(t *testing.T) {
				t.Parallel()
				cfg := rtpmedia.Config{Address: netip.MustParseAddr(address)}
				if paced == "by an engine" {
					cfg.Engine = newEngine(t)
				}
				best := 0.0
				for range attempts {
					if best = max(best, throughSockets(t, cfg)); best >= 0.999 {
						return
					}
				}
				t.Errorf("correlation %.4f, want 0.999", best)
			})
		}
	}
}

func newEngine(t *testing.T) *rtpmedia.Engine {
	t.Helper()
	e := rtpmedia.NewEngine(rtpmedia.EngineOptions{})
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// throughSockets sends a second of speech from one session to another and
// returns how well it is heard.
func throughSockets(t *testing.T, cfg rtpmedia.Config) float64 {
	t.Helper()
	cfg.JitterDelay = 200 * time.Millisecond
	a, err := rtpmedia.Open(cfg)
	if err != nil {
		t.Skipf("%s cannot be bound: %v", cfg.Address, err)
	}
	b, err := rtpmedia.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	said := speech(time.Second)
	heard := &waiter{want: 13000, enough: make(chan struct{})}
	b.SetSink(heard)
	a.SetSource(rtpmedia.FromPCM(said))
	for _, s := range [][2]*rtpmedia.Session{{b, a}, {a, b}} {
		err := s[0].Start(rtpmedia.Remote{RTP: s[1].LocalRTP(), Codec: "g711U"})
		if err != nil {
			t.Fatal(err)
		}
	}
	<-heard.enough
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Error(err)
	}
	correlation, _ := bestCorrelation(said, heard.heard(), 5000)
	return correlation
}

func TestPortsAreAPairFromTheRange(t *testing.T) {
	network := netsim.New(netsim.Profile{})
	cfg := rtpmedia.Config{
		PortMin: 41001, PortMax: 41008,
		Listen: func(at netip.AddrPort) (rtpmedia.PacketConn, error) { return network.Listen(at) },
	}
	var open []*rtpmedia.Session
	for range 3 {
		s, err := rtpmedia.Open(cfg)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, s)
		rtp, rtcp := s.LocalRTP().Port(), s.LocalRTCP().Port()
		if rtp%2 != 0 || rtcp != rtp+1 || rtp < 41002 || rtcp > 41008 {
			t.Errorf("ports %d and %d", rtp, rtcp)
		}
	}
	if s, err := rtpmedia.Open(cfg); err == nil {
		open = append(open, s)
		t.Error("41002 to 41008 has room for three pairs only")
	}
	for _, s := range open {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("the second Close: %v", err)
		}
	}
}

func TestAFarPortThatIsNotOpenYetCostsNothing(t *testing.T) {
	s, err := rtpmedia.Open(rtpmedia.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	probe, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	closed := probe.LocalAddr().(*net.UDPAddr).AddrPort()
	if err := probe.Close(); err != nil {
		t.Fatal(err)
	}
	ticks := &waiter{want: 20 * rtpmedia.FrameSamples, enough: make(chan struct{})}
	s.SetSink(ticks)
	if err := s.Start(rtpmedia.Remote{RTP: closed, Codec: "g711U"}); err != nil {
		t.Fatal(err)
	}
	<-ticks.enough
	if st := s.Stats(); st.SendFailed != 0 || st.Sent < 15 {
		t.Errorf("sent %d, failed %d", st.Sent, st.SendFailed)
	}
}

func TestBadConfigurationsAreRefused(t *testing.T) {
	for name, cfg := range map[string]rtpmedia.Config{
		"ports that are no range":      {PortMin: 5000, PortMax: 4000},
		"a range without a pair":       {PortMin: 5001, PortMax: 5002},
		"a DSCP of more than six bits": {DSCP: 64},
		"a static event payload type":  {EventPayloadType: 8},
		"a negative delay":             {JitterDelay: -1},
	} {
		if s, err := rtpmedia.Open(cfg); err == nil {
			_ = s.Close()
			t.Errorf("%s was taken", name)
		}
	}
}

func TestStartRefusesWhatCannotWork(t *testing.T) {
	s, err := rtpmedia.Open(rtpmedia.Config{})
	if err != nil {
		t.Fatal(err)
	}
	far := netip.MustParseAddrPort("127.0.0.1:4000")
	for name, r := range map[string]rtpmedia.Remote{
		"an unknown codec":        {RTP: far, Codec: "g729"},
		"no address":              {Codec: "g711U"},
		"the unspecified address": {RTP: netip.MustParseAddrPort("0.0.0.0:4000"), Codec: "g711U"},
		"port 0":                  {RTP: netip.MustParseAddrPort("127.0.0.1:0"), Codec: "g711U"},
		"15 ms":                   {RTP: far, Codec: "g711U", PacketTime: 15 * time.Millisecond},
		"70 ms":                   {RTP: far, Codec: "g711U", PacketTime: 70 * time.Millisecond},
		"payload type 128":        {RTP: far, Codec: "g711U", PayloadType: 128},
	} {
		if err := s.Start(r); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(rtpmedia.Remote{RTP: far, Codec: "g711U"}); err == nil {
		t.Error("a closed session was started")
	}
}
