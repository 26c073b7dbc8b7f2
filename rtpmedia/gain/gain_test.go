package gain

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// after reads a source for so long and returns the levels of its frames.
func after(t *testing.T, s rtpmedia.Source, d time.Duration) (levels []float64, peak int16) {
	t.Helper()
	pcm := make([]int16, rtpmedia.FrameSamples)
	for range d / rtpmedia.FrameDuration {
		if err := s.ReadFrame(pcm); err != nil {
			t.Fatal(err)
		}
		levels = append(levels, rtpmedia.Level(pcm))
		for _, v := range pcm {
			peak = max(peak, v, -max(v, -32767))
		}
	}
	return levels, peak
}

// switched gives the first source for some frames and then the second.
type switched struct {
	first, second rtpmedia.Source
	frames        int
}

func (s *switched) ReadFrame(pcm []int16) error {
	if s.frames--; s.frames >= 0 {
		return s.first.ReadFrame(pcm)
	}
	return s.second.ReadFrame(pcm)
}

// words are half a second of tone and a quarter of a second of faint noise, in
// turn.
type words struct {
	tone   rtpmedia.Source
	random *rand.Rand
	frames int
}

func spoken(level float64) *words {
	return &words{rtpmedia.Tone(300, level), rand.New(rand.NewPCG(1, 2)), 0}
}

func (w *words) ReadFrame(pcm []int16) error {
	w.frames++
	if w.frames%37 < 25 {
		return w.tone.ReadFrame(pcm)
	}
	for i := range pcm {
		pcm[i] = int16(8 * w.random.NormFloat64())
	}
	return nil
}

func TestSpeechIsBroughtToItsLevel(t *testing.T) {
	for _, c := range []struct {
		name       string
		said, want float64
		o          Options
	}{
		{"faint speech is amplified", -38, -20, Options{}},
		{"loud speech is damped", -16, -20, Options{}},
		{"right speech is left alone", -20, -20, Options{}},
		{"very faint speech is amplified as far as may be", -48, -24, Options{}},
		{"very loud speech is damped as far as may be", 0, -6, Options{}},
		{"another level can be asked for", -38, -26, Options{Target: -26}},
	} {
		levels, _ := after(t, Control(spoken(c.said), c.o), 15*time.Second)
		loudest := -96.0
		for _, l := range levels[len(levels)-100:] {
			loudest = max(loudest, l)
		}
		if math.Abs(loudest-c.want) > 0.5 {
			t.Errorf("%s: %v dBFS became %.1f, want %v", c.name, c.said, loudest, c.want)
		}
	}
}

func TestNoiseBetweenWordsIsNotPumpedUp(t *testing.T) {
	source := &switched{spoken(-38), spoken(-96), 500}
	levels, _ := after(t, Control(source, Options{}), time.Minute)
	last := levels[len(levels)-1]
	want := levels[480] // a pause shortly before the words stop
	for _, l := range levels[480:499] {
		want = min(want, l)
	}
	if last > want+2 {
		t.Errorf("noise rose from %.1f to %.1f dBFS after the last word", want, last)
	}
}

// A hum that begins may be a word; after two breaths of 1.5 s it is none, and at
// 5 dB/s it has risen by no more than 15 dB.
func TestSteadyNoiseIsNoSpeech(t *testing.T) {
	source := &switched{rtpmedia.Silence(), rtpmedia.Tone(300, -40), 50}
	levels, _ := after(t, Control(source, Options{}), time.Minute)
	if last := levels[len(levels)-1]; last > -25 {
		t.Errorf("a hum of -40 dBFS became %.1f", last)
	}
}

func TestTheGainMovesAsFastAsItWasAskedTo(t *testing.T) {
	o := Options{Attack: 200 * time.Millisecond, Release: time.Second}
	louder := &switched{spoken(-30), spoken(-20), 20 * 37}
	levels, _ := after(t, Control(louder, o), 20*time.Second)
	// 10 dB more than before; they are gone after 200 ms.
	at := 20 * 37
	if early := levels[at+2]; early < -15 {
		t.Errorf("damped to %.1f dBFS within 60 ms", early)
	}
	if late := levels[at+12]; math.Abs(late+20) > 0.5 {
		t.Errorf("%.1f dBFS after 240 ms, want -20", late)
	}
	fainter := &switched{spoken(-20), spoken(-30), 20 * 37}
	levels, _ = after(t, Control(fainter, o), 20*time.Second)
	if half := levels[at+12]; half < -30 || half > -26 {
		t.Errorf("%.1f dBFS a quarter of the way up", half)
	}
}

func TestNothingIsClipped(t *testing.T) {
	source := &switched{spoken(-40), spoken(0), 20 * 37}
	_, peak := after(t, Control(source, Options{Attack: time.Second}), 20*time.Second)
	if peak > ceiling {
		t.Errorf("a sample of %d, want at most %d", peak, ceiling)
	}
}

type over struct{ closed bool }

func (*over) ReadFrame([]int16) error { return io.EOF }

func (o *over) Close() error {
	o.closed = true
	return nil
}

func TestTheSourceEndsAndCloses(t *testing.T) {
	source := &over{}
	s := Control(source, Options{})
	if err := s.ReadFrame(make([]int16, 160)); !errors.Is(err, io.EOF) {
		t.Errorf("%v, want the end of the source", err)
	}
	if err := s.(io.Closer).Close(); err != nil || !source.closed {
		t.Errorf("close: %v, source closed: %v", err, source.closed)
	}
}

// Frames of 16 kHz are controlled as those of 8 kHz are: in step, as levels do not depend
// on the rate.
func TestBothRatesAreControlledAlike(t *testing.T) {
	narrow := Control(rtpmedia.Tone(300, -40), Options{})
	wide := Control(rtpmedia.Tone(300, -40), Options{})
	a, b := make([]int16, rtpmedia.FrameSamples), make([]int16, rtpmedia.WideSamples)
	for i := range 500 {
		if err := errors.Join(narrow.ReadFrame(a), wide.ReadFrame(b)); err != nil {
			t.Fatal(err)
		}
		if off := math.Abs(rtpmedia.Level(a) - rtpmedia.Level(b)); off > 0.1 {
			t.Fatalf("frame %d: %.1f and %.1f dBFS", i, rtpmedia.Level(a), rtpmedia.Level(b))
		}
	}
}
