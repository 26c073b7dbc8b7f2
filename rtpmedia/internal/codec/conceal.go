package codec

import (
	"unsafe"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/fetch"
)

// In samples at 8 kHz. Silence after 60 ms is that of ITU-T G.711 Appendix I; the fade to
// it, which that begins after 10 ms, begins where nothing is left of the likeness.
const (
	historyLen = 288 // 36 ms: two of the longest periods, or what a glide is found in
	fadeAfter  = 240
	muteAfter  = 480
	fadeEach   = 1. / (muteAfter - fadeAfter)
	endOverlap = 8
)

// Concealer holds the sound that is being played and makes up what was lost
// of it, on the lines of ITU-T G.711 Appendix I: it repeats the last pitch period,
// fades, and is silent after 60 ms.
//
// It leaves the appendix where speech measured better; docs/performance.md has the
// figures. The appendix delays all sound by 3.75 ms to blend the last samples before a
// loss into the repetition; here the repetition starts with how a linear prediction
// goes on, so that nothing is delayed and nothing is done while nothing is lost. The
// pitch is known to a part of a sample and goes on to glide. And what is repeated becomes
// faint as fast as the likeness to what was said gets lost, for full loudness in the wrong
// phase is further from it than silence is; a faint sound stays as loud as it is.
//
// The zero value is ready to use.
type Concealer struct {
	past []int16 // ends with what came last; the last held samples were not read yet
	held int
	room int // samples at the end that [Concealer.Room] gave out

	gone    int // samples made up in a row
	blend   int // samples over which the end of a loss is blended
	blended int // of them, those that were
	gain    float32
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
		c.blend, c.blended, c.gain, c.gone = endOverlap, 0, c.fade(), 0
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
	for i := range pcm {
		if c.gone >= muteAfter {
			clear(pcm[i:])
			return
		}
		pcm[i] = round16(c.fade() * c.fainter())
		c.gone++
	}
}

// Splice lets the next good samples follow smoothly although some before them
// were left out.
func (c *Concealer) Splice() {
	if c.gone == 0 {
		c.begin(c.history())
		c.blend, c.blended, c.gain, c.least = int(c.overlap()), 0, 1, 1
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

// fade is what is left of a repetition after so many samples.
func (c *Concealer) fade() float32 {
	return min(1, float32(muteAfter-c.gone)*fadeEach)
}

// loudness is what is left of what is made up: how loud it is in its last sample.
func (c *Concealer) loudness() float32 {
	return max(c.fade(), 0) * max(c.trust, c.least)
}

// endLoss blends what would have been made up next into good samples, which it spoils:
// for no longer than it takes not to be heard as a click.
func (c *Concealer) endLoss(pcm []int16) {
	for i := range pcm[:min(len(pcm), c.blend-c.blended)] {
		c.blended++
		in := float32(c.blended) / float32(c.blend)
		pcm[i] = round16((1-in)*c.gain*c.fainter() + in*float32(pcm[i]))
	}
}

// round16 is the nearest sample. What is rounded is made positive before, which
// the conversion to a whole number rounds down.
func round16(v float32) int16 {
	return int16(int32(min(max(v, -32768), 32767)+32768.5) - 32768)
}
