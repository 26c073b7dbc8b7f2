package rtpmedia

import (
	"net/netip"
	"strings"
	"testing"
)

func TestOnlyOneFarEndIsEverSentTo(t *testing.T) {
	// 127.0.0.1/8 is a network of every machine.
	for _, c := range []struct{ address, local, says string }{
		{"127.0.0.1:4000", "127.0.0.1", ""},
		{"[::ffff:127.0.0.1]:4000", "127.0.0.1", ""},
		{"[::1]:4000", "::1", ""},
		{"192.0.2.1:4000", "0.0.0.0", ""},
		{"192.0.2.1:4000", "::", ""},
		{"192.0.2.1:65535", "0.0.0.0", ""},
		{"192.0.2.1:0", "0.0.0.0", "has no port"},
		{"0.0.0.0:4000", "127.0.0.1", "is unspecified"},
		{"[::]:4000", "::1", "is unspecified"},
		{"224.0.1.75:4000", "0.0.0.0", "is multicast"},
		{"[::ffff:224.0.1.75]:4000", "::", "is multicast"},
		{"[ff02::1]:4000", "::", "is multicast"},
		{"255.255.255.255:4000", "0.0.0.0", "is broadcast"},
		{"127.255.255.255:4000", "127.0.0.1", "is broadcast"},
		{"[fe80::1%lo]:4000", "::", "has a zone"},
		{"[::1]:4000", "127.0.0.1", "is of another family than 127.0.0.1"},
		{"127.0.0.1:4000", "::1", "is of another family than ::1"},
	} {
		at, local := netip.MustParseAddrPort(c.address), netip.MustParseAddr(c.local)
		good := netip.AddrPortFrom(local, 4000)
		if local.IsUnspecified() {
			good = netip.MustParseAddrPort("192.0.2.1:4000")
		}
		for _, r := range []Remote{{RTP: at}, {RTP: good, RTCP: at}} {
			r.Codec = "g711U"
			_, _, err := r.resolve(&Config{}, local)
			if c.says == "" {
				if err != nil {
					t.Errorf("%+v from %v: %v", r, local, err)
				}
				continue
			}
			if err == nil || !strings.Contains(err.Error(), c.says) ||
				!strings.Contains(err.Error(), unmap(at).String()) {
				t.Errorf("%+v from %v: %v, want %q", r, local, err, c.says)
			}
		}
	}
}

func TestTheHighestPortHasNoneForReports(t *testing.T) {
	far := Remote{RTP: netip.MustParseAddrPort("127.0.0.1:65535"), Codec: "g711U"}
	r, _, err := far.resolve(&Config{}, netip.MustParseAddr("127.0.0.1"))
	if err != nil || r.RTCP.IsValid() {
		t.Errorf("reports go to %v, %v", r.RTCP, err)
	}
}

func TestLatchingNeedsNoAddress(t *testing.T) {
	for _, at := range []string{"0.0.0.0:4000", "127.0.0.1:0"} {
		far := Remote{RTP: netip.MustParseAddrPort(at), Codec: "g711U"}
		r, _, err := far.resolve(&Config{Latch: true}, netip.MustParseAddr("127.0.0.1"))
		if err != nil || r.RTP.IsValid() {
			t.Errorf("%s: sent to %v, %v", at, r.RTP, err)
		}
	}
	far := Remote{RTP: netip.MustParseAddrPort("224.0.1.75:4000"), Codec: "g711U"}
	local := netip.MustParseAddr("127.0.0.1")
	if _, _, err := far.resolve(&Config{Latch: true}, local); err == nil {
		t.Error("a group was latched to")
	}
}
