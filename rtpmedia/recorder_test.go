package rtpmedia_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

func TestARecordingHasUsOnTheLeftAndThemOnTheRight(t *testing.T) {
	need(t, "sox")
	path := filepath.Join(t.TempDir(), "both.wav")
	recorder, err := rtpmedia.CreateRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		p.a.SetSource(rtpmedia.Tone(1000, -10))
		p.b.SetSource(recorder.Near(rtpmedia.Tone(440, -20)))
		p.b.SetSink(recorder.Far(rtpmedia.Discard()))
		p.start("l16", 0)
		time.Sleep(2 * time.Second)
	})
	if err := recorder.Close(); err != nil {
		t.Fatal(err)
	}
	for side, want := range []struct{ hz, amplitude float64 }{{440, 0.1}, {1000, 0.3162}} {
		out := tool(t, "sh", "-c", fmt.Sprintf(
			"sox %s -n remix %d trim 0.5 1 stat 2>&1", path, side+1))
		hz, amplitude := soxFigure(t, out, "Rough"), soxFigure(t, out, "Maximum amplitude")
		if math.Abs(hz-want.hz) > want.hz/30 || math.Abs(amplitude-want.amplitude) > 0.003 {
			t.Errorf("channel %d: sox hears %v Hz at %v, want %+v", side+1, hz, amplitude, want)
		}
	}
}

// soxFigure finds a line of `sox stat` and returns its number.
func soxFigure(t *testing.T, out, name string) (v float64) {
	t.Helper()
	for line := range strings.Lines(out) {
		if strings.HasPrefix(strings.TrimSpace(line), name) {
			_, value, _ := strings.Cut(line, ":")
			if _, err := fmt.Sscan(value, &v); err == nil {
				return v
			}
		}
	}
	t.Fatalf("no %s in\n%s", name, out)
	return 0
}

func TestDigitsAsTonesAreHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{Jitter: 2 * time.Millisecond})
		defer p.close()
		const want = "1234567890*#ABCD"
		source, err := rtpmedia.DTMF(want)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		p.a.SetSource(source)
		p.b.SetSink(rtpmedia.DetectDigits(nil, func(d rtpmedia.Digit) {
			if d.Ended {
				got.WriteRune(d.Digit)
			}
		}))
		p.start("g711A", 0)
		time.Sleep(5 * time.Second)
		p.b.SetSink(nil)
		synctest.Wait()
		if got.String() != want {
			t.Errorf("sent %s, heard %s", want, got.String())
		}
	})
}

func TestMultimonHearsOurDigits(t *testing.T) {
	need(t, "multimon-ng")
	need(t, "sox")
	const want = "1234567890*#ABCD"
	raw := filepath.Join(t.TempDir(), "digits.raw")
	wav := writeSource(t, must(rtpmedia.DTMF(want)), 500)
	tool(t, "sox", wav, "-r", "22050", "-e", "signed", "-b", "16", "-t", "raw", raw)
	out := tool(t, "multimon-ng", "-q", "-a", "DTMF", "-t", "raw", raw)
	if got := strings.NewReplacer("DTMF: ", "", "\n", "").Replace(out); got != want {
		t.Errorf("multimon-ng hears %s, want %s", got, want)
	}
}

func TestSoxReadsWhatWeWriteAndWeReadWhatSoxWrites(t *testing.T) {
	need(t, "sox")
	dir := t.TempDir()
	want := speech(2 * time.Second)
	ours := writeSource(t, rtpmedia.FromPCM(want), 1000)
	for _, format := range [][]string{
		{"-r", "8000", "-b", "16"},
		{"-r", "44100", "-b", "24", "-c", "2"},
		{"-r", "48000", "-e", "floating-point", "-b", "32"},
		{"-r", "11025", "-b", "8", "-e", "unsigned-integer"},
		{"-r", "8000", "-e", "a-law"},
	} {
		theirs := filepath.Join(dir, "theirs.wav")
		tool(t, "sox", append(append([]string{ours}, format...), theirs)...)
		source, err := rtpmedia.OpenWAV(theirs)
		if err != nil {
			t.Errorf("%v: %v", format, err)
			continue
		}
		got, lag := bestCorrelation(want, readAll(t, source, 1000), 100)
		if got < 0.998 || lag > 1 {
			t.Errorf("%v: correlation %.4f at %d samples", format, got, lag)
		}
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestSpeechDialsNothing feeds speech of several voices to the detector.
func TestSpeechDialsNothing(t *testing.T) {
	need(t, "espeak-ng")
	if raceEnabled {
		t.Skip("minutes of speech take too long with the race detector")
	}
	text := strings.Repeat("Thank you for calling. Your call is important to us. Please "+
		"hold the line, and one of our agents will be with you in a minute or two. ", 6)
	for _, voice := range []string{"en", "en+f3", "de", "fr+m5", "es+f2"} {
		path := filepath.Join(t.TempDir(), "speech.wav")
		tool(t, "espeak-ng", "-v", voice, "-w", path, text)
		source, err := rtpmedia.OpenWAV(path)
		if err != nil {
			t.Fatal(err)
		}
		sink := rtpmedia.DetectDigits(nil, func(d rtpmedia.Digit) {
			if d.Ended {
				t.Errorf("voice %s dials %c for %v", voice, d.Digit, d.Duration)
			}
		})
		pcm := readAll(t, source, 10000)
		for i := 0; i+rtpmedia.FrameSamples <= len(pcm); i += rtpmedia.FrameSamples {
			_ = sink.WriteFrame(pcm[i : i+rtpmedia.FrameSamples])
		}
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	}
}

// writeSource writes a source to a file and returns its path.
func writeSource(t *testing.T, source rtpmedia.Source, frames int) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "*.wav")
	if err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	w, err := rtpmedia.CreateWAV(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteFrame(readAll(t, source, frames)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Name()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestASideOfARecordingIsReadAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "call.wav")
	r, err := rtpmedia.CreateRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	near, far := r.Near(rtpmedia.Tone(440, -10)), r.Far(rtpmedia.Discard())
	tone, pcm := rtpmedia.Tone(1004, -20), make([]int16, rtpmedia.FrameSamples)
	for range 50 {
		_ = near.ReadFrame(pcm)
		_ = tone.ReadFrame(pcm)
		_ = far.WriteFrame(pcm)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for channel, want := range []float64{440, 1004} {
		file, err := rtpmedia.OpenWAV(path)
		if err != nil {
			t.Fatal(err)
		}
		if file.Channels() != 2 || file.Only(2) == nil || file.Only(-1) == nil {
			t.Errorf("%d channels; a third one can be chosen: %v", file.Channels(), file.Only(2))
		}
		if err := file.Only(channel); err != nil {
			t.Fatal(err)
		}
		heard := readAll(t, file, 100)
		if err := file.Close(); err != nil {
			t.Error(err)
		}
		if tones := analyze.Tones(heard); len(tones) != 1 || math.Abs(tones[0].Hz[0]-want) > 1 {
			t.Errorf("channel %d: %+v, want %v Hz alone", channel, tones, want)
		}
	}
}
