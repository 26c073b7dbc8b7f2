package codec

import "math"

// ringLen is for how many samples a prediction helps a repetition to begin.
const ringLen = 40

// repetition is the last pitch periods before a loss, round and round.
type repetition struct {
	pitch   int
	overlap int // a quarter of the pitch
	offset  int // into the repeated periods
	length  int // of the repeated periods
	bent    int // samples of bend that were used
	gain    float32
	trust   float32 // gain: how much the repetition is still like the sound
	decay   float32 // of trust, each sample
	pitched [historyLen]int16
	bend    [ringLen]int16 // added at first, to follow smoothly
}

// begin repeats the last pitch period of history. What the sound has and the
// period before it had not rings out, as the linear prediction of the sound
// goes on without an input.
func (r *repetition) begin(history []int16) {
	copy(r.pitched[:], history)
	pitch, voicing := findPitch(&r.pitched)
	r.pitch, r.overlap, r.length, r.offset, r.bent = pitch, pitch/4, pitch, 0, 0
	r.trust, r.decay = 1, float32(math.Pow(float64(voicing), distrust/float64(pitch)))
	p := predict(&r.pitched)
	var state [predictOrder]float32
	for i := range state {
		at := historyLen - 1 - i
		state[i] = float32(r.pitched[at]) - float32(r.pitched[at-pitch])
	}
	for i := range r.bend {
		r.bend[i] = round16(p.ring(&state) * (1 - float32(i)/ringLen))
	}
}

// addPeriod repeats one pitch period more than before, which sounds less like
// a buzz, and blends from the old repetition into the new one.
func (r *repetition) addPeriod() {
	offset := r.offset
	old := r.bend[:r.overlap] // what was in it has been used by now
	for i := range old {
		old[i] = round16(r.next())
	}
	for offset > r.pitch {
		offset -= r.pitch
	}
	r.offset, r.length = offset, r.length+r.pitch
	for i := range old {
		out := 1 - float32(i+1)/float32(r.overlap)
		old[i] = round16(out * (float32(old[i]) - r.next()))
	}
	clear(r.bend[r.overlap:])
	r.offset, r.bent = offset, 0
}

// next returns the next sample.
func (r *repetition) next() float32 {
	at := historyLen - r.length + r.offset
	v := float32(r.pitched[at])
	// The end of the periods is blended into what stands before them, so that
	// the repetition has no seam.
	if end := at - (historyLen - r.overlap); end >= 0 {
		in := float32(end+1) / float32(r.overlap)
		v += in * (float32(r.pitched[at-r.length]) - v)
	}
	if r.offset++; r.offset >= r.length {
		r.offset = 0
	}
	if r.bent < ringLen {
		v += float32(r.bend[r.bent])
		r.bent++
	}
	return v
}
