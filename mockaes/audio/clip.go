package audio

import (
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// clip is a sound of 8000 samples a second, all of it in memory. It does not change.
type clip struct {
	pcm  []int16
	loop bool // it begins again when it is over
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
	at   int // the next sample
}

// play starts a clip as if it had begun a while ago.
func (c clip) play(ago time.Duration) *player {
	return &player{c, max(0, int(ago*rtpmedia.SampleRate/time.Second))}
}

// add adds the next samples to sum; there is silence behind the end.
func (p *player) add(sum []int32) {
	if p == nil || len(p.clip.pcm) == 0 {
		return
	}
	for i := range sum {
		at := p.at
		if p.clip.loop {
			at %= len(p.clip.pcm)
		} else if at >= len(p.clip.pcm) {
			return
		}
		sum[i] += int32(p.clip.pcm[at])
		p.at++
	}
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
