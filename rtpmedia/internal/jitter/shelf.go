package jitter

import "math/bits"

// slots bounds what a buffer holds: 1.3 s of packets of 20 ms.
const slots = 64

// common is the size of a payload that needs no memory of its own: 20 ms of G.711, and of
// G.722.
const common = 160

// packet is one that is held, with its payload beside what is said of it.
type packet struct {
	seq     int64
	time    int64
	arrival int64
	samples int32
	size    int16 // of the payload, if it is in short
	kind    uint8 // payload type
	pause   bool
	long    []byte // a payload that does not fit in short; its memory is used again
	short   [common]byte
}

// payload is valid until the packet's place is given to another.
func (p *packet) payload() []byte {
	if p.size > 0 {
		return p.short[:p.size]
	}
	return p.long
}

// fill gives the packet a copy of its payload.
func (p *packet) fill(payload []byte) {
	p.size, p.long = 0, p.long[:0]
	if len(payload) > common {
		p.long = append(p.long, payload...)
	} else {
		p.size = int16(copy(p.short[:], payload))
	}
}

// shelf holds packets by their sequence numbers. A packet is put where there is the first
// room, and not where its number says: few are held at a time, and those are always in the
// same memory, which is likelier to be in the processor's cache, and is not needed for
// more of them than there were once.
type shelf struct {
	used    uint64       // a bit for each of packets
	at      [slots]uint8 // one more than the place in packets, by sequence number
	packets []packet
}

// find returns the packet with a number, or nil.
func (h *shelf) find(seq int64) *packet {
	if n := h.at[seq&(slots-1)]; n != 0 {
		if p := &h.packets[n-1]; p.seq == seq {
			return p
		}
	}
	return nil
}

// add makes room for a packet whose number no packet has that is held. It replaces one
// that is a multiple of slots away.
func (h *shelf) add(seq int64) *packet {
	at := &h.at[seq&(slots-1)]
	if *at == 0 {
		n := bits.TrailingZeros64(^h.used)
		if n == len(h.packets) {
			h.packets = append(h.packets, packet{})
		}
		h.used |= 1 << n
		*at = uint8(n + 1)
	}
	p := &h.packets[*at-1]
	p.seq = seq
	return p
}

// room is where the next packet will be, or nil if there was never one.
func (h *shelf) room() *packet {
	if n := bits.TrailingZeros64(^h.used); n < len(h.packets) {
		return &h.packets[n]
	}
	return nil
}

// take gives up the place of a packet, which may be read until another is added.
func (h *shelf) take(p *packet) {
	at := &h.at[p.seq&(slots-1)]
	h.used &^= 1 << (*at - 1)
	*at = 0
}

// held is how many packets there are.
func (h *shelf) held() int { return bits.OnesCount64(h.used) }

// clear gives up all places.
func (h *shelf) clear() { h.used, h.at = 0, [slots]uint8{} }
