package resample

import (
	"errors"
	"math"
)

// Bridge changes the rate of frames that pass by: for each that is written, one of
// the same length in time is read. It delays them by 3 ms, so that it never waits.
// The zero value is ready to use.
type Bridge struct {
	from    int
	stream  *Resampler
	samples []float32 // of what is given out
}

// errDry says that more has to come first.
var errDry = errors.New("resample: no more has come")

// Convert makes dst of src; the rates are samples a second, and both are as long in
// time.
func (b *Bridge) Convert(dst []int16, to int, src []int16, from int) {
	if len(b.samples) < len(dst) {
		b.samples = make([]float32, len(dst))
	}
	out := b.samples[:len(dst)]
	done := 0
	switch {
	case b.stream == nil:
		b.begin(from, to)
		b.stream.push(make([]int16, b.lag()))
	case b.from != from: // the end of what came before fills the time of the delay
		b.stream.push(make([]int16, b.lag()))
		done = b.read(out[:min(b.lag()*to/b.from, len(out))], to)
		b.begin(from, to)
	}
	b.stream.push(src)
	done += b.read(out[done:], to)
	clear(out[done:])
	for i, v := range out {
		dst[i] = Sample(v)
	}
}

// lag is 3 ms in samples of the input: as far as the longest filter reaches.
func (b *Bridge) lag() int { return b.from * lobes / narrow }

func (b *Bridge) begin(from, to int) { b.from, b.stream = from, New(dry, from, to) }

func (b *Bridge) read(out []float32, to int) int {
	b.stream.Retune(to)
	n, _ := b.stream.Read(out) // it is dry at worst
	return n
}

// dry is where a stream finds nothing more.
func dry([]float32) (int, error) { return 0, errDry }

// Sample is v, of which 1 is full scale, as a sample of 16 bits.
func Sample(v float32) int16 {
	return int16(min(max(math.Round(float64(v)*(1<<15)), -32768), 32767))
}
