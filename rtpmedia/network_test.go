package rtpmedia_test

import (
	"log/slog"
	"math"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// pair is two sessions that know each other's address, on a network of its own.
type pair struct {
	t    *testing.T
	a, b *rtpmedia.Session
}

func newPair(t *testing.T, p netsim.Profile) *pair {
	t.Helper()
	network := netsim.New(p)
	return &pair{t, open(t, network, "10.0.0.1"), open(t, network, "10.0.0.2")}
}

func open(
	t *testing.T, n *netsim.Network, address string, change ...func(*rtpmedia.Config),
) *rtpmedia.Session {
	t.Helper()
	cfg := rtpmedia.Config{
		Address: netip.MustParseAddr(address),
		Log:     slog.New(slog.DiscardHandler),
		Listen: func(at netip.AddrPort) (rtpmedia.PacketConn, error) {
			return n.Listen(at)
		},
	}
	for _, f := range change {
		f(&cfg)
	}
	s, err := rtpmedia.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// start lets the two talk in the given codec, b first: what comes to a session
// that has not been started is dropped, and it is b that listens.
func (p *pair) start(codec string, packetTime time.Duration) {
	p.t.Helper()
	for _, s := range [][2]*rtpmedia.Session{{p.b, p.a}, {p.a, p.b}} {
		err := s[0].Start(rtpmedia.Remote{
			RTP: s[1].LocalRTP(), RTCP: s[1].LocalRTCP(), Codec: codec, PacketTime: packetTime,
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *pair) close() {
	p.t.Helper()
	for _, s := range []*rtpmedia.Session{p.a, p.b} {
		if err := s.Close(); err != nil {
			p.t.Error(err)
		}
	}
}

// collector is a sink that keeps everything.
type collector struct {
	mu  sync.Mutex
	pcm []int16
}

func (c *collector) WriteFrame(pcm []int16) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pcm = append(c.pcm, pcm...)
	return nil
}

func (c *collector) heard() []int16 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]int16(nil), c.pcm...)
}

// speech is a sound that resembles itself at one lag only: a glide through
// the voice band, in syllables.
func speech(d time.Duration) []int16 {
	pcm := make([]int16, int(d.Seconds()*rtpmedia.SampleRate))
	phase := 0.0
	for i := range pcm {
		at := float64(i) / rtpmedia.SampleRate
		phase += 2 * math.Pi * (300 + 1200*math.Abs(math.Sin(at*1.3))) / rtpmedia.SampleRate
		pcm[i] = int16(9000 * math.Sin(phase) * math.Abs(math.Sin(at*7)))
	}
	return pcm
}

// bestCorrelation finds want in heard at any lag up to most and returns how
// well it fits there, 1 being perfectly.
func bestCorrelation(want, heard []int16, most int) (best float64, lag int) {
	for l := 0; l < most && l+len(want)/2 < len(heard); l++ {
		n := min(len(want), len(heard)-l)
		var ab, aa, bb float64
		for i := 0; i < n; i += 3 {
			x, y := float64(want[i]), float64(heard[i+l])
			ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
		}
		if c := ab / math.Sqrt(aa*bb+1); c > best {
			best, lag = c, l
		}
	}
	return best, lag
}
