package rtpmedia

import (
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/jitter"
	"github.com/wtiphone/wtiphone/rtpmedia/quality"
)

// quietLevel is where a change of the delay is not heard, in dBFS.
const quietLevel = -45

// player turns pieces of a stream into frames. The session's lock guards it.
type player struct {
	noisy     bool  // the sender pauses, and told what its silence sounds like
	coder     coder // of what was agreed
	starved   int   // samples concealed since the last packet
	unit      int   // samples of the last packet
	count     quality.Counter
	concealed uint64          // samples
	sound     codec.Concealer // what was decoded, and what stands for what was lost
	noise     codec.Noise
}

func (p *player) setCodec(c Codec) { p.coder = c.coder() }

// reset makes the next packet the first of a stream.
func (p *player) reset() {
	p.sound.Reset()
	p.starved, p.noisy = 0, false
}

// level is that of the last frame, in dBFS.
func (p *player) level() float64 { return Level(p.sound.Last(FrameSamples)) }

// frame fills pcm with what is to be heard at the given time.
func (in *receiver) frame(pcm []int16, at time.Duration) {
	p := &in.player
	quiet := in.buffer.Waiting() && p.level() < quietLevel
	for p.sound.Held() < len(pcm) {
		in.play(in.buffer.Next(int64(samples(at)), len(pcm)-p.sound.Held(), quiet))
	}
	p.sound.Read(pcm)
}

// play appends one piece to what was decoded.
func (in *receiver) play(piece jitter.Piece) {
	p := &in.player
	switch piece.Kind {
	case jitter.Voice:
		if n := in.decode(piece); n > 0 {
			p.noisy = false
			p.settle(piece.Missing, n)
		}
	case jitter.Skip:
		p.sound.Splice()
	case jitter.Lost, jitter.Stretch:
		p.sound.Lost(piece.Samples)
		if piece.Kind == jitter.Stretch {
			p.concealed += uint64(piece.Samples)
		} else {
			p.starved += piece.Samples
		}
	default:
		silent := p.sound.Room(piece.Samples)
		clear(silent)
		if p.noisy {
			p.noise.Fill(silent)
		}
		p.sound.Good(piece.Samples)
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

// decode makes sound of a packet and returns of how many samples, those included
// whose time is over.
func (in *receiver) decode(piece jitter.Piece) int {
	p := &in.player
	var c coder
	switch piece.PayloadType {
	case in.eventType:
		return 0
	case comfortNoise:
		p.noisy = len(piece.Payload) > 0
		p.noise.Describe(piece.Payload)
		return 0
	case in.payloadType:
		c = p.coder
	case 0:
		c = codec.MuLaw
	default:
		c = codec.ALaw
	}
	n := c.Decode(p.sound.Room(piece.From+piece.Samples), piece.Payload)
	p.sound.Good(piece.Samples)
	return n
}
