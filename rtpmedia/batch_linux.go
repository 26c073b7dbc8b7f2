package rtpmedia

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"

	"golang.org/x/net/ipv4"
	"golang.org/x/sys/unix"
)

// batch is a UDP socket that is read and written many datagrams at a time. The standard
// library cannot, so golang.org/x/net does. One may read and one may write at a time.
type batch struct {
	*rawSocket
	conn *ipv4.PacketConn // of either family, its name notwithstanding

	in     []ipv4.Message
	waited [batchSize]time.Duration // each of in

	out  []ipv4.Message
	to   [batchSize]net.UDPAddr // of each of out
	held int                    // of out, waiting to be sent
}

// sharedBuffer is room for what thousands of streams send in some milliseconds.
const sharedBuffer = 4 << 20

// newBatch takes a socket away from the runtime's poller. The connection is closed;
// after an error it is as it was.
func newBatch(conn *net.UDPConn) (*batch, error) {
	p, err := poll(conn)
	if err != nil {
		return nil, err
	}
	raw, ok := p.(*rawSocket)
	if !ok {
		return nil, fmt.Errorf("socket of type %T", p)
	}
	// Beyond the system's limit only who may administer the network gets.
	if unix.SetsockoptInt(raw.fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, sharedBuffer) != nil {
		_ = unix.SetsockoptInt(raw.fd, unix.SOL_SOCKET, unix.SO_RCVBUF, sharedBuffer)
	}
	b := &batch{
		rawSocket: raw, conn: ipv4.NewPacketConn(&bare{new(net.UDPConn), raw}),
		in: make([]ipv4.Message, batchSize), out: make([]ipv4.Message, batchSize),
	}
	for i := range batchSize {
		b.in[i].Buffers = [][]byte{make([]byte, maxDatagram+1)}
		b.in[i].OOB = make([]byte, 64)
		b.out[i].Buffers = [][]byte{make([]byte, 0, maxDatagram)}
		b.out[i].Addr = &b.to[i]
	}
	return b, nil
}

// bare is a socket as golang.org/x/net wants it: a connection that it asks for the
// descriptor. All else that a connection has is not used, and not there.
type bare struct {
	*net.UDPConn
	raw *rawSocket
}

func (b *bare) SyscallConn() (syscall.RawConn, error) { return descriptor{b.raw}, nil }

func (b *bare) LocalAddr() net.Addr { return b.raw.local }

// descriptor calls functions once, whatever they say of waiting.
type descriptor struct{ raw *rawSocket }

func (d descriptor) Control(f func(uintptr)) error {
	f(uintptr(d.raw.fd))
	return nil
}

func (d descriptor) Read(f func(uintptr) bool) error {
	f(uintptr(d.raw.fd))
	return nil
}

func (d descriptor) Write(f func(uintptr) bool) error {
	f(uintptr(d.raw.fd))
	return nil
}

// read takes what has come, and returns how many datagrams.
func (b *batch) read(now time.Time) (int, error) {
	n, err := b.conn.ReadBatch(b.in, unix.MSG_DONTWAIT)
	if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EINTR) {
		n, err = 0, nil
	}
	if err != nil {
		return 0, err
	}
	for i := range n {
		b.waited[i] = waited(b.in[i].OOB[:b.in[i].NN], now)
	}
	return n, nil
}

// from is where a datagram that was read comes from.
func (b *batch) from(i int) netip.AddrPort {
	if a, ok := b.in[i].Addr.(*net.UDPAddr); ok {
		return unmap(a.AddrPort())
	}
	return netip.AddrPort{}
}

// datagram is one that was read, and for how long it had waited.
func (b *batch) datagram(i int) ([]byte, time.Duration) {
	return b.in[i].Buffers[0][:b.in[i].N], b.waited[i]
}

// full tells whether there is no room before the next flush.
func (b *batch) full() bool { return b.held == batchSize }

// put keeps a datagram until the next flush. There has to be room.
func (b *batch) put(data []byte, to netip.AddrPort) {
	a := &b.to[b.held]
	if to.Addr().Is4() {
		ip := to.Addr().As4()
		a.IP = append(a.IP[:0], ip[:]...)
	} else {
		ip := to.Addr().As16()
		a.IP = append(a.IP[:0], ip[:]...)
	}
	a.Port, a.Zone = int(to.Port()), to.Addr().Zone()
	m := &b.out[b.held]
	m.Buffers[0] = append(m.Buffers[0][:0], data...)
	b.held++
}

// flush sends what was put, and returns how many datagrams could not be sent: where one
// cannot, the others still can.
func (b *batch) flush() (failed int) {
	for first := 0; first < b.held; {
		n, err := b.conn.WriteBatch(b.out[first:b.held], unix.MSG_DONTWAIT)
		first += max(n, 0)
		if err != nil {
			first++
			failed++
		}
	}
	b.held = 0
	return failed
}
