package rtpmedia

import (
	"math"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// Silence suppression: what is below the threshold for the hangover is told
// once as comfort noise, and again when its level has changed.
const (
	voiceThreshold = -50 // dBFS
	voiceHangover  = 10  // frames
	noiseStep      = 4   // dB
)

// suppressor decides whether there is anything to send.
type suppressor struct {
	wanted bool
	quiet  int // frames below the threshold
	silent bool
	told   float64 // level of the noise that was told
}

// hear takes the level of a frame that is to be sent.
func (v *suppressor) hear(level float64) {
	if level >= voiceThreshold {
		v.quiet, v.silent = 0, false
		return
	}
	v.quiet++
}

// sendNoise tells whether nothing is to be sent but comfort noise, and sends
// that when it is due. The caller holds mu.
func (s *Session) sendNoise() bool {
	o := &s.out
	v := &o.suppress
	if !v.wanted || v.quiet < voiceHangover {
		return false
	}
	if !v.silent || math.Abs(o.level-v.told) >= noiseStep {
		v.silent, v.told = true, o.level
		o.packet[rtpHeader] = codec.DescribeNoise(o.level)
		s.send(o.time, comfortNoise, false, 1)
		o.marker = true // of the voice that follows
	}
	return true
}
