package rtpmedia

import (
	"math"
	"sync/atomic"
	"time"
)

// The shape of audio between sources, sinks and sessions: frames of 20 ms, which tell
// their rate by their length. [RateOf] has the rule.
const (
	FrameDuration = 20 * time.Millisecond

	SampleRate   = 8000 // samples a second of a narrowband frame
	FrameSamples = 160  // in it

	WideRate    = 16000 // samples a second of a wideband frame
	WideSamples = 320   // in it
)

// RateOf is the sampling rate of a frame: [WideRate] if it has [WideSamples], else
// [SampleRate].
func RateOf(frame []int16) int {
	if len(frame) == WideSamples {
		return WideRate
	}
	return SampleRate
}

// Source gives audio, one frame a call.
type Source interface {
	// ReadFrame fills pcm, at the rate that pcm has by [RateOf], and does not block. A
	// source that has one rate only is made into one of any by [SourceAt]. [io.EOF]
	// means that the source has ended: a session sends silence from then on.
	ReadFrame(pcm []int16) error
}

// Sink takes audio, one frame a call.
type Sink interface {
	// WriteFrame takes pcm, which tells its rate by [RateOf], does not block for long
	// and does not keep it. A sink that takes one rate only is made into one of any by
	// [SinkAt].
	WriteFrame(pcm []int16) error
}

type silence struct{}

// Silence is a source that never ends and never makes a sound.
func Silence() Source { return silence{} }

func (silence) ReadFrame(pcm []int16) error {
	clear(pcm)
	return nil
}

type discard struct{}

// Discard is a sink that takes everything and keeps nothing.
func Discard() Sink { return discard{} }

func (discard) WriteFrame([]int16) error { return nil }

type tee []Sink

// Tee is a sink that passes every frame to all of sinks. It returns the first
// error, after all have been served.
func Tee(sinks ...Sink) Sink { return tee(sinks) }

func (t tee) WriteFrame(pcm []int16) (err error) {
	for _, s := range t {
		if e := s.WriteFrame(pcm); err == nil {
			err = e
		}
	}
	return err
}

// SilenceLevel is what a frame without any sound measures, in dBFS.
const SilenceLevel = -96.0

// Meter is a sink that measures what passes through it.
type Meter struct {
	next  Sink
	level atomic.Uint64
}

// NewMeter measures frames on their way to next; nil discards them.
func NewMeter(next Sink) *Meter {
	if next == nil {
		next = Discard()
	}
	m := &Meter{next: next}
	m.level.Store(math.Float64bits(SilenceLevel))
	return m
}

// WriteFrame measures pcm and passes it on.
func (m *Meter) WriteFrame(pcm []int16) error {
	m.level.Store(math.Float64bits(Level(pcm)))
	return m.next.WriteFrame(pcm)
}

// Level is that of the last frame, in dBFS. It may be asked for at any time.
func (m *Meter) Level() float64 { return math.Float64frombits(m.level.Load()) }

// Level is the power of pcm in dBFS, where a sine of full scale has 0 dBFS
// (AES17), and not below [SilenceLevel].
func Level(pcm []int16) float64 { return decibels(power(pcm)) }

// power is the mean square of pcm, zero if it has no samples.
func power(pcm []int16) float64 {
	var sum int64
	for _, v := range pcm {
		sum += int64(v) * int64(v)
	}
	return float64(sum) / max(float64(len(pcm)), 1)
}

// decibels is a mean square in dBFS.
func decibels(mean float64) float64 {
	if mean == 0 {
		return SilenceLevel
	}
	return max(SilenceLevel, 10*math.Log10(2*mean/(fullScale*fullScale)))
}
