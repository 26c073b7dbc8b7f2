package analyze

import (
	"fmt"
	"math"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Share is how much of a recording is a reference, by frames of 20 ms.
type Share struct {
	Right   float64 // of what is audible in the recording: what the reference has, in its order
	Covered float64 // of what is audible in the reference: what the recording has of it
}

// A frame that went through G.711 in either law, or in both, is like itself by 0.999. What is
// softer than distinct is noise and pauses, in which everything is alike.
const (
	hop        = rtpmedia.FrameSamples
	alike      = 0.99
	distinct   = -35.0 // dBFS
	longFollow = 30 * time.Second
)

// Follow is [Follow] at r: of wideband recordings it judges what is below 4 kHz.
func (r Rate) Follow(reference, heard []int16) (Share, error) {
	return Follow(r.narrow(reference), r.narrow(heard))
}

// Follow finds the frames of a recording in a reference, one behind the other. Where a
// machine that stood still left something out, [Correlate] finds hardly anything any more;
// here what is missing is missing in Covered alone, so that Right judges what came. Both may
// be 30 s long. The error wraps [ErrTooShort] or [ErrNoSignal].
func Follow(reference, heard []int16) (Share, error) {
	switch {
	case len(reference) < hop || len(heard) < hop:
		return Share{}, fmt.Errorf("%w: %v of a reference of %v",
			ErrTooShort, Narrow.duration(len(heard)), Narrow.duration(len(reference)))
	case Narrow.duration(max(len(reference), len(heard))) > longFollow:
		return Share{}, fmt.Errorf("analyze: more than %v to follow", longFollow)
	}
	all := 0
	for rest := reference; len(rest) >= hop; rest = rest[hop:] {
		if rtpmedia.Level(rest[:hop]) >= distinct {
			all++
		}
	}
	came, found, at := 0, 0, 0
	for ; len(heard) >= hop; heard = heard[hop:] {
		if rtpmedia.Level(heard[:hop]) < distinct {
			continue
		}
		came++
		if next, ok := findFrame(reference, at, heard[:hop]); ok {
			found++
			at = next + hop
		}
	}
	if all == 0 || came == 0 {
		return Share{}, ErrNoSignal
	}
	return Share{
		float64(found) / float64(came), min(float64(found)/float64(all), 1),
	}, nil
}

// findFrame returns the first place, not before from, where the reference has a frame.
func findFrame(reference []int16, from int, heard []int16) (at int, ok bool) {
	for at = from; at+hop <= len(reference); at++ {
		best := likeness(reference[at:at+hop], heard)
		if best < alike {
			continue
		}
		for ; at+1+hop <= len(reference); at++ { // a low voice is like itself a sample later
			next := likeness(reference[at+1:at+1+hop], heard)
			if next < best {
				break
			}
			best = next
		}
		return at, true
	}
	return 0, false
}

// likeness is the correlation of two pieces of the same length: 1 for the same, however loud.
func likeness(a, b []int16) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
