package media

import (
	"math"
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// speech is a source that has its audio ready, as an announcement has: the engine is to be
// measured, not a tone.
type speech struct{ pcm []int16 }

func (s speech) ReadFrame(pcm []int16) error {
	copy(pcm, s.pcm)
	return nil
}

func voice() []int16 {
	pcm := make([]int16, rtpmedia.FrameSamples)
	for i := range pcm {
		pcm[i] = int16(8000 * math.Sin(2*math.Pi*450*float64(i)/rtpmedia.SampleRate))
	}
	return pcm
}

// legs are sessions in pairs that talk to each other.
type legs struct {
	engine   *rtpmedia.Engine
	sessions []*rtpmedia.Session
}

// newLegs has an engine and no legs yet.
func newLegs(o rtpmedia.EngineOptions) *legs {
	return &legs{engine: rtpmedia.NewEngine(o)}
}

// plain is an engine that sends each packet by a system call of its own, as where io_uring
// is refused.
var plain = rtpmedia.EngineOptions{Plain: true}

func openLegs(b *testing.B, n int, o rtpmedia.EngineOptions) *legs {
	b.Helper()
	l := newLegs(o)
	l.open(b, n, rtpmedia.Config{Engine: l.engine})
	return l
}

// open opens n legs.
func (l *legs) open(b *testing.B, n int, c rtpmedia.Config) {
	b.Helper()
	pcm := voice()
	c.JitterDelay = 20 * time.Millisecond
	for range n {
		s, err := rtpmedia.Open(c)
		if err != nil {
			b.Fatal(err)
		}
		s.SetSource(speech{pcm})
		l.sessions = append(l.sessions, s)
	}
}

// start lets each leg send to where far says, spread over the time of a packet.
func (l *legs) start(b *testing.B, far func(i int) netip.AddrPort) {
	b.Helper()
	for i, s := range l.sessions {
		if err := s.Start(rtpmedia.Remote{RTP: far(i), Codec: "g711U"}); err != nil {
			b.Fatal(err)
		}
		if i%50 == 49 {
			pause(b, time.Millisecond)
		}
	}
}

// partner is the other leg of a pair.
func (l *legs) partner(i int) netip.AddrPort { return l.sessions[i^1].LocalRTP() }

// locals are the addresses of all legs.
func (l *legs) locals() (all []netip.AddrPort) {
	for _, s := range l.sessions {
		all = append(all, s.LocalRTP())
	}
	return all
}

func (l *legs) close() {
	l.closeSessions()
	_ = l.engine.Close()
}

func (l *legs) closeSessions() {
	for _, s := range l.sessions {
		_ = s.Close()
	}
}

// counts are packets sent, received, and of them lost or late, of all legs.
func (l *legs) counts() (sent, received, missed float64) {
	for _, s := range l.sessions {
		st := s.Stats()
		sent += float64(st.Sent)
		received += float64(st.Received)
		missed += float64(st.Lost + st.Late)
	}
	return sent, received, missed
}

func pause(b *testing.B, d time.Duration) {
	b.Helper()
	select {
	case <-time.After(d):
	case <-b.Context().Done():
		b.Fatal("stopped")
	}
}

// usage is what a stretch of running streams cost.
type usage struct{ cpu, sent, received, missed float64 }

// watch measures running streams for a while.
func (l *legs) watch(b *testing.B, d time.Duration) usage {
	b.Helper()
	sent, received, missed := l.counts()
	cpu := measure.CPU()
	pause(b, d)
	used := (measure.CPU() - cpu).Seconds()
	s, r, m := l.counts()
	return usage{used, s - sent, r - received, m - missed}
}

const stretch = 4 * time.Second

// BenchmarkLegs runs two-way G.711 legs with sockets of their own, and as many in C.
func BenchmarkLegs(b *testing.B) {
	binary := compile(b, "streams")
	for _, n := range []int{1200, 400} {
		b.Run(strconv.Itoa(n), func(b *testing.B) { runLegs(b, binary, n) })
	}
}

// run lets the legs of each pair talk to each other for a while.
func (l *legs) run(b *testing.B) usage {
	b.Helper()
	l.start(b, l.partner)
	pause(b, time.Second)
	u := l.watch(b, stretch)
	for _, s := range l.sessions {
		s.Stop()
	}
	return u
}

func runLegs(b *testing.B, binary string, n int) {
	l, p := openLegs(b, n, rtpmedia.EngineOptions{}), openLegs(b, n, plain)
	defer l.close()
	defer p.close()
	var s measure.Series
	for b.Loop() {
		u := l.run(b)
		us := u.cpu / u.received * 1e6
		s.Add("us/pair", us)
		s.Add("legs/core", 1e6/(us*50)) // 50 packets a second each
		s.Add("lost-or-late", u.missed/u.sent)
		v := p.run(b)
		s.Add("plain-us/pair", v.cpu/v.received*1e6)
		theirs := runStreams(b, binary, n, stretch)
		s.Add("c-us/pair", theirs)
		s.Add("share-of-c", theirs/us)
	}
	s.Report(b)
}
