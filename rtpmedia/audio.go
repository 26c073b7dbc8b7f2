package rtpmedia

import "time"

// The one shape of audio between sources, sinks and narrowband codecs.
const (
	SampleRate    = 8000                  // samples a second
	FrameDuration = 20 * time.Millisecond // of one frame
	FrameSamples  = 160                   // in one frame
)

// Source gives audio, one frame a call.
type Source interface {
	// ReadFrame fills pcm and does not block. [io.EOF] means that the source
	// has ended: a session sends silence from then on.
	ReadFrame(pcm []int16) error
}

// Sink takes audio, one frame a call.
type Sink interface {
	// WriteFrame does not block for long and does not keep pcm.
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
