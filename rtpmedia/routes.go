package rtpmedia

import (
	"encoding/binary"
	"net/netip"
)

// routes are the sessions of a trunk by where their datagrams come from. Addresses of IPv4
// have a key that costs less to find than the whole.
type routes struct {
	four map[uint64]*Session
	six  map[netip.AddrPort]*Session
}

func newRoutes() routes {
	return routes{make(map[uint64]*Session), make(map[netip.AddrPort]*Session)}
}

// key is that of an address of IPv4.
func key(a netip.AddrPort) uint64 {
	ip := a.Addr().As4()
	return uint64(binary.BigEndian.Uint32(ip[:]))<<16 | uint64(a.Port())
}

// at returns the session that expects to hear from a, or nil.
func (r routes) at(a netip.AddrPort) *Session {
	if a.Addr().Is4() {
		return r.four[key(a)]
	}
	return r.six[a]
}

// set lets what comes from a go to s. A zero a is nowhere.
func (r routes) set(a netip.AddrPort, s *Session) {
	switch {
	case a.Addr().Is4():
		r.four[key(a)] = s
	case a.IsValid():
		r.six[a] = s
	}
}

// drop lets what comes from a go to nobody, if it went to s.
func (r routes) drop(a netip.AddrPort, s *Session) {
	switch {
	case r.at(a) != s:
	case a.Addr().Is4():
		delete(r.four, key(a))
	default:
		delete(r.six, a)
	}
}

// taken tells whether a session other than s expects to hear from a.
func (r routes) taken(a netip.AddrPort, s *Session) bool {
	other := r.at(a)
	return other != nil && other != s
}

func (r routes) size() int { return len(r.four) + len(r.six) }
