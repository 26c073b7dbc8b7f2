package codec_test

import (
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/wav"
)

// spoken is half a minute of speech at 8 kHz.
func spoken(t *testing.T) []int16 {
	t.Helper()
	if _, err := exec.LookPath("espeak-ng"); err != nil {
		t.Skip("espeak-ng is not installed")
	}
	path := filepath.Join(t.TempDir(), "speech.wav")
	text := strings.Repeat("The agent answers the call and asks how she can help. The caller "+
		"wants to know when the parcel will arrive, and where it is at the moment. ", 5)
	if err := exec.CommandContext(t.Context(), "espeak-ng", "-w", path, text).Run(); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in, err := wav.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	samples := make([]float32, 30*8000)
	n, err := wav.NewResampler(in.Read, in.Format().Rate, 8000).Read(samples)
	if err != nil {
		t.Fatal(err)
	}
	pcm := make([]int16, n/160*160)
	for i := range pcm {
		pcm[i] = int16(samples[i] * 32767)
	}
	return pcm
}

// conceal loses frames and fills the holes in three ways.
func conceal(in []int16, loss float64, seed uint64) (silence, repetition, appendix []int16) {
	random := rand.New(rand.NewPCG(seed, 1))
	var c codec.Concealer
	last, pcm := make([]int16, 160), make([]int16, 160)
	for at := 0; at < len(in); at += 160 {
		frame := in[at : at+160]
		copy(pcm, frame)
		if random.Float64() < loss {
			silence = append(silence, make([]int16, 160)...)
			repetition = append(repetition, last...)
			c.Lost(pcm)
		} else {
			silence = append(silence, frame...)
			repetition = append(repetition, frame...)
			copy(last, frame)
			c.Good(pcm)
		}
		appendix = append(appendix, pcm...)
	}
	return silence, repetition, appendix
}

func likeness(a, b []int16) float64 {
	var ab, aa, bb float64
	for i := range min(len(a), len(b)) {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}

func TestConcealmentBeatsSilenceAndRepetition(t *testing.T) {
	in := spoken(t)
	for _, loss := range []float64{0.01, 0.02, 0.05} {
		var silence, repetition, appendix float64
		for seed := range uint64(10) {
			s, r, a := conceal(in, loss, seed)
			silence += likeness(in, s) / 10
			repetition += likeness(in, r) / 10
			appendix += likeness(in, a[codec.ConcealDelay:]) / 10
		}
		if appendix <= silence || appendix <= repetition {
			t.Errorf("%v lost: correlation %.4f, silence has %.4f, repetition %.4f",
				loss, appendix, silence, repetition)
		}
	}
}
