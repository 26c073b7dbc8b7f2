package rtpmedia

import (
	"encoding/hex"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// sippCaptures are the recordings of telephone events that come with sipp
// (Debian package sip-tester), one a digit.
const sippCaptures = "/usr/share/sip-tester"

func TestWeHearTheDigitsOfSipp(t *testing.T) {
	files, _ := filepath.Glob(sippCaptures + "/dtmf_2833_*.pcap")
	if _, err := exec.LookPath("tshark"); err != nil || len(files) == 0 {
		t.Skip("tshark or sip-tester is not installed")
	}
	names := map[string]string{"star": "*", "pound": "#"}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".pcap")
		want := strings.TrimPrefix(name, "dtmf_2833_")
		if symbol, ok := names[want]; ok {
			want = symbol
		}
		if got := hearCapture(t, file); got != want+"↓"+want+"↑" {
			t.Errorf("%s is heard as %q", name, got)
		}
	}
}

// hearCapture feeds the datagrams of a capture to a session and returns the
// digits that go down and up.
func hearCapture(t *testing.T, file string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "tshark", "-r", file, "-Y", "udp",
		"-T", "fields", "-e", "udp.payload").Output()
	if err != nil {
		t.Fatal(err)
	}
	m := newManual(t, "g711U")
	var heard strings.Builder
	m.OnDigit(func(d Digit) {
		mark := "↓"
		if d.Ended {
			mark = "↑"
		}
		fmt.Fprintf(&heard, "%c%s", d.Digit, mark)
	})
	for line := range strings.Lines(string(out)) {
		datagram, err := hex.DecodeString(strings.TrimSpace(line))
		if err != nil || len(datagram) < rtpHeader {
			t.Fatalf("%s: %q", file, line)
		}
		m.in.eventType = datagram[1] & 0x7f // whatever sipp's type is
		m.receive(datagram, m.peer, m.now.Sub(m.epoch))
		m.now = m.now.Add(FrameDuration)
		m.run.Advance(m.now)
	}
	return heard.String()
}
