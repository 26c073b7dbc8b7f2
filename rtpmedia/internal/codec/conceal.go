package codec

import (
	"unsafe"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/fetch"
)

// The figures of ITU-T G.711 Appendix I, in samples at 8 kHz.
const (
	pitchMin   = 40  // 200 Hz
	pitchMax   = 120 // 66 Hz
	overlapMax = pitchMax / 4
	historyLen = 3*pitchMax + overlapMax // 48.75 ms
	plcFrame   = 80                      // the appendix works on 10 ms
	fadeFrom   = 1.2                     // loudness is this less a fifth each 10 ms, and at most 1
	fadeEach   = 0.2 / plcFrame
	muteAfter  = 6 * plcFrame
	endOverlap = 32  // 4 ms more overlap for each 10 ms lost
	distrust   = 1.5 // how fast a repetition that fits badly becomes faint
)

// Concealer holds the sound that is being played and makes up what was lost
// of it, much as ITU-T G.711 Appendix I does: it repeats the last pitch periods,
// more of them the longer the loss lasts, fades by 20 % each 10 ms and is silent
// after 60 ms.
//
// It leaves the appendix in three points, for what was measured on speech.
// The appendix delays all sound by 3.75 ms to blend the last samples before a
// loss into the repetition; here the repetition starts with how a linear
// prediction goes on, so that nothing is delayed and nothing is done while
// nothing is lost. The pitch is looked for in the last 10 ms rather than 20,
// because voices glide. And what is repeated becomes faint sooner the less the
// sound repeats itself: full loudness of noise in the wrong phase is further
// from what was said than silence is.
//
// The zero value is ready to use.
type Concealer struct {
	past []int16 // ends with what came last; the last held samples were not read yet
	held int
	room int // samples at the end that [Concealer.Room] gave out

	gone    int // samples made up in a row
	blend   int // samples over which the end of a loss is blended
	blended int // of them, those that were
	repetition
}

// Room returns a place for the n samples that come next, to be followed by
// [Concealer.Good].
func (c *Concealer) Room(n int) []int16 {
	if need := max(c.held+n, historyLen); need > len(c.past) {
		c.past = append(make([]int16, need-len(c.past), need), c.past...)
	}
	copy(c.past, c.past[n:])
	c.held, c.room = c.held+n, n
	return c.past[len(c.past)-n:]
}

// Good says that the last n samples of the room are to be played, and not the
// others of it. The end of a loss is blended into them.
func (c *Concealer) Good(n int) {
	if unused := c.room - n; unused > 0 {
		copy(c.past[unused:], c.past[:len(c.past)-c.room])
		c.held -= unused
	}
	c.room = 0
	if c.gone > 0 && n > 0 {
		c.blend = min(c.overlap+max(c.gone-plcFrame, 0)*endOverlap/plcFrame, plcFrame)
		c.blended, c.gain, c.gone = 0, c.loudness(), 0
	}
	if c.blended < c.blend {
		c.endLoss(c.past[len(c.past)-n:])
	}
}

// Lost makes up n samples that did not arrive.
func (c *Concealer) Lost(n int) {
	if c.gone == 0 {
		c.begin(c.history())
		c.blended, c.blend = 0, 0
	}
	pcm := c.Room(n)
	c.room = 0
	for len(pcm) > 0 {
		at := c.gone % plcFrame
		if at == 0 && (c.gone == plcFrame || c.gone == 2*plcFrame) {
			c.addPeriod()
		}
		part := pcm[:min(len(pcm), plcFrame-at)]
		c.fill(part)
		pcm = pcm[len(part):]
	}
}

// fill makes up part of one 10 ms.
func (c *Concealer) fill(pcm []int16) {
	if c.gone >= muteAfter {
		clear(pcm)
		c.gone += len(pcm)
		return
	}
	for i := range pcm {
		pcm[i] = round16(c.loudness() * c.next())
		c.trust *= c.decay
		c.gone++
	}
}

// Splice lets the next good samples follow smoothly although some before them
// were left out.
func (c *Concealer) Splice() {
	if c.gone == 0 {
		c.begin(c.history())
		c.blended, c.blend, c.gain = 0, c.overlap, 1
	}
}

// Held is how many samples were not read yet.
func (c *Concealer) Held() int { return c.held }

// Read moves the oldest samples that were not read yet to pcm, which they have
// to fill.
func (c *Concealer) Read(pcm []int16) {
	copy(pcm, c.past[len(c.past)-c.held:])
	c.held -= len(pcm)
}

// Last returns the n samples that were read last, fewer when fewer are known.
// They are valid until the next call of another method.
func (c *Concealer) Last(n int) []int16 {
	read := c.past[:len(c.past)-c.held]
	return read[max(len(read)-n, 0):]
}

// Fetch asks for the memory of the next calls, as package fetch does.
func (c *Concealer) Fetch() {
	if n := len(c.past); n > 0 {
		fetch.Memory(unsafe.Pointer(&c.past[0]), uintptr(n)*unsafe.Sizeof(c.past[0]))
	}
}

// Reset forgets the past, as at the start of another stream.
func (c *Concealer) Reset() {
	clear(c.past)
	*c = Concealer{past: c.past}
}

// history is the sound before a loss.
func (c *Concealer) history() []int16 {
	c.Room(0)
	return c.past[len(c.past)-historyLen:]
}

// loudness is what is left of a repetition after so many samples.
func (c *Concealer) loudness() float32 {
	if c.gone >= muteAfter {
		return 0
	}
	return c.trust * min(1, fadeFrom-fadeEach*float32(c.gone))
}

// endLoss blends what would have been made up next into good samples, for
// longer the longer the loss was.
func (c *Concealer) endLoss(pcm []int16) {
	for i := range pcm[:min(len(pcm), c.blend-c.blended)] {
		c.blended++
		in := float32(c.blended) / float32(c.blend)
		pcm[i] = round16((1-in)*c.gain*c.next() + in*float32(pcm[i]))
	}
}

// round16 is the nearest sample. What is rounded is made positive before, which
// the conversion to a whole number rounds down.
func round16(v float32) int16 {
	return int16(int32(min(max(v, -32768), 32767)+32768.5) - 32768)
}
