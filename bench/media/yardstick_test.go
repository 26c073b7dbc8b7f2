package media

import (
	"bufio"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// compile makes one of the programs in testdata.
func compile(b *testing.B, name string) (binary string) {
	b.Helper()
	if _, err := exec.LookPath("gcc"); err != nil {
		b.Skip("gcc is not installed: no yardstick")
	}
	binary = filepath.Join(b.TempDir(), name)
	out, err := exec.CommandContext(b.Context(), "gcc", "-O2", "-o", binary,
		filepath.Join("testdata", name+".c"), "-lpthread").CombinedOutput()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return binary
}

// helper is a program that prints ports and runs until its input ends.
type helper struct {
	cmd   *exec.Cmd
	input io.WriteCloser
	lines *bufio.Scanner
}

func startHelper(b *testing.B, binary string, args ...string) *helper {
	b.Helper()
	h := &helper{cmd: exec.CommandContext(b.Context(), binary, args...)}
	input, err := h.cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	output, err := h.cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	h.cmd.Stderr = os.Stderr
	if err := h.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	h.input, h.lines = input, bufio.NewScanner(output)
	return h
}

// ports are the next n that the program prints.
func (h *helper) ports(b *testing.B, n int) (all []netip.AddrPort) {
	b.Helper()
	for range n {
		if !h.lines.Scan() {
			b.Fatalf("%s printed %d of %d ports", h.cmd.Path, len(all), n)
		}
		port, err := strconv.ParseUint(h.lines.Text(), 10, 16)
		if err != nil {
			b.Fatal(err)
		}
		local := netip.AddrFrom4([4]byte{127, 0, 0, 1})
		all = append(all, netip.AddrPortFrom(local, uint16(port)))
	}
	return all
}

// end waits until the program has ended, and returns the rest of what it prints.
func (h *helper) end(b *testing.B) (rest string) {
	b.Helper()
	_ = h.input.Close()
	return h.wait(b)
}

// wait is end for a program that ends by itself.
func (h *helper) wait(b *testing.B) (rest string) {
	b.Helper()
	for h.lines.Scan() {
		rest += h.lines.Text()
	}
	if err := h.cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	return rest
}

// tell gives the program a port a line.
func (h *helper) tell(b *testing.B, ports []netip.AddrPort) {
	b.Helper()
	w := bufio.NewWriter(h.input)
	for _, p := range ports {
		_, _ = fmt.Fprintln(w, p.Port()) // w keeps the error
	}
	if err := w.Flush(); err != nil {
		b.Fatalf("%s was to be told its targets: %v", h.cmd.Path, err)
	}
}

// perPacket reads packets and microseconds.
func perPacket(b *testing.B, text string) float64 {
	b.Helper()
	var received, us float64
	if _, err := fmt.Sscan(text, &received, &us); err != nil {
		b.Fatal(err)
	}
	return us / received
}

// arrivals is what the far ends say of the packets that they have sent and received: how
// far those of one stream were from 20 ms apart, in milliseconds.
type arrivals struct{ sent, received, p50, p99 float64 }

// received asks the program peers how many packets have come.
func (h *helper) received(b *testing.B) float64 {
	b.Helper()
	if _, err := fmt.Fprintln(h.input); err != nil {
		b.Fatal(err)
	}
	var sent, received float64
	if !h.lines.Scan() {
		b.Fatalf("%s has ended", h.cmd.Path)
	}
	if _, err := fmt.Sscan(h.lines.Text(), &sent, &received); err != nil {
		b.Fatal(err)
	}
	return received
}

// endPeers ends the program peers.
func (h *helper) endPeers(b *testing.B) (a arrivals) {
	b.Helper()
	if _, err := fmt.Sscan(h.end(b), &a.sent, &a.received, &a.p50, &a.p99); err != nil {
		b.Fatal(err)
	}
	a.p50, a.p99 = a.p50/1000, a.p99/1000
	return a
}

// swapped has the two of each pair in each other's place.
func swapped(all []netip.AddrPort) []netip.AddrPort {
	other := make([]netip.AddrPort, len(all))
	for i := range all {
		other[i] = all[i^1]
	}
	return other
}

// runStreams returns what a packet sent and received costs in C, in microseconds, in legs
// that talk to each other.
func runStreams(b *testing.B, binary string, legs int, d time.Duration) float64 {
	b.Helper()
	c := startHelper(b, binary, strconv.Itoa(legs), strconv.Itoa(int(d.Seconds())))
	c.tell(b, swapped(c.ports(b, legs)))
	return perPacket(b, c.wait(b))
}
