// Package quality estimates how good a call sounds from what the network did to
// it, by the E-model of ITU-T G.107.
//
// Start with a [Counter], which is told of each packet time whether it was heard
// or had to be concealed, and an [Impairment], which turns its figures into the
// rating R and R into a mean opinion score:
//
//	loss, burst := counter.Loss()
//	r := quality.Impairment{Codec: quality.G711, Loss: loss, Burst: burst}.R()
//	score := quality.MOS(r)
//
// It is an estimate of the transport. A call on which the wrong thing is said,
// or nothing, gets full marks; listening is the business of package analyze.
package quality
