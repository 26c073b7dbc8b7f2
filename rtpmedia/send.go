package rtpmedia

import (
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/netip"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// A packet of 60 ms is the longest, and L16 has the most bytes in it. What is
// pending is less than a packet and one frame more.
const (
	maxSamples = 3 * FrameSamples
	maxPending = maxSamples + FrameSamples // and twice as much at 16 kHz
	maxPayload = 2 * maxSamples
)

// sender makes packets of frames. The session's lock guards it.
type sender struct {
	ssrc        uint32
	sequence    uint16
	payloadType uint8 // of voice
	marker      bool
	silent      bool      // the codec is not here
	wide        uint8     // samples of sound for each tick of the RTP clock
	time        uint32    // RTP timestamp of the first pending sample
	sentTime    uint32    // RTP timestamp of the last packet
	at          time.Time // when it was sent

	coder  coder
	to     netip.AddrPort
	halves int // of a frame in one packet
	wait   int // halves until the next packet

	frame   []int16 // a packet of one frame; valid during a step
	pending []int16 // what packets of other lengths are made of
	power   float64 // of the last frame; who asks makes decibels of it

	suppress suppressor

	packet  []byte // where it is made; valid during a step
	packets uint64
	octets  uint64
	failed  uint64

	codec Codec
}

// What an RTP packet begins with: no sources that contribute, and no extension.
const (
	rtpVersion = 2
	rtpHeader  = 12
)

func (o *sender) init() {
	o.ssrc, o.sequence, o.time = rand.Uint32(), uint16(rand.Uint32()), rand.Uint32()
}

// target turns the stream to another place. Time goes on as the clock does.
func (o *sender) target(c Codec, r Remote, now time.Time, running bool) {
	switch {
	case running:
		o.time += uint32(len(o.pending) / int(o.wide))
	case !o.at.IsZero():
		o.time += uint32(now.Sub(o.at).Seconds() * SampleRate)
	}
	if o.coder == nil || c.token != o.codec.token {
		o.coder = c.coder()
	}
	o.codec, o.to, o.sentTime, o.at = c, r.RTP, o.time, now
	o.payloadType, o.silent, o.wide = r.PayloadType, c.silent(), uint8(c.wide)
	o.halves = int(r.PacketTime / halfFrame)
	o.wait = o.halves - 2 + o.halves%2
	if most := maxPending * c.wide; !o.single() && cap(o.pending) < most {
		o.pending = make([]int16, 0, most)
	}
	o.pending, o.marker = o.pending[:0], true
}

// single tells whether a packet holds one frame, as most do.
func (o *sender) single() bool { return o.halves == 2 }

// frameSamples is how many samples a frame has at the rate of the codec.
func (o *sender) frameSamples() int { return FrameSamples * int(o.wide) }

// say adds a frame to what is to be sent.
func (o *sender) say(pcm []int16) {
	if o.single() {
		o.frame = pcm
	} else {
		o.pending = append(o.pending, pcm...)
	}
	o.power = power(pcm)
	if o.suppress.wanted {
		o.suppress.hear(decibels(o.power))
	}
}

// skip lets time pass without sending.
func (o *sender) skip(samples int) {
	o.time += uint32(samples)
	o.marker = true
}

// transmit sends the packet that is due, if any, after the given half frames.
func (s *Session) transmit(halves int, now time.Time) {
	o := &s.out
	due := o.wait <= 0
	o.wait -= halves
	n := o.halves * FrameSamples / 2 // by the RTP clock
	size := n * int(o.wide)
	audio := o.pending
	if o.single() {
		audio = o.frame
	}
	if !due || len(audio) < size {
		return
	}
	o.wait += o.halves
	if !s.sendEvent(n) && !s.sendNoise() && !o.silent {
		bytes := o.coder.Encode(o.packet[rtpHeader:], audio[:size])
		s.send(o.time, o.payloadType, o.marker, bytes)
		o.marker = false
	}
	o.frame = nil
	if !o.single() {
		o.pending = o.pending[:copy(o.pending, o.pending[size:])]
	}
	o.sentTime, o.at = o.time, now
	o.time += uint32(n)
}

// send completes the packet whose payload of n bytes is in place.
func (s *Session) send(time uint32, payloadType uint8, marker bool, n int) {
	o := &s.out
	o.putHeader(time, payloadType, marker)
	o.sequence++
	if !o.to.IsValid() {
		return // latching, and nobody has been heard yet
	}
	sealed, err := s.crypt.seal(o.packet[:rtpHeader+n])
	switch {
	case err != nil:
		s.sendFailed(err)
	case s.slot != nil:
		s.post() // one of before, when the thread is late
		s.slot.size, s.slot.payload, s.slot.to = copy(s.slot.data[:], sealed), n, o.to
	default:
		s.write(sealed, o.to, n)
	}
}

// putHeader writes the header of the next packet (RFC 3550 §5.1).
func (o *sender) putHeader(time uint32, payloadType uint8, marker bool) {
	h := o.packet[:rtpHeader]
	h[0], h[1] = rtpVersion<<6, payloadType
	if marker {
		h[1] |= 0x80
	}
	binary.BigEndian.PutUint16(h[2:], o.sequence)
	binary.BigEndian.PutUint32(h[4:], time)
	binary.BigEndian.PutUint32(h[8:], o.ssrc)
}

// sourceFailed lets silence follow a source that ended or broke.
func (s *Session) sourceFailed(source sourceSlot, err error) {
	if !errors.Is(err, io.EOF) {
		s.log.Warn("source failed", slog.Any("cause", err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.source.number == source.number {
		s.source = sourceSlot{Silence(), source.number + 1}
	}
}

// sinkFailed discards what follows.
func (s *Session) sinkFailed(sink sinkSlot, err error) {
	s.log.Warn("sink failed", slog.Any("cause", err))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sink.number == sink.number {
		s.sink = sinkSlot{Discard(), sink.number + 1}
	}
}

// Silence suppression: what is below the threshold for the hangover is told
// once as comfort noise, and again when its level has changed.
const (
	voiceThreshold = -50 // dBFS
	voiceHangover  = 10  // frames
	noiseStep      = 4   // dB
)

// suppressor decides whether there is anything to send.
type suppressor struct {
	wanted bool
	quiet  int // frames below the threshold
	silent bool
	told   float64 // level of the noise that was told
}

// hear takes the level of a frame that is to be sent.
func (v *suppressor) hear(level float64) {
	if level >= voiceThreshold {
		v.quiet, v.silent = 0, false
		return
	}
	v.quiet++
}

// sendNoise tells whether nothing is to be sent but comfort noise, and sends
// that when it is due. The caller holds mu.
func (s *Session) sendNoise() bool {
	o := &s.out
	v := &o.suppress
	if !v.wanted || v.quiet < voiceHangover {
		return false
	}
	if level := decibels(o.power); !v.silent || math.Abs(level-v.told) >= noiseStep {
		v.silent, v.told = true, level
		o.packet[rtpHeader] = codec.DescribeNoise(level)
		s.send(o.time, comfortNoise, false, 1)
		o.marker = true // of the voice that follows
	}
	return true
}
