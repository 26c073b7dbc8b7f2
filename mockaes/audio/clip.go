package audio

import (
	"slices"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// clip is a sound of 8000 samples a second, all of it in memory. It does not change.
type clip struct {
	pcm  []int16
	loop bool   // it begins again when it is over
	wide *wider // nil for silence
}

// wider is a clip at 16 kHz, from when a wideband leg first hears it.
type wider struct {
	once sync.Once
	pcm  []int16
	make func() []int16
}

func (w *wider) samples() []int16 {
	w.once.Do(func() { w.pcm = w.make() })
	return w.pcm
}

// widened is a clip that can be heard at 16 kHz: as it is, if nothing better is known.
func (c clip) widened() clip {
	if c.wide == nil && len(c.pcm) > 0 {
		c.wide = &wider{make: func() []int16 { return doubled(c.pcm, c.loop) }}
	}
	return c
}

// doubled is pcm with twice the samples. The end of a sound that begins again runs into
// its beginning.
func doubled(pcm []int16, loop bool) []int16 {
	all, skip := pcm, 0
	if loop {
		all, skip = slices.Concat(pcm, pcm, pcm), 2*len(pcm)
	}
	src := rtpmedia.FromPCM(all)
	out := make([]int16, 0, 2*len(all)+rtpmedia.WideSamples)
	for len(out) < 2*len(all) {
		frame := out[len(out) : len(out)+rtpmedia.WideSamples]
		if src.ReadFrame(frame) != nil {
			clear(frame)
		}
		out = out[:len(out)+rtpmedia.WideSamples]
	}
	return slices.Clone(out[skip:][:2*len(pcm)])
}

// length is how long the clip takes; 0 if it never ends.
func (c clip) length() time.Duration {
	if c.loop {
		return 0
	}
	return time.Duration(len(c.pcm)) * time.Second / rtpmedia.SampleRate
}

// player is a clip that is being played; nil is silence.
type player struct {
	clip clip
	at   int // the next sample of the 8000 a second
}

// play starts a clip as if it had begun a while ago.
func (c clip) play(ago time.Duration) *player {
	return &player{c, max(0, int(ago*rtpmedia.SampleRate/time.Second))}
}

// add adds the next samples to sum, which has as many as a frame of its rate; there is
// silence behind the end.
func (p *player) add(sum []int32) {
	if p == nil || len(p.clip.pcm) == 0 {
		return
	}
	pcm, each := p.clip.pcm, 1
	if len(sum) == rtpmedia.WideSamples {
		pcm, each = p.clip.wide.samples(), 2
	}
	for i := range sum {
		at := p.at*each + i
		if p.clip.loop {
			at %= len(pcm)
		} else if at >= len(pcm) {
			break
		}
		sum[i] += int32(pcm[at])
	}
	p.at += len(sum) / each
}

// record takes what a source gives within a time.
func record(src rtpmedia.Source, length time.Duration) ([]int16, error) {
	pcm := make([]int16, length*rtpmedia.SampleRate/time.Second)
	for rest := pcm; len(rest) >= rtpmedia.FrameSamples; rest = rest[rtpmedia.FrameSamples:] {
		if err := src.ReadFrame(rest[:rtpmedia.FrameSamples]); err != nil {
			return nil, err
		}
	}
	return pcm, nil
}
