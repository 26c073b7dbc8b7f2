package analyze

import (
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/tone"
)

// Key is a digit that is sent as a tone.
type Key struct {
	Digit    rune
	From, To time.Duration
}

// Keys is [Keys] at r.
func (r Rate) Keys(pcm []int16) []Key {
	pcm = r.narrow(pcm)
	var keys []Key
	var digits tone.Digits
	digits.Feed(pcm, func(e tone.Event) {
		if !e.Ended {
			keys = append(keys, Key{e.Digit, Narrow.duration(e.At), Narrow.duration(len(pcm))})
			return
		}
		keys[len(keys)-1].To = Narrow.duration(e.At)
	})
	return keys
}

// Passage is a part of a recording that is of one kind.
type Passage struct {
	Kind     Kind // empty where it is too short to tell
	From, To time.Duration
}

// Dialled is a passage of digits that are sent as tones.
const Dialled Kind = "digits"

// pause is how long a silence is that ends a passage: shorter ones belong to
// speech.
const pause = 300 * time.Millisecond

// Passages is [Passages] at r.
func (r Rate) Passages(pcm []int16) []Passage {
	var all []Passage
	keys := r.Keys(pcm)
	for _, s := range joined(r.Activity(pcm)) {
		p := Passage{From: s.From, To: s.To}
		part := pcm[r.place(s.From):r.place(s.To)]
		if k, err := r.Classify(part); err == nil {
			p.Kind = k
		}
		if s.Sound && r.dialled(keys, part, s) {
			p.Kind = Dialled
		}
		if n := len(all); n > 0 && all[n-1].Kind == p.Kind {
			all[n-1].To = p.To
			continue
		}
		all = append(all, p)
	}
	return all
}

// place is the sample at a time.
func (r Rate) place(d time.Duration) int { return int(d * time.Duration(r) / time.Second) }

// joined takes short silences between sounds for sound.
func joined(spans []Span) []Span {
	var out []Span
	for i, s := range spans {
		inside := i > 0 && i < len(spans)-1
		if inside && !s.Sound && s.Length() < pause {
			s.Sound = true
		}
		if n := len(out); n > 0 && out[n-1].Sound == s.Sound {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// edges is by how much a digit is longer than the detector can see.
const edges = 26 * time.Millisecond

// dialled tells whether digits are most of what sounds in a span.
func (r Rate) dialled(keys []Key, part []int16, s Span) bool {
	var pressed, sounding time.Duration
	for _, k := range keys {
		if from, to := max(k.From, s.From), min(k.To, s.To); to > from {
			pressed += to - from + edges
		}
	}
	for _, a := range r.Activity(part) {
		if a.Sound {
			sounding += a.Length()
		}
	}
	return pressed > 0 && float64(pressed) >= mostly*float64(sounding)
}
