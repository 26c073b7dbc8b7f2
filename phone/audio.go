package phone

import (
	"errors"
	"io"
	"sync/atomic"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// SetSource chooses what the far end hears from now on; nil is silence.
func (p *Phone) SetSource(source rtpmedia.Source) {
	if p.mic != nil {
		p.mic.source.Store(&source)
	}
}

// SetSink chooses where the far end's audio goes from now on; nil discards it. A sink that
// is an [rtpmedia.WAVWriter] has the highest rate of the codecs that are offered.
func (p *Phone) SetSink(sink rtpmedia.Sink) {
	if p.audio == nil {
		return
	}
	if file, ok := sink.(expecter); ok {
		file.Expect(p.o.rate())
	}
	if p.o.Recorder != nil {
		if sink == nil {
			sink = rtpmedia.Discard()
		}
		sink = p.o.Recorder.Far(sink)
	}
	p.audio.SetSink(sink)
}

// Mute keeps the microphone from the far end until the last call ends; Muted tells whether it does.
func (p *Phone) Mute(on bool) {
	if p.mic != nil {
		p.mic.shut.Store(on)
	}
}

// Muted reports whether the far end is kept from hearing the microphone.
func (p *Phone) Muted() bool { return p.mic != nil && p.mic.shut.Load() }

// expecter is a file, whose rate is settled before that of the call is known, or changes.
type expecter interface{ Expect(rate int) }

// gate is a source that can be shut. The source behind it is read on all the same,
// so that what is heard after opening is what is said then.
type gate struct {
	source atomic.Pointer[rtpmedia.Source]
	shut   atomic.Bool
}

// ReadFrame reads the source, and gives silence while the gate is shut or where the
// source has ended.
func (g *gate) ReadFrame(pcm []int16) error {
	source := g.source.Load()
	if source == nil || *source == nil {
		clear(pcm)
		return nil
	}
	err := (*source).ReadFrame(pcm)
	if errors.Is(err, io.EOF) {
		g.source.CompareAndSwap(source, nil) // another source may follow
		err = nil
		clear(pcm)
	}
	if g.shut.Load() {
		clear(pcm)
	}
	return err
}
