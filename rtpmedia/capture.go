package rtpmedia

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/netip"
	"sync"
	"time"
)

// Capture writes the datagrams of a session to a file that Wireshark and tshark
// open (pcap, link type 101: raw IP). Packets are those of the network: of an
// encrypted stream they are encrypted.
type Capture struct {
	mu     sync.Mutex
	out    io.Writer
	packet []byte
	err    error
}

// linkTypeRaw says that packets begin with an IP header.
const linkTypeRaw = 101

// NewCapture writes the header of a file to out. Buffering and closing out are
// the caller's.
func NewCapture(out io.Writer) (*Capture, error) {
	h := binary.LittleEndian.AppendUint32(nil, 0xa1b23c4d) // times in nanoseconds
	h = binary.LittleEndian.AppendUint16(h, 2)             // version 2.4
	h = binary.LittleEndian.AppendUint16(h, 4)
	h = append(h, make([]byte, 8)...)
	h = binary.LittleEndian.AppendUint32(h, 1<<16)
	h = binary.LittleEndian.AppendUint32(h, linkTypeRaw)
	if _, err := out.Write(h); err != nil {
		return nil, fmt.Errorf("rtpmedia: NewCapture: %w", err)
	}
	return &Capture{out: out}, nil
}

// Err is the first error that writing met. Nothing is written after it.
func (c *Capture) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// wrap captures what passes the sockets that listen opens.
func (c *Capture) wrap(
	listen func(netip.AddrPort) (PacketConn, error),
) func(netip.AddrPort) (PacketConn, error) {
	return func(at netip.AddrPort) (PacketConn, error) {
		conn, err := listen(at)
		if err != nil {
			return nil, err
		}
		return &captured{conn, c, localPort(conn)}, nil
	}
}

// captured is a socket whose datagrams are written to a capture.
type captured struct {
	PacketConn
	capture *Capture
	local   netip.AddrPort
}

// ReadFromUDPAddrPort waits for a datagram and captures it.
func (c *captured) ReadFromUDPAddrPort(b []byte) (int, netip.AddrPort, error) {
	n, from, err := c.PacketConn.ReadFromUDPAddrPort(b)
	if err == nil {
		c.capture.datagram(unmap(from), c.local, b[:n])
	}
	return n, from, err
}

// WriteToUDPAddrPort sends b and captures it.
func (c *captured) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	n, err := c.PacketConn.WriteToUDPAddrPort(b, to)
	if err == nil {
		c.capture.datagram(c.local, to, b)
	}
	return n, err
}

func (c *Capture) datagram(from, to netip.AddrPort, payload []byte) {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return
	}
	p := append(c.packet[:0], make([]byte, 16)...)
	if from.Addr().Is4() && to.Addr().Is4() {
		p = appendIPv4(p, from.Addr(), to.Addr(), len(payload))
	} else {
		p = appendIPv6(p, from.Addr(), to.Addr(), len(payload))
	}
	p = appendUDP(p, from, to, payload)
	binary.LittleEndian.PutUint32(p, uint32(now.Unix()))
	binary.LittleEndian.PutUint32(p[4:], uint32(now.Nanosecond()))
	binary.LittleEndian.PutUint32(p[8:], uint32(len(p)-16))
	binary.LittleEndian.PutUint32(p[12:], uint32(len(p)-16))
	c.packet = p
	_, c.err = c.out.Write(p)
}

const (
	protocolUDP = 17
	udpHeader   = 8
	hopLimit    = 64
)

func appendIPv4(p []byte, from, to netip.Addr, payload int) []byte {
	start := len(p)
	p = append(p, 0x45, defaultDSCP<<2)
	p = binary.BigEndian.AppendUint16(p, uint16(20+udpHeader+payload))
	p = append(p, 0, 0, 0x40, 0, hopLimit, protocolUDP, 0, 0)
	src, dst := from.As4(), to.As4()
	p = append(append(p, src[:]...), dst[:]...)
	binary.BigEndian.PutUint16(p[start+10:], checksum(p[start:], 0))
	return p
}

func appendIPv6(p []byte, from, to netip.Addr, payload int) []byte {
	p = binary.BigEndian.AppendUint32(p, 6<<28|defaultDSCP<<22)
	p = binary.BigEndian.AppendUint16(p, uint16(udpHeader+payload))
	p = append(p, protocolUDP, hopLimit)
	src, dst := from.As16(), to.As16()
	return append(append(p, src[:]...), dst[:]...)
}

// appendUDP adds the UDP header and the payload. The checksum covers addresses,
// which are where the IP header left them.
func appendUDP(p []byte, from, to netip.AddrPort, payload []byte) []byte {
	addresses := 8
	if !from.Addr().Is4() || !to.Addr().Is4() {
		addresses = 32
	}
	pseudo := p[len(p)-addresses:]
	start := len(p)
	p = binary.BigEndian.AppendUint16(p, from.Port())
	p = binary.BigEndian.AppendUint16(p, to.Port())
	p = binary.BigEndian.AppendUint16(p, uint16(udpHeader+len(payload)))
	p = append(p, 0, 0)
	p = append(p, payload...)
	sum := uint32(protocolUDP + udpHeader + len(payload))
	for i := 0; i < len(pseudo); i += 2 {
		sum += uint32(binary.BigEndian.Uint16(pseudo[i:]))
	}
	binary.BigEndian.PutUint16(p[start+6:], checksum(p[start:], sum))
	return p
}

// checksum is that of RFC 1071 over b, begun with sum.
func checksum(b []byte, sum uint32) uint16 {
	for len(b) >= 2 {
		sum += uint32(binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) == 1 {
		sum += uint32(b[0]) << 8
	}
	for sum>>16 != 0 {
		sum = sum&0xffff + sum>>16
	}
	return ^uint16(sum)
}
