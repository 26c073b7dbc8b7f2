package rtpmedia

import (
	"log/slog"
	"net/netip"
)

// latch learns where packets really come from (symmetric RTP, RFC 4961). It
// does so once for each Start, after two packets in a row from one place.
type latch struct {
	wanted bool
	done   bool
	seen   netip.AddrPort
}

// see tells whether from is now to be sent to.
func (l *latch) see(from netip.AddrPort) bool {
	if !l.wanted || l.done {
		return false
	}
	if l.seen != from {
		l.seen = from
		return false
	}
	l.done = true
	return true
}

// relatch sends to where the other side was heard. The caller holds mu.
func (s *Session) relatch(from netip.AddrPort) {
	if from == s.out.to {
		return
	}
	s.log.Info("remote address latched", slog.String("signalled", s.out.to.String()),
		slog.String("observed", from.String()))
	s.out.to = from
	s.remote.RTCP = netip.AddrPortFrom(from.Addr(), from.Port()+1)
}
