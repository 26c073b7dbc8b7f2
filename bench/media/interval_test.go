package media

import (
	"net/netip"
	"os/exec"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// BenchmarkInterval is how far from 20 ms apart the packets of a stream come to another
// process, by the kernel's times of arrival, from 1,200 legs and from as many in C. The
// far ends send as many. In "busy", as many other processes as there are processors never
// rest, at the same priority. C has two threads, one that sends; the engine has two on a
// machine of two processors, and in "alone" one for all legs, which needs half a processor:
// all that is left to it beside a process that never rests.
func BenchmarkInterval(b *testing.B) {
	peers, streams := compile(b, "peers"), compile(b, "streams")
	b.Run("idle", func(b *testing.B) { intervals(b, peers, streams) })
	b.Run("busy", func(b *testing.B) {
		for range runtime.NumCPU() {
			keepBusy(b)
		}
		intervals(b, peers, streams)
	})
}

// keepBusy lets a processor have something to do until the benchmark is over.
func keepBusy(b *testing.B) {
	b.Helper()
	c := exec.CommandContext(b.Context(), "sh", "-c", "while :; do :; done")
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait() // it was killed
	})
}

func intervals(b *testing.B, peers, streams string) {
	const n = 1200
	var s measure.Series
	for b.Loop() {
		ours, heard := legIntervals(b, peers, n, rtpmedia.EngineOptions{})
		s.Add("interval-p50-ms", heard.p50)
		s.Add("interval-p99-ms", heard.p99)
		s.Add("us/pair", ours)
		ours, heard = legIntervals(b, peers, n, rtpmedia.EngineOptions{Threads: 1})
		s.Add("alone-interval-p50-ms", heard.p50)
		s.Add("alone-interval-p99-ms", heard.p99)
		s.Add("alone-us/pair", ours)
		theirs, heard := streamIntervals(b, streams, peers, n)
		s.Add("c-interval-p50-ms", heard.p50)
		s.Add("c-interval-p99-ms", heard.p99)
		s.Add("c-us/pair", theirs)
	}
	s.Report(b)
}

// legIntervals returns what a packet sent and received costs, in microseconds, and what the
// far ends say.
func legIntervals(b *testing.B, peers string, n int, o rtpmedia.EngineOptions,
) (us float64, heard arrivals) {
	b.Helper()
	l, far := facing(b, peers, n, o)
	defer l.close()
	pause(b, time.Second)
	u := l.watch(b, stretch)
	return u.cpu / u.received * 1e6, far.endPeers(b)
}

// facing starts legs whose far ends are another process.
func facing(b *testing.B, peers string, n int, o rtpmedia.EngineOptions) (*legs, *helper) {
	b.Helper()
	l := openLegs(b, n, o)
	far := startHelper(b, peers, strconv.Itoa(n))
	ports := far.ports(b, n)
	l.start(b, func(i int) netip.AddrPort { return ports[i] })
	far.tell(b, l.locals())
	return l, far
}

// streamIntervals is legIntervals in C.
func streamIntervals(b *testing.B, streams, peers string, n int) (us float64, heard arrivals) {
	b.Helper()
	far := startHelper(b, peers, strconv.Itoa(n))
	near := startHelper(b, streams, strconv.Itoa(n), strconv.Itoa(int(stretch.Seconds())))
	local := near.ports(b, n)
	near.tell(b, far.ports(b, n))
	far.tell(b, local)
	us = perPacket(b, near.wait(b))
	return us, far.endPeers(b)
}
