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
)

// sippCalls are the calls of sipp; each sends a stream for 8 s.
const sippCalls = 400

// BenchmarkSipp is what sipp needs to send a packet, its share of SIP included, and what
// legs need that send as many and hear nothing.
func BenchmarkSipp(b *testing.B) {
	if _, err := exec.LookPath("sipp"); err != nil {
		b.Skip("sipp is not installed (Debian package sip-tester)")
	}
	drain := compile(b, "sink")
	dir := b.TempDir()
	audio := filepath.Join(dir, "speech.ul")
	if err := os.WriteFile(audio, make([]byte, 8000*8), 0o600); err != nil {
		b.Fatal(err)
	}
	scenario, err := filepath.Abs("testdata/uac.xml")
	if err != nil {
		b.Fatal(err)
	}
	var s measure.Series
	for b.Loop() {
		far := startHelper(b, drain)
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
		theirs := float64(used.Microseconds()) / float64(packets)
		ours := sendOnly(b, drain)
		s.Add("us/sent", ours)
		s.Add("sipp-us/sent", theirs)
		s.Add("ours/sipp", ours/theirs)
	}
	s.Report(b)
}

// sendOnly returns what a packet costs in legs that send to one port of another process and
// hear nothing, in microseconds.
func sendOnly(b *testing.B, sink string) float64 {
	b.Helper()
	far := startHelper(b, sink)
	defer far.end(b)
	to := far.ports(b, 1)[0]
	l := openLegs(b, sippCalls)
	defer l.close()
	l.start(b, func(int) netip.AddrPort { return to })
	pause(b, time.Second)
	u := l.watch(b, stretch)
	return u.cpu / u.sent * 1e6
}
