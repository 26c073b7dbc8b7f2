package resample

import (
	"math"
	"sync"
)

// phases of the filter are tabulated; between them it is interpolated.
const phases = 256

// lobes of the sinc on each side of its middle.
const lobes = 24

// filter is a low pass between two rates.
type filter struct {
	step float64 // input samples for each output sample
	half int     // samples that it reaches to each side of the place that it is asked for
	rows []float32
}

// The two between sessions' rates are needed by many at a time.
var (
	doubling = sync.OnceValue(func() *filter { return design(narrow, wide) })
	halving  = sync.OnceValue(func() *filter { return design(wide, narrow) })
)

const narrow, wide = 8000, 16000

// filterFor returns the filter between two rates, which are samples a second.
func filterFor(from, to int) *filter {
	switch {
	case from == to:
		return &filter{step: 1}
	case from == narrow && to == wide:
		return doubling()
	case from == wide && to == narrow:
		return halving()
	}
	return design(from, to)
}

// halfOf is how far the filter between two rates reaches to each side, in samples.
func halfOf(from, to int) int {
	return int(math.Ceil(lobes * max(1, float64(from)/float64(to))))
}

// design makes a low pass with its cutoff below half of the lower rate, once for each
// phase.
func design(from, to int) *filter {
	f := &filter{step: float64(from) / float64(to), half: halfOf(from, to)}
	cutoff := 0.94 / max(1, f.step) // 1 is half of the input's rate
	taps := 2 * f.half
	f.rows = make([]float32, (phases+1)*taps)
	for p := range phases + 1 {
		row := f.rows[p*taps : (p+1)*taps]
		var sum float64
		for i := range row {
			x := float64(i-f.half) + 1 - float64(p)/phases
			v := cutoff
			if x != 0 {
				v = math.Sin(math.Pi*cutoff*x) / (math.Pi * x)
			}
			w := x / float64(f.half) // Blackman
			v *= 0.42 + 0.5*math.Cos(math.Pi*w) + 0.08*math.Cos(2*math.Pi*w)
			row[i] = float32(v)
			sum += v
		}
		for i := range row {
			row[i] /= float32(sum)
		}
	}
	return f
}

// at is the sample at a place of input, around which there have to be half on each
// side.
func (f *filter) at(input []float32, place float64) float32 {
	middle := int(place)
	if f.half == 0 {
		return input[middle]
	}
	phase := (place - float64(middle)) * phases
	row := int(phase)
	mix := float32(phase - float64(row))
	taps := 2 * f.half
	low := f.rows[row*taps : (row+1)*taps]
	high := f.rows[(row+1)*taps : (row+2)*taps]
	around := input[middle-f.half+1:][:taps]
	var sum float32
	if mix == 0 {
		for i, x := range around {
			sum += x * low[i]
		}
		return sum
	}
	for i, x := range around {
		sum += x * (low[i] + mix*(high[i]-low[i]))
	}
	return sum
}
