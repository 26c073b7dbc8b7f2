package codec

import "github.com/wtiphone/wtiphone/rtpmedia/internal/resample"

// bandFrame bounds how many samples of each band are worked on at a time: 20 ms.
const bandFrame = 160

// Upper is what a stream in G.722 has beside the sound of its lower band, which a
// [Concealer] holds: the upper band, and the filter that makes sound of 16 kHz of
// the two. Everything that counts samples counts those of a band, as the clock of
// G.722's timestamps does (RFC 3551 §4.5.2). The lower band is half as loud as the
// sound. Whatever is done to its Concealer is to be done here after it.
//
// The zero value is ready to use.
type Upper struct {
	coder  G722 // its filter joins what is heard
	split  quadrature
	bridge resample.Bridge
	sound  Concealer // of which the holes are filled by periods
	bands  [2][bandFrame]int16
	wide   [2 * bandFrame]int16
	last   int16
	power  float64
	periods
}

// Decode turns payload into the low band, which has room for a sample a byte, and the
// upper one, to be followed by [Upper.Good]. It returns the number of samples.
func (u *Upper) Decode(low []int16, payload []byte) int {
	high := u.sound.Room(len(low))
	n := min(len(low), len(payload))
	for i, b := range payload[:n] {
		l, h := u.coder.bands(b)
		low[i], high[i] = int16(l), int16(h)
	}
	return n
}

// Narrow makes both bands of sound of 8 kHz, in the place of the lower one.
func (u *Upper) Narrow(low []int16) {
	u.divide(low, func(pcm []int16, wide []int16) {
		u.bridge.Convert(wide, 2*narrowRate, pcm, narrowRate)
	})
}

const narrowRate = 8000

// Noise fills both bands with comfort noise, whose spectrum is that of all the sound.
func (u *Upper) Noise(low []int16, n *Noise) {
	u.divide(low, func(_, wide []int16) { n.Fill(wide) })
}

// divide fills both bands with the sound that wide makes, of what is in the lower one.
func (u *Upper) divide(low []int16, wide func(narrow, wide []int16)) {
	high := u.sound.Room(len(low))
	for len(low) > 0 {
		part := min(len(low), bandFrame)
		wide(low[:part], u.wide[:2*part])
		for i := range part {
			l, h := u.split.split(u.wide[2*i], u.wide[2*i+1])
			low[i], high[i] = int16(clip14(l)), int16(clip14(h))
		}
		low, high = low[part:], high[part:]
	}
}

// Silence lets n samples of silence come next.
func (u *Upper) Silence(n int) { clear(u.sound.Room(n)) }

// Good says that the last n samples are to be played. The end of a loss is blended
// into them.
func (u *Upper) Good(n int) {
	u.sound.Good(n)
	u.end(u.sound.past[len(u.sound.past)-n:])
}

// Lost makes up n samples that did not arrive, after the low band has been made up, and
// as loud. What is made up is coded and thrown away, so that the decoder comes through
// the loss in much the state in which the coder does (ITU-T G.722 Appendix III does so).
func (u *Upper) Lost(n int, low *Concealer) {
	u.Stretch(n, low)
	made, high := low.past[len(low.past)-n:], u.sound.past[len(u.sound.past)-n:]
	for i := range made {
		u.coder.low.codeLow(int32(made[i]))
		u.coder.high.codeHigh(int32(high[i]))
	}
}

// Stretch is Lost where nothing was lost, but more time is to be filled.
func (u *Upper) Stretch(n int, low *Concealer) {
	if !u.running {
		u.begin(u.sound.history(), low.length())
	}
	u.fill(u.sound.Room(n), low.loudness())
	u.sound.Good(n)
}

// Splice lets the next good samples follow smoothly although some before them were
// left out.
func (u *Upper) Splice(low *Concealer) {
	if !u.running {
		u.begin(u.sound.history(), low.length())
	}
}

// Reset forgets the past, as at the start of another stream.
func (u *Upper) Reset() {
	u.sound.Reset()
	u.coder, u.split = G722{qmf: u.coder.qmf}, quadrature{}
	u.bridge, u.periods, u.last, u.power = resample.Bridge{}, periods{}, 0, 0
}

// Read moves the oldest samples of both bands to pcm, which holds twice as many as one.
func (u *Upper) Read(pcm []int16, low *Concealer) {
	var sum int64
	all := len(pcm)
	for len(pcm) > 0 {
		n := min(len(pcm)/2, bandFrame)
		l, h := u.bands[0][:n], u.bands[1][:n]
		low.Read(l)
		u.sound.Read(h)
		for i := range n {
			a, b := u.coder.qmf.join(int32(l[i]), int32(h[i]))
			pcm[2*i], pcm[2*i+1] = a, b
			sum += int64(a)*int64(a) + int64(b)*int64(b)
		}
		u.last = pcm[2*n-1]
		pcm = pcm[2*n:]
	}
	u.power = float64(sum) / float64(max(all, 1))
}

// Last is the last sample that was read, zero after a reset.
func (u *Upper) Last() int16 { return u.last }

// Power is the mean square of what was read last, zero after a reset.
func (u *Upper) Power() float64 { return u.power }
