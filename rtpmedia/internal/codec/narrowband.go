package codec

import "math"

// halfTaps is the length of the filter between 8 and 16 kHz; only every second
// tap of a half-band filter is other than zero.
const halfTaps = 32

// halfBand are the odd taps of a low pass at 4 kHz for 16 kHz.
var halfBand = func() (taps [halfTaps]float32) {
	for i := range taps {
		x := float64(i) - halfTaps/2 + 0.5
		w := x / (halfTaps / 2)
		window := 0.42 + 0.5*math.Cos(math.Pi*w) + 0.08*math.Cos(2*math.Pi*w)
		taps[i] = float32(math.Sin(math.Pi*x) / (math.Pi * x) * window)
	}
	return taps
}()

// Narrowband is G.722 for audio of 8 kHz: the far side hears a wideband call
// with nothing above 4 kHz. Its delay is 2 ms each way more than G.722's own.
// The zero value serves one direction of one stream.
type Narrowband struct {
	coder G722
	past  [2 * halfTaps]float32
	wide  [wideFrame]int16
}

// wideFrame bounds how many samples at 16 kHz are worked on at a time.
const wideFrame = 320

// Encode codes pcm at 8 kHz into dst and returns the number of bytes: one for
// each sample.
func (n *Narrowband) Encode(dst []byte, pcm []int16) int {
	total := 0
	for len(pcm) > 0 {
		part := min(len(pcm), wideFrame/2)
		for i, v := range pcm[:part] {
			copy(n.past[:halfTaps-1], n.past[1:halfTaps])
			n.past[halfTaps-1] = float32(v)
			n.wide[2*i] = round(n.past[halfTaps/2-1])
			n.wide[2*i+1] = round(dot(&halfBand, n.past[:halfTaps]))
		}
		total += n.coder.Encode(dst[total:], n.wide[:2*part])
		pcm = pcm[part:]
	}
	return total
}

// Decode turns payload into samples at 8 kHz and returns their number.
func (n *Narrowband) Decode(dst []int16, payload []byte) int {
	payload = payload[:min(len(payload), len(dst))]
	total := 0
	for len(payload) > 0 {
		part := min(len(payload), wideFrame/2)
		n.coder.Decode(n.wide[:], payload[:part])
		odd, even := n.past[:halfTaps], n.past[halfTaps:]
		for i := range part {
			copy(even, even[1:])
			copy(odd, odd[1:])
			even[halfTaps-1] = float32(n.wide[2*i])
			odd[halfTaps-1] = float32(n.wide[2*i+1])
			middle := even[halfTaps/2]
			dst[total+i] = round((middle + dot(&halfBand, odd)) / 2)
		}
		total += part
		payload = payload[part:]
	}
	return total
}

func dot(a *[halfTaps]float32, b []float32) (sum float32) {
	for i, v := range b[:halfTaps] {
		sum += a[i] * v
	}
	return sum
}

func round(v float32) int16 {
	return int16(min(max(math.Round(float64(v)), -32768), 32767))
}
