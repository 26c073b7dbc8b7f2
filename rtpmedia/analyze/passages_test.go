package analyze

import (
	"errors"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

func TestARecordingIsDividedIntoPassages(t *testing.T) {
	digits, err := rtpmedia.DTMF("159#")
	if err != nil {
		t.Fatal(err)
	}
	pcm := silent(time.Second)
	pcm = append(pcm, record(digits, 800*time.Millisecond)...)
	pcm = append(pcm, silent(time.Second)...)
	pcm = append(pcm, record(rtpmedia.Tone(440, -20), 2*time.Second)...)
	pcm = append(pcm, silent(time.Second)...)
	pcm = append(pcm, babble(3*time.Second, 1)...)
	kinds := []Kind{Silence, Dialled, Silence, Steady, Silence, Speech}
	times := []time.Duration{0, 1000, 1700, 2800, 4800, 5800}
	got := Passages(pcm)
	if len(got) != len(kinds) {
		t.Fatalf("passages %+v, want %v", got, kinds)
	}
	for i, p := range got {
		off := (p.From - times[i]*time.Millisecond).Abs()
		if p.Kind != kinds[i] || off > 60*time.Millisecond {
			t.Errorf("%+v, want %s from %d ms", p, kinds[i], times[i])
		}
	}
}

// Where digits lie between the steps of 20 ms makes no difference.
func TestDigitsAreAPassageWhereverTheyBegin(t *testing.T) {
	for shift := range 16 {
		digits, err := rtpmedia.DTMF("1234")
		if err != nil {
			t.Fatal(err)
		}
		pcm := append(make([]int16, rate+10*shift), record(digits, time.Second)...)
		got := Passages(append(pcm, silent(time.Second)...))
		if len(got) != 3 || got[1].Kind != Dialled {
			t.Errorf("%d samples later: %+v", 10*shift, got)
		}
	}
}

func TestWhatIsTooShortIsOfNoKind(t *testing.T) {
	pcm := append(silent(time.Second), record(rtpmedia.Tone(440, -20), 100*time.Millisecond)...)
	got := Passages(append(pcm, silent(time.Second)...))
	if len(got) != 3 || got[1].Kind != "" {
		t.Errorf("a beep of 100 ms: %+v", got)
	}
}

func TestDigitsHaveTimes(t *testing.T) {
	digits, err := rtpmedia.DTMF("42")
	if err != nil {
		t.Fatal(err)
	}
	got := Keys(append(silent(time.Second), record(digits, 400*time.Millisecond)...))
	want := []Key{
		{'4', 1000 * time.Millisecond, 1100 * time.Millisecond},
		{'2', 1200 * time.Millisecond, 1300 * time.Millisecond},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v, want %+v", got, want)
	}
	for i, k := range got {
		const near = 26 * time.Millisecond // 13 ms at each end
		if k.Digit != want[i].Digit || (k.From-want[i].From).Abs() > near ||
			(k.To-want[i].To).Abs() > near {
			t.Errorf("%+v, want %+v", k, want[i])
		}
	}
}

// A tone is a line at its height, and the rest is black.
func TestAToneIsALineInTheSpectrogram(t *testing.T) {
	picture, err := Spectrogram(record(rtpmedia.Tone(1500, -10), 2*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	b := picture.Bounds()
	if b.Dx() != 94 || b.Dy() != pictureHeight {
		t.Errorf("%d by %d points, want 94 (2 s less a window) by 256", b.Dx(), b.Dy())
	}
	line := pictureHeight - 1 - 1500*pictureHeight/4000
	if c := picture.ColorIndexAt(50, line); c < shades-5 {
		t.Errorf("1500 Hz at -10 dBFS has shade %d of %d", c, shades)
	}
	for _, y := range []int{line - 20, line + 20} {
		if c := picture.ColorIndexAt(50, y); c > shades/4 {
			t.Errorf("row %d beside the tone has shade %d", y, c)
		}
	}
	long, err := Spectrogram(silent(5 * time.Minute))
	if err != nil || long.Bounds().Dx() > pictureWidth {
		t.Errorf("five minutes: %v, %v", long.Bounds(), err)
	}
	if _, err := Spectrogram(silent(100 * time.Millisecond)); !errors.Is(err, ErrTooShort) {
		t.Errorf("100 ms are drawn: %v", err)
	}
}
