package codec

import (
	"math"
	"testing"
)

func TestNoiseHasTheLevelThatWasTold(t *testing.T) {
	for _, c := range []struct {
		name    string
		payload []byte
	}{
		{"white, -40 dBov", []byte{40}},
		{"white, -60 dBov", []byte{60}},
		{"coloured, -40 dBov", []byte{40, 20, 200}},
	} {
		var n Noise
		n.Describe(c.payload)
		pcm := make([]int16, 80000)
		n.Fill(pcm)
		got := 10 * math.Log10(power(pcm)/(overload*overload))
		if want := -float64(c.payload[0]); math.Abs(got-want) > 0.7 {
			t.Errorf("%s: %.2f dBov", c.name, got)
		}
	}
}

func TestNoiseIsColouredByItsCoefficients(t *testing.T) {
	low := func(payload []byte) float64 { // share of the power below 1 kHz or so
		var n Noise
		n.Describe(payload)
		pcm := make([]int16, 20000)
		n.Fill(pcm)
		var smooth, all float64
		last := 0.0
		for _, v := range pcm {
			last += (float64(v) - last) / 4
			smooth, all = smooth+last*last, all+float64(v)*float64(v)
		}
		return smooth / all
	}
	white, dark := low([]byte{30}), low([]byte{30, 20})
	if dark < 2*white {
		t.Errorf("a first coefficient of -0.84 leaves %.2f at low frequencies, white noise %.2f",
			dark, white)
	}
}

func TestNoiseSurvivesAnyPayload(t *testing.T) {
	var n Noise
	pcm := make([]int16, 1600)
	for _, payload := range [][]byte{nil, {0}, {0, 0, 255, 0, 255, 0, 255}, make([]byte, 200)} {
		n.Describe(payload)
		n.Fill(pcm)
	}
}

func TestLevelsAreToldAsTheyAreTaken(t *testing.T) {
	for _, dBFS := range []float64{-20, -45, -70} {
		var n Noise
		n.Describe([]byte{DescribeNoise(dBFS)})
		pcm := make([]int16, 40000)
		n.Fill(pcm)
		got := 10 * math.Log10(2*power(pcm)/(32767.0*32767))
		if math.Abs(got-dBFS) > 0.8 {
			t.Errorf("noise of %v dBFS comes out at %.1f", dBFS, got)
		}
	}
}
