package pcap

import (
	"encoding/binary"
	"net/netip"
)

// expedited is the DSCP of voice (RFC 4594), which the headers show.
const expedited = 46

const (
	protocolUDP = 17
	udpHeader   = 8
	hopLimit    = 64
)

func appendIPv4(p []byte, from, to netip.Addr, payload int) []byte {
	start := len(p)
	p = append(p, 0x45, expedited<<2)
	p = binary.BigEndian.AppendUint16(p, uint16(20+udpHeader+payload))
	p = append(p, 0, 0, 0x40, 0, hopLimit, protocolUDP, 0, 0)
	src, dst := from.As4(), to.As4()
	p = append(append(p, src[:]...), dst[:]...)
	binary.BigEndian.PutUint16(p[start+10:], checksum(p[start:], 0))
	return p
}

func appendIPv6(p []byte, from, to netip.Addr, payload int) []byte {
	p = binary.BigEndian.AppendUint32(p, 6<<28|expedited<<22)
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
