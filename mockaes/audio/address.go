package audio

import (
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// remoteOf is a terminal's end of its stream.
func remoteOf(rtp netip.AddrPort, far csta.MediaInfo, terms pbx.Terms) rtpmedia.Remote {
	r := rtpmedia.Remote{
		RTP: rtp, Codec: terms.Codec, PayloadType: uint8(terms.PayloadType),
		PacketTime: time.Duration(far.PacketSize) * time.Millisecond,
	}
	if rtcp, err := addrPort(far.RTCP); err == nil {
		r.RTCP = rtcp
	}
	return r
}

// addrPort reads an address as a client registered it.
func addrPort(a csta.IPAddress) (netip.AddrPort, error) {
	addr, err := netip.ParseAddr(a.Address)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%.60q is no IP address", a.Address)
	}
	if a.Port < 1 || a.Port > 65535 {
		return netip.AddrPort{}, fmt.Errorf("%d is no port", a.Port)
	}
	return netip.AddrPortFrom(addr.Unmap(), uint16(a.Port)), nil
}

// CheckFar tells why the gateway does not send to a terminal that is there: its
// addresses have to be one machine's each, and of this machine if no other may connect.
func (g *Gateway) CheckFar(far csta.MediaInfo) error {
	rtp, err := g.checked(far.RTP)
	if err != nil {
		return fmt.Errorf("RTP: %w", err)
	}
	if far.RTCP == (csta.IPAddress{}) {
		return nil
	}
	rtcp, err := g.checked(far.RTCP)
	if err != nil {
		return fmt.Errorf("RTCP: %w", err)
	}
	if rtcp.Addr().Is4() != rtp.Addr().Is4() {
		return fmt.Errorf("RTCP: %v is of another family than %v", rtcp, rtp)
	}
	return nil
}

func (g *Gateway) checked(a csta.IPAddress) (netip.AddrPort, error) {
	at, err := addrPort(a)
	if err != nil {
		return at, err
	}
	if g.opts.OnlyHere && !at.Addr().IsLoopback() {
		return at, fmt.Errorf("%v is another machine, and the server is for its own alone", at)
	}
	return at, rtpmedia.CheckAddress(at)
}

func ipAddress(a netip.AddrPort) csta.IPAddress {
	return csta.IPAddress{Address: a.Addr().String(), Port: int(a.Port())}
}

// near is an address of this machine that far can be reached from, and that far can
// reach.
func near(far netip.Addr) netip.Addr {
	local := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	if far.Is6() {
		local = netip.IPv6Loopback()
	}
	if far.IsLoopback() {
		return local
	}
	// A connected UDP socket sends nothing; it tells which way the packets would go.
	conn, err := net.Dial("udp", netip.AddrPortFrom(far, 9).String())
	if err != nil {
		return local
	}
	defer func() { _ = conn.Close() }()
	if a, ok := conn.LocalAddr().(*net.UDPAddr); ok {
		return a.AddrPort().Addr().Unmap()
	}
	return local
}
