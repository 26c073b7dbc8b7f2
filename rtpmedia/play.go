package rtpmedia

import (
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/jitter"
	"github.com/wtiphone/wtiphone/rtpmedia/quality"
)

// quietLevel is where a change of the delay is not heard, in dBFS.
const quietLevel = -45

// usualDecoded is room for a packet of 20 ms and a frame; longer packets make it
// grow once.
const usualDecoded = 2 * FrameSamples

// player turns pieces of a stream into frames. The session's lock guards it.
type player struct {
	conceal codec.Concealer
	noise   codec.Noise
	noisy   bool     // the sender pauses, and told what its silence sounds like
	law     [2]coder // µ and A, whatever was agreed
	coder   coder

	decoded []int16
	held    int // samples in decoded
	quiet   bool
	level   float64

	concealed uint64 // samples
	starved   int    // samples concealed since the last packet
	unit      int    // samples of the last packet
	count     quality.Counter
}

func (p *player) init() {
	p.law = [2]coder{codec.MuLaw, codec.ALaw}
	p.level, p.quiet = SilenceLevel, true
	p.decoded = make([]int16, usualDecoded)
}

func (p *player) setCodec(c Codec) { p.coder = c.coder() }

// reset makes the next packet the first of a stream.
func (p *player) reset() {
	p.conceal.Reset()
	p.held, p.starved, p.quiet, p.noisy = 0, 0, true, false
	p.level = SilenceLevel
}

// frame fills pcm with what is to be heard at the given time.
func (in *receiver) frame(pcm []int16, at time.Duration) {
	p := &in.player
	for p.held < len(pcm) {
		piece := in.buffer.Next(int64(samples(at)), len(pcm)-p.held, p.quiet)
		in.play(piece)
	}
	n := copy(pcm, p.decoded[:p.held])
	p.held = copy(p.decoded[:], p.decoded[n:p.held])
	p.level = Level(pcm)
	p.quiet = p.level < quietLevel
}

// play appends one piece to what was decoded.
func (in *receiver) play(piece jitter.Piece) {
	p := &in.player
	switch piece.Kind {
	case jitter.Voice:
		if audio := in.decode(piece); len(audio) > 0 {
			p.noisy = false
			p.settle(piece.Missing, len(audio)+piece.From)
			p.conceal.Good(audio)
			p.held += len(audio)
		}
	case jitter.Skip:
		in.decode(piece)
		p.conceal.Splice()
	case jitter.Lost, jitter.Stretch:
		p.conceal.Lost(p.room(piece.Samples))
		p.held += piece.Samples
		if piece.Kind == jitter.Stretch {
			p.concealed += uint64(piece.Samples)
		} else {
			p.starved += piece.Samples
		}
	default:
		silent := p.room(piece.Samples)
		clear(silent)
		if p.noisy {
			p.noise.Fill(silent)
		}
		p.conceal.Good(silent)
		p.held += piece.Samples
	}
}

// settle counts what was concealed before a packet of so many samples. Only now
// it is known whether packets were missing or the sender had merely paused.
func (p *player) settle(missing, unit int) {
	p.count.Add(min(missing, maxMissing), false)
	p.count.Add(1, true)
	if missing > 0 {
		p.concealed += uint64(p.starved)
	}
	p.starved, p.unit = 0, unit
}

// maxMissing bounds what one gap can do to the figures: a minute of packets.
const maxMissing = 3000

// room is where the next n samples go.
func (p *player) room(n int) []int16 {
	if over := p.held + n - len(p.decoded); over > 0 {
		p.decoded = append(p.decoded, make([]int16, over)...)
	}
	return p.decoded[p.held : p.held+n]
}

// decode puts the payload's samples behind those that are held, and returns
// them.
func (in *receiver) decode(piece jitter.Piece) []int16 {
	p := &in.player
	var c coder
	switch piece.PayloadType {
	case in.eventType:
		return nil
	case comfortNoise:
		p.noisy = len(piece.Payload) > 0
		p.noise.Describe(piece.Payload)
		return nil
	case in.format.PayloadType:
		c = p.coder
	case 0:
		c = p.law[0]
	default:
		c = p.law[1]
	}
	p.room(len(piece.Payload)) // no codec has more samples than bytes
	n := c.Decode(p.decoded[p.held:], piece.Payload)
	from := min(piece.From, n)
	copy(p.decoded[p.held:], p.decoded[p.held+from:p.held+n])
	return p.room(n - from)
}
