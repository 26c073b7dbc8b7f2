package rtpmedia

import (
	"fmt"
	"strings"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// Codec is a payload format. All but those that are only captured can be sent and heard.
type Codec struct {
	token       string
	payloadType uint8
	coder       func() coder
	bytes       int // a payload byte stands for samples/bytes ticks of the RTP clock
	samples     int
	wide        int // samples of sound for each tick: 1, or 2 at 16 kHz
}

// coder turns samples into payload bytes and back. One that has a state serves
// one direction of one stream.
type coder interface {
	Encode(dst []byte, pcm []int16) int
	Decode(dst []int16, payload []byte) int
}

// codecs are those of RFC 3551 §6 by the names that the DMCC schema uses. Two
// have no name there: g722, wideband telephones' own, and l16, for tests that compare
// to the bit. The RTP clock of all is 8 kHz, that of g722 as well (RFC 3551 §4.5.2).
var codecs = []Codec{
	{"g711U", 0, func() coder { return codec.MuLaw }, 1, 1, 1},
	{"g711A", 8, func() coder { return codec.ALaw }, 1, 1, 1},
	{"g722", 9, func() coder { return new(codec.G722) }, 1, 1, 2},
	{"l16", 96, func() coder { return codec.L16{} }, 2, 1, 1},
}

// onlyCaptured are codecs by the names of the DMCC schema that are not coded here. Their
// payloads are frames, the last of which may be the shorter description of a silence
// (RFC 3551 §4.5.3, §4.5.6; §6 for the types).
var onlyCaptured = []Codec{
	{"g729", 18, unheard(10, 80), 10, 80, 1},
	{"g729A", 18, unheard(10, 80), 10, 80, 1},
	{"g723", 4, unheard(24, 240), 24, 240, 1},
}

// undecoded stands for a codec that is not here: what comes is silence of its length, and
// there is nothing to be sent.
type undecoded struct{ bytes, samples int }

func unheard(bytes, samples int) func() coder {
	return func() coder { return undecoded{bytes, samples} }
}

// Encode makes nothing.
func (undecoded) Encode([]byte, []int16) int { return 0 }

// Decode makes silence.
func (u undecoded) Decode(dst []int16, payload []byte) int {
	n := min(len(dst), frames(len(payload), u.bytes)*u.samples)
	clear(dst[:n])
	return n
}

// frames is how many of so many bytes begin in a payload of n.
func frames(n, bytes int) int { return (n + bytes - 1) / bytes }

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

// CanCapture tells whether streams of a codec that is not coded here can be received all
// the same: counted, and captured undecoded (see [Config.Undecoded]). The name is a DMCC
// token in any case: "g729", "g729A", "g723".
func CanCapture(name string) bool {
	_, ok := capturedByName(name)
	return ok
}

func capturedByName(name string) (Codec, bool) {
	for _, c := range onlyCaptured {
		if strings.EqualFold(c.token, name) {
			return c, true
		}
	}
	return Codec{}, false
}

// silent tells whether nothing is sent in the codec.
func (c Codec) silent() bool { return c.samples > c.bytes }

// Name is the DMCC token.
func (c Codec) Name() string { return c.token }

// PayloadType is the static type of RFC 3551 §6, or 96 where there is none.
func (c Codec) PayloadType() uint8 { return c.payloadType }

// SampleRate is that of the frames of a session in this codec: [SampleRate], or
// [WideRate] for g722.
func (c Codec) SampleRate() int { return SampleRate * c.wide }

// Samples is by how much a payload of n bytes moves the RTP timestamp on: the samples
// that it holds, and half of them in g722.
func (c Codec) Samples(n int) int {
	if c.silent() {
		return frames(n, c.bytes) * c.samples
	}
	return n * c.samples / c.bytes
}
