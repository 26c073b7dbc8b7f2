package analyze

import (
	"fmt"
	"math"
	"time"
)

// Match is how well, and where, a recording holds a reference.
type Match struct {
	Correlation float64       // 1 is the same sound at any loudness, 0 another one
	Offset      time.Duration // from the start of the recording to that of the reference
	Gain        float64       // by how many dB it is louder than the reference
}

// longest bounds the memory that comparing takes.
const longest = 10 * time.Minute

// Correlate is [Correlate] at r.
func (r Rate) Correlate(reference, heard []int16) (Match, error) {
	switch {
	case len(reference) < r.hop() || len(heard) < len(reference):
		return Match{}, fmt.Errorf("%w: %v of a reference of %v",
			ErrTooShort, r.duration(len(heard)), r.duration(len(reference)))
	case r.duration(len(heard)) > longest:
		return Match{}, fmt.Errorf("analyze: a recording of %v is longer than %v",
			r.duration(len(heard)), longest)
	}
	energy := 0.0
	for _, v := range reference {
		energy += float64(v) * float64(v)
	}
	if energy == 0 {
		return Match{}, ErrNoSignal
	}
	products := crossProducts(reference, heard)
	best, power := Match{}, 0.0
	for i, v := range heard {
		power += float64(v) * float64(v)
		lag := i - len(reference) + 1
		if lag < 0 {
			continue
		}
		if c := products[lag] / math.Sqrt(energy*power+1); c > best.Correlation {
			gain := 10 * math.Log10((power+1)/energy)
			best = Match{Correlation: min(c, 1), Offset: r.duration(lag), Gain: gain}
		}
		first := float64(heard[lag])
		power -= first * first
	}
	return best, nil
}

// crossProducts is the sum of reference[i]*heard[i+lag] for every lag, by way
// of their spectra.
func crossProducts(reference, heard []int16) []float64 {
	size := 1
	for size < len(heard)+len(reference) {
		size *= 2
	}
	a, b := make([]complex128, size), make([]complex128, size)
	for i, v := range reference {
		a[i] = complex(float64(v), 0)
	}
	for i, v := range heard {
		b[i] = complex(float64(v), 0)
	}
	transform(a, false)
	transform(b, false)
	for i := range a {
		re, im := real(a[i]), imag(a[i])
		b[i] *= complex(re, -im)
	}
	transform(b, true)
	products := make([]float64, len(heard))
	for i := range products {
		products[i] = real(b[i]) / float64(size)
	}
	return products
}
