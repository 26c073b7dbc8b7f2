package audio

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"testing"
)

func TestNetwork(t *testing.T) {
	n := NewNetwork()
	local := netip.MustParseAddr("127.0.0.1")
	listen := func(port uint16) *packetConn {
		c, err := n.Listen(netip.AddrPortFrom(local, port))
		if err != nil {
			t.Fatal(err)
		}
		return c.(*packetConn)
	}
	a, b := listen(0), listen(5000)
	if _, err := n.Listen(netip.AddrPortFrom(local, 5000)); !errors.Is(err, os.ErrExist) {
		t.Errorf("a port that is taken: %v", err)
	}
	if a.at.Port() == 0 || a.at == b.at {
		t.Errorf("they are at %v and %v", a.at, b.at)
	}
	nowhere := netip.AddrPortFrom(local, 9)
	if k, err := a.WriteToUDPAddrPort([]byte("x"), nowhere); k != 1 || err != nil {
		t.Errorf("to nobody: %d, %v", k, err)
	}
	for range 2 * packetRoom { // what is too much is lost
		if _, err := a.WriteToUDPAddrPort([]byte("hello"), b.at); err != nil {
			t.Fatal(err)
		}
	}
	buf := make([]byte, 3)
	k, from, err := b.ReadFromUDPAddrPort(buf)
	if string(buf[:k]) != "hel" || from != a.at || err != nil {
		t.Errorf("got %q from %v, %v", buf[:k], from, err)
	}
	if len(b.in) != packetRoom-1 {
		t.Errorf("%d datagrams wait", len(b.in))
	}
	for range 2 {
		if err := a.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	}
	if _, _, err := a.ReadFromUDPAddrPort(buf); !errors.Is(err, net.ErrClosed) {
		t.Errorf("reading from a closed socket: %v", err)
	}
	if _, err := a.WriteToUDPAddrPort(buf, b.at); !errors.Is(err, net.ErrClosed) {
		t.Errorf("writing to a closed socket: %v", err)
	}
}
