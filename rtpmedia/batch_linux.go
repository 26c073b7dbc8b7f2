package rtpmedia

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// batch is a UDP socket that is read and written many datagrams at a time. The standard
// library and golang.org/x/sys do not have the two system calls, and golang.org/x/net
// allocates for each datagram, so they are made here. What the kernel is told is made
// once, and changed where a datagram differs from the one before. One may read and one
// may write at a time.
type batch struct {
	*rawSocket

	in   [batchSize]entry
	came []incoming // of each of in
	told int        // of in, which the kernel wrote to

	out  [batchSize]entry
	kept []outgoing // of each of out
	held int        // of out, waiting to be sent
}

// entry is struct mmsghdr of recvmmsg(2).
type entry struct {
	header unix.Msghdr
	size   uint32 // of the datagram, where it was sent or read
}

// incoming is where a datagram is read to.
type incoming struct {
	from    rawAddress
	vector  unix.Iovec
	control [64]byte
	data    [maxDatagram + 1]byte
}

// outgoing is where a datagram waits to be sent.
type outgoing struct {
	to     rawAddress
	vector unix.Iovec
	data   [maxDatagram]byte
}

// sharedBuffer is room for what a thousand streams send while the thread does not run for half
// a second, as may be on a busy machine.
const sharedBuffer = 16 << 20

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
		rawSocket: raw, told: batchSize,
		came: make([]incoming, batchSize), kept: make([]outgoing, batchSize),
	}
	for i := range batchSize {
		a, d := &b.came[i], &b.kept[i]
		a.vector.Base, d.vector.Base = &a.data[0], &d.data[0]
		a.vector.SetLen(len(a.data))
		in, out := &b.in[i].header, &b.out[i].header
		in.Name, in.Iov, in.Control = &a.from.data[0], &a.vector, &a.control[0]
		out.Name, out.Iov = &d.to.data[0], &d.vector
		in.SetIovlen(1)
		out.SetIovlen(1)
	}
	return b, nil
}

// read takes what has come, and returns how many datagrams.
func (b *batch) read() (int, error) {
	if b.fd < 0 {
		return 0, net.ErrClosed
	}
	for i := range b.in[:b.told] {
		h := &b.in[i].header
		h.Namelen = unix.SizeofSockaddrInet6
		h.SetControllen(len(b.came[i].control))
	}
	b.told = 0
	n, _, errno := unix.Syscall6(unix.SYS_RECVMMSG, uintptr(b.fd),
		uintptr(unsafe.Pointer(&b.in[0])), batchSize, unix.MSG_DONTWAIT, 0, 0)
	switch errno {
	case 0:
		b.told = int(n)
		return int(n), nil
	case unix.EAGAIN, unix.EINTR:
		return 0, nil
	}
	return 0, os.NewSyscallError("recvmmsg", errno)
}

// datagram is one that was read, and for how long it had waited by now.
func (b *batch) datagram(i int, now time.Time) ([]byte, time.Duration) {
	m, a := &b.in[i], &b.came[i]
	size := min(int(m.size), len(a.data))
	control := min(int(m.header.Controllen), len(a.control))
	return a.data[:size], waited(a.control[:control], now)
}

// from is where a datagram that was read comes from.
func (b *batch) from(i int) netip.AddrPort {
	a := &b.came[i].from
	a.size = min(int(b.in[i].header.Namelen), len(a.data))
	return a.addrPort()
}

// full tells whether there is no room before the next flush.
func (b *batch) full() bool { return b.held == batchSize }

// put keeps a datagram of at most maxDatagram bytes until the next flush. There has to
// be room.
func (b *batch) put(data []byte, to netip.AddrPort) {
	d := &b.kept[b.held]
	d.to = newAddress(to, b.wide)
	b.out[b.held].header.Namelen = uint32(d.to.size)
	d.vector.SetLen(copy(d.data[:], data))
	b.held++
}

// flush sends what was put, and returns how many datagrams could not be sent: where one
// cannot, the others still can.
func (b *batch) flush() (failed int) {
	for first := 0; first < b.held; {
		n, _, errno := unix.Syscall6(unix.SYS_SENDMMSG, uintptr(b.fd),
			uintptr(unsafe.Pointer(&b.out[first])), uintptr(b.held-first), unix.MSG_DONTWAIT, 0, 0)
		if errno != 0 || n == 0 {
			n = 1
			failed++
		}
		first += int(n)
	}
	b.held = 0
	return failed
}
