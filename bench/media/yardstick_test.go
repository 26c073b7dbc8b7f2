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
	for h.lines.Scan() {
		rest += h.lines.Text()
	}
	if err := h.cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	return rest
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

// runStreams returns what a packet sent and received costs, in microseconds.
func runStreams(b *testing.B, binary string, legs int, d time.Duration) float64 {
	b.Helper()
	out, err := exec.CommandContext(b.Context(), binary, strconv.Itoa(legs),
		strconv.Itoa(int(d.Seconds()))).Output()
	if err != nil {
		b.Fatal(err)
	}
	return perPacket(b, string(out))
}
