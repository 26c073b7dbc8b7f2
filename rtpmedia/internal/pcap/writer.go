package pcap

import (
	"encoding/binary"
	"io"
	"net/netip"
	"sync"
	"time"
)

// linkTypeRaw says that packets begin with an IP header.
const linkTypeRaw = 101

// recordHeader is how many bytes stand before each packet.
const recordHeader = 16

// Writer writes a capture. Datagrams may come from several goroutines.
type Writer struct {
	mu     sync.Mutex
	out    io.Writer
	packet []byte
	err    error
}

// NewWriter writes the header of a file to out.
func NewWriter(out io.Writer) (*Writer, error) {
	h := binary.LittleEndian.AppendUint32(nil, 0xa1b23c4d) // times in nanoseconds
	h = binary.LittleEndian.AppendUint16(h, 2)             // version 2.4
	h = binary.LittleEndian.AppendUint16(h, 4)
	h = append(h, make([]byte, 8)...)
	h = binary.LittleEndian.AppendUint32(h, 1<<16)
	h = binary.LittleEndian.AppendUint32(h, linkTypeRaw)
	if _, err := out.Write(h); err != nil {
		return nil, err
	}
	return &Writer{out: out}, nil
}

// Err is the first error that writing met. Nothing is written after it.
func (w *Writer) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Datagram writes what was sent from one address to another at the given time.
func (w *Writer) Datagram(at time.Time, from, to netip.AddrPort, payload []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return
	}
	p := append(w.packet[:0], make([]byte, recordHeader)...)
	if from.Addr().Is4() && to.Addr().Is4() {
		p = appendIPv4(p, from.Addr(), to.Addr(), len(payload))
	} else {
		p = appendIPv6(p, from.Addr(), to.Addr(), len(payload))
	}
	p = appendUDP(p, from, to, payload)
	size := uint32(len(p) - recordHeader)
	binary.LittleEndian.PutUint32(p, uint32(at.Unix()))
	binary.LittleEndian.PutUint32(p[4:], uint32(at.Nanosecond()))
	binary.LittleEndian.PutUint32(p[8:], size)
	binary.LittleEndian.PutUint32(p[12:], size)
	w.packet = p
	_, w.err = w.out.Write(p)
}
