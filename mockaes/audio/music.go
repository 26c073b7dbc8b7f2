package audio

import (
	"math"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// The piece for those who wait: four chords, each picked as eight notes, that come
// round every eight seconds. Quiet, so that a voice that comes back is the louder.
const (
	noteSamples = rtpmedia.SampleRate / 4
	noteRing    = 3 * noteSamples // a note goes on under the next two
	noteLevel   = -22             // dBFS
)

// chords have their notes in semitones above A3 (220 Hz).
var chords = [...][4]int{
	{3, 7, 10, 15}, // C
	{0, 3, 7, 12},  // A minor
	{-4, 0, 3, 8},  // F
	{-2, 2, 5, 10}, // G
}

var picking = [...]int{0, 1, 2, 3, 2, 1, 3, 2}

// music computes one round of the piece. Its end runs into its beginning.
func music() []int16 {
	sum := make([]float64, len(chords)*len(picking)*noteSamples)
	for i, chord := range chords {
		for k, string := range picking {
			pluck(sum, (i*len(picking)+k)*noteSamples, chord[string])
		}
	}
	pcm := make([]int16, len(sum))
	for i, v := range sum {
		pcm[i] = int16(math.Round(v))
	}
	return pcm
}

// pluck adds a note that fades, with two overtones that fade faster.
func pluck(sum []float64, at, semitone int) {
	step := 2 * math.Pi * 220 * math.Pow(2, float64(semitone)/12) / rtpmedia.SampleRate
	peak := level(noteLevel)
	for i := range noteRing {
		t := float64(i) / noteRing
		attack := min(1, float64(i)/40) // 5 ms, or it clicks
		fade := attack * (1 - t) * math.Exp(-3*t)
		x := step * float64(i)
		v := math.Sin(x) + 0.4*math.Exp(-3*t)*math.Sin(2*x) + 0.15*math.Exp(-6*t)*math.Sin(3*x)
		sum[(at+i)%len(sum)] += peak * fade * v
	}
}
