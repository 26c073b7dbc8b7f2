package event

import (
	"encoding/binary"
	"errors"
	"strings"
)

// Size of a payload in bytes (RFC 4733 §2.3).
const Size = 4

// digits in the order of their codes, 0 to 15 (RFC 4733 §3.2 table 3).
const digits = "0123456789*#ABCD"

// Payload is one report on an event.
type Payload struct {
	Event    uint8
	End      bool
	Volume   uint8  // of the tone, in dBm0 without its sign, 0 to 63
	Duration uint16 // so far, in units of the RTP clock
}

// ErrPayload says that a payload is too short.
var ErrPayload = errors.New("event payload is shorter than 4 bytes")

// Parse reads a payload. A repetition by RFC 2198 that follows is ignored.
func Parse(b []byte) (Payload, error) {
	if len(b) < Size {
		return Payload{}, ErrPayload
	}
	return Payload{
		Event: b[0], End: b[1]&0x80 != 0, Volume: b[1] & 0x3f,
		Duration: binary.BigEndian.Uint16(b[2:]),
	}, nil
}

// Put writes p to b, which holds at least [Size] bytes.
func (p Payload) Put(b []byte) {
	b[0], b[1] = p.Event, p.Volume&0x3f
	if p.End {
		b[1] |= 0x80
	}
	binary.BigEndian.PutUint16(b[2:], p.Duration)
}

// Code returns the event of a digit: 0 to 9, *, #, A to D in either case.
func Code(digit rune) (uint8, bool) {
	if digit >= 'a' && digit <= 'd' {
		digit -= 'a' - 'A'
	}
	i := strings.IndexRune(digits, digit)
	return uint8(i), i >= 0
}

// Digit returns the digit of an event, or false when it is none.
func Digit(code uint8) (rune, bool) {
	if int(code) >= len(digits) {
		return 0, false
	}
	return rune(digits[code]), true
}
