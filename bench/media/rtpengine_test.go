package media

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// control is where rtpengine takes commands.
const control = "127.0.0.1:22239"

// startRTPEngine runs rtpengine as a relay in user space, on so many threads. The caller
// ends it.
func startRTPEngine(b *testing.B, threads int) *exec.Cmd {
	b.Helper()
	if _, err := exec.LookPath("rtpengine"); err != nil {
		b.Skip("rtpengine is not installed (Debian package rtpengine-daemon)")
	}
	c := exec.CommandContext(b.Context(), "rtpengine", "--config-file=none",
		"--interface=127.0.0.1", "--listen-ng="+control, "--foreground", "--table=-1",
		"--log-stderr", "--log-level=2", "--port-min=30000", "--port-max=38000",
		"--num-threads="+strconv.Itoa(threads), "--pidfile=/dev/null")
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	return c
}

// commander sends rtpengine's commands: a cookie and a bencoded dictionary in a datagram.
type commander struct {
	conn   net.Conn
	cookie int
}

func text(s string) string { return fmt.Sprintf("%d:%s", len(s), s) }

var audioPort = regexp.MustCompile(`m=audio (\d+) `)

// relay asks for a port that passes on what it gets to the other side of a call, and tells
// where that side's own is. The answer to an offer has the port for the callee.
func (c *commander) relay(b *testing.B, command string, call int, own netip.AddrPort,
) netip.AddrPort {
	b.Helper()
	sdp := fmt.Sprintf("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\n"+
		"t=0 0\r\nm=audio %d RTP/AVP 0\r\na=sendrecv\r\n", own.Port())
	c.cookie++
	m := fmt.Sprintf("%d d%s%s%s%s%s%s", c.cookie, text("call-id"), text(fmt.Sprint("c", call)),
		text("command"), text(command), text("from-tag"), text("a"))
	if command == "answer" {
		m += text("sdp") + text(sdp) + text("to-tag") + text("b") + "e"
	} else {
		m += text("sdp") + text(sdp) + "e"
	}
	reply := make([]byte, 4096)
	for range 20 { // it may not listen yet
		_ = c.conn.SetDeadline(time.Now().Add(300 * time.Millisecond))
		if _, err := c.conn.Write([]byte(m)); err != nil {
			pause(b, 100*time.Millisecond)
			continue
		}
		n, err := c.conn.Read(reply)
		if err != nil || !bytes.HasPrefix(reply, []byte(strconv.Itoa(c.cookie)+" ")) {
			pause(b, 100*time.Millisecond)
			continue
		}
		found := audioPort.FindSubmatch(reply[:n])
		if found == nil {
			b.Fatalf("rtpengine said %s", reply[:n])
		}
		port, _ := strconv.Atoi(string(found[1]))
		return netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), uint16(port))
	}
	b.Fatal("rtpengine does not answer")
	return netip.AddrPort{}
}

// BenchmarkBesideRTPEngine is what rtpengine needs to relay a packet, and what a leg needs
// that is sent one and sends one. rtpengine receives and sends each packet once, as a leg
// does, and needs no codec and no buffer for it.
//
// Both have the same far ends, one after the other: a process that sends 400 streams by its
// own clock, 20 packets each millisecond, and reads what has come when it sends, so that
// neither rtpengine nor a leg pays for waking it. It wakes rtpengine, as a network would, and
// not a leg, whose engine looks by its own clock: that is a difference of the programs, and
// so is that a leg answers by its own clock. What counts is the packets that come back.
//
// rtpengine has a thread for each processor here, as it has by itself, and runs once more on
// one ("alone"), as the legs do.
func BenchmarkBesideRTPEngine(b *testing.B) {
	const n = 400
	peers := compile(b, "peers")
	var s measure.Series
	for b.Loop() {
		theirs, missed := relayed(b, peers, n, 2)
		s.Add("rtpengine-us/pair", theirs)
		s.Add("rtpengine-missed", missed)
		alone, missed := relayed(b, peers, n, 1)
		s.Add("rtpengine-alone-us/pair", alone)
		s.Add("rtpengine-alone-missed", missed)
		ours, missed := answered(b, peers, n, rtpmedia.EngineOptions{})
		s.Add("us/pair", ours)
		s.Add("missed", missed)
		s.Add("ours/rtpengine", ours/theirs)
		s.Add("ours/rtpengine-alone", ours/alone)
		ours, _ = answered(b, peers, n, plain)
		s.Add("plain-us/pair", ours)
		s.Add("plain/rtpengine", ours/theirs)
	}
	s.Report(b)
}

// relayed returns what rtpengine needs for a packet, in microseconds, and the share of
// packets that did not come back.
func relayed(b *testing.B, peers string, n, threads int) (us, missed float64) {
	b.Helper()
	engine := startRTPEngine(b, threads)
	defer func() {
		_ = engine.Process.Kill()
		_ = engine.Wait()
	}()
	conn, err := net.Dial("udp", control)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	c := commander{conn: conn}
	far := startHelper(b, peers, strconv.Itoa(n))
	own, targets := far.ports(b, n), make([]netip.AddrPort, n)
	for i := 0; i < n; i += 2 {
		targets[i+1] = c.relay(b, "offer", i, own[i])
		targets[i] = c.relay(b, "answer", i, own[i+1])
	}
	far.tell(b, targets)
	pause(b, 2*time.Second)
	came, cpu := far.received(b), processCPU(b, engine)
	pause(b, 2*stretch)
	came, cpu = far.received(b)-came, processCPU(b, engine)-cpu
	heard := far.endPeers(b)
	return cpu.Seconds() / came * 1e6, 1 - heard.received/heard.sent
}

func processCPU(b *testing.B, c *exec.Cmd) time.Duration {
	b.Helper()
	used, err := measure.ProcessCPU(c.Process.Pid)
	if err != nil {
		b.Fatal(err)
	}
	return used
}

// answered is relayed for legs.
func answered(b *testing.B, peers string, n int, o rtpmedia.EngineOptions) (us, missed float64) {
	b.Helper()
	l, far := facing(b, peers, n, o)
	defer l.close()
	pause(b, 2*time.Second)
	came, cpu := far.received(b), measure.CPU()
	pause(b, 2*stretch)
	came, cpu = far.received(b)-came, measure.CPU()-cpu
	heard := far.endPeers(b)
	return cpu.Seconds() / came * 1e6, 1 - heard.received/heard.sent
}
