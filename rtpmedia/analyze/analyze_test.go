package analyze

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// rate of what the tests record, unless they say otherwise.
const rate = 8000

// record reads a source for a while.
func record(s rtpmedia.Source, d time.Duration) []int16 {
	pcm := make([]int16, int(d.Seconds()*rate))
	for at := 0; at+hop <= len(pcm); at += hop {
		if s.ReadFrame(pcm[at:at+hop]) != nil {
			break
		}
	}
	return pcm
}

func silent(d time.Duration) []int16 { return make([]int16, int(d.Seconds()*rate)) }

// babble swells and fades like syllables, at random.
func babble(d time.Duration, seed uint64) []int16 {
	random := rand.New(rand.NewPCG(seed, 7))
	pcm := silent(d)
	phase, pitch, loud := 0.0, 120.0, 0.0
	for i := range pcm {
		if i%1600 == 0 {
			pitch, loud = 100+150*random.Float64(), random.Float64()
		}
		phase += 2 * math.Pi * pitch / rate
		swell := loud * math.Abs(math.Sin(math.Pi*float64(i%1600)/1600))
		v := math.Sin(phase) + 0.7*math.Sin(3*phase) + 0.5*math.Sin(7*phase)
		pcm[i] = int16(6000 * swell * v)
	}
	return pcm
}

func TestATonesFrequencyLevelAndTimesAreMeasured(t *testing.T) {
	pcm := append(silent(time.Second), record(rtpmedia.Tone(440, -20), 2*time.Second)...)
	pcm = append(pcm, silent(time.Second)...)
	got, err := FindTone(pcm, 440, 5)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.Hz[0]-440) > 1 || math.Abs(got.Level+20) > 0.5 {
		t.Errorf("440 Hz at -20 dBFS are measured as %+v", got)
	}
	if off := (got.From - time.Second).Abs(); off > 60*time.Millisecond {
		t.Errorf("begins at %v, want 1s", got.From)
	}
	if off := (got.To - 3*time.Second).Abs(); off > 60*time.Millisecond {
		t.Errorf("ends at %v, want 3s", got.To)
	}
}

func TestWhatIsNotThereIsAnError(t *testing.T) {
	pcm := record(rtpmedia.Tone(440, -20), time.Second)
	if _, err := FindTone(pcm, 1004, 10); !errors.Is(err, ErrNotHeard) {
		t.Errorf("1004 Hz in 440 Hz: %v", err)
	}
	if _, err := FindTone(nil, 440, 5); !errors.Is(err, ErrTooShort) {
		t.Errorf("in nothing: %v", err)
	}
	if _, err := Classify(silent(100 * time.Millisecond)); !errors.Is(err, ErrTooShort) {
		t.Errorf("100 ms are classified: %v", err)
	}
	if _, err := Correlate(silent(1e9), silent(2e9)); !errors.Is(err, ErrNoSignal) {
		t.Errorf("silence in silence: %v", err)
	}
	if _, err := Correlate(babble(2e9, 1), babble(1e9, 1)); !errors.Is(err, ErrTooShort) {
		t.Errorf("two seconds in one: %v", err)
	}
	if _, err := Progress(babble(5e9, 1)); !errors.Is(err, ErrNotHeard) {
		t.Errorf("progress tone in speech: %v", err)
	}
	if _, err := Conversation(nil, nil); !errors.Is(err, ErrTooShort) {
		t.Errorf("a conversation of nothing: %v", err)
	}
}

func TestProgressTonesAreNamed(t *testing.T) {
	for want, source := range map[string]rtpmedia.Source{
		"dial": rtpmedia.DialTone(), "ringback": rtpmedia.Ringback(), "busy": rtpmedia.Busy(),
		"reorder": rtpmedia.Reorder(), "milliwatt": rtpmedia.Milliwatt(),
	} {
		if got, err := Progress(record(source, 5*time.Second)); got != want {
			t.Errorf("%s is taken for %q (%v)", want, got, err)
		}
	}
}

func TestDigitsAreRead(t *testing.T) {
	source, err := rtpmedia.DTMF("123#")
	if err != nil {
		t.Fatal(err)
	}
	if got := Digits(record(source, 2*time.Second)); got != "123#" {
		t.Errorf("123# is read as %q", got)
	}
}

func TestKindsAreToldApart(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	hiss := silent(2 * time.Second)
	for i := range hiss {
		hiss[i] = int16(60 * random.NormFloat64())
	}
	for _, c := range []struct {
		pcm  []int16
		want Kind
	}{
		{silent(2 * time.Second), Silence},
		{hiss, Noise},
		{record(rtpmedia.DialTone(), 2*time.Second), Steady},
		{babble(3*time.Second, 1), Speech},
	} {
		if got, err := Classify(c.pcm); got != c.want {
			t.Errorf("%s is taken for %s (%v)", c.want, got, err)
		}
	}
}

func TestAReferenceIsFoundWhereItIs(t *testing.T) {
	reference, other := babble(2*time.Second, 1), babble(8*time.Second, 2)
	heard := silent(8 * time.Second)
	random := rand.New(rand.NewPCG(5, 5))
	for i := range heard {
		heard[i] = int16(20 * random.NormFloat64())
		if k := i - 24000; k >= 0 && k < len(reference) {
			heard[i] += reference[k] / 2
		}
	}
	got, err := Correlate(reference, heard)
	if err != nil || got.Correlation < 0.99 || got.Offset != 3*time.Second {
		t.Errorf("%+v, %v; want it at 3s", got, err)
	}
	if math.Abs(got.Gain+6) > 0.5 {
		t.Errorf("half as loud is %.1f dB", got.Gain)
	}
	if got, err := Correlate(reference, other); err != nil || got.Correlation > 0.6 {
		t.Errorf("another speaker: %+v, %v", got, err)
	}
}

func TestGapsAndTurnsAreMeasured(t *testing.T) {
	tone := record(rtpmedia.Tone(300, -10), time.Second)
	quiet := silent(time.Second)
	near := append(append(append([]int16{}, tone...), quiet...), tone...)
	far := append(append(append([]int16{}, quiet...), quiet...), tone...)
	gaps := Gaps(near, 100*time.Millisecond)
	if len(gaps) != 1 || gaps[0].Length() != time.Second {
		t.Errorf("gaps %+v, want one of 1s", gaps)
	}
	if gaps := Gaps(far, 0); len(gaps) != 0 {
		t.Errorf("silence before the first sound is taken for a gap: %+v", gaps)
	}
	got, err := Conversation(near, far)
	want := Talk{Near: time.Second, Both: time.Second, Neither: time.Second}
	if err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}
