package media

import (
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// BenchmarkTrunk runs two-way G.711 legs that share one port, and as many in C by the same
// system calls. The far ends are a process of their own.
func BenchmarkTrunk(b *testing.B) {
	const n = 1200
	peers, shared := compile(b, "peers"), compile(b, "shared")
	var s measure.Series
	for b.Loop() {
		l := newLegs(rtpmedia.EngineOptions{})
		trunk, err := rtpmedia.OpenTrunk(rtpmedia.TrunkConfig{Engine: l.engine})
		if err != nil {
			b.Fatal(err)
		}
		before := measure.Memory()
		l.open(b, n, rtpmedia.Config{Trunk: trunk})
		far := startHelper(b, peers, strconv.Itoa(n), strconv.Itoa(int(trunk.LocalRTP().Port())))
		ports := far.ports(b, n)
		l.start(b, func(i int) netip.AddrPort { return ports[i] })
		pause(b, time.Second)
		u := l.watch(b, stretch)
		memory := measure.Memory() - before
		heard := far.endPeers(b)
		if t := trunk.Stats(); t.Unknown+t.SendFailed != 0 {
			b.Logf("%+v", t)
		}
		l.closeSessions()
		_ = trunk.Close()
		_ = l.engine.Close()
		us := u.cpu / u.received * 1e6
		s.Add("us/pair", us)
		s.Add("legs/core", 1e6/(us*50))
		s.Add("interval-p50-ms", heard.p50)
		s.Add("interval-p99-ms", heard.p99)
		s.Add("lost-or-late", u.missed/u.sent)
		s.Add("B/leg", memory/n)
		theirs := runShared(b, shared, peers, n)
		s.Add("c-us/pair", theirs)
		s.Add("share-of-c", theirs/us)
	}
	s.Report(b)
}

// runShared returns what a packet sent and received costs in C, in microseconds.
func runShared(b *testing.B, shared, peers string, n int) float64 {
	b.Helper()
	near := startHelper(b, shared, strconv.Itoa(n), strconv.Itoa(int(stretch.Seconds())))
	port := near.ports(b, 1)[0].Port()
	far := startHelper(b, peers, strconv.Itoa(n), strconv.Itoa(int(port)))
	near.tell(b, far.ports(b, n))
	defer far.end(b)
	return perPacket(b, near.end(b))
}
