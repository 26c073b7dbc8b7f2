package tone

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// signal is a row of bursts of two tones.
type signal struct {
	low, high float64 // Hz
	level     float64 // of the low one, in dB below full scale
	twist     float64 // by how many dB the high one is louder
	on, off   int     // ms
	noise     float64 // RMS of white noise, in dB below the low tone; 0 is none
	count     int
}

func (s signal) pcm() []int16 {
	random := rand.New(rand.NewPCG(1, 1))
	amplitude := 32767 * math.Pow(10, s.level/20)
	second := amplitude * math.Pow(10, s.twist/20)
	hiss := 0.0
	if s.noise != 0 {
		hiss = amplitude / math.Sqrt2 * math.Pow(10, -s.noise/20)
	}
	var out []int16
	add := func(n int, gain float64) {
		for i := range n * 8 {
			x := 2 * math.Pi * float64(i) / 8000
			v := gain * (amplitude*math.Sin(s.low*x) + second*math.Sin(s.high*x))
			out = append(out, int16(v+hiss*random.NormFloat64()))
		}
	}
	add(37, 0)
	for range s.count {
		add(s.on, 1)
		add(s.off, 0)
	}
	add(100, 0)
	return out
}

// digits feeds pcm in frames of 20 ms and returns what begins.
func digits(pcm []int16) string {
	var d Digits
	var out strings.Builder
	for len(pcm) > 0 {
		n := min(160, len(pcm))
		d.Feed(pcm[:n], func(e Event) {
			if !e.Ended {
				out.WriteRune(e.Digit)
			}
		})
		pcm = pcm[n:]
	}
	return out.String()
}

// five is a good digit 5, ten times.
func five(change func(*signal)) signal {
	s := signal{low: 770, high: 1336, level: -10, on: 60, off: 60, count: 10}
	change(&s)
	return s
}

func detune(by float64) func(*signal) {
	return func(s *signal) {
		s.low *= 1 + by
		s.high *= 1 + by
	}
}

func TestDigitsAreAcceptedAndRejectedWhereQ24Asks(t *testing.T) {
	for _, c := range []struct {
		name   string
		signal signal
		want   int
	}{
		{"as good as it gets", five(func(*signal) {}), 10},
		{"40 ms are long enough", five(func(s *signal) { s.on, s.off = 40, 40 }), 10},
		{"23 ms are too short", five(func(s *signal) { s.on = 23 }), 0},
		{"a pause of 40 ms divides", five(func(s *signal) { s.off = 40 }), 10},
		{"a gap of 10 ms does not", five(func(s *signal) { s.on, s.off = 100, 10 }), 1},
		{"1.5 % too high", five(detune(0.015)), 10},
		{"1.5 % too low", five(detune(-0.015)), 10},
		{"3.5 % too high", five(detune(0.035)), 0},
		{"3.5 % too low", five(detune(-0.035)), 0},
		{"the high group 4 dB up", five(func(s *signal) { s.twist = 3.5 }), 10},
		{"the high group 6 dB down", five(func(s *signal) { s.twist = -6 }), 10},
		{"the high group 10 dB up", five(func(s *signal) { s.twist = 10 }), 0},
		{"the high group 12 dB down", five(func(s *signal) { s.twist = -12 }), 0},
		{"loud", five(func(s *signal) { s.level = -6.1 }), 10},
		{"faint", five(func(s *signal) { s.level = -36 }), 10},
		{"too faint", five(func(s *signal) { s.level = -46 }), 0},
		{"in noise 18 dB below", five(func(s *signal) { s.noise = 18 }), 10},
		{"one tone alone", five(func(s *signal) { s.high = 0 }), 0},
		{"dial tone", five(func(s *signal) { s.low, s.high = 350, 440 }), 0},
	} {
		if got := digits(c.signal.pcm()); got != strings.Repeat("5", c.want) {
			t.Errorf("%s: heard %q, want %d times 5", c.name, got, c.want)
		}
	}
}

func TestEveryKeyIsTold(t *testing.T) {
	var all []int16
	want := ""
	for row := range 4 {
		for column := range 4 {
			s := signal{
				low: frequencies[row], high: frequencies[4+column],
				level: -10, on: 50, off: 50, count: 1,
			}
			all = append(all, s.pcm()...)
			want += string(keypad[row][column])
		}
	}
	if got := digits(all); got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}

func TestADigitIsToldWithItsTimes(t *testing.T) {
	s := five(func(s *signal) { s.on, s.off, s.count = 200, 50, 1 })
	var events []Event
	var d Digits
	d.Feed(s.pcm(), func(e Event) { events = append(events, e) })
	if len(events) != 2 {
		t.Fatalf("%+v", events)
	}
	const slack = 2 * block
	if off := events[0].At - 37*8; off < -slack || off > slack {
		t.Errorf("begins at %d, want about %d", events[0].At, 37*8)
	}
	if off := events[1].Duration - 1600; off < -slack || off > slack {
		t.Errorf("lasts %d samples, want about 1600", events[1].Duration)
	}
}

func TestNoiseHasNoDigits(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pcm := make([]int16, 10*60*8000)
	for i := range pcm {
		pcm[i] = int16(3000 * random.NormFloat64())
	}
	if got := digits(pcm); got != "" {
		t.Errorf("ten minutes of noise dial %q", got)
	}
}

func TestAmplitudeIsThatOfTheSine(t *testing.T) {
	pcm := make([]int16, 800)
	for i := range pcm {
		pcm[i] = int16(16384 * math.Sin(2*math.Pi*1000*float64(i)/8000))
	}
	if got := Amplitude(pcm, 1000); math.Abs(got-0.5) > 0.001 {
		t.Errorf("at 1000 Hz %.4f, want 0.5", got)
	}
	if got := Amplitude(pcm, 2000); got > 0.001 {
		t.Errorf("at 2000 Hz %.4f, want 0", got)
	}
}

func BenchmarkDigits(b *testing.B) {
	var d Digits
	pcm := make([]int16, 160)
	for b.Loop() {
		d.Feed(pcm, func(Event) {})
	}
}

// TestAGapInADigitDoesNotDivideIt interrupts a digit of 100 ms where it matters: 24 ms after it
// began and later, at every half millisecond, for up to 10 ms (Q.24 §2.3).
func TestAGapInADigitDoesNotDivideIt(t *testing.T) {
	whole := five(func(s *signal) { s.on, s.count = 100, 1 }).pcm()
	const began, on = 37 * 8, 100 * 8
	for lead := range 26 { // how the digit lies among the blocks
		for gap := 8; gap <= 80; gap += 8 {
			for at := 24 * 8; at+gap+24*8 <= on; at += 4 {
				pcm := append(make([]int16, lead*4), whole...)
				clear(pcm[lead*4+began+at:][:gap])
				if got := digits(pcm); got != "5" {
					t.Fatalf("%d samples later, %d samples from %d: heard %q", lead*4, gap, at, got)
				}
			}
		}
	}
}
