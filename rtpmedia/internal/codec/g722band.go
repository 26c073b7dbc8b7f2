package codec

// The tables of G.722 §3.6 and its appendix of fixed-point operations.
var (
	// lowDecision are the limits of the 60-level quantizer (table 12).
	lowDecision = [31]int32{
		0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
		786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919, 0,
	}
	lowNegative = [32]int32{
		0, 63, 62, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19,
		18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 0,
	}
	lowPositive = [32]int32{
		0, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47,
		46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 0,
	}
	low4 = [16]int32{
		0, -20456, -12896, -8968, -6288, -4240, -2584, -1200,
		20456, 12896, 8968, 6288, 4240, 2584, 1200, 0,
	}
	low6 = [64]int32{
		-136, -136, -136, -136, -24808, -21904, -19008, -16704,
		-14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
		-7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576,
		-3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
		24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192,
		10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
		4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032,
		1688, 1360, 1040, 728, 432, 136, -432, -136,
	}
	// lowScale and highScale move the logarithmic scale factors.
	lowScale      = [8]int32{-60, -30, 58, 172, 334, 538, 1198, 3042}
	lowScaleIndex = [16]int32{0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0}

	highNegative   = [3]int32{0, 1, 0}
	highPositive   = [3]int32{0, 3, 2}
	high2          = [4]int32{-7408, -1616, 7408, 1616}
	highScale      = [3]int32{0, -214, 798}
	highScaleIndex = [4]int32{2, 1, 2, 1}

	// antilog is 2^(i/32) for the scale factors.
	antilog = [32]int32{
		2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656,
		2714, 2774, 2834, 2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520,
		3597, 3676, 3756, 3838, 3922, 4008,
	}
)

const (
	highDecision = 564
	lowMost      = 18432 // of the logarithmic scale factor
	highMost     = 22528
	lowStep      = 8 // by how many bits antilog is shifted less the exponent
	highStep     = 10
)

// band is the adaptive predictor and quantizer of one sub-band.
type band struct {
	estimate int32 // the predicted sample
	logScale int32
	step     int32
	ready    bool

	zero       int32 // the part of the estimate that comes from zeros
	difference [7]int32
	zeros      [7]int32
	poles      [3]int32
	output     [3]int32 // reconstructed signal
	partial    [3]int32
}

// stepSize is the scale factor of the quantizer, which at the start is the
// smallest of the band.
func (b *band) stepSize(shift int32) int32 {
	if !b.ready {
		b.ready = true
		b.step = 32
		if shift == highStep {
			b.step = 8
		}
	}
	return b.step
}

func (b *band) scaleLow(code int32) {
	b.rescale(lowScale[lowScaleIndex[code]], lowMost, lowStep)
}

func (b *band) scaleHigh(code int32) {
	b.rescale(highScale[highScaleIndex[code]], highMost, highStep)
}

func (b *band) rescale(move, most, shift int32) {
	b.logScale = min(max(b.logScale*127>>7+move, 0), most)
	exponent := shift - b.logScale>>11
	step := antilog[b.logScale>>6&31]
	if exponent < 0 {
		step <<= -exponent
	} else {
		step >>= exponent
	}
	b.step = step << 2
}

// adapt is block 4 of G.722: it takes the quantized difference, moves the poles
// and zeros of the predictor and predicts the next sample.
func (b *band) adapt(difference int32) {
	b.difference[0] = difference
	b.output[0] = clip(b.estimate + difference)
	b.partial[0] = clip(b.zero + difference)
	b.adaptPoles()
	b.adaptZeros()
	for i := 6; i > 0; i-- {
		b.difference[i] = b.difference[i-1]
	}
	b.output[2], b.output[1] = b.output[1], b.output[0]
	b.partial[2], b.partial[1] = b.partial[1], b.partial[0]
	pole := b.poles[1] * clip(2*b.output[1]) >> 15
	pole += b.poles[2] * clip(2*b.output[2]) >> 15
	b.zero = 0
	for i := 1; i < 7; i++ {
		b.zero += b.zeros[i] * clip(2*b.difference[i]) >> 15
	}
	b.zero = clip(b.zero)
	b.estimate = clip(clip(pole) + b.zero)
}

func (b *band) adaptPoles() {
	same1 := b.partial[0]>>31 == b.partial[1]>>31
	same2 := b.partial[0]>>31 == b.partial[2]>>31
	turn := clip(4 * b.poles[1])
	if same1 {
		turn = -turn
	}
	turn = min(turn, 32767) >> 7
	if same2 {
		turn += 128
	} else {
		turn -= 128
	}
	second := min(max(turn+b.poles[2]*32512>>15, -12288), 12288)
	first := b.poles[1] * 32640 >> 15
	if same1 {
		first += 192
	} else {
		first -= 192
	}
	limit := 15360 - second
	b.poles[1], b.poles[2] = min(max(first, -limit), limit), second
}

func (b *band) adaptZeros() {
	var gain int32 = 128
	if b.difference[0] == 0 {
		gain = 0
	}
	for i := 1; i < 7; i++ {
		move := -gain
		if b.difference[i]>>31 == b.difference[0]>>31 {
			move = gain
		}
		b.zeros[i] = clip(move + b.zeros[i]*32640>>15)
	}
}

func clip(v int32) int32 { return min(max(v, -32768), 32767) }

// clip14 bounds what leaves a sub-band to 15 bits (G.722 §3.6.6).
func clip14(v int32) int32 { return min(max(v, -16384), 16383) }
