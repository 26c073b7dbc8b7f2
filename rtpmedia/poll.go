package rtpmedia

import (
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/pion/rtp"
)

// A session that an engine paces has no goroutines that wait at its sockets: the
// engine's thread looks whether something has come, before it plays frames. The kernel
// tells when it came, so that no figure depends on when it is read.

// socket is what a session sends by.
type socket interface {
	WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error)
	LocalAddr() net.Addr
	Close() error
}

// polled is a socket that is read without waiting. One may read it and one may send by
// it at a time, and nobody when it is closed: the session's lock guards it.
type polled interface {
	socket
	// read takes a datagram into d and returns [errEmpty] when there is none. Of one
	// that is longer than d has room for, the rest is cut off.
	read(d *desk, now time.Time) (datagram, error)
	// number is the descriptor, which may be another socket's when it is used.
	number() int
}

// datagram is a datagram that was read.
type datagram struct {
	size   int
	from   netip.AddrPort
	waited time.Duration // since the kernel got it
}

var errEmpty = errors.New("nothing has come")

// Bounds of what is read at a time. A frame finds one packet, and some more when the
// thread is late; a flood is left to the kernel, which drops what does not fit in a
// socket's buffer.
const (
	perFrame      = 32
	perDrain      = 512
	framesApart   = 5  // from one look for reports to the next
	batchSize     = 64 // datagrams of a trunk in one system call
	audio, report = 0, 1
)

// desk is where one session after the other does its work, so that what is worked
// with stays in the processor's cache.
type desk struct {
	data         [maxDatagram + 1]byte
	message      message
	played, said [WideSamples]int16
	frame        int // samples of a frame in both, as the codec is
	packet       [rtpHeader + maxPayload]byte
	heard        rtp.Packet
}

var desks = sync.Pool{New: func() any { return new(desk) }}

// watch lets the engine's thread look at a socket of the system's own, if the platform
// can, and a goroutine wait at it if not.
func (s *Session) watch(conn PacketConn, kind int) socket {
	if udp, ok := conn.(*net.UDPConn); ok && s.cfg.Engine != nil && s.cfg.system {
		if p, err := poll(udp); err == nil {
			s.polls[kind] = p
			return p
		}
	}
	most, take := maxDatagram, s.receive
	if kind == report {
		most, take = maxReport, s.receiveReport
	}
	s.loops.Go(func() { s.readLoop(conn, most, take) })
	return conn
}

// drain takes all that has come, so that a change of the stream does not concern it.
// The caller holds mu.
func (s *Session) drain(now time.Time) {
	if s.closed {
		return
	}
	d := desks.Get().(*desk)
	defer desks.Put(d)
	s.readWaiting(audio, d, perDrain, now)
	s.readWaiting(report, d, perDrain, now)
}

// readWaiting takes datagrams from a socket until there is none, and tells how many
// there were. The caller holds mu.
func (s *Session) readWaiting(kind int, d *desk, most int, now time.Time) (n int) {
	socket := s.polls[kind]
	if socket == nil {
		return 0
	}
	for ; n < most; n++ {
		a, err := socket.read(d, now)
		if err != nil {
			s.readFailed(kind, err)
			return n
		}
		s.failures[kind] = 0
		at := now.Sub(s.epoch) - a.waited
		if kind == audio {
			s.sort(&d.heard, d.data[:a.size], a.from, at)
		} else {
			s.sortReport(d.data[:a.size], at)
		}
	}
	return n
}

// readFailed tells once that a socket is of no use, and goes on to try it.
func (s *Session) readFailed(kind int, err error) {
	if errors.Is(err, errEmpty) {
		s.failures[kind] = 0
		return
	}
	if s.failures[kind]++; s.failures[kind] == maxFailures {
		s.log.Error("socket failed", slog.String("local", s.polls[kind].LocalAddr().String()),
			slog.Any("cause", err))
	}
}

// closeSockets closes those that are polled, for which the caller holds mu, or those
// that are not.
func (s *Session) closeSockets(polled bool) error {
	var errs [2]error
	for kind, c := range []socket{s.rtp, s.rtcp} {
		if (s.polls[kind] != nil) == polled {
			errs[kind] = c.Close()
		}
	}
	return errors.Join(errs[:]...)
}
