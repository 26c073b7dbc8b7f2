package rtpmedia

import (
	"encoding/binary"
	"net"
	"net/netip"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// rawSocket is a UDP socket that the runtime's poller does not know: it costs no
// wake-up when something comes. The standard library's connections cannot be read
// without waiting, so system calls are made here.
type rawSocket struct {
	fd    int  // -1 once it is closed
	wide  bool // of the family of IPv6
	to    netip.AddrPort
	raw   rawAddress // of to
	local net.Addr
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
	sendWhole(fd)
	// Without it, what is read counts as just come.
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TIMESTAMPNS, 1)
	s.fd, err = unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	return os.NewSyscallError("fcntl", err)
}

// sendWhole lets packets go out as they are or not at all. They always do: the longest have
// a thousand bytes. But where the kernel may have to divide a packet, it numbers it from a
// table that all processors share, which is a twentieth of what it costs to send one (ip(7),
// IP_MTU_DISCOVER).
func sendWhole(fd int) {
	_ = unix.SetsockoptInt(fd, unix.SOL_IP, unix.IP_MTU_DISCOVER, unix.IP_PMTUDISC_PROBE)
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
	n, errno := d.message.receive(s.fd, d.data[:])
	switch errno {
	case 0:
		return datagram{n, d.message.sender(), waited(d.message.told(), now)}, nil
	case unix.EAGAIN, unix.EINTR:
		return datagram{}, errEmpty
	}
	return datagram{}, os.NewSyscallError("recvmsg", errno)
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

// WriteToUDPAddrPort sends b, or fails if that would take time.
func (s *rawSocket) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	if s.fd < 0 {
		return 0, net.ErrClosed
	}
	s.aim(to)
	if errno := sendTo(s.fd, b, s.raw.bytes()); errno != 0 {
		return 0, os.NewSyscallError("sendto", errno)
	}
	return len(b), nil
}

// aim prepares the address to send to.
func (s *rawSocket) aim(to netip.AddrPort) {
	if to != s.to {
		s.to, s.raw = to, newAddress(to, s.wide)
	}
}
