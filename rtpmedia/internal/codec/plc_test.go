package codec

import (
	"math"
	"testing"
)

func TestConcealerDelaysGoodAudioAndChangesNothing(t *testing.T) {
	in := voiced(1600)
	out := append([]int16(nil), in...)
	var c Concealer
	for i := 0; i < len(out); i += 160 {
		c.Good(out[i : i+160])
	}
	for i := ConcealDelay; i < len(in); i++ {
		if out[i] != in[i-ConcealDelay] {
			t.Fatalf("sample %d is %d, want %d", i, out[i], in[i-ConcealDelay])
		}
	}
}

func TestConcealerContinuesAVoicedSound(t *testing.T) {
	in := voiced(8000)
	out := append([]int16(nil), in...)
	var c Concealer
	for frame := range len(out) / 160 {
		pcm := out[frame*160 : frame*160+160]
		if frame > 2 && frame%10 == 5 {
			c.Lost(pcm)
			continue
		}
		c.Good(pcm)
	}
	if r := correlation(in[:len(in)-ConcealDelay], out[ConcealDelay:]); r < 0.99 {
		t.Errorf("10 %% of a steady vowel lost: correlation %.4f, want 0.99 or better", r)
	}
}

func TestConcealerFadesToSilenceAfterSixtyMilliseconds(t *testing.T) {
	var c Concealer
	c.Good(voiced(800))
	before, pcm := 0.0, make([]int16, 80)
	for frame := range 8 {
		c.Lost(pcm)
		level := power(pcm)
		if frame == 1 {
			before = level
		}
		if frame == 5 && level > before/2 {
			t.Errorf("no fade: power %.0f after 60 ms, %.0f at first", level, before)
		}
	}
	if p := power(pcm); p != 0 {
		t.Errorf("power %.0f after 80 ms of loss, want silence", p)
	}
}

func TestConcealerOfNothingIsSilence(t *testing.T) {
	var c Concealer
	pcm := []int16{0: 5, 159: 5}
	c.Lost(pcm)
	if p := power(pcm); p != 0 {
		t.Errorf("a loss before the first frame has power %.0f", p)
	}
}

func TestConcealerAllocatesNothing(t *testing.T) {
	var c Concealer
	pcm := voiced(160)
	if n := testing.AllocsPerRun(50, func() {
		c.Good(pcm)
		c.Lost(pcm)
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
