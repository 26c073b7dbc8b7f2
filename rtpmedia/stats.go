package rtpmedia

import (
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/jitter"
)

// Stats is what happened since the session was opened. Counts are of packets
// where nothing else is said.
type Stats struct {
	Codec      string // DMCC token; empty before the first Start
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
	in, out := &s.in, &s.out
	sum := in.past
	sum.add(in.count, in.buffer.Late())
	stats := Stats{
		Codec: out.codec.token, SSRC: out.ssrc,
		Sent: out.packets, SendFailed: out.failed,
		Received: sum.received, Lost: sum.lost, Late: sum.late,
		Duplicate: sum.duplicate, Reordered: sum.reordered,
		Concealed: in.player.concealed / FrameSamples,
		Malformed: in.malformed, Refused: in.refused, Foreign: in.foreign, Unwanted: in.unwanted,
		Jitter:    in.count.Jitter(),
		Playout:   time.Duration(in.buffer.Delay()) * time.Second / SampleRate,
		LevelSent: out.level, LevelHeard: in.player.level,
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
