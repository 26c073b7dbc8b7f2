package audio

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// freePort is an even port that was free a moment ago, as was the next.
func freePort(t *testing.T) uint16 {
	t.Helper()
	s, err := rtpmedia.Open(rtpmedia.Config{PortMin: 20000, PortMax: 29999})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	return s.LocalRTP().Port()
}

// share starts a gateway whose streams share a port, where there are such gateways.
func share(t *testing.T) *Gateway {
	t.Helper()
	g := NewGateway(Options{OnlyHere: true, Port: freePort(t)})
	t.Cleanup(g.Shutdown)
	err := g.Share(netip.MustParseAddr("127.0.0.1"))
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("ports are not shared here")
	}
	if err != nil {
		t.Fatal(err)
	}
	g.Start(func(pbx.LegID, string) {})
	return g
}

// tones collects what is heard.
type tones struct {
	pcm  []int16
	full chan []int16 // a second of it
}

func (s *tones) WriteFrame(pcm []int16) error {
	if len(s.pcm) < rtpmedia.SampleRate && (len(s.pcm) > 0 || rtpmedia.Level(pcm) > audible) {
		if s.pcm = append(s.pcm, pcm...); len(s.pcm) == rtpmedia.SampleRate {
			s.full <- s.pcm
		}
	}
	return nil
}

// Each terminal says a tone of its own to the one port, and hears its own again.
func TestTerminalsThatShareAPortHearTheirOwnStreams(t *testing.T) {
	g := share(t)
	const n = 4
	var heard [n]tones
	for i := range heard {
		session, err := rtpmedia.Open(rtpmedia.Config{})
		if err != nil {
			t.Fatal(err)
		}
		defer session.Close()
		heard[i].full = make(chan []int16, 1)
		session.SetSource(rtpmedia.Tone(pitch(i), -13))
		session.SetSink(&heard[i])
		leg := pbx.LegID(i + 1)
		far := csta.MediaInfo{RTP: ipAddress(session.LocalRTP())}
		at, err := g.Open(leg, far, pbx.Terms{Codec: "g711U"})
		if err != nil {
			t.Fatal(err)
		}
		if at.RTP.Port != int(g.opts.Port) || at.RTCP.Port != int(g.opts.Port)+1 {
			t.Errorf("stream %d is at %+v, not at port %d", i, at, g.opts.Port)
		}
		g.Route(csta.CallID(fmt.Sprint(leg)), []pbx.Heard{
			{Leg: leg, Kind: pbx.Terminal, Play: pbx.Play{Sound: pbx.Echo}},
		})
		near, err := addrPort(at.RTP)
		if err != nil {
			t.Fatal(err)
		}
		if err := session.Start(rtpmedia.Remote{RTP: near, Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range heard {
		pcm := <-heard[i].full
		if got := tonal(pcm[len(pcm)/2:], pitch(i)); got < 0.9 {
			t.Errorf("terminal %d: %.2f of what it hears is its own tone", i, got)
		}
	}
}

func pitch(i int) float64 { return float64(500 + 300*i) }

// A stream that is moved is closed and opened again, to the same terminal.
func TestTheAddressOfATerminalIsFreeAfterItsStream(t *testing.T) {
	g := share(t)
	info := csta.MediaInfo{RTP: csta.IPAddress{Address: "127.0.0.1", Port: 40000}}
	for leg := range pbx.LegID(3) {
		if _, err := g.Open(leg+1, info, pbx.Terms{Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
		_, err := g.Open(99, info, pbx.Terms{Codec: "g711U"})
		if !errors.Is(err, rtpmedia.ErrAddressTaken) {
			t.Errorf("a second stream to one address: %v", err)
		}
		g.Close(leg + 1)
	}
}

func TestPortsThatCannotBeShared(t *testing.T) {
	busy, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	taken := busy.LocalAddr().(*net.UDPAddr).AddrPort().Port() &^ 1 // it or the one below it
	for name, c := range map[string]struct {
		options Options
		want    string
	}{
		"an odd port":                  {Options{Port: 40001}, "not even"},
		"a port of another program":    {Options{Port: taken}, "address already in use"},
		"a network inside the process": {Options{Port: 40000, Listen: NewNetwork().Listen}, "own"},
	} {
		g := NewGateway(c.options)
		err := g.Share(netip.MustParseAddr("127.0.0.1"))
		unsupported := errors.Is(err, errors.ErrUnsupported) // by the platform
		if !unsupported && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
		g.Shutdown()
	}
}
