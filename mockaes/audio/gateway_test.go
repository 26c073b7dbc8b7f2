package audio

import (
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// far is a terminal's end of a stream.
type far struct {
	*rtpmedia.Session
	mu  sync.Mutex
	pcm []int16
}

func (f *far) WriteFrame(pcm []int16) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pcm = append(f.pcm, pcm...)
	return nil
}

// heard returns what has come since it was last asked for.
func (f *far) heard() []int16 {
	f.mu.Lock()
	defer f.mu.Unlock()
	pcm := f.pcm
	f.pcm = nil
	return pcm
}

// terminal opens a leg and the stream at its other end, which says a tone.
func terminal(t *testing.T, g *Gateway, n *Network, leg pbx.LegID, hz float64) *far {
	t.Helper()
	return terminalIn(t, g, n, leg, hz, "g711A")
}

func terminalIn(
	t *testing.T, g *Gateway, n *Network, leg pbx.LegID, hz float64, codec string,
) *far {
	t.Helper()
	session, err := rtpmedia.Open(rtpmedia.Config{Listen: n.Listen})
	if err != nil {
		t.Fatal(err)
	}
	f := &far{Session: session}
	session.SetSource(rtpmedia.Tone(hz, -13))
	session.SetSink(f)
	near, err := g.Open(leg, csta.MediaInfo{
		RTP: ipAddress(session.LocalRTP()), RTCP: ipAddress(session.LocalRTCP()),
		PacketSize: 20,
	}, pbx.Terms{Codec: codec})
	if err != nil {
		t.Fatal(err)
	}
	at, err := addrPort(near.RTP)
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Start(rtpmedia.Remote{RTP: at, Codec: codec}); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestConference routes a call of three terminals, one of which only listens, and an
// outside party who says something, and takes them away one by one.
func TestConference(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := NewNetwork()
		g := NewGateway(Options{Listen: n.Listen})
		g.Start(func(pbx.LegID, string) {})
		a := terminal(t, g, n, 1, 500)
		b := terminal(t, g, n, 2, 900)
		c := terminal(t, g, n, 3, 1300)
		defer func() {
			g.Shutdown()
			for _, f := range []*far{a, b, c} {
				_ = f.Close()
			}
		}()
		outside := pbx.Heard{
			Leg: 4, Kind: pbx.OutsideParty, Says: "tone:2000@-13", From: []pbx.LegID{1, 2},
		}
		g.Route("7", []pbx.Heard{
			{Leg: 1, Kind: pbx.Terminal, From: []pbx.LegID{2, 4}},
			{Leg: 2, Kind: pbx.Terminal, From: []pbx.LegID{1, 4}},
			{Leg: 3, Kind: pbx.Terminal, From: []pbx.LegID{1, 2, 4}, Muted: true},
			outside,
		})
		expect := func(who string, f *far, want ...float64) {
			t.Helper()
			time.Sleep(500 * time.Millisecond)
			f.heard()
			time.Sleep(500 * time.Millisecond)
			pcm := f.heard()
			for _, hz := range []float64{500, 900, 1300, 2000} {
				share, wanted := 0.0, false
				if rtpmedia.Level(pcm) > -60 {
					share = tonal(pcm, hz)
				}
				for _, w := range want {
					wanted = wanted || w == hz
				}
				if wanted != (share > 0.2) {
					t.Errorf("%.2f of what %s hears is %v Hz", share, who, hz)
				}
			}
		}
		expect("the first", a, 900, 2000)
		expect("the second", b, 500, 2000)
		expect("the listener", c, 500, 900, 2000)
		g.Route("7", []pbx.Heard{
			{Leg: 1, Kind: pbx.Terminal, From: []pbx.LegID{4}},
			{Leg: 3, Kind: pbx.Terminal, From: []pbx.LegID{1, 4}, Muted: true},
			outside,
		})
		expect("the first, without the second", a, 2000)
		expect("the second, on its own", b)
		expect("the listener, without the second", c, 500, 2000)
		g.Close(3)
		g.Route("7", nil)
		expect("the first, when the call is over", a)
		if legs := g.Legs(); len(legs) != 2 {
			t.Errorf("%d legs are left: %+v", len(legs), legs)
		}
	})
}

// TestMergedCalls moves a leg to another call, in either order of the two routes.
func TestMergedCalls(t *testing.T) {
	for _, first := range []csta.CallID{"1", "2"} {
		synctest.Test(t, func(t *testing.T) {
			n := NewNetwork()
			g := NewGateway(Options{Listen: n.Listen})
			g.Start(func(pbx.LegID, string) {})
			a := terminal(t, g, n, 1, 500)
			defer func() {
				g.Shutdown()
				_ = a.Close()
			}()
			g.Route("1", []pbx.Heard{
				{Leg: 1, Kind: pbx.Terminal, Play: pbx.Play{Sound: pbx.Music, Started: time.Now()}},
				{Leg: 2, Kind: pbx.OutsideParty, Says: "tone:900"},
			})
			routes := map[csta.CallID][]pbx.Heard{"1": nil, "2": {
				{Leg: 1, Kind: pbx.Terminal, From: []pbx.LegID{2}},
				{Leg: 2, Kind: pbx.OutsideParty, Says: "tone:900", From: []pbx.LegID{1}},
			}}
			g.Route(first, routes[first])
			delete(routes, first)
			for call, parties := range routes {
				g.Route(call, parties)
			}
			time.Sleep(time.Second)
			pcm := a.heard()
			if got := tonal(pcm[len(pcm)-2000:], 900); got < 0.99 {
				t.Errorf("routed %s first, %.2f of what is heard is the other party", first, got)
			}
		})
	}
}

func TestOpenRefusals(t *testing.T) {
	good := csta.IPAddress{Address: "127.0.0.1", Port: 4000}
	tests := []struct {
		name  string
		rtp   csta.IPAddress
		codec string
		want  string
	}{
		{"a name for an address", csta.IPAddress{Address: "phone", Port: 4000}, "g711U", "no IP"},
		{"no port", csta.IPAddress{Address: "127.0.0.1"}, "g711U", "no port"},
		{"a port that cannot be", csta.IPAddress{Address: "::1", Port: 70000}, "g711U", "no port"},
		{"a codec that nobody has here", good, "g729", "g729"},
	}
	n := NewNetwork()
	g := NewGateway(Options{Listen: n.Listen})
	for _, tt := range tests {
		_, err := g.Open(1, csta.MediaInfo{RTP: tt.rtp}, pbx.Terms{Codec: tt.codec})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
	g.Shutdown()
	if _, err := g.Open(1, csta.MediaInfo{RTP: good}, pbx.Terms{Codec: "g711U"}); err == nil {
		t.Error("a gateway that is shut down opened a stream")
	}
	if len(n.ports) != 0 {
		t.Errorf("%d ports are still bound", len(n.ports))
	}
}

func TestNear(t *testing.T) {
	for far, want := range map[string]string{
		"127.0.0.1": "127.0.0.1", "::1": "::1", "127.0.0.9": "127.0.0.1",
	} {
		if got := near(netip.MustParseAddr(far)); got.String() != want {
			t.Errorf("for %s: %v", far, got)
		}
	}
}
