package codec

import "math"

// The figures of ITU-T G.711 Appendix I, in samples at 8 kHz.
const (
	pitchMin   = 40  // 200 Hz
	pitchMax   = 120 // 66 Hz
	correlate  = 160 // 20 ms are compared to find the pitch
	overlapMax = pitchMax / 4
	historyLen = 3*pitchMax + overlapMax // 48.75 ms
	plcFrame   = 80                      // the appendix works on 10 ms
	fadeEach   = 0.2                     // of the amplitude, each 10 ms after the first
	muteAfter  = 6                       // 10 ms frames
	easing     = 32                      // samples from full loudness to that of the voicing
	endOverlap = 32                      // 4 ms more overlap for each lost frame
	minPower   = 250
	distrust   = 3 // how fast a repetition that fits badly becomes faint
)

// ConcealDelay is by how many samples the output of a [Concealer] lags behind
// its input: a quarter of the longest pitch period, 3.75 ms.
const ConcealDelay = overlapMax

// Concealer hides lost frames as ITU-T G.711 Appendix I does: it repeats the
// last pitch periods, more of them the longer the loss lasts, fades by 20 %
// each 10 ms and is silent after 60 ms. Beyond the appendix, what is repeated
// becomes faint sooner the less the sound repeats itself: full loudness of
// noise in the wrong phase is further from what was said than silence is. The
// zero value is ready to use.
type Concealer struct {
	lost    int // 10 ms frames concealed in a row
	pitch   int
	overlap int
	offset  int     // into the repeated periods
	length  int     // of the repeated periods
	trust   float32 // gain: how much the repetition is still like the sound
	decay   float32 // of trust, each sample

	history [historyLen]float32
	pitched [historyLen]float32
	lastQ   [overlapMax]float32
	work    [plcFrame]float32
}

// Good takes pcm that arrived and replaces it by what is to be played: the
// same, delayed by [ConcealDelay], with the end of a loss blended in.
func (c *Concealer) Good(pcm []int16) {
	for len(pcm) > 0 {
		n := min(len(pcm), plcFrame)
		for i, v := range pcm[:n] {
			c.work[i] = float32(v)
		}
		if c.lost > 0 {
			c.endLoss(c.work[:n])
		}
		c.remember(pcm[:n])
		pcm = pcm[n:]
	}
}

// Lost fills pcm with what stands for samples that did not arrive.
func (c *Concealer) Lost(pcm []int16) {
	for len(pcm) > 0 {
		n := min(len(pcm), plcFrame)
		work := c.work[:n]
		switch {
		case c.lost == 0:
			c.beginLoss()
			c.repeat(work)
			c.ease(work)
		case c.lost < 3:
			c.addPeriod(work)
			c.fade(work)
			c.ease(work)
		case c.lost < muteAfter:
			c.repeat(work)
			c.fade(work)
			c.ease(work)
		default:
			clear(work)
		}
		c.lost++
		c.remember(pcm[:n])
		pcm = pcm[n:]
	}
}

// Reset forgets the past, as at the start of another stream.
func (c *Concealer) Reset() { *c = Concealer{} }

func (c *Concealer) beginLoss() {
	c.pitched = c.history
	pitch, voicing := c.findPitch()
	c.pitch, c.trust = pitch, 1
	c.decay = float32(math.Pow(float64(voicing), distrust/float64(pitch)))
	c.overlap = c.pitch / 4
	copy(c.lastQ[:], c.pitched[historyLen-c.overlap:])
	c.offset, c.length = 0, c.pitch
	c.joinPeriods()
	copy(c.history[historyLen-c.overlap:], c.pitched[historyLen-c.overlap:])
}

// joinPeriods blends the end of the history into what stands before the
// repeated periods, so that the repetition has no seam.
func (c *Concealer) joinPeriods() {
	start := historyLen - c.length - c.overlap
	end := c.pitched[historyLen-c.overlap:]
	crossfade(end, c.lastQ[:c.overlap], c.pitched[start:start+c.overlap])
}

// addPeriod repeats one pitch period more than before, which sounds less like
// a buzz, and blends from the old repetition into the new one.
func (c *Concealer) addPeriod(work []float32) {
	var tail [overlapMax]float32
	offset := c.offset
	c.repeat(tail[:c.overlap])
	for c.offset = offset; c.offset > c.pitch; {
		c.offset -= c.pitch
	}
	c.length += c.pitch
	c.joinPeriods()
	c.repeat(work)
	n := min(c.overlap, len(work))
	crossfade(work[:n], tail[:n], work[:n])
}

// endLoss blends what would have been concealed next into the first good
// frame, for longer the longer the loss was.
func (c *Concealer) endLoss(work []float32) {
	var tail [plcFrame]float32
	n := min(c.overlap+(c.lost-1)*endOverlap, len(work))
	if c.lost < muteAfter {
		c.repeat(tail[:n])
	}
	gain := c.trust * max(0, 1-float32(c.lost-1)*fadeEach)
	for i := range n {
		in := float32(i+1) / float32(n)
		work[i] = gain*(1-in)*tail[i] + in*work[i]
	}
	c.lost = 0
}

// repeat copies the repeated periods to dst, round and round.
func (c *Concealer) repeat(dst []float32) {
	for len(dst) > 0 {
		n := copy(dst, c.pitched[historyLen-c.length+c.offset:])
		dst = dst[n:]
		c.offset += n
		if c.offset >= c.length {
			c.offset -= c.length
		}
	}
}

// ease lets what is repeated become fainter the less the sound resembled its
// own repetition: quickly for noise, hardly for a steady vowel.
func (c *Concealer) ease(work []float32) {
	for i := range work {
		work[i] *= c.trust
		c.trust *= c.decay
	}
}

// fade takes off 20 % each 10 ms, from the second on.
func (c *Concealer) fade(work []float32) {
	gain := 1 - float32(c.lost-1)*fadeEach
	for i := range work {
		work[i] *= gain
		gain -= fadeEach / plcFrame
	}
}

// remember appends the work to the history and gives out what lies
// ConcealDelay back.
func (c *Concealer) remember(out []int16) {
	n := len(out)
	copy(c.history[:], c.history[n:])
	copy(c.history[historyLen-n:], c.work[:n])
	for i, v := range c.history[historyLen-n-overlapMax : historyLen-overlapMax] {
		out[i] = int16(int32(min(max(v, -32768), 32767)+32768.5) - 32768)
	}
}

// crossfade goes from l to r in dst, which may be either.
func crossfade(dst, l, r []float32) {
	n := float32(len(dst))
	for i := range dst {
		in := float32(i+1) / n
		dst[i] = (1-in)*l[i] + in*r[i]
	}
}

// findPitch returns the lag at which the last 20 ms look most like what came
// before them, and how much they do: a coarse search over every second lag, then
// the neighbours.
func (c *Concealer) findPitch() (lag int, voicing float32) {
	coarse, _ := c.bestLag(pitchMin, pitchMax, 2)
	lag, score := c.bestLag(max(coarse-1, pitchMin), min(coarse+1, pitchMax), 1)
	var energy float32
	for _, v := range c.pitched[historyLen-correlate:] {
		energy += v * v
	}
	score /= float32(math.Sqrt(float64(max(energy, minPower))))
	return lag, min(max(score, 0), 1)
}

// bestLag tries the lags from high to low; of equal ones the shorter wins. The
// score is the product with what lies lag before, divided by its amplitude.
func (c *Concealer) bestLag(low, high, step int) (lag int, score float32) {
	recent := c.pitched[historyLen-correlate:]
	score, lag = float32(math.Inf(-1)), high
	for try := high; try >= low; try -= step {
		before := c.pitched[historyLen-correlate-try:]
		var energy, product float32
		for i := 0; i < correlate; i += step {
			energy += before[i] * before[i]
			product += before[i] * recent[i]
		}
		s := product / float32(math.Sqrt(float64(max(energy, minPower))))
		if s >= score {
			score, lag = s, try
		}
	}
	return lag, score
}

// Splice lets the next good samples follow smoothly although some before them
// were left out.
func (c *Concealer) Splice() {
	if c.lost == 0 {
		c.beginLoss()
		c.lost = 1
	}
}
