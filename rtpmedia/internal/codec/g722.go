package codec

// G722 codes 16 kHz audio into 64 kbit/s (ITU-T G.722): two sub-bands, each with
// adaptive differential PCM, the lower one in six bits. The clock of its RTP
// timestamps runs at 8 kHz all the same (RFC 3551 §4.5.2). It has state: one
// value serves one direction of one stream. The zero value is ready to use.
type G722 struct {
	low  band
	high band
	qmf  quadrature
}

// quadrature is what a filter that splits or joins the two bands remembers.
type quadrature [24]int32

// qmfTaps are half of the symmetric filter of G.722 table 11, doubled.
var qmfTaps = [12]int32{3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11}

// Encode codes pcm, an even number of samples at 16 kHz, into dst and returns
// the number of bytes: one for two samples.
func (g *G722) Encode(dst []byte, pcm []int16) int {
	n := len(pcm) / 2
	for i := range n {
		low, high := g.qmf.split(pcm[2*i], pcm[2*i+1])
		code := g.low.codeLow(low)
		dst[i] = byte(g.high.codeHigh(high)<<6 | code)
	}
	return n
}

// Decode turns payload into samples at 16 kHz and returns their number: two
// for each byte, or as many as fit.
func (g *G722) Decode(dst []int16, payload []byte) int {
	n := min(len(payload), len(dst)/2)
	for i, b := range payload[:n] {
		low, high := g.bands(b)
		dst[2*i], dst[2*i+1] = g.qmf.join(low, high)
	}
	return 2 * n
}

// bands decodes a byte into a sample of each band, at 8 kHz.
func (g *G722) bands(code byte) (low, high int32) {
	return g.low.decodeLow(int32(code & 0x3f)), g.high.decodeHigh(int32(code >> 6))
}

// split makes a sample of each band of two at 16 kHz.
func (q *quadrature) split(first, second int16) (low, high int32) {
	copy(q[:], q[2:])
	q[22], q[23] = int32(first), int32(second)
	var even, odd int32
	for k, tap := range qmfTaps {
		odd += q[2*k] * tap
		even += q[2*k+1] * qmfTaps[11-k]
	}
	return (even + odd) >> 14, (even - odd) >> 14
}

// join makes two samples at 16 kHz of one of each band.
func (q *quadrature) join(low, high int32) (first, second int16) {
	copy(q[:], q[2:])
	q[22], q[23] = low+high, low-high
	var a, b int32
	for k, tap := range qmfTaps {
		b += q[2*k] * tap
		a += q[2*k+1] * qmfTaps[11-k]
	}
	return int16(clip(a >> 11)), int16(clip(b >> 11))
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
