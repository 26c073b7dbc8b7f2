package analyze

import (
	"image"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Rate is how many samples a second recordings have: [Narrow] or [Wide]. Its methods
// are what the functions of the package are for [Narrow].
type Rate int

// The rates.
const (
	Narrow Rate = rtpmedia.SampleRate
	Wide   Rate = rtpmedia.WideRate
)

// narrow is a recording at 8 kHz.
func (r Rate) narrow(pcm []int16) []int16 {
	if r == Narrow {
		return pcm
	}
	source, out := rtpmedia.FromWidePCM(pcm), make([]int16, 0, len(pcm)/2)
	var frame [rtpmedia.FrameSamples]int16
	for source.ReadFrame(frame[:]) == nil { // all of it is in memory: it ends, and nothing else
		out = append(out, frame[:]...)
	}
	return out[:min(len(out), len(pcm)/2)]
}

// Activity divides a recording into sound and silence, in steps of 20 ms.
func Activity(pcm []int16) []Span { return Narrow.Activity(pcm) }

// Gaps returns the silences between sounds that last for at least so long.
// What is silent before the first and after the last sound is none.
func Gaps(pcm []int16, least time.Duration) []Span { return Narrow.Gaps(pcm, least) }

// Conversation compares two recordings that were made in step. One-way audio is
// where one of [Talk.Near] and [Talk.Far] is zero with Both; talking over each
// other is Both. The error wraps [ErrTooShort].
func Conversation(near, far []int16) (Talk, error) { return Narrow.Conversation(near, far) }

// Classify says what is heard most. The error wraps [ErrTooShort] for less than
// a quarter of a second.
func Classify(pcm []int16) (Kind, error) { return Narrow.Classify(pcm) }

// Correlate finds reference in heard. The recording may begin earlier, but has
// to hold the reference to its end. The error wraps [ErrTooShort] or
// [ErrNoSignal].
func Correlate(reference, heard []int16) (Match, error) {
	return Narrow.Correlate(reference, heard)
}

// Keys returns the digits that are sent as tones, with their times. Times are
// good to 13 ms.
func Keys(pcm []int16) []Key { return Narrow.Keys(pcm) }

// Digits returns the digits that are sent as tones.
func Digits(pcm []int16) string { return Narrow.Digits(pcm) }

// Passages divides a recording into parts and says what each is made of.
func Passages(pcm []int16) []Passage { return Narrow.Passages(pcm) }

// Tones returns the tones of a recording in order, those of 40 ms and more.
func Tones(pcm []int16) []Tone { return Narrow.Tones(pcm) }

// FindTone returns the longest tone at hz, alone or beside another frequency,
// give or take tolerance. The error wraps [ErrNotHeard] or [ErrTooShort].
func FindTone(pcm []int16, hz, tolerance float64) (Tone, error) {
	return Narrow.FindTone(pcm, hz, tolerance)
}

// Progress names the call progress tone that is heard first: dial, ringback,
// busy, reorder or milliwatt. The error wraps [ErrNotHeard].
func Progress(pcm []int16) (string, error) { return Narrow.Progress(pcm) }

// Spectrogram draws what a recording is made of: time runs from left to right,
// 20 ms a column unless that were more than 2000 columns, and frequency from 0
// below to half of the rate above. Black is nothing, and white is loud. Marks at the
// lower edge are seconds (minutes when a column is more than 20 ms), dotted lines are
// at each kHz. The error is [ErrTooShort].
func Spectrogram(pcm []int16) (*image.Paletted, error) { return Narrow.Spectrogram(pcm) }
