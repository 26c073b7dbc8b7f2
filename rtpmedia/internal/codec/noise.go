package codec

import (
	"math"
	"math/rand/v2"
)

// maxOrder is how many reflection coefficients are used of those that a
// payload may bring (RFC 3389 §3.2).
const maxOrder = 12

// quietestNoise is the least level that can be told, -127 dBov.
const quietestNoise = 127

// overload is 0 dBov of G.711 in linear samples: a square wave of the largest
// ones (RFC 3389 §3.1).
const overload = 32124

// Noise makes comfort noise of RFC 3389. The zero value is silent.
type Noise struct {
	gain   float64
	order  int
	k      [maxOrder]float64
	state  [maxOrder + 1]float64
	random *rand.Rand
}

// Describe takes the level and the spectrum from the payload of a comfort noise
// packet.
func (n *Noise) Describe(payload []byte) {
	if len(payload) == 0 {
		return
	}
	if n.random == nil {
		n.random = rand.New(rand.NewPCG(1, 2)) // noise need not surprise anyone
	}
	level := float64(payload[0] & 0x7f)
	n.order = min(len(payload)-1, maxOrder)
	power := 1.0 // of what the filter makes of a power of 1
	for i, b := range payload[1 : 1+n.order] {
		k := 258 * (float64(b) - 127) / 32768
		n.k[i] = min(max(k, -0.99), 0.99)
		power /= 1 - n.k[i]*n.k[i]
	}
	// A uniform distribution from -1 to 1 has a power of 1/3.
	n.gain = overload * math.Pow(10, -level/20) * math.Sqrt(3/power)
}

// Fill makes noise of pcm.
func (n *Noise) Fill(pcm []int16) {
	for i := range pcm {
		pcm[i] = 0
		if n.gain > 0 {
			v := n.filter(n.gain * (2*n.random.Float64() - 1))
			pcm[i] = int16(min(max(v, -32768), 32767))
		}
	}
}

// filter is an all-pole lattice.
func (n *Noise) filter(f float64) float64 {
	for i := n.order - 1; i >= 0; i-- {
		f -= n.k[i] * n.state[i]
		n.state[i+1] = n.state[i] + n.k[i]*f
	}
	n.state[0] = f
	return f
}

// DescribeNoise is the payload for noise of so many dBFS, where a sine of full
// scale has 0. It says nothing of the spectrum, so the noise is white.
func DescribeNoise(dBFS float64) byte {
	dBov := dBFS - 10*math.Log10(2)
	return byte(min(max(math.Round(-dBov), 0), quietestNoise))
}
