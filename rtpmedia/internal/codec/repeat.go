package codec

import "math"

// How a repetition becomes faint. Its likeness to what was said falls with the voicing to the
// power of the time, since what does not repeat itself now will not later, and by a bell curve,
// since the pitch that was measured is off by a little and the phase by ever more.
const (
	distrust = 20   // samples for which the voicing holds
	bell     = 170. // samples after which the likeness of a perfect voice is 1/e
	toneless = 0.6  // less voicing is noise
	slowest  = 0.8  // step through a period that glides
	fastest  = 1.25
	ringLen  = 40 // samples in which a prediction helps a repetition to begin
)

// Sounds this much fainter than the loudest of the last losses are heard, but hardly weigh in
// how alike two waveforms are: they go on at their own loudness, and louder ones at that. So
// do, for the same reason, the high tones of a sound that becomes faint.
const (
	undertone = 0.3
	memory    = 0.95 // of the loudest, for each loss
	overtones = 0.3  // of how a sound changes from sample to sample
)

var bellCurve = float32(math.Exp(-2 / (bell * bell)))

// repetition is what a sound would go on like: of a voice the last pitch period, round and
// round, which becomes longer or shorter as the pitch glides; of noise the end of the sound
// backwards and forwards, which has no period.
type repetition struct {
	voice   pitch
	back    float32 // from the end of the sound to the next sample of a voice
	step    float32 // to the one after it, less than 1 where the period becomes longer
	slower  float32 // step, with each sample
	noise   int     // samples of noise that were used
	bent    int     // samples of bend that were used
	trust   float32 // gain: how much the repetition is still like the sound
	decay   float32 // of trust, each sample
	least   float32 // gain that what is faint anyway keeps
	loudest float32 // of the last losses, as RMS
	last    float32 // sample, before it became faint
	sound   [historyLen]int16
	bend    [ringLen]int16 // added at first, to follow smoothly
}

// begin repeats the end of history. What the sound has and the repetition had not rings
// out, as the linear prediction of the sound goes on without an input.
func (r *repetition) begin(history []int16) {
	copy(r.sound[:], history)
	r.voice = findPitch(&r.sound)
	r.back, r.step, r.slower = r.voice.period, 1, r.voice.glide/r.voice.period
	r.noise, r.bent = 0, 0
	r.trust, r.last = 1, float32(r.sound[historyLen-1])
	r.decay = float32(math.Pow(max(float64(r.voice.voicing), 1e-3), 1./distrust))
	p := predict(&r.sound)
	level := root(p.energy/predictFrom) + 1
	r.loudest = max(r.loudest*memory, level)
	r.least = min(undertone*r.loudest/level, 1)
	var state [predictOrder]float32
	for i := range state {
		state[i] = float32(r.sound[historyLen-1-i]) - r.before(i+1)
	}
	for i := range r.bend {
		r.bend[i] = round16(p.ring(&state) * (1 - float32(i)/ringLen))
	}
}

// before is what the repetition would have been so many samples ago; of noise, that it
// goes on to rise or fall is what it has and its mirror image has not.
func (r *repetition) before(samples int) float32 {
	if r.voice.voicing < toneless {
		return float32(r.sound[historyLen-1-samples])
	}
	return r.at(historyLen - float32(samples) - r.voice.period)
}

// at is the sound between two samples.
func (r *repetition) at(time float32) float32 {
	i := min(int(time), historyLen-2)
	a, b := float32(r.sound[i]), float32(r.sound[i+1])
	return a + (time-float32(i))*(b-a)
}

// next returns the next sample, at its full loudness.
func (r *repetition) next() (v float32) {
	if r.voice.voicing < toneless {
		v = r.nextNoise()
	} else {
		v = r.nextVoiced()
	}
	if r.bent < ringLen {
		v += float32(r.bend[r.bent])
		r.bent++
	}
	return v
}

func (r *repetition) nextNoise() float32 {
	const last = historyLen - 1
	at := r.noise % (2 * last)
	r.noise++
	return float32(r.sound[max(last-1-at, at-last+1)])
}

func (r *repetition) nextVoiced() float32 {
	v := r.at(historyLen - r.back)
	// The end of the period is blended into what stands before it, so that the
	// repetition has no seam.
	if overlap := r.overlap(); r.back < overlap {
		v += (overlap - r.back) / overlap * (r.at(historyLen-r.back-r.voice.period) - v)
	}
	r.step = min(max(r.step-r.slower, slowest), fastest)
	if r.back -= r.step; r.back <= 0 {
		r.back += r.voice.period
	}
	return v
}

// length is the period in whole samples.
func (r *repetition) length() int { return int(r.voice.period + 0.5) }

// overlap is a quarter of a period.
func (r *repetition) overlap() float32 { return r.voice.period / 4 }

// fainter returns the next sample, as loud as it is still like the sound.
func (r *repetition) fainter() float32 {
	v, gain := r.next(), max(r.trust, r.least)
	high := overtones * (v - r.last)
	r.last = v
	r.trust *= r.decay
	r.decay *= bellCurve
	return gain*v + (1-gain)*high
}
