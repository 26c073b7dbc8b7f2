package codec

import (
	"math"
	"slices"
	"testing"
)

// good plays samples that came, lose some that did not; both return what is
// heard.
func good(c *Concealer, pcm []int16) []int16 {
	copy(c.Room(len(pcm)), pcm)
	c.Good(len(pcm))
	return read(c)
}

func lose(c *Concealer, n int) []int16 {
	c.Lost(n)
	return read(c)
}

func read(c *Concealer) []int16 {
	pcm := make([]int16, c.Held())
	c.Read(pcm)
	return pcm
}

func TestConcealerNeitherDelaysNorChangesGoodAudio(t *testing.T) {
	in := voiced(1600)
	var c Concealer
	for i := 0; i < len(in); i += 160 {
		if out := good(&c, in[i:i+160]); !slices.Equal(out, in[i:i+160]) {
			t.Fatalf("frame %d was changed", i/160)
		}
	}
}

func TestConcealerContinuesAVoicedSound(t *testing.T) {
	in := voiced(8000)
	var out []int16
	var c Concealer
	for frame := range len(in) / 160 {
		if frame > 2 && frame%10 == 5 {
			out = append(out, lose(&c, 160)...)
			continue
		}
		out = append(out, good(&c, in[frame*160:frame*160+160])...)
	}
	if r := correlation(in, out); r < 0.99 {
		t.Errorf("10 %% of a steady vowel lost: correlation %.4f, want 0.99 or better", r)
	}
}

// TestConcealmentHasNoSeam compares the steps from sample to sample at both ends of
// a loss with those of the sound itself.
func TestConcealmentHasNoSeam(t *testing.T) {
	in := voiced(1600)
	most := steepest(in)
	for start := 480; start < 560; start += 7 {
		var c Concealer
		out := good(&c, in[:start])
		out = append(out, lose(&c, 160)...)
		out = append(out, good(&c, in[start+160:])...)
		if got := steepest(out); got > most*5/4 {
			t.Errorf("lost from %d: a step of %d, the sound has %d at most", start, got, most)
		}
	}
}

func steepest(pcm []int16) (most int) {
	for i := range pcm[1:] {
		step := int(pcm[i+1]) - int(pcm[i])
		most = max(most, step, -step)
	}
	return most
}

func TestConcealmentDoesNotDependOnHowItIsAskedFor(t *testing.T) {
	in := voiced(1200)
	story := func(lost, came []int) (out []int16) {
		var c Concealer
		out = good(&c, in[:480])
		for _, n := range lost {
			out = append(out, lose(&c, n)...)
		}
		at := 800
		for _, n := range came {
			out = append(out, good(&c, in[at:at+n])...)
			at += n
		}
		return out
	}
	want := story([]int{320}, []int{320})
	for _, pieces := range [][2][]int{
		{{37, 123, 160}, {320}},
		{{80, 80, 80, 80}, {20, 300}},
		{{1, 319}, {1, 1, 78, 240}},
	} {
		if got := story(pieces[0], pieces[1]); !slices.Equal(got, want) {
			t.Errorf("pieces of %v sound other than one", pieces)
		}
	}
}

// TestConcealerFollowsAGlide loses frames of a vowel whose pitch goes from 100 to 160 Hz and
// back in 0.6 s. With the pitch that it ends with the correlation is 0.988.
func TestConcealerFollowsAGlide(t *testing.T) {
	in := make([]int16, 32000)
	x := 0.0
	for i := range in {
		x += 2 * math.Pi * (130 + 30*math.Sin(float64(i)/800)) / 8000
		in[i] = int16(5000*math.Sin(x) + 3000*math.Sin(2*x+1) + 2000*math.Sin(5*x+2))
	}
	var out []int16
	var c Concealer
	for frame := range len(in) / 160 {
		if frame > 2 && frame%10 == 5 {
			out = append(out, lose(&c, 160)...)
			continue
		}
		out = append(out, good(&c, in[frame*160:frame*160+160])...)
	}
	if r := correlation(in, out); r < 0.99 {
		t.Errorf("10 %% of a gliding vowel lost: correlation %.4f, want 0.99 or better", r)
	}
}

func TestConcealerTakesAnySound(t *testing.T) {
	for period := 1; period < 300; period++ {
		var c Concealer
		for i := range 1600 { // full scale, up and down, longer and longer
			level := int16(math.MaxInt16)
			if i/period%2 == 0 {
				level = math.MinInt16
			}
			good(&c, []int16{level})
		}
		lose(&c, 1+period)
		good(&c, make([]int16, 20))
		lose(&c, 700)
		c.Splice()
		good(&c, make([]int16, 160))
	}
}

func TestConcealerFadesToSilenceAfterSixtyMilliseconds(t *testing.T) {
	var c Concealer
	good(&c, voiced(800))
	var before, now float64
	for frame := range 8 {
		now = power(lose(&c, 80))
		if frame == 1 {
			before = now
		}
		if frame == 5 && now > before/2 {
			t.Errorf("no fade: power %.0f after 60 ms, %.0f at first", now, before)
		}
	}
	if now != 0 {
		t.Errorf("power %.0f after 80 ms of loss, want silence", now)
	}
}

func TestConcealerOfNothingIsSilence(t *testing.T) {
	var c Concealer
	if p := power(lose(&c, 160)); p != 0 {
		t.Errorf("a loss before the first frame has power %.0f", p)
	}
}

func TestSamplesThatAreLeftOutAreNotHeard(t *testing.T) {
	in := voiced(960)
	var c Concealer
	out := good(&c, in[:480])
	room := c.Room(200)
	copy(room[120:], in[480:560])
	c.Good(80)
	out = append(out, read(&c)...)
	c.Room(60)
	c.Good(0)
	out = append(out, good(&c, in[560:])...)
	if !slices.Equal(out, in) {
		t.Error("what is heard is not what was good")
	}
}

func TestConcealerHoldsPacketsOfAnyLength(t *testing.T) {
	in := voiced(3000)
	var c Concealer
	copy(c.Room(1400), in)
	c.Good(1400)
	copy(c.Room(1600), in[1400:])
	c.Good(1600)
	if out := read(&c); !slices.Equal(out, in) {
		t.Error("two long packets are not heard as they came")
	}
}

func TestConcealerAllocatesNothing(t *testing.T) {
	var c Concealer
	pcm := voiced(160)
	if n := testing.AllocsPerRun(50, func() {
		copy(c.Room(160), pcm)
		c.Good(160)
		c.Lost(160)
		c.Splice()
		c.Read(pcm)
		c.Read(pcm)
	}); n != 0 {
		t.Errorf("%v allocations a frame", n)
	}
}

// voiced is a vowel of 120 Hz with a few harmonics.
func voiced(n int) []int16 {
	pcm := make([]int16, n)
	for i := range pcm {
		x := 2 * math.Pi * 120 * float64(i) / 8000
		pcm[i] = int16(5000*math.Sin(x) + 3000*math.Sin(2*x+1) + 2000*math.Sin(5*x+2))
	}
	return pcm
}

func power(pcm []int16) (sum float64) {
	for _, v := range pcm {
		sum += float64(v) * float64(v)
	}
	return sum / float64(len(pcm))
}

func correlation(a, b []int16) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}
