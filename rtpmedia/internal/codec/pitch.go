package codec

import "math"

// Samples that are compared to find the pitch, and the least energy of them that
// counts as sound.
const (
	correlate = 80 // 10 ms
	minEnergy = 250
)

// findPitch returns the lag at which the end of a sound looks most like what came
// before it, and how much it does: a coarse search over every second lag, then
// the neighbours.
func findPitch(sound *[historyLen]int16) (lag int, voicing float64) {
	coarse, _ := bestLag(sound, pitchMin, pitchMax, 2)
	lag, score := bestLag(sound, max(coarse-1, pitchMin), min(coarse+1, pitchMax), 1)
	var energy int64
	for _, v := range sound[historyLen-correlate:] {
		energy += int64(v) * int64(v)
	}
	score /= math.Sqrt(float64(max(energy, minEnergy)))
	return lag, min(max(score, 0), 1)
}

// bestLag tries the lags from high to low, on every sample or every second one;
// of equal ones the shorter wins. The score is the product with what lies lag
// before, divided by its amplitude.
func bestLag(sound *[historyLen]int16, low, high, step int) (lag int, score float64) {
	recent := (*[correlate]int16)(sound[historyLen-correlate:])
	score, lag = math.Inf(-1), high
	var energy int64 // of what lies before, which moves on by a step for each lag
	for i := 0; i < correlate; i += step {
		v := int64(sound[historyLen-correlate-high+i])
		energy += v * v
	}
	for try := high; try >= low; try -= step {
		before := sound[historyLen-correlate-try:][:correlate+1]
		var product int64
		for i := 0; i < len(recent); i += step {
			product += int64(before[i]) * int64(recent[i])
		}
		s := float64(product) / math.Sqrt(float64(max(energy, minEnergy)))
		if s >= score {
			score, lag = s, try
		}
		first, next := int64(before[0]), int64(before[correlate])
		energy += next*next - first*first
	}
	return lag, score
}
