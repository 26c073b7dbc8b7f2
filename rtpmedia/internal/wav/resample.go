package wav

import (
	"io"
	"math"
)

// phases of the filter are tabulated; between them it is interpolated.
const phases = 256

// lobes of the sinc on each side of its middle.
const lobes = 24

// Resampler changes the rate of a stream with a windowed sinc. What is above
// half of the lower rate is filtered out first.
type Resampler struct {
	read   func([]float32) (int, error)
	step   float64 // input samples for each output sample
	taps   int
	filter []float32 // phases+1 rows of taps

	input []float32
	held  int
	at    float64 // place of the next output sample in input
	ended bool
}

// NewResampler gives what read gives, at the rate to rather than from. Both
// are samples a second.
func NewResampler(read func([]float32) (int, error), from, to int) *Resampler {
	r := &Resampler{read: read, step: float64(from) / float64(to)}
	stretch := max(1, r.step)
	r.taps = 2 * int(math.Ceil(lobes*stretch))
	r.filter = sincTable(r.taps, 0.94/stretch)
	r.input = make([]float32, r.taps+4096)
	r.held = r.taps/2 - 1 // silence before the first sample
	return r
}

// sincTable is a low pass with the given cutoff, 1 being half of the input's
// rate, once for each phase.
func sincTable(taps int, cutoff float64) []float32 {
	table := make([]float32, (phases+1)*taps)
	half := float64(taps / 2)
	for p := range phases + 1 {
		row := table[p*taps : (p+1)*taps]
		var sum float64
		for i := range row {
			x := float64(i) - half + 1 - float64(p)/phases
			v := cutoff
			if x != 0 {
				v = math.Sin(math.Pi*cutoff*x) / (math.Pi * x)
			}
			w := x / half // Blackman
			v *= 0.42 + 0.5*math.Cos(math.Pi*w) + 0.08*math.Cos(2*math.Pi*w)
			row[i] = float32(v)
			sum += v
		}
		for i := range row {
			row[i] /= float32(sum)
		}
	}
	return table
}

// Read fills dst and returns the number of samples; at the end it is zero,
// with [io.EOF].
func (r *Resampler) Read(dst []float32) (int, error) {
	for i := range dst {
		for int(r.at)+r.taps > r.held {
			if r.ended {
				return i, atEnd(i)
			}
			if err := r.fill(); err != nil {
				return i, err
			}
		}
		dst[i] = r.sample()
		r.at += r.step
	}
	return len(dst), nil
}

// fill moves what is still needed to the front and reads more.
func (r *Resampler) fill() error {
	used := min(int(r.at), r.held)
	r.held = copy(r.input, r.input[used:r.held])
	r.at -= float64(used)
	n, err := r.read(r.input[r.held:])
	r.held += n
	if err == io.EOF {
		r.ended = true
		tail := min(r.taps/2, len(r.input)-r.held)
		clear(r.input[r.held : r.held+tail])
		r.held += tail
		return nil
	}
	return err
}

func (r *Resampler) sample() float32 {
	start := int(r.at)
	phase := (r.at - float64(start)) * phases
	row := int(phase)
	mix := float32(phase - float64(row))
	low := r.filter[row*r.taps : (row+1)*r.taps]
	high := r.filter[(row+1)*r.taps : (row+2)*r.taps]
	var sum float32
	for i, x := range r.input[start : start+r.taps] {
		sum += x * (low[i] + mix*(high[i]-low[i]))
	}
	return sum
}
