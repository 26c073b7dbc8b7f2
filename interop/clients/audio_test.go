package clients

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// speech is where the mock's own sounds are.
const speech = "../../mockaes/audio/speech"

// tools are what says and hears RTP, and the programs they need.
var tools = map[string]string{"gst": "gst-launch-1.0", "ffmpeg": "ffmpeg"}

// judge tells how much of what was heard is right, and how much of what was said it covers.
// A machine that stands still makes the mock leave out what is late (60 ms), and that is not
// held against it; what it sends has to be right.
func judge(t *testing.T, said, heard []int16) analyze.Share {
	t.Helper()
	share, err := analyze.Follow(said, heard)
	if err != nil {
		t.Error(err)
	}
	return share
}

// some is how much of what was said has to be heard on the busiest machine.
const some = 0.25

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
					if v := judge(t, said, samples(t, file)); v.Right < 0.97 || v.Covered < some {
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
					v := judge(t, said[other], samples(t, file))
					if v.Right < 0.8 || v.Covered < some {
						t.Errorf("party %d hears %+v", i+1, v)
					}
				}
			})
		}
	})
}

// TestForeignAudioIsProtected lets ffmpeg say and hear SRTP with the keys of MediaStart.
func TestForeignAudioIsProtected(t *testing.T) {
	forEach(t, func(t *testing.T, c client) {
		t.Parallel()
		if c.name != "Python" {
			t.Skip("one client that reads the keys is enough: ffmpeg does the rest")
		}
		needTools(t, "ffmpeg")
		dir := t.TempDir()
		says := []string{filepath.Join(dir, "s1.wav"), filepath.Join(dir, "s2.wav")}
		heard := []string{filepath.Join(dir, "h1.wav"), filepath.Join(dir, "h2.wav")}
		said := [][]int16{
			script(t, "customer-order.wav", says[0]),
			script(t, "customer-address.wav", says[1]),
		}
		c.play(t, "protected", options(t, map[string]any{
			"codecs": []string{"g711U", "g711A"}, "says": says, "heard": heard,
		}))
		for i, file := range heard {
			v := judge(t, said[1-i], samples(t, file))
			if v.Right < 0.8 || v.Covered < some {
				t.Errorf("party %d hears %+v", i+1, v)
			}
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
