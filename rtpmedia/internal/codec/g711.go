package codec

import "math/bits"

// Law is one of the two companding laws of ITU-T G.711. It has no state, so
// one value serves any number of streams at once.
type Law struct {
	encode [1 << 16]byte
	decode [1 << 8]int16
}

// MuLaw and ALaw are the laws of G.711 tables 2a and 1a. The recommendation
// compresses uniform PCM of 14 bits (µ) and 13 bits (A); 16 bit samples are
// rounded to that width first, as sox does.
var (
	MuLaw = newLaw(compressMu, expandMu)
	ALaw  = newLaw(compressA, expandA)
)

// Encode compresses pcm into dst, which must be at least as long, and returns
// the number of bytes.
func (l *Law) Encode(dst []byte, pcm []int16) int {
	dst = dst[:len(pcm)]
	for i, v := range pcm {
		dst[i] = l.encode[uint16(v)]
	}
	return len(pcm)
}

// Decode expands payload into dst and returns the number of samples: as many
// as there are bytes, or as fit.
func (l *Law) Decode(dst []int16, payload []byte) int {
	n := min(len(dst), len(payload))
	dst = dst[:n]
	for i, b := range payload[:n] {
		dst[i] = l.decode[b]
	}
	return n
}

func newLaw(compress func(int) byte, expand func(byte) int16) *Law {
	l := new(Law)
	for i := range l.encode {
		l.encode[i] = compress(int(int16(i)))
	}
	for i := range l.decode {
		l.decode[i] = expand(byte(i))
	}
	return l
}

// muBias moves the 14 bit magnitude so that segments start at powers of two.
const muBias = 33

func compressMu(sample int) byte {
	v := min((sample+2)>>2, 8191)
	sign := 0
	if v < 0 {
		v, sign = -v, 0x80
	}
	v = min(v, 8158) + muBias
	segment := bits.Len(uint(v)) - 6
	return ^byte(sign | segment<<4 | v>>(segment+1)&0x0f)
}

func expandMu(b byte) int16 {
	b = ^b
	segment := int(b >> 4 & 7)
	v := ((int(b&0x0f)<<1+muBias)<<segment - muBias) << 2
	if b&0x80 != 0 {
		return int16(-v)
	}
	return int16(v)
}

// alawEven has the even bits set: A-law inverts them on the line.
const alawEven = 0x55

func compressA(sample int) byte {
	v := min((sample+4)>>3, 4095)
	sign := 0x80
	if v < 0 {
		v, sign = -v-1, 0
	}
	segment, low := 0, v>>1
	if v >= 32 {
		segment = bits.Len(uint(v)) - 5
		low = v >> segment
	}
	return byte(sign|segment<<4|low&0x0f) ^ alawEven
}

func expandA(b byte) int16 {
	b ^= alawEven
	segment := int(b >> 4 & 7)
	v := int(b&0x0f)<<4 + 8
	if segment > 0 {
		v = (v + 0x100) << (segment - 1)
	}
	if b&0x80 == 0 {
		return int16(-v)
	}
	return int16(v)
}
