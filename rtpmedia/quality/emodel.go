package quality

import "time"

// Codec is what the E-model knows of a codec: the impairment that it causes
// itself and how well it stands losses (ITU-T G.113 Appendix I).
type Codec struct {
	Ie  float64 // equipment impairment factor
	Bpl float64 // packet-loss robustness factor, for random loss
}

// Codecs of ITU-T G.113 Appendix I tables I.1 and I.2. Others, wideband ones
// among them, are not rated on this scale.
var (
	G711            = Codec{Ie: 0, Bpl: 25.1} // with concealment of Appendix I
	G711Unconcealed = Codec{Ie: 0, Bpl: 4.3}
	G729A           = Codec{Ie: 11, Bpl: 19}
	G7231           = Codec{Ie: 15, Bpl: 16.1} // at 6.3 kbit/s
)

// base is R without delay and loss, with all other parameters of G.107 at
// their defaults (G.107 §7.7).
const base = 93.2

// delayKnee is where talking over each other begins, in ms.
const delayKnee = 177.3

// Impairment is what a call suffers.
type Impairment struct {
	Codec Codec
	Delay time.Duration // from mouth to ear, one way
	Loss  float64       // share of packets not heard, late ones included: 0 to 1
	// Burst is the mean length of a row of losses divided by what it would
	// be if losses were independent (G.107 §7.3); below 1 counts as 1.
	Burst float64
}

// R is the transmission rating factor, from 0 to 93.2. The influence of delay
// is the fit of Cole and Rosenbluth (2001) to G.107 for calls without echo.
func (i Impairment) R() float64 {
	d := float64(i.Delay) / float64(time.Millisecond)
	id := 0.024 * d
	if d > delayKnee {
		id += 0.11 * (d - delayKnee)
	}
	return min(max(base-id-i.equipment(), 0), base)
}

// equipment is Ie-eff of G.107 (7-29).
func (i Impairment) equipment() float64 {
	percent := 100 * min(max(i.Loss, 0), 1)
	if percent == 0 {
		return i.Codec.Ie
	}
	burst := max(i.Burst, 1)
	return i.Codec.Ie + (95-i.Codec.Ie)*percent/(percent/burst+i.Codec.Bpl)
}

// MOS is the mean opinion score that belongs to r (G.107 Annex B): 1 is bad,
// 4.5 the best there is.
func MOS(r float64) float64 {
	switch {
	case r <= 0:
		return 1
	case r >= 100:
		return 4.5
	}
	return max(1, 1+0.035*r+r*(r-60)*(100-r)*7e-6)
}
