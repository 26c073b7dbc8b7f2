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
	heard     bool         // something came since the last reset
	noisy     bool         // the sender pauses, and told what its silence sounds like
	cut       int16        // the sample at which the sound of another stream was cut off
	coder     coder        // of what was agreed
	upper     *codec.Upper // the band above sound; nil at 8 kHz
	starved   int          // samples concealed since the last packet
	unit      int          // samples of the last packet
	count     quality.Counter
	concealed uint64          // samples
	sound     codec.Concealer // what was decoded, and what stands for what was lost
	noise     codec.Noise
}

// setCodec expects another stream. The sound that was played before ends in no click.
func (p *player) setCodec(c Codec) {
	p.cut = p.last()
	p.coder, p.upper = c.coder(), nil
	if c.wide > 1 {
		p.upper = new(codec.Upper)
	}
}

// reset makes the next packet the first of a stream.
func (p *player) reset() {
	p.sound.Reset()
	if p.upper != nil {
		p.upper.Reset()
	}
	p.starved, p.noisy, p.heard = 0, false, false
}

// last is the sample that was heard last, zero after a reset.
func (p *player) last() int16 {
	if p.upper != nil {
		return p.upper.Last()
	}
	if last := p.sound.Last(1); len(last) > 0 {
		return last[0]
	}
	return 0
}

// fade lets a sound that was cut off go down to nothing within a few milliseconds.
func (p *player) fade(pcm []int16) {
	if p.cut == 0 {
		return
	}
	n := len(pcm) / 4
	for i := range pcm[:n] {
		v := int(pcm[i]) + int(p.cut)*(n-i)/(n+1)
		pcm[i] = int16(min(max(v, -32768), 32767))
	}
	p.cut = 0
}

// level is that of the last frame, in dBFS.
func (p *player) level() float64 {
	if p.upper == nil {
		return Level(p.sound.Last(FrameSamples))
	}
	return decibels(p.upper.Power())
}

// frame fills pcm with what is to be heard at the given time.
func (in *receiver) frame(pcm []int16, at time.Duration) {
	p := &in.player
	if p.heard = p.heard || in.buffer.Begun(); !p.heard {
		clear(pcm) // the sound is all silence still
		p.fade(pcm)
		return
	}
	quiet := in.buffer.Waiting() && p.level() < quietLevel
	for p.sound.Held() < FrameSamples {
		in.play(in.buffer.Next(int64(samples(at)), FrameSamples-p.sound.Held(), quiet))
	}
	if p.upper != nil {
		p.upper.Read(pcm, &p.sound)
	} else {
		p.sound.Read(pcm)
	}
	p.fade(pcm)
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
		if p.upper != nil {
			p.upper.Splice(&p.sound)
		}
	case jitter.Lost, jitter.Stretch:
		p.makeUp(piece.Samples, piece.Kind == jitter.Lost)
	default:
		p.pause(piece.Samples)
	}
}

// makeUp appends sound in the place of packets that were lost, or to wait longer for the
// next.
func (p *player) makeUp(samples int, lost bool) {
	p.sound.Lost(samples)
	if lost {
		p.starved += samples
	} else {
		p.concealed += uint64(samples)
	}
	switch {
	case p.upper == nil:
	case lost:
		p.upper.Lost(samples, &p.sound)
	default:
		p.upper.Stretch(samples, &p.sound)
	}
}

// pause appends silence, or the noise that stands for it.
func (p *player) pause(samples int) {
	silent := p.sound.Room(samples)
	clear(silent)
	switch {
	case p.upper == nil && p.noisy:
		p.noise.Fill(silent)
	case p.upper != nil && p.noisy:
		p.upper.Noise(silent, &p.noise)
	case p.upper != nil:
		p.upper.Silence(samples)
	}
	p.good(samples)
}

// good lets the last samples that there was room for be played.
func (p *player) good(samples int) {
	p.sound.Good(samples)
	if p.upper != nil {
		p.upper.Good(samples)
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
	room := p.sound.Room(piece.From + piece.Samples)
	var n int
	switch {
	case p.upper == nil:
		n = c.Decode(room, piece.Payload)
	case piece.PayloadType == in.payloadType:
		n = p.upper.Decode(room, piece.Payload)
	default:
		n = c.Decode(room, piece.Payload)
		p.upper.Narrow(room)
	}
	p.good(piece.Samples)
	return n
}
