package analyze

import (
	"math"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Span is a part of a recording in which something is heard, or nothing.
type Span struct {
	From, To time.Duration
	Sound    bool
}

// Length is for how long it lasts.
func (s Span) Length() time.Duration { return s.To - s.From }

// audible is where sound begins, in dBFS: below speech, above the noise of a
// quiet line.
const audible = -50

// Activity is [Activity] at r.
func (r Rate) Activity(pcm []int16) []Span {
	hop := r.hop()
	var spans []Span
	for at := 0; at+hop <= len(pcm); at += hop {
		sound := rtpmedia.Level(pcm[at:at+hop]) >= audible
		if n := len(spans); n > 0 && spans[n-1].Sound == sound {
			spans[n-1].To = r.duration(at + hop)
			continue
		}
		spans = append(spans, Span{r.duration(at), r.duration(at + hop), sound})
	}
	return spans
}

// Gaps is [Gaps] at r.
func (r Rate) Gaps(pcm []int16, least time.Duration) []Span {
	var gaps []Span
	spans := r.Activity(pcm)
	for i, s := range spans {
		if i > 0 && i < len(spans)-1 && !s.Sound && s.Length() >= least {
			gaps = append(gaps, s)
		}
	}
	return gaps
}

// Talk is how two sides of a conversation share the time.
type Talk struct {
	Near, Far     time.Duration // when only this side is heard
	Both, Neither time.Duration
}

// Conversation is [Conversation] at r.
func (r Rate) Conversation(near, far []int16) (Talk, error) {
	hop, step := r.hop(), rtpmedia.FrameDuration
	n := min(len(near), len(far))
	if n < hop {
		return Talk{}, ErrTooShort
	}
	var t Talk
	for at := 0; at+hop <= n; at += hop {
		a := rtpmedia.Level(near[at:at+hop]) >= audible
		b := rtpmedia.Level(far[at:at+hop]) >= audible
		switch {
		case a && b:
			t.Both += step
		case a:
			t.Near += step
		case b:
			t.Far += step
		default:
			t.Neither += step
		}
	}
	return t, nil
}

// Kind is what a recording is made of.
type Kind string

// The kinds.
const (
	Silence Kind = "silence" // nothing that could be heard
	Noise   Kind = "noise"   // steady and of all frequencies, as comfort noise is
	Steady  Kind = "tone"    // one or two frequencies
	Speech  Kind = "speech"  // what rises and falls as speech does; music counts as that
)

const (
	classified  = 10   // windows that it takes to judge
	noiseFlat   = 0.2  // flatness of noise
	noiseSwing  = 2.5  // dB by which the level of noise varies
	mostly      = 0.8  // share that decides
	noiseLowest = -75. // dBFS below which not even noise is heard
)

// Classify is [Classify] at r.
func (r Rate) Classify(pcm []int16) (Kind, error) {
	window := r.window()
	var flat, tones, silent, sum, squares, count float64
	for at := 0; at+window <= len(pcm); at += r.hop() {
		count++
		part := pcm[at : at+window]
		level := rtpmedia.Level(part)
		sum, squares = sum+level, squares+level*level
		if level < noiseLowest {
			silent++
			continue
		}
		power := spectrum(part)
		flat += flatness(power[16 : narrowBins-16])
		if _, ok := frequencies(power); ok && level >= faintest {
			tones++
		}
	}
	if count < classified {
		return "", ErrTooShort
	}
	swing := math.Sqrt(max(squares/count-sum/count*sum/count, 0))
	switch heard := count - silent; {
	case silent >= mostly*count:
		return Silence, nil
	case tones >= mostly*heard:
		return Steady, nil
	case flat/heard >= noiseFlat && swing <= noiseSwing:
		return Noise, nil
	}
	return Speech, nil
}
