package analyze

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// recordAt reads a source for a while, at a rate.
func recordAt(r Rate, s rtpmedia.Source, d time.Duration) (pcm []int16) {
	frame := make([]int16, r.hop())
	for range d / rtpmedia.FrameDuration {
		if s.ReadFrame(frame) != nil {
			clear(frame)
		}
		pcm = append(pcm, frame...)
	}
	return pcm
}

var bothRates = map[string]Rate{"narrow": Narrow, "wide": Wide}

func TestTheSameIsSaidOfARecordingAtEitherRate(t *testing.T) {
	for name, r := range bothRates {
		quiet := recordAt(r, rtpmedia.Silence(), time.Second)
		tone := append(append(quiet, recordAt(r, rtpmedia.Tone(1500, -20), 2*time.Second)...),
			quiet...)
		got, err := r.FindTone(tone, 1500, 5)
		if err != nil || math.Abs(got.Hz[0]-1500) > 1 || math.Abs(got.Level+20) > 0.5 ||
			(got.From-time.Second).Abs() > 60*time.Millisecond ||
			(got.To-3*time.Second).Abs() > 60*time.Millisecond {
			t.Errorf("%s: 1500 Hz at -20 dBFS from 1 to 3 s are %+v, %v", name, got, err)
		}
		if spans := r.Activity(tone); len(spans) != 3 || spans[1].Length() != 2*time.Second {
			t.Errorf("%s: %v", name, spans)
		}
		if p := r.Passages(tone); len(p) != 3 || p[1].Kind != Steady || p[0].Kind != Silence {
			t.Errorf("%s: %v", name, p)
		}
		digits, err := rtpmedia.DTMF("159#")
		if err != nil {
			t.Fatal(err)
		}
		dialled := recordAt(r, digits, time.Second)
		if got := r.Digits(dialled); got != "159#" {
			t.Errorf("%s: digits %q, want 159#", name, got)
		}
		if keys := r.Keys(dialled); len(keys) != 4 ||
			(keys[3].From-600*time.Millisecond).Abs() > 15*time.Millisecond {
			t.Errorf("%s: keys %v, the last at 600 ms", name, keys)
		}
		if got, err := r.Progress(recordAt(r, rtpmedia.Busy(), 3*time.Second)); got != "busy" {
			t.Errorf("%s: progress %q, %v", name, got, err)
		}
		babbled := recordAt(r, rtpmedia.FromPCM(babble(3*time.Second, 1)), 3*time.Second)
		if k, err := r.Classify(babbled); k != Speech {
			t.Errorf("%s: babble is %s, %v", name, k, err)
		}
		heard := append(append([]int16{}, quiet...), babbled...)
		m, err := r.Correlate(babbled[:r.place(2*time.Second)], heard)
		if err != nil || m.Correlation < 0.999 || m.Offset != time.Second {
			t.Errorf("%s: the same sound a second later is %+v, %v", name, m, err)
		}
		share, err := r.Follow(babbled, heard)
		if err != nil || share.Right < 0.99 || share.Covered < 0.95 {
			t.Errorf("%s: the same sound is followed by %+v, %v", name, share, err)
		}
		talk, err := r.Conversation(tone, append(quiet, tone...))
		if err != nil || talk.Near != time.Second || talk.Both != time.Second {
			t.Errorf("%s: %+v, %v", name, talk, err)
		}
	}
}

func TestNoiseIsNoiseAtEitherRate(t *testing.T) {
	for name, r := range bothRates {
		random := rand.New(rand.NewPCG(1, 2))
		pcm := make([]int16, 2*int(r))
		for i := range pcm {
			pcm[i] = int16(300 * random.NormFloat64())
		}
		if k, err := r.Classify(pcm); k != Noise {
			t.Errorf("%s: noise is %s, %v", name, k, err)
		}
	}
}

func TestTheUpperBandIsSeenInWidebandRecordings(t *testing.T) {
	pcm := recordAt(Wide, rtpmedia.Tone(6500, -10), 2*time.Second)
	got, err := Wide.FindTone(pcm, 6500, 5)
	if err != nil || math.Abs(got.Hz[0]-6500) > 1 {
		t.Errorf("6500 Hz are %+v, %v", got, err)
	}
	picture, err := Wide.Spectrogram(pcm)
	if err != nil {
		t.Fatal(err)
	}
	if dx := picture.Bounds().Dx(); dx != 94 {
		t.Errorf("%d columns, want 94 (2 s less a window)", dx)
	}
	line := pictureHeight - 1 - 6500*pictureHeight/8000
	if c := picture.ColorIndexAt(50, line); c < shades-5 {
		t.Errorf("6500 Hz at -10 dBFS has shade %d of %d", c, shades)
	}
	if c := picture.ColorIndexAt(50, line-20); c > shades/4 {
		t.Errorf("a row beside the tone has shade %d", c)
	}
	for kHz := range 7 { // the lines are at 1 to 7 kHz
		y := pictureHeight - (kHz+1)*pictureHeight/8
		if c := picture.ColorIndexAt(0, y); c != shades {
			t.Errorf("there is no line at %d kHz", kHz+1)
		}
	}
	if _, err := Wide.Spectrogram(pcm[:1600]); !errors.Is(err, ErrTooShort) {
		t.Errorf("100 ms are drawn: %v", err)
	}
}
