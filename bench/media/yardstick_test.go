package media

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// compileStreams makes the minimal sender and receiver.
func compileStreams(b *testing.B) (binary string) {
	b.Helper()
	if _, err := exec.LookPath("gcc"); err != nil {
		b.Skip("gcc is not installed: no yardstick")
	}
	binary = filepath.Join(b.TempDir(), "streams")
	out, err := exec.CommandContext(b.Context(), "gcc", "-O2", "-o", binary,
		"testdata/streams.c", "-lpthread").CombinedOutput()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return binary
}

// runStreams returns what a packet sent and received costs, in microseconds.
func runStreams(b *testing.B, binary string, legs int, d time.Duration) float64 {
	b.Helper()
	out, err := exec.CommandContext(b.Context(), binary, strconv.Itoa(legs),
		strconv.Itoa(int(d.Seconds()))).Output()
	if err != nil {
		b.Fatal(err)
	}
	var received, us float64
	if _, err := fmt.Sscan(string(out), &received, &us); err != nil {
		b.Fatal(err)
	}
	return us / received
}
