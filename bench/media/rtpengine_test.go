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
)

// control is where rtpengine takes commands.
const control = "127.0.0.1:22239"

// startRTPEngine runs rtpengine as a relay in user space.
func startRTPEngine(b *testing.B) *exec.Cmd {
	b.Helper()
	if _, err := exec.LookPath("rtpengine"); err != nil {
		b.Skip("rtpengine is not installed (Debian package rtpengine-daemon)")
	}
	c := exec.CommandContext(b.Context(), "rtpengine", "--config-file=none",
		"--interface=127.0.0.1", "--listen-ng="+control, "--foreground", "--table=-1",
		"--log-stderr", "--log-level=2", "--port-min=30000", "--port-max=38000",
		"--num-threads=2", "--pidfile=/dev/null")
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
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

// BenchmarkBesideRTPEngine lets the pairs of legs talk through rtpengine, which receives
// and sends each packet once, as a leg does, and needs no codec and no buffer for it.
func BenchmarkBesideRTPEngine(b *testing.B) {
	const n = 400
	engine := startRTPEngine(b)
	conn, err := net.Dial("udp", control)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	c := commander{conn: conn}
	l := openLegs(b, n)
	defer l.close()
	far := make([]netip.AddrPort, n)
	for i := 0; i < n; i += 2 {
		far[i+1] = c.relay(b, "offer", i, l.sessions[i].LocalRTP())
		far[i] = c.relay(b, "answer", i, l.sessions[i+1].LocalRTP())
	}
	l.start(b, func(i int) netip.AddrPort { return far[i] })
	pause(b, 2*time.Second)
	var s measure.Series
	for b.Loop() {
		before, err := measure.ProcessCPU(engine.Process.Pid)
		if err != nil {
			b.Fatal(err)
		}
		u := l.watch(b, 2*stretch)
		after, err := measure.ProcessCPU(engine.Process.Pid)
		if err != nil {
			b.Fatal(err)
		}
		ours, theirs := u.cpu/u.received*1e6, (after-before).Seconds()/u.received*1e6
		s.Add("us/pair", ours)
		s.Add("rtpengine-us/pair", theirs)
		s.Add("ours/rtpengine", ours/theirs)
		s.Add("lost-or-late", u.missed/u.sent)
	}
	s.Report(b)
}
