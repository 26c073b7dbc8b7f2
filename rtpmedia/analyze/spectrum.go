package analyze

import (
	"errors"
	"math"
	"math/bits"
	"math/cmplx"
	"time"
)

// ErrTooShort says that a recording is too short to tell anything.
var ErrTooShort = errors.New("analyze: the recording is too short")

// ErrNoSignal says that there is nothing to compare with.
var ErrNoSignal = errors.New("analyze: the reference is silent")

// ErrNotHeard says that what was looked for is not there.
var ErrNotHeard = errors.New("analyze: not heard")

// window is how many samples are looked at together: 128 ms.
func (r Rate) window() int { return int(r) * 128 / 1000 }

// hop is how many samples are from one window to the next: 20 ms.
func (r Rate) hop() int { return int(r) / 50 }

// duration is n samples as time.
func (r Rate) duration(n int) time.Duration {
	return time.Duration(n) * time.Second / time.Duration(r)
}

// narrowBins are those of a spectrum that are below 4 kHz, at either rate.
const narrowBins = 512

// transform is the discrete Fourier transform of x in place. The length is a
// power of two.
func transform(x []complex128, inverse bool) {
	n := len(x)
	shift := 64 - bits.Len(uint(n-1))
	for i := range x {
		if j := int(bits.Reverse64(uint64(i)) >> shift); j > i {
			x[i], x[j] = x[j], x[i]
		}
	}
	sign := -2.0
	if inverse {
		sign = 2
	}
	for size := 2; size <= n; size *= 2 {
		turn := cmplx.Exp(complex(0, sign*math.Pi/float64(size)))
		for start := 0; start < n; start += size {
			w := complex(1, 0)
			for k := range size / 2 {
				a, b := x[start+k], x[start+k+size/2]*w
				x[start+k], x[start+k+size/2] = a+b, a-b
				w *= turn
			}
		}
	}
}

// spectrum is the power of a window in bins of 7.8 Hz, weighted by Hann.
func spectrum(pcm []int16) []float64 {
	x := make([]complex128, len(pcm))
	for i, v := range pcm {
		w := 0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(len(pcm)))
		x[i] = complex(w*float64(v)/32768, 0)
	}
	transform(x, false)
	power := make([]float64, len(pcm)/2)
	for i := range power {
		re, im := real(x[i]), imag(x[i])
		power[i] = re*re + im*im
	}
	power[0] = 0 // a constant makes no sound
	return power
}

// flatness is 1 for white noise and near 0 for tones: the geometric mean of the
// power divided by the arithmetic one.
func flatness(power []float64) float64 {
	var logs, sum float64
	for _, p := range power {
		logs += math.Log(p + 1e-15)
		sum += p
	}
	n := float64(len(power))
	return math.Exp(logs/n) / (sum/n + 1e-15)
}
