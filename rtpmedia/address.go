package rtpmedia

import (
	"fmt"
	"net"
	"net/netip"
)

// CheckAddress tells why no audio is to be sent to a far end at this address, and nil
// if there is no reason: multicast, broadcast and unspecified addresses, port 0 and
// zones are refused. Signalling names far ends, and one packet to such an address may
// be heard by many, or by someone else.
func CheckAddress(a netip.AddrPort) error {
	a = unmap(a)
	switch addr := a.Addr(); {
	case !a.IsValid():
		return fmt.Errorf("remote address %v is none", a)
	case addr.Zone() != "":
		return fmt.Errorf("remote address %v has a zone", a)
	case addr.IsUnspecified():
		return fmt.Errorf("remote address %v is unspecified", a)
	case addr.IsMulticast():
		return fmt.Errorf("remote address %v is multicast", a)
	case isBroadcast(addr):
		return fmt.Errorf("remote address %v is broadcast", a)
	case a.Port() == 0:
		return fmt.Errorf("remote address %v has no port", a)
	}
	return nil
}

// isBroadcast tells whether everybody is at a: it is the limited broadcast address or
// that of a network which this machine is in (RFC 919 §7).
func isBroadcast(a netip.Addr) bool {
	if !a.Is4() {
		return false
	}
	if a == netip.AddrFrom4([4]byte{255, 255, 255, 255}) {
		return true
	}
	nets, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, n := range nets {
		if prefix, err := netip.ParsePrefix(n.String()); err == nil && isLast(a, prefix) {
			return true
		}
	}
	return false
}

// isLast tells whether a is the last address of a net that has more than two (RFC
// 3021 §2.1).
func isLast(a netip.Addr, of netip.Prefix) bool {
	return of.Addr().Is4() && of.Bits() < 31 && of.Contains(a) && !of.Contains(a.Next())
}

// resolveAddresses checks where r is and finds its RTCP port.
func (r *Remote) resolveAddresses(latch bool, local netip.Addr) error {
	r.RTP, r.RTCP = unmap(r.RTP), unmap(r.RTCP)
	unknown := !r.RTP.IsValid() || r.RTP.Addr().IsUnspecified() || r.RTP.Port() == 0
	if latch && unknown {
		r.RTP = netip.AddrPort{} // latching is to find it
	} else if err := reachable(r.RTP, local); err != nil {
		return err
	}
	if r.RTCP.IsValid() {
		return reachable(r.RTCP, local)
	}
	if port := r.RTP.Port() + 1; r.RTP.IsValid() && port != 0 {
		r.RTCP = netip.AddrPortFrom(r.RTP.Addr(), port)
	}
	return nil
}

// reachable refuses addresses that a socket bound to local cannot send to or must not.
func reachable(a netip.AddrPort, local netip.Addr) error {
	if err := CheckAddress(a); err != nil {
		return err
	}
	both := local.Is6() && local.IsUnspecified() // such a socket is of both families
	if local.IsValid() && !both && a.Addr().Is4() != local.Is4() {
		return fmt.Errorf("remote address %v is of another family than %v", a, local)
	}
	return nil
}
