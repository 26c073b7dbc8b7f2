package codec

import "math"

// A voice is between 66 and 266 Hz and glides, so that only the last 7.5 ms are compared.
// By how much it glides is told by its pitch 10 ms earlier; twice the pitch there, or half of
// it, is a mistake. All lengths are even.
const (
	pitchMin  = 30
	pitchMax  = 120
	compared  = 60
	earlier   = 80
	glideMost = 0.1 // of the period, in that time
	periodic  = 0.5 // least voicing at which a glide is believed
	glideOn   = 0.7 // of a glide, how much goes on: a pitch that was missed looks like one as well
	minEnergy = 250 // of what is compared, that counts as sound
)

// pitch is how the end of a sound repeats itself.
type pitch struct {
	period  float32 // samples, at the very end
	glide   float32 // by how much the period becomes longer with each sample
	voicing float32 // likeness to what lies a period before, 0 to 1
}

// search looks for a pitch, at first in the sums of each two samples.
type search struct {
	sound *[historyLen]int16
	pairs [historyLen / 2]int32
}

func findPitch(sound *[historyLen]int16) pitch {
	s := search{sound: sound}
	for i := range s.pairs {
		s.pairs[i] = int32(sound[2*i]) + int32(sound[2*i+1])
	}
	period, voicing := s.lag(historyLen, pitchMin, pitchMax)
	p := pitch{period: min(period, pitchMax), voicing: voicing}
	if voicing < periodic {
		return p
	}
	reach := glideMost * period
	before, likeness := s.lag(historyLen-earlier, int(period-reach), int(period+reach)+1)
	change := period - before
	if likeness >= periodic && max(change, -change) < reach {
		p.glide = glideOn * change / earlier
		// What was compared had its middle that far before the end.
		p.period = min(period+p.glide*(compared+period)/2, pitchMax)
	}
	return p
}

// lag returns the lag, of those from low to high, at which the sound before end is most
// like what lies before it, to a part of a sample, and its likeness there.
func (s *search) lag(end, low, high int) (lag, likeness float32) {
	at := 2 * s.coarseLag(end/2, low/2, high/2)
	a, b, c := s.likeness(end, at-1), s.likeness(end, at), s.likeness(end, at+1)
	switch {
	case c > max(a, b):
		at++
		a, b, c = b, c, s.likeness(end, at+1)
	case a > b:
		at--
		a, b, c = s.likeness(end, at-1), a, b
	}
	lag = float32(at)
	if bend := a - 2*b + c; bend < 0 && b >= max(a, c) { // the top of the parabola
		lag += (a - c) / (2 * bend)
	}
	return lag, min(max(b/s.amplitude(end), 0), 1)
}

// coarseLag does so with pairs for samples, from high to low: of equal lags the shorter wins.
func (s *search) coarseLag(end, low, high int) (lag int) {
	recent := (*[compared / 2]int32)(s.pairs[end-compared/2:])
	best := float32(math.Inf(-1))
	var energy int64 // of what lies before, which moves on by a pair for each lag
	for _, v := range s.pairs[end-compared/2-high:][:compared/2] {
		energy += int64(v) * int64(v)
	}
	for try := high; try >= low; try-- {
		before := (*[compared/2 + 1]int32)(s.pairs[end-compared/2-try:])
		var product int64
		for i, v := range recent {
			product += int64(v) * int64(before[i])
		}
		if score := float32(product) / root(max(energy, minEnergy)); score >= best {
			best, lag = score, try
		}
		first, next := int64(before[0]), int64(before[compared/2])
		energy += next*next - first*first
	}
	return lag
}

// likeness is the correlation of the sound before end, as a multiple of its amplitude, with
// what lies lag before it.
func (s *search) likeness(end, lag int) float32 {
	recent := (*[compared]int16)(s.sound[end-compared:])
	before := (*[compared]int16)(s.sound[end-compared-lag:])
	var product, energy int64
	for i, v := range recent {
		w := int64(before[i])
		product += int64(v) * w
		energy += w * w
	}
	return float32(product) / root(max(energy, minEnergy))
}

// amplitude is that of the sound before end.
func (s *search) amplitude(end int) float32 {
	var energy int64
	for _, v := range s.sound[end-compared : end] {
		energy += int64(v) * int64(v)
	}
	return root(max(energy, minEnergy))
}

func root(v int64) float32 { return float32(math.Sqrt(float64(v))) }
