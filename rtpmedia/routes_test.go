package rtpmedia

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

// Routes are what a map of addresses is, of either family.
func TestRoutesAreAMapOfAddresses(t *testing.T) {
	sessions := []*Session{new(Session), new(Session), new(Session)}
	rapid.Check(t, func(t *rapid.T) {
		r, want := newRoutes(), map[netip.AddrPort]*Session{}
		address := rapid.Custom(func(t *rapid.T) netip.AddrPort {
			ip := rapid.SampledFrom([]string{
				"127.0.0.1", "127.0.0.2", "0.0.0.0", "1.0.127.0", "::1", "::7f00:1", "fe80::1%3",
				"fe80::1%4",
			}).Draw(t, "ip")
			port := rapid.SampledFrom([]uint16{0, 1, 256, 65535}).Draw(t, "port")
			return netip.AddrPortFrom(netip.MustParseAddr(ip), port)
		})
		for range rapid.IntRange(0, 100).Draw(t, "steps") {
			a := address.Draw(t, "address")
			s := rapid.SampledFrom(sessions).Draw(t, "session")
			if got := r.at(a); got != want[a] {
				t.Fatalf("%v goes to %p, want %p", a, got, want[a])
			}
			if taken := want[a] != nil && want[a] != s; r.taken(a, s) != taken {
				t.Fatalf("%v is taken: %t", a, !taken)
			}
			if rapid.Bool().Draw(t, "set") {
				r.set(a, s)
				want[a] = s
			} else if r.drop(a, s); want[a] == s {
				delete(want, a)
			}
			if r.size() != len(want) {
				t.Fatalf("%d routes, want %d", r.size(), len(want))
			}
		}
		r.set(netip.AddrPort{}, sessions[0])
		if r.drop(netip.AddrPort{}, sessions[0]); r.at(netip.AddrPort{}) != nil {
			t.Fatal("nowhere is a place")
		}
	})
}
