package rtpmedia

import (
	"io"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/resample"
)

// Sound that can be read ahead is converted by sourceAt, sound that passes by in real
// time by tuned.

// sourceAt asks a source for frames of one rate and gives them at any.
type sourceAt struct {
	src     Source
	rate    int
	own     []int16 // a frame of that rate
	waiting []int16 // what is left of it
	stream  *resample.Resampler
	out     [WideSamples]float32
	last    [lookBack]float32 // given out before there was a stream
}

// lookBack is how many samples of what was given out a conversion that begins needs.
const lookBack = 48

// SourceAt makes a source whose frames are always of the given rate, [SampleRate] or
// [WideRate], into one that gives frames of any. While they are asked for at its own
// rate they are passed on; the first of another rate costs reading a frame ahead.
// Closing it closes src.
func SourceAt(src Source, rate int) Source {
	return &sourceAt{src: src, rate: rate, own: make([]int16, samplesAt(rate))}
}

// samplesAt is how many samples a frame of the rate has.
func samplesAt(rate int) int {
	if rate == WideRate {
		return WideSamples
	}
	return FrameSamples
}

// ReadFrame gives the next frame at the rate of pcm.
func (s *sourceAt) ReadFrame(pcm []int16) error {
	rate := RateOf(pcm)
	if s.stream == nil && rate == s.rate {
		err := s.src.ReadFrame(pcm)
		for i, v := range pcm[max(len(pcm)-lookBack, 0):] {
			s.last[i] = float32(v) / (1 << 15)
		}
		return err
	}
	if s.stream == nil {
		s.stream = resample.New(s.next, s.rate, rate, s.last[:]...)
	}
	s.stream.Retune(rate)
	out := s.out[:min(len(pcm), len(s.out))]
	n, err := s.stream.Read(out)
	if err != nil {
		return err
	}
	for i, v := range out[:n] {
		pcm[i] = resample.Sample(v)
	}
	clear(pcm[n:])
	return nil
}

// next gives the stream what the source gives.
func (s *sourceAt) next(dst []float32) (int, error) {
	if len(s.waiting) == 0 {
		if err := s.src.ReadFrame(s.own); err != nil {
			return 0, err
		}
		s.waiting = s.own
	}
	n := min(len(dst), len(s.waiting))
	for i, v := range s.waiting[:n] {
		dst[i] = float32(v) / (1 << 15)
	}
	s.waiting = s.waiting[n:]
	return n, nil
}

// Close closes the source, if it can be closed.
func (s *sourceAt) Close() error {
	if c, ok := s.src.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// tuned gives frames at one rate, whatever rate they come at. Those of another one
// are 3 ms late, and once there was one, all are.
type tuned struct {
	rate   int
	bridge *resample.Bridge // nil while all frames were of the rate
	own    [WideSamples]int16
}

// frame is pcm at the rate. It is valid until the next call.
func (t *tuned) frame(pcm []int16) []int16 {
	from := RateOf(pcm)
	if t.bridge == nil {
		if from == t.rate {
			return pcm
		}
		t.convert()
	}
	out := t.own[:samplesAt(t.rate)]
	t.bridge.Convert(out, t.rate, pcm, from)
	return out
}

// convert makes all frames 3 ms late from now on, those of the rate as well.
func (t *tuned) convert() {
	if t.bridge == nil {
		t.bridge = new(resample.Bridge)
	}
}

// sinkAt lets a sink hear one rate only.
type sinkAt struct {
	sink  Sink
	tuned tuned
}

// SinkAt makes a sink that takes frames of the given rate only, [SampleRate] or
// [WideRate], into one that takes any. Those of that rate are passed on as they are
// until one of another comes; from then on all are 3 ms late.
func SinkAt(sink Sink, rate int) Sink { return &sinkAt{sink: sink, tuned: tuned{rate: rate}} }

// WriteFrame passes pcm on at the rate of the sink.
func (s *sinkAt) WriteFrame(pcm []int16) error { return s.sink.WriteFrame(s.tuned.frame(pcm)) }
