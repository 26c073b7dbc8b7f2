package rtpmedia

import (
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestADatagramComesFromWhereTheKernelSays(t *testing.T) {
	for name, where := range map[string]struct{ bind, far string }{
		"IPv4":               {"127.0.0.1", "127.0.0.1"},
		"IPv6":               {"::1", "::1"},
		"both, IPv4 to it":   {"::", "127.0.0.1"},
		"both, IPv6 to it":   {"::", "::1"},
		"a zone of IPv6":     {"::", "fe80::"},
		"another than bound": {"127.0.0.1", "127.0.0.2"},
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := polledPair(t, where.bind)
			ip, zone := net.ParseIP(where.far), ""
			if strings.HasPrefix(where.far, "fe80") {
				ip, zone = linkLocal(t)
			}
			far, err := net.ListenUDP("udp", &net.UDPAddr{IP: ip, Zone: zone})
			if err != nil {
				t.Skip(err)
			}
			defer func() { _ = far.Close() }()
			to := &net.UDPAddr{IP: ip, Port: int(localPort(p).Port()), Zone: zone}
			if where.bind != "::" {
				to.IP = net.ParseIP(where.bind)
			}
			if _, err := far.WriteToUDP([]byte("hello"), to); err != nil {
				t.Skip(err)
			}
			all, _, data := readAll(t, p, 1)
			got, want := all[0].from, localPort(far)
			if got.Port() != want.Port() || got.Addr().WithZone("") != want.Addr().WithZone("") ||
				(got.Addr().Zone() == "") != (zone == "") || string(data[0]) != "hello" {
				t.Errorf("%q from %v, want %v", data[0], got, want)
			}
			// And what is sent there arrives: the zone is that of the interface.
			if _, err := p.WriteToUDPAddrPort([]byte("hi"), got); err != nil {
				t.Fatal(err)
			}
			b := make([]byte, 10)
			_ = far.SetReadDeadline(time.Now().Add(10 * time.Second))
			if n, err := far.Read(b); err != nil || string(b[:n]) != "hi" {
				t.Errorf("%q came back, %v", b[:n], err)
			}
		})
	}
}

// linkLocal is an address of this machine that needs a zone (RFC 4007).
func linkLocal(t *testing.T) (net.IP, string) {
	t.Helper()
	all, err := net.Interfaces()
	if err != nil {
		t.Skip(err)
	}
	for _, i := range all {
		addresses, _ := i.Addrs()
		for _, a := range addresses {
			if n, ok := a.(*net.IPNet); ok && n.IP.To4() == nil && n.IP.IsLinkLocalUnicast() {
				return n.IP, i.Name
			}
		}
	}
	t.Skip("no interface has a link-local address")
	return nil, ""
}

func TestReadingAndSendingAllocateNothing(t *testing.T) {
	p, far := polledPair(t, "127.0.0.1")
	d, now := new(desk), time.Now()
	here, there := localPort(p), localPort(far)
	data := make([]byte, 172)
	n := testing.AllocsPerRun(100, func() {
		for _, to := range []netip.AddrPort{there, here} { // the address changes each time
			if _, err := p.WriteToUDPAddrPort(data, to); err != nil {
				t.Fatal(err)
			}
		}
		for tries := 0; ; tries++ {
			if _, err := p.read(d, now); err == nil {
				return
			} else if err != errEmpty || tries == 1e6 {
				t.Fatal(err)
			}
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
