package tone

import "math"

// block is how many samples are looked at together: 12.75 ms, long enough to
// tell the frequencies apart by what Q.24 allows, short enough to fit twice
// into the shortest digit.
const block = 102

const sampleRate = 8000

// The limits, as ratios of power. ITU-T Q.24 leaves them to administrations;
// these lie between AT&T's and NTT's.
var (
	twistNormal  = ratio(8)    // by how much the high group may be weaker
	twistReverse = ratio(4)    // by how much it may be stronger
	peak         = ratio(8)    // by how much the others of a group must be weaker
	purity       = ratio(-0.9) // share of all power that is in the two tones
	weakest      = tonePower(-38)
)

// ratio is dB as a ratio of power.
func ratio(dB float64) float32 { return float32(math.Pow(10, dB/10)) }

// tonePower is what a block of a tone of so many dBm0 measures.
func tonePower(dBm0 float64) float32 {
	amplitude := 32767 * math.Pow(10, (dBm0-3.17)/20)
	return float32(amplitude * amplitude * block * block / 4)
}

var (
	frequencies = [8]float64{697, 770, 852, 941, 1209, 1336, 1477, 1633}
	keypad      = [4][4]rune{
		{'1', '2', '3', 'A'}, {'4', '5', '6', 'B'}, {'7', '8', '9', 'C'}, {'*', '0', '#', 'D'},
	}
	factors = func() (f [8]float32) {
		for i, hz := range frequencies {
			f[i] = float32(2 * math.Cos(2*math.Pi*hz/sampleRate))
		}
		return f
	}()
)

// Event says that a digit begins, or that it is over.
type Event struct {
	Digit    rune // 0 to 9, *, #, A to D
	Ended    bool
	At       int // samples from the start to where it began or ended, to 13 ms
	Duration int // samples, when it has ended
}

// Digits recognizes DTMF (ITU-T Q.23). The zero value is ready to use.
type Digits struct {
	state  [2][8]float32
	energy float32
	filled int
	blocks int

	last, current rune
	began         int
	missed        int // blocks without the current digit
}

// Feed takes samples and tells what begins and ends in them.
func (d *Digits) Feed(pcm []int16, tell func(Event)) {
	for len(pcm) > 0 {
		n := min(len(pcm), block-d.filled)
		d.filter(pcm[:n])
		pcm = pcm[n:]
		if d.filled += n; d.filled == block {
			d.blocks++
			d.decide(d.classify(), tell)
			d.state, d.energy, d.filled = [2][8]float32{}, 0, 0
		}
	}
}

// filter runs the eight Goertzel filters side by side, which is six times
// faster than one after the other.
func (d *Digits) filter(pcm []int16) {
	s1, s2 := d.state[0], d.state[1]
	energy := d.energy
	for _, v := range pcm {
		x := float32(v)
		energy += x * x
		for k := range factors {
			s := x + factors[k]*s1[k] - s2[k]
			s2[k], s1[k] = s1[k], s
		}
	}
	d.state, d.energy = [2][8]float32{s1, s2}, energy
}

// classify returns the digit of the block, or 0.
func (d *Digits) classify() rune {
	var power [8]float32
	for k := range power {
		s1, s2 := d.state[0][k], d.state[1][k]
		power[k] = s1*s1 + s2*s2 - factors[k]*s1*s2
	}
	row, column := strongest(power[:4]), 4+strongest(power[4:])
	low, high := power[row], power[column]
	switch {
	case low < weakest || high < weakest:
		return 0
	case high > low*twistReverse || low > high*twistNormal:
		return 0
	case !stands(power[:4], row) || !stands(power[4:], column-4):
		return 0
	case (low+high)*2 < purity*block*d.energy:
		return 0
	}
	return keypad[row][column-4]
}

func strongest(power []float32) (best int) {
	for i, p := range power {
		if p > power[best] {
			best = i
		}
	}
	return best
}

// stands tells whether the best of a group stands out.
func stands(power []float32, best int) bool {
	for i, p := range power {
		if i != best && p*peak > power[best] {
			return false
		}
	}
	return true
}

// endBlocks is how many blocks without a digit end it: a gap of 10 ms spoils two
// at most, one of 40 ms three at least (Q.24 §2).
const endBlocks = 3

// decide asks for two blocks that agree before a digit begins.
func (d *Digits) decide(hit rune, tell func(Event)) {
	if d.missed++; hit == d.current {
		d.missed = 0
	}
	begins := hit != 0 && hit == d.last && hit != d.current
	if d.current != 0 && (begins || d.missed >= endBlocks) {
		at := (d.blocks - d.missed) * block
		tell(Event{Digit: d.current, Ended: true, At: at, Duration: at - d.began})
		d.current = 0
	}
	if begins {
		d.current, d.missed = hit, 0
		d.began = (d.blocks - 2) * block
		tell(Event{Digit: hit, At: d.began})
	}
	d.last = hit
}

// Amplitude is that of the frequency hz in pcm, where 1 is a sine of full
// scale. It resolves 8000/len(pcm) Hz.
func Amplitude(pcm []int16, hz float64) float64 {
	if len(pcm) == 0 {
		return 0
	}
	factor := 2 * math.Cos(2*math.Pi*hz/sampleRate)
	var s1, s2 float64
	for _, v := range pcm {
		s1, s2 = float64(v)+factor*s1-s2, s1
	}
	power := s1*s1 + s2*s2 - factor*s1*s2
	return 2 * math.Sqrt(max(power, 0)) / float64(len(pcm)) / 32767
}
