package codec

// periods makes up the upper band of G.722 where it was lost, as ITU-T G.722 Appendix
// IV does: it repeats the last period of the pitch that the lower band has, which is
// measured better there, and follows the lower band in its loudness.
type periods struct {
	pcm     [pitchMax]int16
	length  int
	at      int
	gain    float32
	running bool // a loss has begun and good samples have not followed yet
	left    int  // samples over which its end is still to be blended
}

// begin takes the last period of history.
func (p *periods) begin(history []int16, pitch int) {
	pitch = min(max(pitch, pitchMin), pitchMax)
	last, before := history[len(history)-pitch:], history[:len(history)-pitch]
	copy(p.pcm[:], last)
	// Its end is blended into what stands before it, so that it has no seam.
	overlap := pitch / 4
	for i := range overlap {
		in := float32(i+1) / float32(overlap)
		at := pitch - overlap + i
		was := float32(before[len(before)-overlap+i])
		p.pcm[at] = round16((1-in)*float32(last[at]) + in*was)
	}
	p.length, p.at, p.gain, p.running, p.left = pitch, 0, 1, true, 0
}

func (p *periods) next() float32 {
	v := float32(p.pcm[p.at])
	if p.at++; p.at >= p.length {
		p.at = 0
	}
	return v
}

// fill makes up what was lost, up to a loudness.
func (p *periods) fill(pcm []int16, gain float32) {
	step := (gain - p.gain) / float32(max(len(pcm), 1))
	for i := range pcm {
		p.gain += step
		pcm[i] = round16(p.gain * p.next())
	}
}

// end blends what would have been made up next into good samples.
func (p *periods) end(pcm []int16) {
	if p.running && len(pcm) > 0 {
		p.running, p.left = false, p.length/4
	}
	n := min(len(pcm), p.left)
	for i := range pcm[:n] {
		out := float32(p.left-i) / float32(p.length/4+1)
		pcm[i] = round16(out*p.gain*p.next() + (1-out)*float32(pcm[i]))
	}
	p.left -= n
}
