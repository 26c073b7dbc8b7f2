package rtpmedia_test

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// A call that begins in G.711 and goes on in G.722 has its upper band in the file from then
// on, on both sides; sox is what hears it.
func TestARecordingKeepsTheUpperBandOfACallThatBecomesWide(t *testing.T) {
	need(t, "sox")
	dir := t.TempDir()
	path, alone := filepath.Join(dir, "both.wav"), filepath.Join(dir, "far.wav")
	recorder := must(rtpmedia.CreateRecording(path))
	recorder.Expect(rtpmedia.WideRate)
	file := must(rtpmedia.CreateWAV(alone))
	file.Expect(rtpmedia.WideRate)
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		p.a.SetSource(rtpmedia.Tone(6000, -20))
		p.b.SetSource(recorder.Near(rtpmedia.Tone(5000, -20)))
		p.b.SetSink(recorder.Far(file))
		p.start("g711U", 0)
		time.Sleep(time.Second)
		p.start("g722", 0)
		time.Sleep(2 * time.Second)
	})
	for _, err := range []error{recorder.Close(), file.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, side := range []struct {
		name, path string
		channel    int
		hz         float64
	}{
		{"this side", path, 1, 5000}, {"the far side", path, 2, 6000}, {"alone", alone, 1, 6000},
	} {
		out := tool(t, "sh", "-c", fmt.Sprintf(
			"sox %s -n remix %d trim 1.5 1 stat 2>&1", side.path, side.channel))
		rough, loud := soxFigure(t, out, "Rough"), soxFigure(t, out, "RMS     amplitude")
		// It takes a sine's differences for its slope, which high ones fall short of.
		hz := rtpmedia.WideRate / math.Pi * math.Asin(math.Pi*rough/rtpmedia.WideRate)
		if math.Abs(hz-side.hz) > side.hz/30 || math.Abs(loud-0.0707) > 0.007 {
			t.Errorf("%s: sox hears %v Hz at %v, want %v at 0.0707", side.name, hz, loud, side.hz)
		}
	}
}

// Both sides say the same, so that the file has the same left and right where they are in
// step: 3 ms, which converting takes, would turn the phase of the tone around.
func TestTheSidesOfARecordingAreInStepWhateverTheirRates(t *testing.T) {
	const frame, n, w = rtpmedia.WideSamples, rtpmedia.SampleRate, rtpmedia.WideRate
	for _, tt := range []struct {
		name      string
		expects   int
		near, far [3]int // rates of thirty frames each
		rate      int
	}{
		{"both become wide, which was expected", w, [3]int{n, n, w}, [3]int{n, n, w}, w},
		{"both become wide, which nobody expected", n, [3]int{n, n, w}, [3]int{n, n, w}, n},
		{"both become narrow", n, [3]int{w, w, n}, [3]int{w, w, n}, w},
		{"both become narrow, and it was known", w, [3]int{w, w, n}, [3]int{w, w, n}, w},
		{"one is narrow all the time", n, [3]int{w, w, w}, [3]int{n, n, n}, w},
		{"the narrow one is heard first", n, [3]int{n, n, n}, [3]int{w, w, w}, w},
		{"one becomes wide before the other", w, [3]int{n, w, w}, [3]int{n, n, w}, w},
		{"nothing wide comes though it was expected", w, [3]int{n, n, n}, [3]int{n, n, n}, w},
		{"wide is expected when it is too late", -w, [3]int{n, n, w}, [3]int{n, n, w}, n},
	} {
		path := filepath.Join(t.TempDir(), "both.wav")
		r := must(rtpmedia.CreateRecording(path))
		if tt.expects > 0 {
			r.Expect(tt.expects)
		}
		near := r.Near(rtpmedia.Tone(1150, -20))
		far, said := r.Far(rtpmedia.Discard()), rtpmedia.Tone(1150, -20)
		for i := range 90 {
			frames(t, near, tt.near[i/30], 1)
			if err := far.WriteFrame(frames(t, said, tt.far[i/30], 1)); err != nil {
				t.Fatal(err)
			}
			if tt.expects < 0 {
				r.Expect(-tt.expects)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if got := rateOf(t, path); got != tt.rate {
			t.Errorf("%s: the file has %d samples a second, want %d", tt.name, got, tt.rate)
		}
		left, right := side(t, path, 0), side(t, path, 1)
		if len(left) != 90*frame || len(right) != len(left) {
			t.Fatalf("%s: %d samples left, %d right", tt.name, len(left), len(right))
		}
		for i := range left {
			seam := i%(30*frame) < 2*frame // the filters settle
			if apart := math.Abs(float64(left[i]) - float64(right[i])); !seam && apart > 100 {
				t.Errorf("%s: %.0f apart after %d ms", tt.name, apart, i/16)
				break
			}
		}
	}
}

// side is one channel of a file, in frames of 16 kHz.
func side(t *testing.T, path string, channel int) (pcm []int16) {
	t.Helper()
	file := openFile(t, path)
	if err := file.Only(channel); err != nil {
		t.Fatal(err)
	}
	for frame := make([]int16, rtpmedia.WideSamples); file.ReadFrame(frame) == nil; {
		pcm = append(pcm, frame...)
	}
	return pcm
}

// What was expected from the beginning changes its rate without a click: a tone of one
// amplitude makes no step between samples that is above its own.
func TestNothingIsHeardWhereTheRateOfAnExpectedRecordingChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "both.wav")
	r := must(rtpmedia.CreateRecording(path))
	r.Expect(rtpmedia.WideRate)
	near, far := r.Near(rtpmedia.Tone(400, -20)), r.Far(rtpmedia.Discard())
	for i := range 120 {
		rate := []int{rtpmedia.WideRate, rtpmedia.SampleRate}[i/30%2]
		frames(t, near, rate, 1)
		if err := far.WriteFrame(make([]int16, rate/50)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	// A sine of amplitude a at f changes by 2πfa/rate from sample to sample at most.
	const steepest = 2 * math.Pi * 400 * 3276.8 / rtpmedia.WideRate
	pcm := side(t, path, 0)
	for i := rtpmedia.WideSamples; i < len(pcm); i++ {
		if step := math.Abs(float64(pcm[i]) - float64(pcm[i-1])); step > 1.1*steepest {
			t.Fatalf("a step of %.0f after %d ms, want %.0f at most", step, i/16, steepest)
		}
	}
}
