package resample

import (
	"io"
	"math"
	"testing"
)

// TestResamplingKeepsToneAndRemovesWhatDoesNotFit checks amplitude and
// frequency of a tone by fitting a sine to it.
func TestResamplingKeepsToneAndRemovesWhatDoesNotFit(t *testing.T) {
	for _, from := range []int{8001, 11025, 16000, 22050, 44100, 48000, 96000} {
		if got := throughResampler(from, 1000); math.Abs(got-0.5) > 0.005 {
			t.Errorf("%d Hz: 1000 Hz at 0.5 come out at %.4f", from, got)
		}
		if from < 16000 {
			continue
		}
		if got := throughResampler(from, 4800); got > 0.002 {
			t.Errorf("%d Hz: 4800 Hz come out as 3200 Hz at %.4f", from, got)
		}
	}
}

// throughResampler sends a tone of amplitude 0.5 to 8 kHz and returns the
// amplitude at the frequency where it, or its mirror image, must be.
func throughResampler(from int, hz float64) float64 {
	at := 0
	r := New(func(dst []float32) (int, error) {
		for i := range dst {
			dst[i] = float32(0.5 * math.Sin(2*math.Pi*hz*float64(at)/float64(from)))
			at++
		}
		return len(dst), nil
	}, from, 8000)
	out := make([]float32, 8400)
	_, _ = r.Read(out)
	if hz > 4000 {
		hz = 8000 - hz
	}
	var re, im float64
	for i, v := range out[400:] {
		x := 2 * math.Pi * hz * float64(i) / 8000
		re, im = re+float64(v)*math.Cos(x), im+float64(v)*math.Sin(x)
	}
	return 2 * math.Hypot(re, im) / 8000
}

func TestResamplingKeepsTheLength(t *testing.T) {
	left := 44100
	r := New(func(dst []float32) (int, error) {
		n := min(left, len(dst))
		left -= n
		return n, atEnd(n)
	}, 44100, 8000)
	total, buf := 0, make([]float32, 160)
	for {
		n, err := r.Read(buf)
		total += n
		if err == io.EOF {
			break
		}
	}
	if total < 7998 || total > 8002 {
		t.Errorf("one second became %d samples at 8 kHz", total)
	}
}

// sine is a tone at half of full scale, n samples from the given one on.
func sine(hz float64, rate, from, n int) []int16 {
	pcm := make([]int16, n)
	for i := range pcm {
		pcm[i] = int16(math.Round(16384 * math.Sin(2*math.Pi*hz*float64(from+i)/float64(rate))))
	}
	return pcm
}

func TestTheUpperBandIsNotMadeUp(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to int
		hz       float64
		at       float64 // Hz at which it is looked for
		low, top float64 // of amplitude, where 0.5 is all of it
	}{
		{"a low tone goes up as it is", 8000, 16000, 1000, 1000, 0.495, 0.505},
		{"0.8 of the band goes up", 8000, 16000, 3200, 3200, 0.49, 0.505},
		{"its mirror image does not", 8000, 16000, 3200, 4800, 0, 0.0005},
		{"a low tone comes down as it is", 16000, 8000, 1000, 1000, 0.495, 0.505},
		{"0.8 of the band comes down", 16000, 8000, 3200, 3200, 0.49, 0.505},
		{"4.4 kHz do not come back as 3.6 kHz", 16000, 8000, 4400, 3600, 0, 0.0005},
		{"6 kHz do not come back as 2 kHz", 16000, 8000, 6000, 2000, 0, 0.0005},
	} {
		var b Bridge
		out := make([]int16, 0, c.to)
		for i := range 50 {
			frame := make([]int16, c.to/50)
			b.Convert(frame, c.to, sine(c.hz, c.from, i*c.from/50, c.from/50), c.from)
			out = append(out, frame...)
		}
		var re, im float64
		part := out[c.to/10 : c.to/10+c.to/2]
		for i, v := range part {
			x := 2 * math.Pi * c.at * float64(i) / float64(c.to)
			re, im = re+float64(v)*math.Cos(x), im+float64(v)*math.Sin(x)
		}
		got := 2 * math.Hypot(re, im) / float64(len(part)) / 32768
		if got < c.low || got > c.top {
			t.Errorf("%s: amplitude %.5f, want %v to %v", c.name, got, c.low, c.top)
		}
	}
}

// worst is the greatest difference of out from a tone that is 3 ms late.
func worst(out []int16, hz float64, rate, from int) (most float64) {
	for i, v := range out {
		want := 16384 * math.Sin(2*math.Pi*hz*(float64(from+i)/float64(rate)-0.003))
		most = max(most, math.Abs(float64(v)-want))
	}
	return most
}

func TestABridgeHasNoSeamWhereTheRateChanges(t *testing.T) {
	const hz = 700.
	for _, c := range []struct {
		name string
		from int
		to   [3]int
	}{
		{"a narrow stream that is asked for more", 8000, [3]int{8000, 16000, 8000}},
		{"a wide stream that is asked for less", 16000, [3]int{16000, 8000, 16000}},
		{"a stream of a device", 48000, [3]int{8000, 16000, 8000}},
	} {
		var b Bridge
		for i := range 30 {
			to := c.to[i/10]
			frame := make([]int16, to/50)
			b.Convert(frame, to, sine(hz, c.from, i*c.from/50, c.from/50), c.from)
			if i == 0 {
				continue // it begins
			}
			// 3 ms are 24 samples of 8 kHz: everything below is exact but for the filter.
			if got := worst(frame, hz, to, i*to/50); got > 40 {
				t.Errorf("%s: frame %d at %d is off by %.0f of 16384", c.name, i, to, got)
			}
		}
	}
}

func TestABridgeFollowsItsInput(t *testing.T) {
	var b Bridge
	in := func(i int) int { return [2]int{8000, 16000}[i/10%2] }
	for i := range 40 {
		from := in(i)
		frame := make([]int16, 320)
		b.Convert(frame, 16000, sine(700, from, i*from/50, from/50), from)
		if i == 0 {
			continue
		}
		most := 40.
		if in(i-1) != from {
			most = 300 // straight lines stand for what the filters cannot see
		}
		if got := worst(frame, 700, 16000, i*320); got > most {
			t.Errorf("frame %d is off by %.0f of 16384", i, got)
		}
	}
}

func TestAStreamThatIsRetunedGoesOnWhereItWas(t *testing.T) {
	at := 0
	r := New(func(dst []float32) (int, error) {
		for i := range dst {
			dst[i] = float32(0.5 * math.Sin(2*math.Pi*500*float64(at)/22050))
			at++
		}
		return len(dst), nil
	}, 22050, 8000)
	seconds := 0.0
	for i := range 30 {
		rate := [3]int{8000, 16000, 8000}[i/10]
		r.Retune(rate)
		out := make([]float32, rate/50)
		if _, err := r.Read(out); err != nil {
			t.Fatal(err)
		}
		for k, v := range out {
			want := 0.5 * math.Sin(2*math.Pi*500*(seconds+float64(k)/float64(rate)))
			if i > 0 && math.Abs(float64(v)-want) > 0.001 {
				t.Fatalf("frame %d: sample %d is %.4f, want %.4f", i, k, v, want)
			}
		}
		seconds += 0.02
	}
}

func BenchmarkDoubling(b *testing.B) {
	var bridge Bridge
	in, out := sine(440, 8000, 0, 160), make([]int16, 320)
	b.ReportAllocs()
	for b.Loop() {
		bridge.Convert(out, 16000, in, 8000)
	}
}

func BenchmarkHalving(b *testing.B) {
	var bridge Bridge
	in, out := sine(440, 16000, 0, 320), make([]int16, 160)
	b.ReportAllocs()
	for b.Loop() {
		bridge.Convert(out, 8000, in, 16000)
	}
}
