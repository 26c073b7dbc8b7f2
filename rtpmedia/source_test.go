package rtpmedia_test

import (
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// readAll reads a source to its end, or for so many frames.
func readAll(t *testing.T, s rtpmedia.Source, frames int) []int16 {
	t.Helper()
	var all []int16
	pcm := make([]int16, rtpmedia.FrameSamples)
	for range frames {
		err := s.ReadFrame(pcm)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, pcm...)
	}
	return all
}

func TestAFileHoldsWhatWasWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	want := speech(1e9)
	w, err := rtpmedia.CreateWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(want); i += rtpmedia.FrameSamples {
		if err := w.WriteFrame(want[i : i+rtpmedia.FrameSamples]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := rtpmedia.OpenWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := readAll(t, r, 1000)
	if len(got) != len(want) {
		t.Fatalf("%d samples, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("sample %d is %d, want %d", i, got[i], want[i])
		}
	}
}

func TestAClosedFileIsAnErrorAndNoPanic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	w, err := rtpmedia.CreateWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), w.Close()); err != nil {
		t.Error(err)
	}
	pcm := make([]int16, rtpmedia.FrameSamples)
	if err := w.WriteFrame(pcm); !errors.Is(err, os.ErrClosed) {
		t.Errorf("write after Close: %v", err)
	}
}

func TestTonesHaveTheLevelThatWasAskedFor(t *testing.T) {
	for _, c := range []struct {
		spec string
		want float64 // dBFS
	}{
		{"tone:440", -10},
		{"tone:1004@-20", -20},
		{"tone:300@0", 0},
		{"silence", rtpmedia.SilenceLevel},
	} {
		source, _, err := rtpmedia.ParseSource(c.spec)
		if err != nil {
			t.Fatal(err)
		}
		if got := rtpmedia.Level(readAll(t, source, 50)); math.Abs(got-c.want) > 0.1 {
			t.Errorf("%s has %.2f dBFS, want %v", c.spec, got, c.want)
		}
	}
}

func TestMilliwattIsZeroDBm0(t *testing.T) {
	got := rtpmedia.Level(readAll(t, rtpmedia.Milliwatt(), 50))
	if math.Abs(got+3.17) > 0.05 {
		t.Errorf("%.2f dBFS, want -3.17, which is 0 dBm0 in µ-law (G.711)", got)
	}
}

func TestSpecsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, spec := range []string{
		"", "noise", "tone:", "tone:x", "tone:-1", "tone:4000", "tone:440@1", "tone:440@x",
		"tone:NaN", "dtmf:12x", "wav:", "wav:/does/not/exist.wav", "loop:", "loop:tone:440",
		"loop:loop:dtmf:1", "loop:wav:/does/not/exist.wav", "loop:dtmf:x",
	} {
		if _, closer, err := rtpmedia.ParseSource(spec); err == nil || closer != nil {
			t.Errorf("source %q: closer %v, error %v", spec, closer, err)
		}
	}
	for _, spec := range []string{"", "silence", "wav:/does/not/exist/x.wav"} {
		if _, _, err := rtpmedia.ParseSink(spec); err == nil {
			t.Errorf("sink %q was taken", spec)
		}
	}
}

func TestWhatIsLoopedIsHeardAgainAndAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	w, err := rtpmedia.CreateWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	once := readAll(t, rtpmedia.Tone(440, -10), 10)
	if err := errors.Join(w.WriteFrame(once), w.Close()); err != nil {
		t.Fatal(err)
	}
	source, closer, err := rtpmedia.ParseSource("loop:wav:" + path)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	if got := readAll(t, source, 25); !slices.Equal(got, slices.Concat(once, once, once[:800])) {
		t.Error("a file of 10 frames is not heard two times and a half in 25")
	}
	if source, _, err = rtpmedia.ParseSource("loop:dtmf:12"); err != nil {
		t.Fatal(err)
	}
	if got := analyze.Digits(readAll(t, source, 50)); !strings.HasPrefix(got, "12121") {
		t.Errorf("the digits of a second are %q", got)
	}
}

func TestALoopBeginsAgainAndEndsWhenItCannot(t *testing.T) {
	left := 3
	source := rtpmedia.Loop(func() (rtpmedia.Source, error) {
		if left--; left < 0 {
			return nil, io.EOF
		}
		return rtpmedia.FromPCM(make([]int16, 320)), nil
	})
	if got := len(readAll(t, source, 100)); got != 3*320 {
		t.Errorf("%d samples, want three times 320", got)
	}
	empty := rtpmedia.Loop(func() (rtpmedia.Source, error) { return rtpmedia.FromPCM(nil), nil })
	if got := len(readAll(t, empty, 100)); got != 0 {
		t.Errorf("a loop of nothing gave %d samples", got)
	}
}

func TestATeeServesAllAndMeasures(t *testing.T) {
	a, b := &collector{}, &collector{}
	meter := rtpmedia.NewMeter(rtpmedia.Tee(a, rtpmedia.Discard(), b))
	if err := meter.WriteFrame(speech(1e9)[:rtpmedia.FrameSamples]); err != nil {
		t.Fatal(err)
	}
	if len(a.heard()) != len(b.heard()) || len(a.heard()) == 0 {
		t.Errorf("%d and %d samples", len(a.heard()), len(b.heard()))
	}
	if meter.Level() <= rtpmedia.SilenceLevel {
		t.Error("the meter measured nothing")
	}
}
