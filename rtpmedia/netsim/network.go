package netsim

import (
	"fmt"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// queueLimit is how many datagrams a socket holds that nobody reads. More are
// dropped, as a kernel does.
const queueLimit = 1024

// firstPort is the first that is given out when none is asked for.
const firstPort = 20000

// Network carries datagrams between its own sockets.
type Network struct {
	profile Profile

	mu    sync.Mutex
	conns map[netip.AddrPort]*Conn
	port  uint16
}

// New makes a network that treats what each socket sends as p says. The n-th
// socket draws from a seed of its own, so that paths do not resemble each other.
func New(p Profile) *Network {
	return &Network{profile: p, conns: make(map[netip.AddrPort]*Conn), port: firstPort}
}

// Listen opens a socket. Port 0 is the next that is free.
func (n *Network) Listen(at netip.AddrPort) (*Conn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if at.Port() == 0 {
		at = netip.AddrPortFrom(at.Addr(), n.free(at.Addr()))
	}
	if _, taken := n.conns[at]; taken {
		return nil, fmt.Errorf("netsim: Listen: %v: %w", at, syscall.EADDRINUSE)
	}
	profile := n.profile
	profile.Seed += uint64(len(n.conns))
	c := &Conn{network: n, local: at, fate: newFate(profile)}
	c.arrived = sync.NewCond(&c.mu)
	c.timer = time.AfterFunc(time.Hour, c.wake)
	n.conns[at] = c
	return c, nil
}

func (n *Network) free(a netip.Addr) uint16 {
	for {
		n.port++
		if _, taken := n.conns[netip.AddrPortFrom(a, n.port)]; !taken && n.port >= firstPort {
			return n.port
		}
	}
}

// Conn is a socket of a [Network]. It has the methods of [net.UDPConn] that
// carry datagrams.
type Conn struct {
	network *Network
	local   netip.AddrPort
	sending sync.Mutex
	fate    *fate

	mu      sync.Mutex
	arrived *sync.Cond
	timer   *time.Timer
	queue   schedule
	closed  bool
}

// ReadFromUDPAddrPort waits for a datagram. What does not fit in b is cut off.
func (c *Conn) ReadFromUDPAddrPort(b []byte) (int, netip.AddrPort, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		if c.closed {
			return 0, netip.AddrPort{}, net.ErrClosed
		}
		now := time.Now()
		if d, ok := c.queue.take(now); ok {
			return copy(b, d.data), d.from, nil
		}
		if next, ok := c.queue.next(); ok {
			c.timer.Reset(next.Sub(now))
		}
		c.arrived.Wait()
	}
}

// wake lets a reader look again.
func (c *Conn) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.arrived.Broadcast()
}

// WriteToUDPAddrPort sends b. Where nobody listens it is lost without an error.
func (c *Conn) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	c.mu.Lock()
	closed := c.closed
	c.mu.Unlock()
	if closed {
		return 0, net.ErrClosed
	}
	c.sending.Lock()
	at, copies := c.fate.next(time.Now())
	c.sending.Unlock()
	c.network.mu.Lock()
	peer := c.network.conns[to]
	c.network.mu.Unlock()
	if peer == nil {
		return len(b), nil
	}
	for _, t := range at[:copies] {
		peer.deliver(b, c.local, t)
	}
	return len(b), nil
}

func (c *Conn) deliver(b []byte, from netip.AddrPort, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed && c.queue.len() < queueLimit {
		c.queue.put(b, from, at)
		c.arrived.Broadcast()
	}
}

// LocalAddr is where the socket is bound.
func (c *Conn) LocalAddr() net.Addr { return net.UDPAddrFromAddrPort(c.local) }

// Close gives the port back and wakes the reader.
func (c *Conn) Close() error {
	c.network.mu.Lock()
	delete(c.network.conns, c.local)
	c.network.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return net.ErrClosed
	}
	c.closed = true
	c.timer.Stop()
	c.arrived.Broadcast()
	return nil
}
