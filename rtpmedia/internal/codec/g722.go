package codec

// G722 codes 16 kHz audio into 64 kbit/s (ITU-T G.722): two sub-bands, each with
// adaptive differential PCM, the lower one in six bits. The clock of its RTP
// timestamps runs at 8 kHz all the same (RFC 3551 §4.5.2). It has state: one
// value serves one direction of one stream. The zero value is ready to use.
type G722 struct {
	low  band
	high band
	qmf  [24]int32
}

// qmfTaps are half of the symmetric filter of G.722 table 11, doubled.
var qmfTaps = [12]int32{3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11}

// Encode codes pcm, an even number of samples at 16 kHz, into dst and returns
// the number of bytes: one for two samples.
func (g *G722) Encode(dst []byte, pcm []int16) int {
	n := len(pcm) / 2
	for i := range n {
		copy(g.qmf[:], g.qmf[2:])
		g.qmf[22], g.qmf[23] = int32(pcm[2*i]), int32(pcm[2*i+1])
		var even, odd int32
		for k, tap := range qmfTaps {
			odd += g.qmf[2*k] * tap
			even += g.qmf[2*k+1] * qmfTaps[11-k]
		}
		low := g.low.codeLow((even + odd) >> 14)
		high := g.high.codeHigh((even - odd) >> 14)
		dst[i] = byte(high<<6 | low)
	}
	return n
}

// Decode turns payload into samples at 16 kHz and returns their number: two
// for each byte, or as many as fit.
func (g *G722) Decode(dst []int16, payload []byte) int {
	n := min(len(payload), len(dst)/2)
	for i, b := range payload[:n] {
		low := g.low.decodeLow(int32(b & 0x3f))
		high := g.high.decodeHigh(int32(b >> 6))
		copy(g.qmf[:], g.qmf[2:])
		g.qmf[22], g.qmf[23] = low+high, low-high
		var first, second int32
		for k, tap := range qmfTaps {
			second += g.qmf[2*k] * tap
			first += g.qmf[2*k+1] * qmfTaps[11-k]
		}
		dst[2*i], dst[2*i+1] = int16(clip(first>>11)), int16(clip(second>>11))
	}
	return 2 * n
}

func (b *band) codeLow(sample int32) int32 {
	error := clip(sample - b.estimate)
	magnitude := error
	if error < 0 {
		magnitude = -(error + 1)
	}
	step := b.stepSize(lowStep)
	i := 1
	for i < 30 && magnitude >= lowDecision[i]*step>>12 {
		i++
	}
	code := lowPositive[i]
	if error < 0 {
		code = lowNegative[i]
	}
	b.scaleLow(code >> 2)
	b.adapt(step * low4[code>>2] >> 15)
	return code
}

func (b *band) decodeLow(code int32) int32 {
	step := b.stepSize(lowStep)
	out := clip14(step*low6[code]>>15 + b.estimate)
	b.scaleLow(code >> 2)
	b.adapt(step * low4[code>>2] >> 15)
	return out
}

func (b *band) codeHigh(sample int32) int32 {
	error := clip(sample - b.estimate)
	magnitude := error
	if error < 0 {
		magnitude = -(error + 1)
	}
	step := b.stepSize(highStep)
	i := 1
	if magnitude >= highDecision*step>>12 {
		i = 2
	}
	code := highPositive[i]
	if error < 0 {
		code = highNegative[i]
	}
	b.scaleHigh(code)
	b.adapt(step * high2[code] >> 15)
	return code
}

func (b *band) decodeHigh(code int32) int32 {
	step := b.stepSize(highStep)
	difference := step * high2[code] >> 15
	out := clip14(difference + b.estimate)
	b.scaleHigh(code)
	b.adapt(difference)
	return out
}
