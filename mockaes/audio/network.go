package audio

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"sync"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Network carries datagrams inside the process, without delay or loss while buffers
// last. Its sockets block on channels only: streams over it work inside a
// testing/synctest bubble.
type Network struct {
	mu    sync.Mutex
	next  uint16
	ports map[netip.AddrPort]*packetConn
}

// NewNetwork returns a network without sockets.
func NewNetwork() *Network {
	return &Network{next: 40000, ports: make(map[netip.AddrPort]*packetConn)}
}

// packetRoom is how many datagrams wait for a reader before further ones are lost, as
// on a socket.
const packetRoom = 128

// Listen opens a socket; port 0 is any free one. It fits rtpmedia.Config.
func (n *Network) Listen(at netip.AddrPort) (rtpmedia.PacketConn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if at.Port() == 0 {
		for range 1 << 16 {
			at = netip.AddrPortFrom(at.Addr(), n.next)
			if n.next++; n.next == 0 {
				n.next = 1024
			}
			if n.ports[at] == nil {
				break
			}
		}
	}
	if n.ports[at] != nil {
		return nil, fmt.Errorf("audio: Listen: %v: %w", at, os.ErrExist)
	}
	c := &packetConn{
		net: n, at: at, in: make(chan datagram, packetRoom), done: make(chan struct{}),
	}
	n.ports[at] = c
	return c, nil
}

type datagram struct {
	data []byte
	from netip.AddrPort
}

type packetConn struct {
	net  *Network
	at   netip.AddrPort
	in   chan datagram // never closed
	done chan struct{}
	once sync.Once
}

func (c *packetConn) ReadFromUDPAddrPort(b []byte) (int, netip.AddrPort, error) {
	select {
	case d := <-c.in:
		return copy(b, d.data), d.from, nil
	case <-c.done:
		return 0, netip.AddrPort{}, net.ErrClosed
	}
}

// WriteToUDPAddrPort sends to whoever listens there; nobody is no error, as with UDP.
func (c *packetConn) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	select {
	case <-c.done:
		return 0, net.ErrClosed
	default:
	}
	c.net.mu.Lock()
	peer := c.net.ports[to]
	c.net.mu.Unlock()
	if peer == nil {
		return len(b), nil
	}
	select {
	case peer.in <- datagram{append([]byte(nil), b...), c.at}:
	default: // the peer's buffer is full
	}
	return len(b), nil
}

func (c *packetConn) LocalAddr() net.Addr { return net.UDPAddrFromAddrPort(c.at) }

func (c *packetConn) Close() error {
	c.once.Do(func() {
		c.net.mu.Lock()
		delete(c.net.ports, c.at)
		c.net.mu.Unlock()
		close(c.done)
	})
	return nil
}
