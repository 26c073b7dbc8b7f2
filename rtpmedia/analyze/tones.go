package analyze

import (
	"fmt"
	"math"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Tone is a steady sound of one or two frequencies.
type Tone struct {
	Hz       [2]float64 // the lower one first; the second is 0 where there is one
	Level    float64    // dBFS, where a sine of full scale has 0
	From, To time.Duration
}

// Length is for how long the tone lasts.
func (t Tone) Length() time.Duration { return t.To - t.From }

const (
	tonal     = 0.9   // share of the power that is in the peaks of a tone
	secondary = 0.02  // power of a second frequency beside the first
	same      = 8.0   // Hz within which two windows have the same tone
	faintest  = -60.0 // dBFS below which nothing is heard
	lobe      = 2     // bins on each side of a peak that belong to it
	binWidth  = 1000. / 128
)

// Tones is [Tones] at r.
func (r Rate) Tones(pcm []int16) []Tone {
	window, hop := r.window(), r.hop()
	var all []Tone
	var current Tone
	first, count := 0, 0
	finish := func(end int) {
		if count >= 2 {
			from, to := first+window/2-hop/2, end+window/2-hop/2
			current.From, current.To = r.duration(from), r.duration(to)
			current.Level = rtpmedia.Level(pcm[from:to])
			all = append(all, current)
		}
		count = 0
	}
	at := 0
	for ; at+window <= len(pcm); at += hop {
		part := pcm[at : at+window]
		var hz [2]float64
		ok := rtpmedia.Level(part) >= faintest
		if ok {
			hz, ok = frequencies(spectrum(part))
		}
		if count > 0 && (!ok || !near(hz, current.Hz)) {
			finish(at)
		}
		if ok && count == 0 {
			current, first = Tone{Hz: hz}, at
		}
		if ok {
			count++
		}
	}
	finish(at)
	return all
}

func near(a, b [2]float64) bool {
	return math.Abs(a[0]-b[0]) < same && math.Abs(a[1]-b[1]) < same
}

// frequencies returns those of a window that is a tone, by its spectrum, which it spoils.
func frequencies(power []float64) (hz [2]float64, ok bool) {
	all := 0.0
	for _, p := range power {
		all += p
	}
	f1, p1 := takePeak(power)
	f2, p2 := takePeak(power)
	if p2 < secondary*p1 {
		f2, p2 = 0, 0
	}
	hz = [2]float64{f1, f2}
	if f2 != 0 && f2 < f1 {
		hz = [2]float64{f2, f1}
	}
	return hz, p1+p2 >= tonal*all
}

// takePeak finds the strongest frequency, returns it with its power, and
// removes it.
func takePeak(power []float64) (hz, p float64) {
	best := 1
	for i, v := range power {
		if v > power[best] {
			best = i
		}
	}
	var weight float64
	low, high := max(best-lobe, 0), min(best+lobe, len(power)-1)
	for i := low; i <= high; i++ {
		p += power[i]
		weight += power[i] * float64(i)
		power[i] = 0
	}
	if p == 0 {
		return 0, 0
	}
	return weight / p * binWidth, p
}

// FindTone is [FindTone] at r.
func (r Rate) FindTone(pcm []int16, hz, tolerance float64) (Tone, error) {
	if len(pcm) < r.window() {
		return Tone{}, ErrTooShort
	}
	var best Tone
	for _, t := range r.Tones(pcm) {
		at := math.Abs(t.Hz[0]-hz) <= tolerance || math.Abs(t.Hz[1]-hz) <= tolerance
		if at && t.Length() > best.Length() {
			best = t
		}
	}
	if best.Length() == 0 {
		return Tone{}, fmt.Errorf("%w: %v Hz", ErrNotHeard, hz)
	}
	return best, nil
}

// Digits is [Digits] at r.
func (r Rate) Digits(pcm []int16) string {
	var out []rune
	for _, k := range r.Keys(pcm) {
		out = append(out, k.Digit)
	}
	return string(out)
}

// progress are the tones of the Precise Tone Plan, and how long each is on.
var progress = []struct {
	name     string
	hz       [2]float64
	on, most time.Duration
}{
	{"dial", [2]float64{350, 440}, 1500 * time.Millisecond, time.Hour},
	{"ringback", [2]float64{440, 480}, 700 * time.Millisecond, 2500 * time.Millisecond},
	{"busy", [2]float64{480, 620}, 380 * time.Millisecond, 700 * time.Millisecond},
	{"reorder", [2]float64{480, 620}, 150 * time.Millisecond, 350 * time.Millisecond},
	{"milliwatt", [2]float64{1004, 0}, 500 * time.Millisecond, time.Hour},
}

// Progress is [Progress] at r.
func (r Rate) Progress(pcm []int16) (string, error) {
	for _, t := range r.Tones(pcm) {
		for _, p := range progress {
			if near(t.Hz, p.hz) && t.Length() >= p.on && t.Length() <= p.most {
				return p.name, nil
			}
		}
	}
	return "", fmt.Errorf("%w: call progress tone", ErrNotHeard)
}
