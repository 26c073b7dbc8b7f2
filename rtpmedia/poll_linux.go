package rtpmedia

import (
	"encoding/binary"
	"net"
	"net/netip"
	"os"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// rawSocket is a UDP socket that the runtime's poller does not know: it costs no
// wake-up when something comes. The standard library's connections cannot be read
// without waiting, so system calls are made here; of the two packages, that one makes
// each which allocates less.
type rawSocket struct {
	local   net.Addr
	fd      int  // -1 once it is closed
	wide    bool // of the family of IPv6
	to      netip.AddrPort
	address unix.Sockaddr // of to
	raw     rawAddress    // of to
}

// poll takes a socket away from the runtime's poller. The connection is closed; after
// an error it is as it was.
func poll(conn *net.UDPConn) (polled, error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return nil, err
	}
	s := &rawSocket{local: conn.LocalAddr()}
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = s.duplicate(int(fd)) }); err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	_ = conn.Close() // s has the socket now
	return s, nil
}

// duplicate makes s another holder of the socket.
func (s *rawSocket) duplicate(fd int) error {
	family, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_DOMAIN)
	if err != nil {
		return os.NewSyscallError("getsockopt", err)
	}
	s.wide = family == unix.AF_INET6
	// Without it, what is read counts as just come.
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TIMESTAMPNS, 1)
	s.fd, err = unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	return os.NewSyscallError("fcntl", err)
}

func (s *rawSocket) number() int { return s.fd }

func (s *rawSocket) LocalAddr() net.Addr { return s.local }

func (s *rawSocket) Close() error {
	if s.fd < 0 {
		return net.ErrClosed
	}
	fd := s.fd
	s.fd = -1
	return os.NewSyscallError("close", unix.Close(fd))
}

func (s *rawSocket) read(d *desk, now time.Time) (datagram, error) {
	if s.fd < 0 {
		return datagram{}, net.ErrClosed
	}
	n, control, _, from, err := syscall.Recvmsg(s.fd, d.data[:], d.control[:], syscall.MSG_DONTWAIT)
	if err != nil {
		if err == syscall.EAGAIN || err == syscall.EINTR {
			return datagram{}, errEmpty
		}
		return datagram{}, os.NewSyscallError("recvmsg", err)
	}
	return datagram{n, addressOf(from), waited(d.control[:control], now)}, nil
}

// longest is for how long a datagram can have waited, unless a clock was set or the
// program did not run.
const longest = time.Second

// waited is for how long a datagram has waited by now, by the clock of the kernel.
func waited(control []byte, now time.Time) time.Duration {
	at, ok := received(control)
	if !ok {
		return 0
	}
	return min(max(time.Duration(now.UnixNano()-at), 0), longest)
}

// received is when the kernel got a datagram, in nanoseconds since 1970.
func received(control []byte) (int64, bool) {
	for len(control) >= unix.SizeofCmsghdr {
		header, data, rest, err := unix.ParseOneSocketControlMessage(control)
		if err != nil {
			return 0, false
		}
		if header.Level == unix.SOL_SOCKET && header.Type == unix.SCM_TIMESTAMPNS {
			switch len(data) {
			case 16: // a timespec of 64 bits
				return int64(binary.NativeEndian.Uint64(data))*int64(time.Second) +
					int64(binary.NativeEndian.Uint64(data[8:])), true
			case 8:
				return int64(int32(binary.NativeEndian.Uint32(data)))*int64(time.Second) +
					int64(binary.NativeEndian.Uint32(data[4:])), true
			}
		}
		control = rest
	}
	return 0, false
}

// addressOf is a in the form of the standard library.
func addressOf(a syscall.Sockaddr) netip.AddrPort {
	switch a := a.(type) {
	case *syscall.SockaddrInet4:
		return netip.AddrPortFrom(netip.AddrFrom4(a.Addr), uint16(a.Port))
	case *syscall.SockaddrInet6:
		return netip.AddrPortFrom(zoned(netip.AddrFrom16(a.Addr), a.ZoneId), uint16(a.Port))
	}
	return netip.AddrPort{}
}

// zoned is ip as it comes from a socket of both families: in the zone with that number, or
// of IPv4.
func zoned(ip netip.Addr, zone uint32) netip.Addr {
	if ip = ip.Unmap(); zone != 0 && ip.Is6() {
		return ip.WithZone(strconv.FormatUint(uint64(zone), 10))
	}
	return ip
}

// zone is the number of a zone that zoned has told.
func zone(ip netip.Addr) uint32 {
	if ip.Zone() == "" {
		return 0
	}
	n, _ := strconv.ParseUint(ip.Zone(), 10, 32)
	return uint32(n)
}

// WriteToUDPAddrPort sends b, or fails if that would take time.
func (s *rawSocket) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	if s.fd < 0 {
		return 0, net.ErrClosed
	}
	s.aim(to)
	if err := unix.Sendto(s.fd, b, unix.MSG_DONTWAIT, s.address); err != nil {
		return 0, os.NewSyscallError("sendto", err)
	}
	return len(b), nil
}

// aim prepares addresses to send to.
func (s *rawSocket) aim(to netip.AddrPort) {
	if to != s.to || s.address == nil {
		s.to, s.address, s.raw = to, s.socketAddress(to), s.rawAddress(to)
	}
}

// socketAddress is to in the form of golang.org/x/sys.
func (s *rawSocket) socketAddress(to netip.AddrPort) unix.Sockaddr {
	ip := to.Addr()
	if !s.wide {
		return &unix.SockaddrInet4{Port: int(to.Port()), Addr: ip.Unmap().As4()}
	}
	return &unix.SockaddrInet6{Port: int(to.Port()), Addr: ip.As16(), ZoneId: zone(ip)}
}

// rawAddress is an address in the form of the kernel, a struct sockaddr_in or, of an IPv6
// socket, sockaddr_in6.
type rawAddress struct {
	data [unix.SizeofSockaddrInet6]byte
	size int
}

func (s *rawSocket) rawAddress(to netip.AddrPort) (a rawAddress) {
	binary.BigEndian.PutUint16(a.data[2:], to.Port())
	if !s.wide {
		ip := to.Addr().Unmap().As4()
		binary.NativeEndian.PutUint16(a.data[:], unix.AF_INET)
		copy(a.data[4:], ip[:])
		a.size = unix.SizeofSockaddrInet4
		return a
	}
	ip := to.Addr().As16()
	binary.NativeEndian.PutUint16(a.data[:], unix.AF_INET6)
	copy(a.data[8:], ip[:]) // behind the port is the flow, which is none
	binary.NativeEndian.PutUint32(a.data[24:], zone(to.Addr()))
	a.size = unix.SizeofSockaddrInet6
	return a
}
