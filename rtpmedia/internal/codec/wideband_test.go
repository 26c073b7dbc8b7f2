package codec_test

import (
	"math/rand/v2"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// throughG722 loses frames of a stream in G.722 and fills the holes. The reference is
// what is heard when nothing is lost.
func throughG722(in []int16, loss float64, seed uint64) (whole []int16, out filled) {
	random := rand.New(rand.NewPCG(seed, 1))
	var enc, clean, plain codec.G722
	var upper codec.Upper
	var low codec.Concealer
	wire, pcm, last := make([]byte, 160), make([]int16, 320), make([]int16, 320)
	for at := 0; at+320 <= len(in); at += 320 {
		enc.Encode(wire, in[at:at+320])
		clean.Decode(pcm, wire)
		whole = append(whole, pcm...)
		if random.Float64() < loss {
			out.holes = append(out.holes, at, at+160) // of 20 ms at 16 kHz
			out.silence = append(out.silence, make([]int16, 320)...)
			out.repetition = append(out.repetition, last...)
			low.Lost(160)
			upper.Lost(160, &low)
		} else {
			plain.Decode(last, wire)
			out.silence = append(out.silence, last...)
			out.repetition = append(out.repetition, last...)
			upper.Decode(low.Room(160), wire)
			low.Good(160)
			upper.Good(160)
		}
		upper.Read(pcm, &low)
		out.appendix = append(out.appendix, pcm...)
	}
	return whole, out
}

func TestWidebandConcealmentBeatsSilenceAndRepetition(t *testing.T) {
	in := spoken(t, 16000)
	var apart [3]float64
	losses, rounds := []float64{0.01, 0.02, 0.05}, 3
	if testing.Short() {
		losses, rounds = losses[2:], 1
	}
	for _, loss := range losses {
		var like, far [3]float64 // of silence, repetition, concealment
		for seed := range uint64(rounds) {
			whole, out := throughG722(in, loss, seed)
			for i, pcm := range [][]int16{out.silence, out.repetition, out.appendix} {
				like[i] += likeness(whole, pcm) / float64(rounds)
				far[i] += distance(whole, pcm, out.holes) / float64(rounds)
			}
		}
		t.Logf("%v lost: correlation %.4f, spectra apart by %.2f dB", loss, like, far)
		if like[2] <= like[0] || like[2] <= like[1] {
			t.Errorf("%v lost: correlation %.4f of silence, repetition, concealment", loss, like)
		}
		for i := range apart {
			apart[i] += far[i] / float64(len(losses))
		}
	}
	if apart[2] >= apart[0]-2 || apart[2] >= apart[1] {
		t.Errorf("spectra apart by %.2f dB: silence, repetition, concealment", apart)
	}
}
