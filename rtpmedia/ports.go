package rtpmedia

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/netip"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// portAttempts is how often a port of the system's choice may turn out to have
// no free neighbour.
const portAttempts = 64

// socketBuffer is room for two seconds of packets when the reader is late.
const socketBuffer = 64 << 10

// listenUDP opens unconnected sockets: on a connected one an ICMP error from a
// port that is not open yet makes every other packet vanish. The standard
// library cannot mark packets, so golang.org/x/net does.
func listenUDP(dscp int) func(netip.AddrPort) (PacketConn, error) {
	return func(at netip.AddrPort) (PacketConn, error) {
		conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
		if err != nil {
			return nil, err
		}
		// Buffer and mark are wishes: a system that refuses them still
		// carries audio.
		_ = conn.SetReadBuffer(socketBuffer)
		if dscp < 0 {
			return conn, nil
		}
		if at.Addr().Is4() {
			_ = ipv4.NewConn(conn).SetTOS(dscp << 2)
		} else {
			_ = ipv6.NewConn(conn).SetTrafficClass(dscp << 2)
		}
		return conn, nil
	}
}

// listenPair binds an even port for RTP and the next one for RTCP.
func listenPair(cfg Config) (rtp, rtcp PacketConn, err error) {
	if cfg.PortMax == 0 {
		return listenAnyPair(cfg)
	}
	first := (int(cfg.PortMin) + 1) &^ 1
	pairs := (int(cfg.PortMax) - first + 1) / 2
	if pairs <= 0 {
		return nil, nil, fmt.Errorf("ports %d to %d hold no pair", cfg.PortMin, cfg.PortMax)
	}
	start := rand.IntN(pairs)
	for i := range pairs {
		port := uint16(first + (start+i)%pairs*2)
		if rtp, rtcp, err = listenAt(cfg, port); err == nil {
			return rtp, rtcp, nil
		}
	}
	return nil, nil, fmt.Errorf("no free pair of ports from %d to %d: %w",
		cfg.PortMin, cfg.PortMax, err)
}

// listenAnyPair takes ports of the system's choice until one is even and its
// neighbour is free.
func listenAnyPair(cfg Config) (rtp, rtcp PacketConn, err error) {
	for range portAttempts {
		var probe PacketConn
		if probe, err = cfg.Listen(netip.AddrPortFrom(cfg.Address, 0)); err != nil {
			return nil, nil, err
		}
		port := localPort(probe).Port() &^ 1
		_ = probe.Close() // only its number was wanted
		if port == 0 {
			continue
		}
		if rtp, rtcp, err = listenAt(cfg, port); err == nil {
			return rtp, rtcp, nil
		}
	}
	return nil, nil, fmt.Errorf("no free pair of ports: %w", err)
}

func listenAt(cfg Config, port uint16) (rtp, rtcp PacketConn, err error) {
	if rtp, err = cfg.Listen(netip.AddrPortFrom(cfg.Address, port)); err != nil {
		return nil, nil, err
	}
	if rtcp, err = cfg.Listen(netip.AddrPortFrom(cfg.Address, port+1)); err != nil {
		_ = rtp.Close() // the pair is what counts
		return nil, nil, err
	}
	return rtp, rtcp, nil
}

// localPort is where c is bound.
func localPort(c interface{ LocalAddr() net.Addr }) netip.AddrPort {
	if a, ok := c.LocalAddr().(*net.UDPAddr); ok {
		return unmap(a.AddrPort())
	}
	return netip.AddrPort{}
}

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
