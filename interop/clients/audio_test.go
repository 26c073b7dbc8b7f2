package clients

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// speech is where the mock's own sounds are.
const speech = "../../mockaes/audio/speech"

// tools are what says and hears RTP, and the programs they need.
var tools = map[string]string{"gst": "gst-launch-1.0", "ffmpeg": "ffmpeg"}

// What is heard is judged packet by packet of 20 ms: of what came, how much was said? A
// machine that stands still makes the mock leave out what is late (60 ms), and that is not
// held against it; what it sends has to be right. G.711 leaves 0.999 of a voice.
const (
	packet = rtpmedia.FrameSamples
	whole  = 0.99
	quiet  = -35 // dBFS; what is softer is noise and pauses, in which everything is alike
)

// some is how much of what was said has to be heard on the busiest machine.
const some = 0.25

// verdict is what part of the audible packets that were heard had been said, one behind the
// other, and how much of what was said they are.
type verdict struct{ right, covered float64 }

func judge(said, heard []int16) verdict {
	audible, found, at := 0, 0, 0
	for ; len(heard) >= packet; heard = heard[packet:] {
		if rtpmedia.Level(heard[:packet]) < quiet {
			continue
		}
		audible++
		if next, ok := find(said, at, heard[:packet]); ok {
			found++
			at = next + packet
		}
	}
	all := 0
	for ; len(said) >= packet; said = said[packet:] {
		if rtpmedia.Level(said[:packet]) >= quiet {
			all++
		}
	}
	return verdict{float64(found) / float64(max(audible, 1)), float64(found) / float64(max(all, 1))}
}

// find returns the first place, not before from, where a packet was said.
func find(said []int16, from int, heard []int16) (at int, ok bool) {
	for at = from; at+packet <= len(said); at++ {
		best := likeness(said[at:at+packet], heard)
		if best < whole {
			continue
		}
		for ; at+1+packet <= len(said); at++ { // a low voice is like itself a sample later
			next := likeness(said[at+1:at+1+packet], heard)
			if next < best {
				break
			}
			best = next
		}
		return at, true
	}
	return 0, false
}

// likeness is the correlation of two pieces of sound: 1 for the same, however loud.
func likeness(a, b []int16) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

func samples(t *testing.T, file string) (pcm []int16) {
	t.Helper()
	source, err := rtpmedia.OpenWAV(file)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	for {
		frame := make([]int16, rtpmedia.FrameSamples)
		switch err := source.ReadFrame(frame); {
		case errors.Is(err, io.EOF):
			return pcm
		case err != nil:
			t.Fatal(err)
		}
		pcm = append(pcm, frame...)
	}
}

// needTools skips a test where one of the tools is missing.
func needTools(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(tools[name]); err != nil {
			t.Skipf("%s is not installed", tools[name])
		}
	}
}

func options(t *testing.T, members map[string]any) string {
	t.Helper()
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestOnlyWhatWasSaidIsRight(t *testing.T) {
	said := samples(t, filepath.Join(speech, "customer-order.wav"))[:16000]
	other := samples(t, filepath.Join(speech, "customer-address.wav"))[:16000]
	for _, c := range []struct {
		name                  string
		heard                 []int16
		leastRight, mostRight float64
		leastCover, mostCover float64
	}{
		{"a voice is itself", said, 1, 1, 1, 1},
		{"a voice that begins late is itself", said[3:], 0.98, 1, 0.98, 1},
		{"another voice is not", other, 0, 0.02, 0, 0.02},
		{"a hole is no fault", slices.Concat(said[:6400], said[9600:]), 1, 1, 0.7, 0.9},
		{"the end before the beginning is", slices.Concat(
			said[8000:], said[:8000]), 0.3, 0.7, 0.3, 0.7},
		{"nothing is nothing", make([]int16, 16000), 0, 0, 0, 0},
	} {
		v := judge(said, c.heard)
		if v.right < c.leastRight || v.right > c.mostRight ||
			v.covered < c.leastCover || v.covered > c.mostCover {
			t.Errorf("%s: got %+v", c.name, v)
		}
	}
}

func TestForeignAudioHearsTheAnnouncement(t *testing.T) {
	said := samples(t, filepath.Join(speech, "welcome.wav"))
	forEach(t, func(t *testing.T, c client) {
		for tool := range tools {
			for _, codec := range []string{"g711U", "g711A"} {
				t.Run(tool+" "+codec, func(t *testing.T) {
					t.Parallel()
					needTools(t, tool)
					if testing.Short() && (tool == "gst") != (codec == "g711U") {
						t.Skip("each tool with one law is enough for a short run")
					}
					file := filepath.Join(t.TempDir(), "heard.wav")
					c.play(t, "announcement", options(t, map[string]any{
						"tool": tool, "codec": codec, "number": "7001", "heard": file,
					}))
					if v := judge(said, samples(t, file)); v.right < 0.97 || v.covered < some {
						t.Errorf("of the announcement: %+v", v)
					}
				})
			}
		}
	})
}

// TestForeignAudioHearsTheOther lets two stations talk at the same time, each with another
// tool and another law, so that what either hears was decoded, mixed and encoded again.
func TestForeignAudioHearsTheOther(t *testing.T) {
	forEach(t, func(t *testing.T, c client) {
		for _, codecs := range [][]string{{"g711U", "g711A"}, {"g711A", "g711U"}} {
			t.Run(fmt.Sprint(codecs), func(t *testing.T) {
				t.Parallel()
				needTools(t, "gst", "ffmpeg")
				dir := t.TempDir()
				says := []string{filepath.Join(dir, "s1.wav"), filepath.Join(dir, "s2.wav")}
				heard := []string{filepath.Join(dir, "h1.wav"), filepath.Join(dir, "h2.wav")}
				said := [][]int16{
					script(t, "customer-order.wav", says[0]),
					script(t, "customer-address.wav", says[1]),
				}
				c.play(t, "talk", options(t, map[string]any{
					"tools": []string{"gst", "ffmpeg"}, "codecs": codecs,
					"says": says, "heard": heard,
				}))
				for i, file := range heard {
					other := 1 - i
					v := judge(said[other], samples(t, file))
					if v.right < 0.8 || v.covered < some {
						t.Errorf("party %d hears %+v", i+1, v)
					}
				}
			})
		}
	})
}

// script writes what a station says, and returns the part that is to be heard: the switch
// listens for 200 ms whether somebody at the address that it sends to is talking.
func script(t *testing.T, name, file string) []int16 {
	t.Helper()
	said := samples(t, filepath.Join(speech, name))[:4*rtpmedia.SampleRate]
	out, err := rtpmedia.CreateWAV(file)
	if err != nil {
		t.Fatal(err)
	}
	lead := make([]int16, rtpmedia.SampleRate/2)
	trail := make([]int16, rtpmedia.SampleRate/2)
	for rest := append(append(lead, said...), trail...); len(rest) > 0; {
		if err := out.WriteFrame(rest[:rtpmedia.FrameSamples]); err != nil {
			t.Fatal(err)
		}
		rest = rest[rtpmedia.FrameSamples:]
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return said
}

func TestForeignDigitsAreCollected(t *testing.T) {
	forEach(t, func(t *testing.T, c client) {
		t.Parallel()
		if c.dials != "" && exec.Command(c.command[0], "-c", c.dials).Run() != nil {
			t.Skip("Python finds no GStreamer (gir1.2-gstreamer-1.0, python3-gi)")
		}
		c.play(t, "digits", `{"codec":"g711U"}`)
	})
}
