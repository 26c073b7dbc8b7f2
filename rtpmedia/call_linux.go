package rtpmedia

import (
	"encoding/binary"
	"net/netip"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The system calls of this file never wait, so the scheduler of the runtime is not told of
// them, and they allocate nothing: a packet is read in two thirds of the time that the
// standard library needs, which makes an address of each.

// message is what recvmsg(2) fills, beside the data.
type message struct {
	header  unix.Msghdr
	piece   unix.Iovec
	from    rawAddress
	control [64]byte
}

// receive takes a datagram that has come into data, and returns its size or EAGAIN. Of one
// that is longer than data, the rest is cut off.
func (m *message) receive(fd int, data []byte) (n int, errno syscall.Errno) {
	m.piece.Base = &data[0]
	m.piece.SetLen(len(data))
	m.header = unix.Msghdr{
		Name: &m.from.data[0], Namelen: uint32(len(m.from.data)),
		Iov: &m.piece, Control: &m.control[0],
	}
	m.header.SetIovlen(1)
	m.header.SetControllen(len(m.control))
	r, _, errno := unix.RawSyscall(unix.SYS_RECVMSG, uintptr(fd),
		uintptr(unsafe.Pointer(&m.header)), unix.MSG_DONTWAIT)
	if errno != 0 {
		return 0, errno
	}
	m.from.size = min(int(m.header.Namelen), len(m.from.data))
	return int(r), 0
}

// sender is where the datagram comes from.
func (m *message) sender() netip.AddrPort { return m.from.addrPort() }

// told is what the kernel says of the datagram, in control messages.
func (m *message) told() []byte { return m.control[:m.header.Controllen] }

// sendTo is sendto(2).
func sendTo(fd int, data, to []byte) syscall.Errno {
	_, _, errno := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(fd),
		uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(len(data)), unix.MSG_DONTWAIT,
		uintptr(unsafe.Pointer(unsafe.SliceData(to))), uintptr(len(to)))
	return errno
}

// rawAddress is an address in the form of the kernel, a struct sockaddr_in or sockaddr_in6
// (ip(7), ipv6(7)).
type rawAddress struct {
	data [unix.SizeofSockaddrInet6]byte
	size int
}

// newAddress is a for a socket of the family of IPv6, if it is wide, or of IPv4.
func newAddress(to netip.AddrPort, wide bool) (a rawAddress) {
	binary.BigEndian.PutUint16(a.data[2:], to.Port())
	if !wide {
		ip := to.Addr().Unmap().As4()
		binary.NativeEndian.PutUint16(a.data[:], unix.AF_INET)
		copy(a.data[4:], ip[:])
		a.size = unix.SizeofSockaddrInet4
		return a
	}
	ip := to.Addr().As16()
	zone, _ := strconv.ParseUint(to.Addr().Zone(), 10, 32) // that of addrPort
	binary.NativeEndian.PutUint16(a.data[:], unix.AF_INET6)
	copy(a.data[8:], ip[:])
	binary.NativeEndian.PutUint32(a.data[24:], uint32(zone))
	a.size = unix.SizeofSockaddrInet6
	return a
}

func (a *rawAddress) bytes() []byte { return a.data[:a.size] }

// addrPort is a in the form of the standard library, and zero for what is none.
func (a *rawAddress) addrPort() netip.AddrPort {
	port := binary.BigEndian.Uint16(a.data[2:])
	switch family := binary.NativeEndian.Uint16(a.data[:]); {
	case a.size == unix.SizeofSockaddrInet4 && family == unix.AF_INET:
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte(a.data[4:8])), port)
	case a.size == unix.SizeofSockaddrInet6 && family == unix.AF_INET6:
		ip := netip.AddrFrom16([16]byte(a.data[8:24])).Unmap()
		if zone := binary.NativeEndian.Uint32(a.data[24:]); zone != 0 && ip.Is6() {
			ip = ip.WithZone(strconv.FormatUint(uint64(zone), 10))
		}
		return netip.AddrPortFrom(ip, port)
	}
	return netip.AddrPort{}
}
