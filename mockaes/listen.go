package mockaes

import (
	"context"
	"net"
	"net/netip"

	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// strangers is how many connections there may be besides those that sockets have: of
// clients that have not logged in, over REST, or to /mock.
const strangers = 256

// listen opens the listener and says where it is.
func (s *Server) listen() (net.Listener, error) {
	host := transport.MemoryHost
	if s.opts.InMemory {
		s.mem = transport.NewPipes()
		s.door = transport.NewAbsent(s.mem, s.mem.Reopen)
	} else {
		tcp, err := net.Listen("tcp", s.opts.Listen)
		if err != nil {
			return nil, err
		}
		host = fromHere(s.opts.Listen, tcp.Addr())
		again := tcp.Addr().String()
		s.door = transport.NewAbsent(tcp, func() (net.Listener, error) {
			return net.Listen("tcp", again)
		})
	}
	var listener net.Listener = transport.NewBounded(s.door, s.opts.Limits.Sockets+strangers)
	scheme := ""
	if s.opts.TLS {
		secure, ca, err := transport.Secure(listener, s.opts.Clock.Now(), host)
		if err != nil {
			_ = listener.Close() // it was not used
			return nil, err
		}
		listener, s.CA, scheme = secure, ca, "s"
	}
	s.addr = host
	s.URL = "http" + scheme + "://" + host
	s.WTI = "ws" + scheme + "://" + host + wtiPath
	s.REST, s.Admin = s.URL+restPath, s.URL+adminPath
	return listener, nil
}

// fromHere is the address by which this machine reaches a listener. One that listens at
// all addresses is reached at the loopback; what it was asked for decides between the
// two of them, since the system makes one socket for both families.
func fromHere(asked string, got net.Addr) string {
	at, err := netip.ParseAddrPort(got.String())
	if err != nil || !at.Addr().IsUnspecified() {
		return got.String()
	}
	loopback := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	if host, _, err := net.SplitHostPort(asked); err == nil && host == "::" {
		loopback = netip.IPv6Loopback()
	}
	return netip.AddrPortFrom(loopback, at.Port()).String()
}

// Dial connects to the server without regard to network and address, for the
// DialContext of an http.Transport. It is the only way to a server in memory.
func (s *Server) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	switch {
	case s.Err != nil:
		return nil, s.Err
	case s.mem != nil:
		return s.mem.Dial(ctx)
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", s.addr)
}

// ListenPacket opens a socket that the streams of a server in memory reach; it fits
// rtpmedia.Config. Servers that are not in memory use UDP, and so does this then.
func (s *Server) ListenPacket(at netip.AddrPort) (rtpmedia.PacketConn, error) {
	if s.packets != nil {
		return s.packets.Listen(at)
	}
	return net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
}
