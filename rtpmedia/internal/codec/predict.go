package codec

import "math"

// A linear prediction is made from the last 20 ms, of as many samples back as a
// narrowband voice has formants for, two each.
const (
	predictFrom  = 160
	predictOrder = 8
	whitening    = 1.0001 // a noise floor at -40 dB keeps the recursion stable
)

// predictor says from the samples before, the newest first, what comes next.
type predictor struct {
	weights [predictOrder]float32
	energy  int64 // of the sound it was made from, in the window
}

// window weighs what is old less: half a period of a sine, of which the peak is
// at the newest sample.
var window = func() (w [predictFrom]float32) {
	for i := range w {
		w[i] = float32(math.Sin(math.Pi * (float64(i) + 0.5) / (2 * predictFrom)))
	}
	return w
}()

// predict finds the predictor of the end of a sound (Levinson and Durbin).
func predict(sound *[historyLen]int16) (p predictor) {
	r := correlations(sound)
	p.energy = int64(r[0])
	var a [predictOrder]float64
	remains := r[0]
	for i := range a {
		sum := r[i+1]
		for k := range i {
			sum -= a[k] * r[i-k]
		}
		reflection := sum / remains
		before := a
		a[i] = reflection
		for k := range i {
			a[k] -= reflection * before[i-1-k]
		}
		remains *= 1 - reflection*reflection
	}
	for i, v := range a {
		p.weights[i] = float32(v)
	}
	return p
}

// correlations are those of the end of a sound with itself, at the lags from 0.
func correlations(sound *[historyLen]int16) (r [predictOrder + 1]float64) {
	var x [predictFrom]int32
	for i, v := range sound[historyLen-predictFrom:] {
		x[i] = int32(float32(v) * window[i])
	}
	for lag := range r {
		var sum int64
		before := x[:predictFrom-lag]
		for i, v := range x[lag:] {
			sum += int64(v) * int64(before[i])
		}
		r[lag] = float64(sum)
	}
	r[0] = r[0]*whitening + 1
	return r
}

// ring returns what follows the state without any input, and adds it to it.
func (p *predictor) ring(state *[predictOrder]float32) (next float32) {
	for i, v := range state {
		next += p.weights[i] * v
	}
	copy(state[1:], state[:])
	state[0] = next
	return next
}
