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
	case b.from != from:
		done = b.change(out, to, src, from)
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

func (b *Bridge) begin(from, to int, before ...float32) {
	b.from, b.stream = from, New(dry, from, to, before...)
}

// change goes over to input of another rate, of which src comes first. The end of what
// came before fills the time of the delay; its length is returned. Around the seam each
// of the two filters sees the sound of the other, on straight lines between samples.
func (b *Bridge) change(out []float32, to int, src []int16, from int) int {
	ratio := float64(from) / float64(b.from)
	old := b.stream.input[:b.stream.held]
	ahead := make([]int16, b.lag())
	for i := range ahead {
		ahead[i] = Sample(between(src, float64(i)*ratio) / (1 << 15))
	}
	before := make([]float32, halfOf(from, narrow))
	for i := range before {
		before[i] = between(old, float64(len(old))-float64(len(before)-i)/ratio)
	}
	b.stream.push(ahead)
	done := b.read(out[:min(len(ahead)*to/b.from, len(out))], to)
	b.begin(from, to, before...)
	return done
}

// between is what a straight line has at a place between samples.
func between[T int16 | float32](pcm []T, place float64) float32 {
	if len(pcm) == 0 {
		return 0
	}
	low := min(max(int(place), 0), len(pcm)-1)
	high := min(low+1, len(pcm)-1)
	part := float32(min(max(place-float64(low), 0), 1))
	return float32(pcm[low])*(1-part) + float32(pcm[high])*part
}

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
