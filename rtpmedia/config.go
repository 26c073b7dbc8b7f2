package rtpmedia

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"time"
)

// ErrClosed is returned by a session that was closed.
var ErrClosed = errors.New("rtpmedia: session is closed")

// ErrNotStarted is returned by what needs a running stream.
var ErrNotStarted = errors.New("rtpmedia: session is not started")

// Config configures [Open]. The zero value is ready to use.
type Config struct {
	// Address is the local address to bind; zero is 127.0.0.1.
	Address netip.Addr
	// PortMin and PortMax bound the ports, both included; RTP takes an even
	// one and RTCP the next (RFC 3550 §11). Zero lets the system choose.
	PortMin, PortMax uint16
	// Log takes what happens to the session; nil discards it.
	Log *slog.Logger
	// JitterDelay is how long the first packet is held before it is heard; zero
	// is 40 ms. The delay grows while packets come later than that allows, and
	// returns in pauses. As a frame is put together at its beginning, what is
	// left for jitter is up to 20 ms less, and 2.5 ms at least.
	JitterDelay time.Duration
	// Latch sends to where packets really come from once two have come from
	// there in a row, rather than to the address that was signalled.
	Latch bool
	// DSCP marks outgoing packets (RFC 4594); zero is 46, expedited
	// forwarding, and a negative value leaves the system's choice.
	DSCP int
	// EventPayloadType is that of RFC 4733 telephone events; zero is 101.
	EventPayloadType uint8
	// SuppressSilence sends comfort noise (RFC 3389) once rather than silence
	// all the time. It needs a far side that does the same.
	SuppressSilence bool
	// Listen opens a socket instead of the system's UDP; nil uses UDP. Tests
	// and simulated networks replace it.
	Listen func(netip.AddrPort) (PacketConn, error)
	// Engine paces the stream and, on Linux, reads its sockets in its own turn, if
	// neither Listen nor Capture is set; nil gives each stream goroutines of its own.
	Engine *Engine
	// Capture takes all datagrams that come and go; nil takes none.
	Capture *Capture
	// Undecoded starts streams in codecs of [CanCapture] as well, to count and to capture
	// them. They are heard as silence; nothing is sent but digits and reports.
	Undecoded bool

	// Trunk lends its ports and its engine; nil gives the session ports of its own.
	// With it Listen, Capture, Latch and ports of one's own are refused.
	Trunk *Trunk

	system bool // sockets are the system's own, as they are
}

// PacketConn is what a session needs of a UDP socket; [*net.UDPConn] has it.
type PacketConn interface {
	ReadFromUDPAddrPort(b []byte) (n int, from netip.AddrPort, err error)
	WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error)
	LocalAddr() net.Addr
	Close() error
}

// Defaults of [Config] and [Remote].
const (
	defaultJitterDelay = 40 * time.Millisecond
	defaultDSCP        = 46
	defaultEventType   = 101
	maxPacketTime      = 60 * time.Millisecond
)

func (c Config) withDefaults() Config {
	if !c.Address.IsValid() {
		c.Address = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.JitterDelay == 0 {
		c.JitterDelay = defaultJitterDelay
	}
	if c.DSCP == 0 {
		c.DSCP = defaultDSCP
	}
	if c.EventPayloadType == 0 {
		c.EventPayloadType = defaultEventType
	}
	c.system = c.Listen == nil && c.Capture == nil
	if c.Listen == nil {
		c.Listen = listenUDP(c.DSCP)
	}
	if c.Capture != nil {
		c.Listen = c.Capture.wrap(c.Listen)
	}
	return c
}

func (c Config) check() error {
	switch {
	case c.Trunk != nil && (c.Latch || c.Capture != nil || !c.system || c.PortMax != 0):
		return errors.New("a session of a trunk cannot latch, or have ports, sockets or a " +
			"capture of its own")
	case c.PortMin > c.PortMax:
		return fmt.Errorf("ports %d to %d are no range", c.PortMin, c.PortMax)
	case c.JitterDelay < 0 || c.JitterDelay > time.Second:
		return fmt.Errorf("jitter delay %v is not between 0 and 1s", c.JitterDelay)
	case c.DSCP > 63:
		return fmt.Errorf("DSCP %d is above 63", c.DSCP)
	case c.EventPayloadType < 96 || c.EventPayloadType > 127:
		return fmt.Errorf("event payload type %d is not dynamic", c.EventPayloadType)
	}
	return nil
}

// Remote is the far side of a stream, as MediaStart tells it.
type Remote struct {
	// RTP is where audio is sent to.
	RTP netip.AddrPort
	// RTCP is where reports are sent to; zero is the port above RTP's.
	RTCP netip.AddrPort
	// Codec is a DMCC token, see [CodecByName].
	Codec string
	// PacketTime is how much audio a packet carries: 10 to 60 ms in steps of
	// 10, zero is 20 ms. Packets of any length are received.
	PacketTime time.Duration
	// PayloadType replaces the codec's own where it is not zero.
	PayloadType uint8
	// Encryption holds the keys of both directions; zero is none.
	Encryption Encryption
}

// resolve checks r and fills in its defaults, for a socket that is bound to local.
func (r Remote) resolve(cfg *Config, local netip.Addr) (Remote, Codec, error) {
	c, err := CodecByName(r.Codec)
	if err != nil && cfg.Undecoded && CanCapture(r.Codec) {
		c, _ = capturedByName(r.Codec)
	} else if err != nil {
		return r, c, errors.Unwrap(err)
	}
	if err := r.Encryption.check(); err != nil {
		return r, c, err
	}
	if r.PacketTime == 0 {
		r.PacketTime = FrameDuration
	}
	if r.PacketTime < FrameDuration/2 || r.PacketTime > maxPacketTime ||
		r.PacketTime%(FrameDuration/2) != 0 {
		return r, c, fmt.Errorf("packet time %v is not 10 to 60 ms in steps of 10", r.PacketTime)
	}
	if r.PayloadType == 0 {
		r.PayloadType = c.payloadType
	}
	if r.PayloadType > 127 {
		return r, c, fmt.Errorf("payload type %d is above 127", r.PayloadType)
	}
	err = r.resolveAddresses(cfg.Latch, local)
	return r, c, err
}

// unmap makes one form of the two that an IPv4 address can have.
func unmap(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}
