package rtpmedia

import (
	"math/rand/v2"
	"net/netip"
	"slices"
	"time"

	"github.com/pion/rtcp"
)

// reportInterval is the mean time between reports of a session of two (RFC
// 3550 §6.2); each is drawn from half to one and a half of it (A.7).
const reportInterval = 5 * time.Second

// ntpEpoch is how many seconds 1900 lies before 1970 (RFC 5905 figure 4).
const ntpEpoch = 2208988800

// reports is what RTCP has to say and has heard. The session's lock guards it.
type reports struct {
	due      time.Time
	lastSR   uint32 // middle 32 bits of the NTP time in the last sender report
	lastSRAt time.Duration
	hasSR    bool
	rtt      time.Duration
	hasRTT   bool
	loss     float64 // of our packets, as last reported
	hasLoss  bool
}

func (c *reports) restart(now time.Time) {
	c.hasSR = false
	c.due = now.Add(spread(reportInterval / 2))
}

// spread returns d times a half to one and a half.
func spread(d time.Duration) time.Duration {
	return time.Duration((0.5 + rand.Float64()) * float64(d))
}

// report sends a report when one is due. The caller holds mu.
func (s *Session) report(now time.Time) {
	if now.Before(s.control.due) {
		return
	}
	s.control.due = now.Add(spread(reportInterval))
	s.sendReport(now)
}

// sayGoodbye tells that the source ends (RFC 3550 §6.6). The caller holds mu.
func (s *Session) sayGoodbye() {
	s.sendReport(time.Now(), &rtcp.Goodbye{Sources: []uint32{s.out.ssrc}})
}

// sendReport sends a compound packet: a report, the description, and more.
func (s *Session) sendReport(now time.Time, more ...rtcp.Packet) {
	to := s.remote.RTCP
	if !to.IsValid() || to.Port() == 0 {
		return
	}
	packets := []rtcp.Packet{s.ownReport(now), s.description()}
	if s.in.active {
		packets = append(packets, s.extendedReport())
	}
	packets = append(packets, more...)
	data, err := rtcp.Marshal(packets)
	if err == nil {
		data, err = s.crypt.sealReport(data)
	}
	if err == nil {
		_, err = s.rtcp.WriteToUDPAddrPort(data, to)
	}
	if err != nil {
		s.out.failed++
	}
}

// ownReport is a sender report once something was sent, else a receiver report.
func (s *Session) ownReport(now time.Time) rtcp.Packet {
	var blocks []rtcp.ReceptionReport
	if s.in.active {
		blocks = []rtcp.ReceptionReport{s.block(now)}
	}
	o := &s.out
	if o.packets == 0 {
		return &rtcp.ReceiverReport{SSRC: o.ssrc, Reports: blocks}
	}
	return &rtcp.SenderReport{
		SSRC: o.ssrc, NTPTime: ntp(now),
		RTPTime:     o.sentTime + uint32(samples(now.Sub(o.at))),
		PacketCount: uint32(o.packets), OctetCount: uint32(o.octets),
		Reports: blocks,
	}
}

func (s *Session) block(now time.Time) rtcp.ReceptionReport {
	r := s.in.count.Report()
	block := rtcp.ReceptionReport{
		SSRC: s.in.ssrc, FractionLost: r.FractionLost,
		TotalLost: uint32(r.Lost) & 0xffffff, LastSequenceNumber: r.Highest, Jitter: r.Jitter,
	}
	if s.control.hasSR {
		block.LastSenderReport = s.control.lastSR
		block.Delay = shortNTP(now.Sub(s.epoch) - s.control.lastSRAt)
	}
	return block
}

// description carries the canonical name, which has to be unique and tells
// nothing (RFC 7022 §4.2).
func (s *Session) description() rtcp.Packet {
	return rtcp.NewCNAMESourceDescription(s.out.ssrc, s.cname)
}

// receiveReport takes one RTCP datagram.
func (s *Session) receiveReport(datagram []byte, _ netip.AddrPort, at time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sortReport(datagram, at)
}

// sortReport takes what a datagram says. The caller holds mu.
func (s *Session) sortReport(datagram []byte, at time.Duration) {
	if s.run == nil || len(datagram) > maxReport {
		return
	}
	plain, err := s.crypt.openReport(datagram)
	if err != nil {
		s.in.refused++
		return
	}
	packets, err := rtcp.Unmarshal(plain)
	if err != nil {
		s.in.malformed++
		return
	}
	for _, p := range packets {
		switch p := p.(type) {
		case *rtcp.SenderReport:
			if s.in.active && p.SSRC == s.in.ssrc {
				s.control.lastSR, s.control.hasSR = uint32(p.NTPTime>>16), true
				s.control.lastSRAt = at
			}
			s.hear(p.Reports, at)
		case *rtcp.ReceiverReport:
			s.hear(p.Reports, at)
		case *rtcp.Goodbye:
			if slices.Contains(p.Sources, s.in.ssrc) {
				// Another source may follow at once.
				s.in.heard, s.in.hoped = at-takeOver, at-patience
			}
		}
	}
}

// maxRTT is beyond what a call could be held on; more is a wrong report.
const maxRTT = 30 * time.Second

// hear takes what the other side says about our stream.
func (s *Session) hear(blocks []rtcp.ReceptionReport, at time.Duration) {
	for _, b := range blocks {
		if b.SSRC != s.out.ssrc {
			continue
		}
		s.control.loss, s.control.hasLoss = float64(b.FractionLost)/256, true
		if b.LastSenderReport == 0 {
			continue
		}
		now := uint32(ntp(s.epoch.Add(at)) >> 16)
		rtt := roundTrip(now, b.LastSenderReport, b.Delay)
		if rtt >= 0 && rtt < maxRTT {
			s.control.rtt, s.control.hasRTT = rtt, true
		}
	}
}

// roundTrip is A - LSR - DLSR of RFC 3550 §6.4.1, all in 1/65536 s.
func roundTrip(now, lastSR, delay uint32) time.Duration {
	return time.Duration(int32(now-lastSR-delay)) * time.Second / (1 << 16)
}

// ntp is t in seconds since 1900, times 2^32.
func ntp(t time.Time) uint64 {
	seconds := uint64(t.Unix() + ntpEpoch)
	return seconds<<32 | uint64(t.Nanosecond())<<32/uint64(time.Second)
}

// shortNTP is d in 1/65536 s.
func shortNTP(d time.Duration) uint32 {
	return uint32(d * (1 << 16) / time.Second)
}
