package gateway

import (
	"bufio"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// capture is dumpcap at work on the loopback interface.
type capture struct {
	process *exec.Cmd
	file    string
	printed *bufio.Scanner
}

// startCapture writes down the packets from and to some ports. It skips the test where that
// is not allowed.
func startCapture(t testing.TB, ports []uint16) *capture {
	t.Helper()
	for _, name := range []string{"dumpcap", "tshark"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed", name)
		}
	}
	terms := make([]string, len(ports))
	for i, p := range ports {
		terms[i] = fmt.Sprintf("port %d", p)
	}
	c := &capture{file: filepath.Join(t.TempDir(), "lo.pcapng")}
	c.process = exec.CommandContext(t.Context(), "dumpcap", "-i", "lo", "-B", "64",
		"-w", c.file, "-f", "udp and ("+strings.Join(terms, " or ")+")")
	output, err := c.process.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.process.Start(); err != nil {
		t.Fatal(err)
	}
	c.printed = bufio.NewScanner(output)
	said := ""
	for c.printed.Scan() {
		said += c.printed.Text() + "\n"
		if strings.HasPrefix(c.printed.Text(), "File: ") { // it captures from now on
			return c
		}
	}
	_ = c.process.Wait()
	t.Skipf("dumpcap does not capture: %s", said)
	return nil
}

// stop ends the capture, and the test if packets are missing in it.
func (c *capture) stop(t testing.TB) {
	t.Helper()
	if err := c.process.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	said := ""
	for c.printed.Scan() {
		said += c.printed.Text() + "\n"
	}
	if err := c.process.Wait(); err != nil {
		t.Fatalf("dumpcap: %v\n%s", err, said)
	}
	if !strings.Contains(said, "/0 (pcap:0/") {
		t.Skipf("dumpcap missed packets: %s", said)
	}
}

// tshark reads the capture; the ports are those of RTP.
func (c *capture) tshark(t testing.TB, ports []uint16, args ...string) string {
	t.Helper()
	all := []string{"-r", c.file}
	for _, p := range ports {
		all = append(all, "-d", fmt.Sprintf("udp.port==%d,rtp", p))
	}
	out, err := exec.CommandContext(t.Context(), "tshark", append(all, args...)...).Output()
	if err != nil {
		t.Fatalf("tshark %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// stream is what tshark says of one.
type stream struct {
	packets, lost         int
	meanJitter, maxJitter float64 // ms
}

// streams reads the table of rtp,streams by SSRC.
func (c *capture) streams(t testing.TB, ports []uint16) map[uint32]stream {
	t.Helper()
	all := make(map[uint32]stream)
	for line := range strings.Lines(c.tshark(t, ports, "-q", "-z", "rtp,streams")) {
		f := strings.Fields(line)
		for i, word := range f {
			// ... ssrc payload packets lost (share) min/mean/max delta min/mean/max jitter
			if !strings.HasPrefix(word, "0x") || len(f) < i+11 {
				continue
			}
			ssrc, err := strconv.ParseUint(word, 0, 32)
			var s stream
			var skip float64
			if err == nil {
				_, err = fmt.Sscan(strings.Join(append(f[i+2:i+4], f[i+5:]...), " "),
					&s.packets, &s.lost, &skip, &skip, &skip, &skip, &s.meanJitter, &s.maxJitter)
			}
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			all[uint32(ssrc)] = s
			break
		}
	}
	return all
}

// leaky keeps every so many packets of audio from the network, so that there is something
// to be counted.
type leaky struct {
	*net.UDPConn
	leg   *leg
	every int
	n     int // packets; its one writer is the engine
}

func (c *leaky) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	if b[1]&0x7f == 0 { // PCMU; reports have other numbers there (RFC 5761)
		if c.n++; c.n%c.every == 0 {
			c.leg.held.Add(1)
			return len(b), nil
		}
	}
	return c.UDPConn.WriteToUDPAddrPort(b, to)
}

// listenLeaky opens sockets for a leg.
func listenLeaky(l *leg, every int) func(netip.AddrPort) (rtpmedia.PacketConn, error) {
	return func(at netip.AddrPort) (rtpmedia.PacketConn, error) {
		conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
		if err != nil {
			return nil, err
		}
		_ = conn.SetReadBuffer(64 << 10) // a wish, as rtpmedia's own
		return &leaky{UDPConn: conn, leg: l, every: every}, nil
	}
}
