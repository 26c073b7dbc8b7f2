package rtpmedia_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/jitter"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// streamOf is what tshark says of the stream of audio in a capture.
type streamOf struct {
	packets, lost         int
	meanJitter, maxJitter float64 // ms
}

func tsharkStream(t *testing.T, path string, port uint16) streamOf {
	t.Helper()
	out := tool(t, "tshark", "-r", path, "-d", fmt.Sprintf("udp.port==%d,rtp", port), "-q",
		"-z", "rtp,streams")
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		// ... ssrc payload packets lost (share) min/mean/max delta min/mean/max jitter
		for i, word := range f {
			if !strings.HasPrefix(word, "0x") || len(f) < i+11 || f[4] != "10.0.0.2" {
				continue
			}
			var s streamOf
			var delta, least float64
			_, err := fmt.Sscan(strings.Join(append(f[i+2:i+4], f[i+5:]...), " "),
				&s.packets, &s.lost, &delta, &delta, &delta, &least, &s.meanJitter, &s.maxJitter)
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			return s
		}
	}
	t.Fatalf("tshark sees no stream:\n%s", out)
	return streamOf{}
}

func TestLossAndJitterAreThoseOfTshark(t *testing.T) {
	need(t, "tshark")
	if raceEnabled {
		t.Skip("minutes of packets take too long with the race detector")
	}
	for _, p := range []netsim.Profile{
		{},
		{Loss: 0.05, Jitter: 5 * time.Millisecond, Ordered: true, Seed: 21},
		{Loss: 0.02, Burst: 3, Jitter: 30 * time.Millisecond, Ordered: true, Seed: 22},
	} {
		var port uint16
		path, stats := captureCall(t, p, func(pair *pair) {
			port = pair.b.LocalRTP().Port()
			talk(time.Minute)
		})
		theirs := tsharkStream(t, path, port)
		if int(stats.Received) != theirs.packets || int(stats.Lost) != theirs.lost {
			t.Errorf("%+v: %d packets, %d lost; tshark has %+v",
				p, stats.Received, stats.Lost, theirs)
		}
		mean, most := ourJitter(t, path, port)
		if !close1(mean, theirs.meanJitter) || !close1(most, theirs.maxJitter) {
			t.Errorf("%+v: mean jitter %.3f ms, max %.3f; tshark has %+v", p, mean, most, theirs)
		}
	}
}

// ourJitter feeds the packets of a capture to a Reception.
func ourJitter(t *testing.T, path string, port uint16) (mean, most float64) {
	t.Helper()
	out := tool(t, "tshark", "-r", path, "-d", fmt.Sprintf("udp.port==%d,rtp", port),
		"-Y", fmt.Sprintf("rtp && udp.dstport==%d", port), "-T", "fields",
		"-e", "frame.time_relative", "-e", "rtp.seq", "-e", "rtp.timestamp")
	var r jitter.Reception
	sum, count := 0.0, 0
	for line := range strings.Lines(out) {
		var at float64
		var seq uint16
		var ts uint32
		if _, err := fmt.Sscan(line, &at, &seq, &ts); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		r.Packet(seq, ts, time.Duration(at*float64(time.Second)))
		ms := r.Jitter().Seconds() * 1000
		sum, most, count = sum+ms, max(most, ms), count+1
	}
	return sum / float64(count), most
}

// close1 tells whether two figures are within 1 % of each other, or within what
// tshark's three decimals can show.
func close1(a, b float64) bool { return math.Abs(a-b) <= max(0.01*b, 0.002) }

func TestTsharkReadsOurDigits(t *testing.T) {
	need(t, "tshark")
	var port uint16
	path, _ := captureCall(t, netsim.Profile{}, func(pair *pair) {
		port = pair.b.LocalRTP().Port()
		if err := pair.a.SendDigits(pair.t.Context(), "15#"); err != nil {
			t.Error(err)
		}
	})
	out := tool(t, "tshark", "-r", path, "-d", fmt.Sprintf("udp.port==%d,rtp", port),
		"-Y", "rtpevent", "-T", "fields", "-e", "rtpevent.event_id", "-e", "rtp.marker",
		"-e", "rtpevent.end_of_event", "-e", "rtpevent.duration")
	want := ""
	for _, event := range []int{1, 5, 11} {
		for packet := 1; packet <= 7; packet++ {
			marker, end := b2i(packet == 1), b2i(packet >= 5)
			want += fmt.Sprintf("%d\t%d\t%d\t%d\n", event, marker, end, min(packet, 5)*160)
		}
	}
	if out != want {
		t.Errorf("tshark sees event, marker, end, duration\n%s\nwant\n%s", out, want)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestTsharkReadsOurReports(t *testing.T) {
	need(t, "tshark")
	var port uint16
	path, _ := captureCall(t, netsim.Profile{}, func(pair *pair) {
		port = pair.b.LocalRTCP().Port()
		talk(20 * time.Second)
	})
	out := tool(t, "tshark", "-r", path, "-d", fmt.Sprintf("udp.port==%d,rtcp", port),
		"-Y", "rtcp", "-T", "fields", "-e", "rtcp.pt", "-e", "_ws.malformed")
	for _, want := range []string{
		"200,202,207", // sender report, description, VoIP metrics
		"203",         // goodbye
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	if strings.Contains(out, "Malformed") {
		t.Errorf("tshark cannot read all:\n%s", out)
	}
}
