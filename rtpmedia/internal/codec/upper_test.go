package codec

import (
	"encoding/binary"
	"math"
	"testing"
)

// play puts what was decoded into what is heard.
func play(u *Upper, low *Concealer, n int, decode func(low []int16)) []int16 {
	decode(low.Room(n))
	low.Good(n)
	u.Good(n)
	pcm := make([]int16, 2*low.Held())
	u.Read(pcm, low)
	return pcm
}

func TestTwoBandsAreHeardAsFFmpegDecodesThem(t *testing.T) {
	wire, want := golden(t, "encode.g722"), golden(t, "decode.g722")
	var u Upper
	var low Concealer
	var got []int16
	for ; len(wire) > 0; wire = wire[min(160, len(wire)):] {
		payload := wire[:min(160, len(wire))]
		got = append(got, play(&u, &low, len(payload), func(low []int16) {
			if n := u.Decode(low, payload); n != len(payload) {
				t.Fatalf("%d samples of a band from %d bytes", n, len(payload))
			}
		})...)
	}
	for i, v := range got {
		if w := int16(binary.LittleEndian.Uint16(want[2*i:])); v != w {
			t.Fatalf("sample %d is %d, FFmpeg says %d", i, v, w)
		}
	}
}

func TestNarrowSoundIsHeardInTheLowerBandAlone(t *testing.T) {
	for _, hz := range []float64{300, 1000, 3000} {
		var u Upper
		var low Concealer
		var heard []int16
		for i := range 50 {
			heard = append(heard, play(&u, &low, 160, func(low []int16) {
				for k := range low {
					at := float64(i*160 + k)
					low[k] = int16(math.Round(8000 * math.Sin(2*math.Pi*hz*at/8000)))
				}
				u.Narrow(low)
			})...)
		}
		part := heard[1600:]
		if got := toneIn(part, hz); math.Abs(20*math.Log10(got/8000)) > 0.5 {
			t.Errorf("%v Hz of 8000 are heard with %.0f", hz, got)
		}
		// The filter's stop band (ITU-T G.722 figure 5) is 50 dB down from 4.8 kHz on.
		if got := toneIn(part, 8000-hz); got > 8000*0.004 {
			t.Errorf("%v Hz: the mirror image is heard with %.1f of 8000", hz, got)
		}
	}
}

// toneIn is the amplitude of a frequency at 16 kHz.
func toneIn(pcm []int16, hz float64) float64 {
	var re, im float64
	for i, v := range pcm {
		x := 2 * math.Pi * hz * float64(i) / 16000
		re, im = re+float64(v)*math.Cos(x), im+float64(v)*math.Sin(x)
	}
	return 2 * math.Hypot(re, im) / float64(len(pcm))
}

// A level alone is that of white noise (RFC 3389 §3), of the whole band here.
func TestComfortNoiseFillsBothBands(t *testing.T) {
	var u Upper
	var low Concealer
	var n Noise
	n.Describe([]byte{40}) // -40 dBov
	var heard []int16
	for range 100 {
		heard = append(heard, play(&u, &low, 160, func(low []int16) { u.Noise(low, &n) })...)
	}
	heard = heard[320:]
	want := 20*math.Log10(32124) - 40
	if got := 10 * math.Log10(power(heard)); math.Abs(got-want) > 0.7 {
		t.Errorf("noise of %.1f dB, want %.1f", got, want)
	}
	var steep []int16 // of white noise, differences have twice the power
	for i := 1; i < len(heard); i++ {
		steep = append(steep, heard[i]-heard[i-1])
	}
	if r := power(steep) / power(heard); r < 1.8 || r > 2.2 {
		t.Errorf("differences have %.2f times the power, want 2 as of white noise", r)
	}
}

func TestALossIsConcealedInBothBands(t *testing.T) {
	// A vowel of 160 Hz, a period of 100 samples, whose harmonics go up to 6.4 kHz.
	in := make([]int16, 16000)
	for i := range in {
		for h := 1; h <= 40; h++ {
			x := 2 * math.Pi * 160 * float64(h) * float64(i) / 16000
			in[i] += int16(3000 / float64(h+1) * math.Sin(x+float64(h*h)))
		}
	}
	var enc, dec G722
	wire, clean := make([]byte, len(in)/2), make([]int16, len(in))
	enc.Encode(wire, in)
	dec.Decode(clean, wire)
	var u Upper
	var low Concealer
	var heard, silent []int16
	for i := range 50 {
		payload := wire[i*160:][:160]
		if i > 5 && i%10 == 5 {
			low.Lost(160)
			u.Lost(160, &low)
			pcm := make([]int16, 320)
			u.Read(pcm, &low)
			heard, silent = append(heard, pcm...), append(silent, make([]int16, 320)...)
			continue
		}
		silent = append(silent, clean[i*320:][:320]...)
		heard = append(heard, play(&u, &low, 160, func(low []int16) {
			u.Decode(low, payload)
		})...)
	}
	good, none := correlation(clean, heard), correlation(clean, silent)
	t.Logf("correlation %.4f, with silence %.4f", good, none)
	if good < 0.99 {
		t.Errorf("a vowel of which 10 %% is lost: correlation %.4f, want 0.99", good)
	}
	upper := func(pcm []int16) float64 { return toneIn(pcm, 5120) } // the 32nd harmonic
	for _, i := range []int{15, 25, 35, 45} {
		was, is := upper(clean[i*320:][:320]), upper(heard[i*320:][:320])
		if is < was/2 || is > was*2 {
			t.Errorf("frame %d: 5.12 kHz with %.0f for %.0f in a loss", i, is, was)
		}
	}
}
