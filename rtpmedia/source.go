package rtpmedia

import (
	"fmt"
	"io"
	"math"
)

// fullScale is the largest sample. A sine that reaches it has 0 dBFS.
const fullScale = 32767

type sine struct{ phase, step, amplitude float64 }

// Tone is a sine of freqHz that never ends, at dBFS decibels below the loudest
// sine there is (0 is the loudest, -10 a good level for speech). In µ-law
// 0 dBFS is +3.17 dBm0 (ITU-T G.711 table 2a).
func Tone(freqHz, dBFS float64) Source {
	return &sine{
		step:      2 * math.Pi * freqHz / SampleRate,
		amplitude: fullScale * math.Pow(10, min(dBFS, 0)/20),
	}
}

func (t *sine) ReadFrame(pcm []int16) error {
	for i := range pcm {
		pcm[i] = int16(math.Round(t.amplitude * math.Sin(t.phase)))
		if t.phase += t.step; t.phase > 2*math.Pi {
			t.phase -= 2 * math.Pi
		}
	}
	return nil
}

type recorded struct{ pcm []int16 }

// FromPCM is a source that gives pcm once. The last frame is filled up with
// silence.
func FromPCM(pcm []int16) Source { return &recorded{pcm} }

func (r *recorded) ReadFrame(pcm []int16) error {
	if len(r.pcm) == 0 {
		return io.EOF
	}
	n := copy(pcm, r.pcm)
	clear(pcm[n:])
	r.pcm = r.pcm[n:]
	return nil
}

type loop struct {
	open    func() (Source, error)
	current Source
}

// Loop is a source that opens another one again each time it ends. A source
// that implements [io.Closer] is closed before the next is opened. An error of
// open, or a source that is empty, ends the loop.
func Loop(open func() (Source, error)) Source { return &loop{open: open} }

func (l *loop) ReadFrame(pcm []int16) error {
	if l.current != nil {
		err := l.current.ReadFrame(pcm)
		if err != io.EOF {
			return err
		}
		l.close()
	}
	next, err := l.open()
	if err != nil {
		return fmt.Errorf("rtpmedia: Loop: %w", err)
	}
	l.current = next
	return next.ReadFrame(pcm)
}

// Close closes the source that is playing.
func (l *loop) Close() error {
	l.close()
	return nil
}

func (l *loop) close() {
	if c, ok := l.current.(io.Closer); ok {
		_ = c.Close() // it was only read
	}
	l.current = nil
}
