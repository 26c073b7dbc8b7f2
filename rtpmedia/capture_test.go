package rtpmedia_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// need skips a test where a program of others is missing.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is not installed", program)
	}
}

// tool runs a program and returns what it prints.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return string(out)
}

// talk lets virtual time pass, within what captureCall calls.
func talk(d time.Duration) { time.Sleep(d) }

// captureCall is what the receiver of a call sees, and its own figures.
func captureCall(t *testing.T, p netsim.Profile, during func(*pair)) (string, rtpmedia.Stats) {
	t.Helper()
	var file bytes.Buffer
	var stats rtpmedia.Stats
	synctest.Test(t, func(t *testing.T) {
		capture, err := rtpmedia.NewCapture(&file)
		if err != nil {
			t.Fatal(err)
		}
		network := netsim.New(p)
		pair := &pair{t: t, a: open(t, network, "10.0.0.1")}
		pair.b = open(t, network, "10.0.0.2", func(c *rtpmedia.Config) { c.Capture = capture })
		pair.a.SetSource(rtpmedia.Tone(440, -10))
		// b only listens, so that all packets of the capture are a's.
		err = pair.b.Start(rtpmedia.Remote{RTP: pair.a.LocalRTP(), Codec: "g711U"})
		if err != nil {
			t.Fatal(err)
		}
		err = pair.a.Start(rtpmedia.Remote{RTP: pair.b.LocalRTP(), Codec: "g711U"})
		if err != nil {
			t.Fatal(err)
		}
		during(pair)
		pair.a.Stop()
		time.Sleep(time.Second)
		stats = pair.b.Stats()
		pair.close()
		if err := capture.Err(); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(t.TempDir(), "call.pcap")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, stats
}
