package rtpmedia

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/event"
)

// fullScale is the largest sample. A sine that reaches it has 0 dBFS.
const fullScale = 32767

// sine is a point that turns: x is the cosine and y the sine of its angle.
type sine struct {
	x, y, dx, dy, amplitude float64

	hz   float64
	rate int // that dx and dy are for
}

// Tone is a sine of freqHz that never ends, at dBFS decibels below the loudest
// sine there is (0 is the loudest, -10 a good level for speech). In µ-law
// 0 dBFS is +3.17 dBm0 (ITU-T G.711 table 2a). Frames that have no room for the
// frequency, which is below half of their rate, are silent.
func Tone(freqHz, dBFS float64) Source {
	return &sine{x: 1, hz: freqHz, amplitude: fullScale * math.Pow(10, min(dBFS, 0)/20)}
}

func (t *sine) ReadFrame(pcm []int16) error {
	if rate := RateOf(pcm); rate != t.rate {
		t.rate = rate
		t.dy, t.dx = math.Sincos(2 * math.Pi * t.hz / float64(rate))
	}
	if t.hz*2 >= float64(t.rate) {
		clear(pcm)
		return nil
	}
	for i := range pcm {
		pcm[i] = int16(int(t.amplitude*t.y+fullScale+0.5) - fullScale)
		t.x, t.y = t.x*t.dx-t.y*t.dy, t.x*t.dy+t.y*t.dx
	}
	// Rounding would let the point drift off its circle in the long run.
	r := (3 - t.x*t.x - t.y*t.y) / 2
	t.x, t.y = t.x*r, t.y*r
	return nil
}

type recorded struct{ pcm []int16 }

// FromPCM is a source that gives pcm, at [SampleRate], once. The last frame is
// filled up with silence.
func FromPCM(pcm []int16) Source { return SourceAt(&recorded{pcm}, SampleRate) }

// FromWidePCM is [FromPCM] for pcm at [WideRate].
func FromWidePCM(pcm []int16) Source { return SourceAt(&recorded{pcm}, WideRate) }

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

// Call progress tones of the Precise Tone Plan of North America (ANSI T1.401),
// with the levels below 0 dBm0 that it asks for. Each is a source that repeats
// until it is not read any more.
var (
	dialTone  = progress(350, 440, -13, time.Second, 0)
	ringback  = progress(440, 480, -19, 2*time.Second, 4*time.Second)
	busy      = progress(480, 620, -24, time.Second/2, time.Second/2)
	reorder   = progress(480, 620, -24, time.Second/4, time.Second/4)
	milliwatt = progress(1004, 0, 0, time.Second, 0)
)

func progress(low, high, level float64, on, off time.Duration) cadence {
	return cadence{{freqs: [2]float64{low, high}, level: level, on: on, off: off}}
}

// DialTone invites to dial.
func DialTone() Source { return dialTone.play(true) }

// Ringback tells that the other side is ringing.
func Ringback() Source { return ringback.play(true) }

// Busy tells that the called party is talking already.
func Busy() Source { return busy.play(true) }

// Reorder tells that the network could not connect the call.
func Reorder() Source { return reorder.play(true) }

// Milliwatt is the 1004 Hz test tone of 0 dBm0 (ITU-T O.6 has 1020 Hz, North
// American switches 1004).
func Milliwatt() Source { return milliwatt.play(true) }

// Levels of in-band digits in dBm0: the high group is 2 dB louder, as lines
// lose more of it (ITU-T Q.23).
const (
	lowGroupLevel  = -8
	highGroupLevel = -6
)

// DTMF is a source of digits as tones (ITU-T Q.23), each 100 ms long with
// 100 ms of silence after it. It ends after the last.
func DTMF(digits string) (Source, error) {
	low := [4]float64{697, 770, 852, 941}
	high := [4]float64{1209, 1336, 1477, 1633}
	rows := [16]int{3, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 0, 1, 2, 3}
	columns := [16]int{1, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 2, 3, 3, 3, 3}
	var c cadence
	for _, r := range digits {
		code, ok := event.Code(r)
		if !ok {
			return nil, fmt.Errorf("rtpmedia: DTMF: %q is no digit", r)
		}
		c = append(c, beat{
			freqs: [2]float64{low[rows[code]], high[columns[code]]},
			level: lowGroupLevel, second: highGroupLevel - lowGroupLevel,
			on: digitOn, off: digitOff,
		})
	}
	return c.play(false), nil
}

// dBm0 is the level of a full-scale sine in µ-law (ITU-T G.711).
const dBm0 = 3.17

// beat is a sound of one or two frequencies and the silence after it.
type beat struct {
	freqs   [2]float64 // Hz; zero is none
	level   float64    // of each, in dBm0
	second  float64    // by how many dB the second one is louder
	on, off time.Duration
}

// cadence is a row of beats.
type cadence []beat

func (c cadence) play(again bool) Source { return &cadenceSource{beats: c, again: again} }

type cadenceSource struct {
	beats cadence
	again bool
	index int
	at    int        // samples since the beat began
	rate  int        // of them
	phase [2]float64 // kept over the seam of a tone without silence
}

func (c *cadenceSource) ReadFrame(pcm []int16) error {
	if c.index >= len(c.beats) {
		return io.EOF
	}
	if rate := RateOf(pcm); rate != c.rate {
		c.at, c.rate = c.at*rate/max(c.rate, 1), rate
	}
	for i := range pcm {
		pcm[i] = 0
		if c.index < len(c.beats) {
			pcm[i] = c.next()
		}
	}
	return nil
}

func (c *cadenceSource) next() int16 {
	b := c.beats[c.index]
	on, all := c.samples(b.on), c.samples(b.on+b.off)
	var v float64
	for k, f := range b.freqs {
		if f == 0 || c.at >= on {
			continue
		}
		gain := math.Pow(10, (b.level+float64(k)*b.second-dBm0)/20)
		v += gain * math.Sin(c.phase[k])
		c.phase[k] = math.Mod(c.phase[k]+2*math.Pi*f/float64(c.rate), 2*math.Pi)
	}
	if c.at++; c.at >= all {
		c.at = 0
		if c.index++; c.again {
			c.index %= len(c.beats)
		}
	}
	return int16(math.Round(v * fullScale))
}

// samples is d in samples of the rate that is asked for.
func (c *cadenceSource) samples(d time.Duration) int {
	return int(d * time.Duration(c.rate) / time.Second)
}
