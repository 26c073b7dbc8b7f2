package media

import (
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// sippCalls are the calls of sipp; each sends a stream for 8 s.
const sippCalls = 400

// BenchmarkSipp is what sipp needs to send a packet, its share of SIP included, and what
// legs need that send as many and hear nothing. sipp sends the streams of all calls by one
// socket, as the legs of a trunk do; other legs have a socket each, which sipp has not.
//
// All send to one socket of another process, which drops what comes. A send wakes that
// process if it waits, as it does in "waiting": it costs the sender as much as to send, and
// how much depends on whether the process is awake still, after the packet before. A sender
// of RTP has no receiver on its machine, so in "timed" the process looks each millisecond and
// is woken by nobody.
func BenchmarkSipp(b *testing.B) {
	if _, err := exec.LookPath("sipp"); err != nil {
		b.Skip("sipp is not installed (Debian package sip-tester)")
	}
	drain := compile(b, "sink")
	b.Run("timed", func(b *testing.B) { besideSipp(b, drain, "1") })
	b.Run("waiting", func(b *testing.B) { besideSipp(b, drain, "0") })
}

// besideSipp compares senders to a receiver that looks each so many milliseconds, or waits
// for each packet.
func besideSipp(b *testing.B, drain, milliseconds string) {
	var s measure.Series
	for b.Loop() {
		theirs := sippSends(b, drain, milliseconds)
		s.Add("sipp-us/sent", theirs)
		ours := trunkSends(b, drain, milliseconds)
		s.Add("trunk-us/sent", ours)
		s.Add("trunk/sipp", ours/theirs)
		ours = portsSend(b, drain, milliseconds, rtpmedia.EngineOptions{})
		s.Add("us/sent", ours)
		s.Add("ours/sipp", ours/theirs)
		ours = portsSend(b, drain, milliseconds, plain)
		s.Add("plain-us/sent", ours)
		s.Add("plain/sipp", ours/theirs)
	}
	s.Report(b)
}

// sippSends returns what a packet costs sipp, in microseconds.
func sippSends(b *testing.B, sink, milliseconds string) float64 {
	b.Helper()
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "speech.ul"), make([]byte, 8000*8), 0o600); err != nil {
		b.Fatal(err)
	}
	scenario, err := filepath.Abs("testdata/uac.xml")
	if err != nil {
		b.Fatal(err)
	}
	far := startHelper(b, sink, milliseconds)
	target := answerCalls(b, far.ports(b, 1)[0])
	uac := exec.CommandContext(b.Context(), "sipp", "-sf", scenario, "-i", "127.0.0.1",
		"-p", "15060", "-mi", "127.0.0.1", "-mp", "20000", "-rtp_threadtasks", "100",
		"-m", strconv.Itoa(sippCalls), "-r", "200", "-l", strconv.Itoa(sippCalls),
		"-nostdin", target)
	uac.Dir = dir
	if out, err := uac.CombinedOutput(); err != nil {
		b.Fatalf("%v: %.2000s", err, out)
	}
	used := uac.ProcessState.UserTime() + uac.ProcessState.SystemTime()
	packets, err := strconv.Atoi(far.end(b))
	if err != nil || packets == 0 {
		b.Fatalf("%d packets: %v", packets, err)
	}
	return float64(used.Microseconds()) / float64(packets)
}

// portsSend returns what a packet costs in legs that hear nothing and have ports of their
// own, in microseconds.
func portsSend(b *testing.B, sink, milliseconds string, o rtpmedia.EngineOptions) float64 {
	b.Helper()
	l := openLegs(b, sippCalls, o)
	defer l.close()
	return sends(b, l, sink, milliseconds)
}

// trunkSends is portsSend for legs of one trunk.
func trunkSends(b *testing.B, sink, milliseconds string) float64 {
	b.Helper()
	l := newLegs(rtpmedia.EngineOptions{})
	trunk, err := rtpmedia.OpenTrunk(rtpmedia.TrunkConfig{Engine: l.engine})
	if err != nil {
		b.Fatal(err)
	}
	l.open(b, sippCalls, rtpmedia.Config{Trunk: trunk})
	defer func() {
		l.closeSessions()
		_ = trunk.Close()
		_ = l.engine.Close()
	}()
	return sends(b, l, sink, milliseconds)
}

// sends is what a packet costs, in microseconds. Each leg sends to another address, as a
// trunk needs it; all of these are the sink's.
func sends(b *testing.B, l *legs, sink, milliseconds string) float64 {
	b.Helper()
	far := startHelper(b, sink, milliseconds)
	defer far.end(b)
	defer l.closeSessions() // a sink that waits ends when nothing comes any more
	port := far.ports(b, 1)[0].Port()
	l.start(b, func(i int) netip.AddrPort {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, byte(i / 200), byte(1 + i%200)}), port)
	})
	pause(b, time.Second)
	u := l.watch(b, stretch)
	return u.cpu / u.sent * 1e6
}
