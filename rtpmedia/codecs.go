package rtpmedia

import (
	"fmt"
	"strings"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// Codec is a payload format that this package can send and receive.
type Codec struct {
	token       string
	payloadType uint8
	coder       func() coder
	bytes       int // a payload byte stands for samples/bytes samples
	samples     int
}

// coder turns samples into payload bytes and back. One that has a state serves
// one direction of one stream.
type coder interface {
	Encode(dst []byte, pcm []int16) int
	Decode(dst []int16, payload []byte) int
}

// codecs are those of RFC 3551 §6 by the names that the DMCC schema uses. Two
// have no name there: g722, which carries the same 8 kHz audio to wideband
// telephones, without anything above 4 kHz, and l16, for tests that compare to
// the bit.
var codecs = []Codec{
	{"g711U", 0, func() coder { return codec.MuLaw }, 1, 1},
	{"g711A", 8, func() coder { return codec.ALaw }, 1, 1},
	{"g722", 9, func() coder { return new(codec.Narrowband) }, 1, 1},
	{"l16", 96, func() coder { return codec.L16{} }, 2, 1},
}

// UnsupportedCodecError says that a codec is known by name and not implemented,
// or not known at all.
type UnsupportedCodecError struct {
	Name string // as it was asked for
}

// Error names the codec.
func (e *UnsupportedCodecError) Error() string {
	return fmt.Sprintf("codec %q is not supported", e.Name)
}

// CodecByName finds a codec by its DMCC token, in any case: "g711U", "g711A".
// The error is an [*UnsupportedCodecError].
func CodecByName(name string) (Codec, error) {
	for _, c := range codecs {
		if strings.EqualFold(c.token, name) {
			return c, nil
		}
	}
	return Codec{}, fmt.Errorf("rtpmedia: CodecByName: %w", &UnsupportedCodecError{name})
}

// Name is the DMCC token.
func (c Codec) Name() string { return c.token }

// PayloadType is the static type of RFC 3551 §6, or 96 where there is none.
func (c Codec) PayloadType() uint8 { return c.payloadType }

// Samples is how many samples a payload of n bytes holds.
func (c Codec) Samples(n int) int { return n * c.samples / c.bytes }
