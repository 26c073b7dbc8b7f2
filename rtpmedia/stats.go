package rtpmedia

import (
	"math"
	"strings"
	"time"

	"github.com/pion/rtcp"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/jitter"
	"github.com/wtiphone/wtiphone/rtpmedia/quality"
)

// Stats is what happened since the session was opened. Counts are of packets
// where nothing else is said.
type Stats struct {
	Codec      string // DMCC token; empty before the first Start
	Encryption string // DMCC token; "none" in the clear
	SSRC       uint32 // ours
	RemoteSSRC uint32 // of what is heard; zero while nothing is

	Sent       uint64
	Received   uint64 // without duplicates
	Lost       uint64 // never came, as sequence numbers show (RFC 3550 A.3)
	Late       uint64 // came when their time had passed, and were not played
	Duplicate  uint64
	Reordered  uint64 // came after one that was sent later
	Concealed  uint64 // frames of 20 ms that were made up
	Malformed  uint64 // were no RTP
	Refused    uint64 // failed authentication, or repeated one that did not (SRTP)
	Foreign    uint64 // were of a payload type that was not agreed
	Unwanted   uint64 // came while stopped, or from a source that is not played
	SendFailed uint64

	Jitter     time.Duration // interarrival jitter (RFC 3550 §6.4.1, A.8)
	Playout    time.Duration // for how long packets are held before they are heard
	LevelSent  float64       // of the last frame, in dBFS
	LevelHeard float64       // of the last frame, in dBFS

	// What follows is nil until it was measured.
	RTT        *time.Duration // from RTCP
	MOS        *float64       // of listening, 1 to 4.5: codec and loss, without delay (G.107)
	R          *float64       // of conversation, 0 to 93.2: delay as well, so it needs RTT
	RemoteLoss *float64       // share of our packets that the other side missed of late, 0 to 1
}

// totals are the counts of sources that are over.
type totals struct{ received, lost, late, duplicate, reordered uint64 }

func (t *totals) add(r jitter.Reception, late uint64) {
	t.received += r.Received()
	t.lost += r.Lost()
	t.duplicate += r.Duplicates()
	t.reordered += r.Reorderings()
	t.late += late
}

// Stats returns the figures as they are now. It may be called often.
func (s *Session) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == nil {
		s.drain(time.Now())
	}
	in, out := &s.in, &s.out
	sum := in.past
	sum.add(in.count, in.buffer.Late())
	stats := Stats{
		Codec: out.codec.token, Encryption: s.crypt.protocol(), SSRC: out.ssrc,
		Sent: out.packets, SendFailed: out.failed,
		Received: sum.received, Lost: sum.lost, Late: sum.late,
		Duplicate: sum.duplicate, Reordered: sum.reordered,
		Concealed: in.player.concealed / FrameSamples,
		Malformed: in.malformed, Refused: in.refused, Foreign: in.foreign, Unwanted: in.unwanted,
		Jitter:    in.count.Jitter(),
		Playout:   time.Duration(in.buffer.Delay()) * time.Second / SampleRate,
		LevelSent: decibels(out.power), LevelHeard: in.player.level(),
	}
	if in.active {
		stats.RemoteSSRC = in.ssrc
	}
	if c := &s.control; c.hasRTT {
		stats.RTT = new(c.rtt)
	}
	if c := &s.control; c.hasLoss {
		stats.RemoteLoss = new(c.loss)
	}
	stats.MOS, stats.R = s.rate()
	return stats
}

// ratedPackets is how many packet times have to be counted before their loss
// means anything: a second or more.
const ratedPackets = 50

// rate returns the listening score and the conversational rating, each nil
// while something that it depends on is not known. The caller holds mu.
func (s *Session) rate() (mos, r *float64) {
	count := &s.in.player.count
	if count.Total() < ratedPackets || !strings.HasPrefix(s.out.codec.token, "g711") {
		return nil, nil // G.113 has no figures for the others on this scale
	}
	loss, burst := count.Loss()
	i := quality.Impairment{Codec: quality.G711, Loss: loss, Burst: burst}
	mos = new(quality.MOS(i.R()))
	if s.control.hasRTT {
		i.Delay = s.control.rtt/2 + s.endDelay()
		r = new(i.R())
	}
	return mos, r
}

// endDelay is what this end adds: a packet has to be filled at the other side,
// which is taken to use packets as long as ours, and held.
func (s *Session) endDelay() time.Duration {
	held := time.Duration(s.in.buffer.Delay()) * time.Second / SampleRate
	return s.remote.PacketTime + held
}

// unavailable stands for a metric that was not measured (RFC 3611 §4.7).
const unavailable = 127

// receiverConfig says that loss is concealed in an enhanced way and that the
// jitter buffer adapts (RFC 3611 §4.7.6).
const receiverConfig = 0b11<<6 | 0b11<<4

// extendedReport carries the VoIP metrics of RFC 3611 §4.7.
func (s *Session) extendedReport() rtcp.Packet {
	share, _ := s.in.player.count.Loss()
	gaps := s.in.player.count.Gaps()
	expected := max(s.in.count.Expected(), 1)
	lost := float64(s.in.count.Lost()) / float64(expected)
	unit := float64(s.in.player.unit) * 1000 / SampleRate
	b := &rtcp.VoIPMetricsReportBlock{
		SSRC: s.in.ssrc, LossRate: in256(lost), DiscardRate: in256(share - lost),
		BurstDensity: in256(gaps.BurstDensity), GapDensity: in256(gaps.GapDensity),
		BurstDuration: inMs(gaps.BurstLength * unit), GapDuration: inMs(gaps.GapLength * unit),
		EndSystemDelay: inMs(float64(s.endDelay().Milliseconds())),
		SignalLevel:    unavailable, NoiseLevel: unavailable, RERL: unavailable,
		Gmin: quality.Gmin, RFactor: unavailable, ExtRFactor: unavailable,
		MOSLQ: unavailable, MOSCQ: unavailable, RXConfig: receiverConfig,
		JBNominal: inMs(float64(s.in.buffer.Delay()) * 1000 / SampleRate),
		JBMaximum: inMs(float64(s.in.buffer.Delay()) * 1000 / SampleRate),
		JBAbsMax:  inMs(jitter.Most * 1000 / SampleRate),
	}
	mos, r := s.rate()
	if mos != nil {
		b.MOSLQ = uint8(math.Round(*mos * 10))
	}
	if r != nil {
		b.RFactor, b.MOSCQ = uint8(math.Round(*r)), uint8(math.Round(quality.MOS(*r)*10))
	}
	if s.control.hasRTT {
		b.RoundTripDelay = inMs(float64(s.control.rtt.Milliseconds()))
	}
	return &rtcp.ExtendedReport{SenderSSRC: s.out.ssrc, Reports: []rtcp.ReportBlock{b}}
}

// in256 is a share as a fraction of 256 in eight bits.
func in256(share float64) uint8 { return uint8(min(max(share, 0)*256, 255)) }

// inMs is a time in milliseconds in sixteen bits.
func inMs(ms float64) uint16 { return uint16(min(max(ms, 0), math.MaxUint16)) }
