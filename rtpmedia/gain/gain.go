package gain

import (
	"io"
	"math"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Options configures [Control]. The zero value is ready to use.
type Options struct {
	// Target is the level that speech is brought to, in dBFS; zero is -20.
	Target float64
	// Most bounds how much is amplified, and a quarter of it how much is
	// damped, in dB; zero is 24.
	Most float64
	// Attack is how long it takes to damp by 10 dB; zero is 100 ms.
	Attack time.Duration
	// Release is how long it takes to amplify by 10 dB; zero is 2 s.
	Release time.Duration
}

const (
	speechLevel = -50.0 // dBFS below which nobody speaks, into any microphone
	speechAbove = 9.0   // dB by which speech is above the noise
	breath      = 75    // frames within which speech pauses once
	ceiling     = 29204 // the largest sample that is given out, 1 dB below full scale
	step        = 10.0  // dB that Attack and Release are for
)

type control struct {
	source rtpmedia.Source
	target float64
	most   float64
	down   float64 // dB a frame
	up     float64

	quietest [2]float64 // levels of this breath and the one before
	frames   int        // of this breath
	gain     float64    // dB, what is applied now
	last     float64    // factor at the end of the frame before
}

// Control is source with its level controlled. Closing it closes the source.
func Control(source rtpmedia.Source, o Options) rtpmedia.Source {
	if o.Target == 0 {
		o.Target = -20
	}
	if o.Most == 0 {
		o.Most = 24
	}
	if o.Attack <= 0 {
		o.Attack = 100 * time.Millisecond
	}
	if o.Release <= 0 {
		o.Release = 2 * time.Second
	}
	frame := float64(rtpmedia.FrameDuration)
	return &control{
		source: source, target: o.Target, most: o.Most, last: 1,
		down: step * frame / float64(o.Attack), up: step * frame / float64(o.Release),
	}
}

// ReadFrame reads a frame of the source and sets its level.
func (c *control) ReadFrame(pcm []int16) error {
	if err := c.source.ReadFrame(pcm); err != nil {
		return err
	}
	c.follow(rtpmedia.Level(pcm))
	c.apply(pcm)
	return nil
}

// Close closes the source, if it can be closed.
func (c *control) Close() error {
	if closer, ok := c.source.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// follow moves the gain towards what a frame of that level asks for.
func (c *control) follow(level float64) {
	if c.frames++; c.frames >= breath {
		c.quietest[0], c.quietest[1], c.frames = level, c.quietest[0], 0
	}
	c.quietest[0] = min(c.quietest[0], level)
	if level < speechLevel || level < min(c.quietest[0], c.quietest[1])+speechAbove {
		return
	}
	wanted := min(max(c.target-level, -c.most/4), c.most)
	if wanted < c.gain {
		c.gain = max(wanted, c.gain-c.down)
		return
	}
	c.gain = min(wanted, c.gain+c.up)
}

// apply changes the gain over the frame, so that it makes no click, and damps at
// once what would be clipped.
func (c *control) apply(pcm []int16) {
	factor := math.Pow(10, c.gain/20)
	loudest := 0.0
	for _, v := range pcm {
		loudest = max(loudest, math.Abs(float64(v)))
	}
	from := c.last
	if most := ceiling / max(loudest, 1); factor > most || from > most {
		factor, from = min(factor, most), min(from, most)
	}
	n := float64(len(pcm))
	for i, v := range pcm {
		g := from + (factor-from)*float64(i+1)/n
		pcm[i] = int16(math.Round(float64(v) * g))
	}
	c.last = factor
}
