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
	active    bool           // a source is being played
	trusted   bool           // it comes from the address that is sent to
	hasStale  bool           // there is a source before the last retargeting
	encrypted bool           // the stream is
	stale     uint32         // that source
	ssrc      uint32         // of the source that is played
	far       netip.AddrPort // where it is expected from
	heard     time.Duration  // when it was last heard
	hoped     time.Duration  // since when nothing came from the address that is sent to
	latch     latch
	count     jitter.Reception

	eventType   uint8 // this and what follows frames need as well
	payloadType uint8 // of voice
	events      event.Receiver
	player      player
	buffer      jitter.Buffer

	next      candidate // from the far end, out of the reach of others
	other     candidate // from anywhere else
	codec     Codec
	delay     time.Duration
	past      totals // of sources that are over
	malformed uint64
	refused   uint64
	foreign   uint64
	unwanted  uint64
}

func (in *receiver) init(cfg Config) {
	in.eventType, in.delay = cfg.EventPayloadType, cfg.JitterDelay
	in.buffer = *jitter.New(samples(cfg.JitterDelay), FrameSamples)
	in.latch.wanted = cfg.Latch
}

// restart expects another stream.
func (in *receiver) restart(c Codec, r Remote, at time.Duration) {
	in.hoped = at
	in.stale, in.hasStale = in.ssrc, in.ssrc != 0 && r.RTP != in.far
	in.codec, in.payloadType = c, r.PayloadType
	in.far, in.encrypted = r.RTP, r.Encryption.Encrypted()
	in.latch.done = false
	in.player.setCodec(c)
	in.flush()
}

// flush forgets the source and what it said.
func (in *receiver) flush() {
	in.past.add(in.count, in.buffer.Late())
	in.count, in.events = jitter.Reception{}, event.Receiver{}
	in.buffer = *jitter.New(samples(in.delay), FrameSamples)
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
	d := desks.Get().(*desk)
	defer desks.Put(d)
	s.take(&d.heard, datagram, from, at)
}

// take is receive, with a packet to work with.
func (s *Session) take(p *rtp.Packet, datagram []byte, from netip.AddrPort, at time.Duration) {
	s.mu.Lock()
	s.sort(p, datagram, from, at)
	digits := len(s.digits) > 0
	s.mu.Unlock()
	if digits {
		s.tellDigits()
	}
}

// sort finds out what a datagram is good for, and makes a packet of it. The caller holds
// mu.
func (s *Session) sort(p *rtp.Packet, datagram []byte, from netip.AddrPort, at time.Duration) {
	in := &s.in
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
	case in.payloadType, in.eventType, comfortNoise, 0, 8:
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
	case in.payloadType:
		return in.codec.Samples(len(p.Payload))
	}
	return len(p.Payload) // G.711
}

// samples is d in samples.
func samples(d time.Duration) int {
	return int(d * SampleRate / time.Second)
}
