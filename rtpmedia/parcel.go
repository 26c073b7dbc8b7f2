package rtpmedia

import (
	"errors"
	"log/slog"
	"net"
	"net/netip"
)

// parcel is where a packet waits until others are ready to be sent as well.
type parcel struct {
	data    [maxDatagram]byte
	size    int // of data; zero when nothing waits
	payload int // of it, in bytes
	to      netip.AddrPort
}

// post sends the packet that waits, if one does. The caller holds mu.
func (s *Session) post() {
	if p := s.slot; p != nil && p.size > 0 {
		s.write(p.data[:p.size], p.to, p.payload)
		p.size = 0
	}
}

// settle sends what waits, in the session's parcel or in its crew's queue, so that nothing is
// sent later. The caller holds mu.
func (s *Session) settle() {
	s.post()
	if s.run != nil && s.run.queue != nil {
		s.run.queue.Flush()
	}
}

// write sends a packet with a payload of n bytes, and tells whether it could. The caller
// holds mu.
func (s *Session) write(packet []byte, to netip.AddrPort, n int) bool {
	if _, err := s.rtp.WriteToUDPAddrPort(packet, to); err != nil {
		s.sendFailed(err)
		return false
	}
	s.out.count(n)
	return true
}

// count takes a packet that was sent, with a payload of n bytes.
func (o *sender) count(n int) {
	o.packets++
	o.octets += uint64(n)
}

// sendFailed counts a packet that was not sent, and tells of the first.
func (s *Session) sendFailed(err error) {
	o := &s.out
	if o.failed++; o.failed == 1 && !errors.Is(err, net.ErrClosed) {
		s.log.Warn("packet was not sent", slog.Any("cause", err))
	}
}
