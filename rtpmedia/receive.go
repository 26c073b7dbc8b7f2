package rtpmedia

import (
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/pion/rtp"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/event"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/jitter"
)

// Network input is bounded: a datagram that does not fit in an Ethernet frame
// is no audio, reports about one source are much shorter, and a socket that fails
// this often in a row is given up.
const (
	maxDatagram = 1500
	maxReport   = 767
	maxFailures = 16
)

// comfortNoise is the static payload type of RFC 3389.
const comfortNoise = 13

// receiver sorts what comes. The session's lock guards it.
type receiver struct {
	codec     Codec
	format    Remote
	eventType uint8
	delay     time.Duration

	active   bool          // a source is being played
	ssrc     uint32        // of that source
	trusted  bool          // it comes from the address that is sent to
	heard    time.Duration // when it was last heard
	hoped    time.Duration // since when nothing came from the address that is sent to
	next     candidate     // from that address, out of the reach of others
	other    candidate     // from anywhere else
	stale    uint32        // the source before the last retargeting
	hasStale bool

	count  jitter.Reception
	events event.Receiver
	buffer *jitter.Buffer
	player player
	latch  latch

	past      totals // of sources that are over
	malformed uint64
	refused   uint64
	foreign   uint64
	unwanted  uint64
	packet    rtp.Packet
}

func (in *receiver) init(cfg Config) {
	in.eventType, in.delay = cfg.EventPayloadType, cfg.JitterDelay
	in.buffer = jitter.New(samples(cfg.JitterDelay), FrameSamples)
	in.latch.wanted = cfg.Latch
	in.player.init()
}

// restart expects another stream.
func (in *receiver) restart(c Codec, r Remote, at time.Duration) {
	in.hoped = at
	in.stale, in.hasStale = in.ssrc, in.ssrc != 0 && r.RTP != in.format.RTP
	in.codec, in.format = c, r
	in.latch.done = false
	in.player.setCodec(c)
	in.flush()
}

// flush forgets the source and what it said.
func (in *receiver) flush() {
	in.past.add(in.count, in.buffer.Late())
	in.count, in.events = jitter.Reception{}, event.Receiver{}
	in.buffer = jitter.New(samples(in.delay), FrameSamples)
	in.active, in.trusted = false, false
	in.next, in.other = candidate{}, candidate{}
	in.player.reset()
}

// readLoop hands datagrams to take until the socket is closed. Of one that is
// longer than most, take sees that it is.
func (s *Session) readLoop(conn PacketConn, most int,
	take func([]byte, netip.AddrPort, time.Duration),
) {
	datagram := make([]byte, most+1)
	for failures := 0; failures < maxFailures; {
		n, from, err := conn.ReadFromUDPAddrPort(datagram)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			failures++
			continue
		}
		failures = 0
		take(datagram[:n], unmap(from), time.Since(s.epoch))
	}
	s.log.Error("socket failed", slog.String("local", localPort(conn).String()))
}

// receive takes one RTP datagram.
func (s *Session) receive(datagram []byte, from netip.AddrPort, at time.Duration) {
	if s.take(datagram, from, at) {
		s.tellDigits()
	}
}

// take sorts one datagram and tells whether it was about digits.
func (s *Session) take(datagram []byte, from netip.AddrPort, at time.Duration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sort(datagram, from, at)
	return len(s.digits) > 0
}

// sort finds out what a datagram is good for. The caller holds mu.
func (s *Session) sort(datagram []byte, from netip.AddrPort, at time.Duration) {
	in := &s.in
	p := &in.packet
	if len(datagram) > maxDatagram || len(datagram) < rtpHeader || datagram[0]>>6 != 2 {
		in.malformed++
		return
	}
	plain, err := s.crypt.open(datagram)
	if err != nil {
		in.refused++
		return
	}
	if p.Unmarshal(plain) != nil {
		in.malformed++
		return
	}
	switch {
	case s.run == nil || at < s.since:
		in.unwanted++
	case !in.wants(p.PayloadType):
		in.foreign++
	case in.choose(p, from, at):
		if s.in.latch.see(from) {
			s.relatch(from)
		}
		if in.accept(p, at) && p.PayloadType == in.eventType {
			s.heardEvent(p, at)
		}
	}
}

// wants tells whether packets of this type belong to the stream. Both laws of
// G.711 always do: their types are static, and far ends confuse them.
func (in *receiver) wants(payloadType uint8) bool {
	switch payloadType {
	case in.format.PayloadType, in.eventType, comfortNoise, 0, 8:
		return true
	}
	return false
}

// accept counts p and hands it to the jitter buffer. It returns false when p
// was seen before or is far off the sequence.
func (in *receiver) accept(p *rtp.Packet, at time.Duration) bool {
	sequence, verdict := in.count.Packet(p.SequenceNumber, p.Timestamp, at)
	switch verdict {
	case jitter.Suspect, jitter.Duplicate:
		return false
	case jitter.Restarted:
		in.buffer.Reset()
	}
	in.buffer.Push(jitter.Packet{
		Seq: sequence, Time: p.Timestamp, Samples: in.samples(p), Payload: p.Payload,
		PayloadType: p.PayloadType, Arrival: int64(samples(at)),
		Pause: p.PayloadType == in.eventType || p.PayloadType == comfortNoise,
	})
	return true
}

// samples is how much time p stands for.
func (in *receiver) samples(p *rtp.Packet) int {
	switch p.PayloadType {
	case in.eventType, comfortNoise:
		return 0
	case in.format.PayloadType:
		return in.codec.Samples(len(p.Payload))
	}
	return len(p.Payload) // G.711
}

// samples is d in samples.
func samples(d time.Duration) int {
	return int(d * SampleRate / time.Second)
}
