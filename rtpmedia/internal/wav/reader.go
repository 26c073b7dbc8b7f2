package wav

import (
	"bufio"
	"encoding/binary"
	"io"
	"math"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// Reader gives the samples of a file, all channels mixed into one unless one was
// chosen.
type Reader struct {
	format Format
	in     *bufio.Reader
	left   int64 // bytes of data; negative for up to the end
	frame  []byte
	law    *codec.Law
	only   int // channel that is given alone, from 1; 0 mixes all
}

// NewReader reads the header of r. The error wraps [ErrFormat].
func NewReader(r io.Reader) (*Reader, error) {
	in := bufio.NewReaderSize(r, 32<<10)
	f, size, err := readHeader(in)
	if err != nil {
		return nil, err
	}
	w := &Reader{format: f, in: in, left: size, frame: make([]byte, f.frame())}
	switch f.Tag {
	case tagMuLaw:
		w.law = codec.MuLaw
	case tagALaw:
		w.law = codec.ALaw
	}
	return w, nil
}

// Format is that of the file.
func (r *Reader) Format() Format { return r.format }

// Only gives one channel alone, the first being 0. There must be one of that
// number.
func (r *Reader) Only(channel int) { r.only = channel + 1 }

// Read fills dst with samples between -1 and 1 and returns their number; at
// the end it is zero, with [io.EOF]. A file that breaks off ends there.
func (r *Reader) Read(dst []float32) (int, error) {
	for i := range dst {
		if r.left >= 0 && r.left < int64(len(r.frame)) {
			return i, atEnd(i)
		}
		if _, err := io.ReadFull(r.in, r.frame); err != nil {
			if err != io.EOF && err != io.ErrUnexpectedEOF {
				return i, err
			}
			r.left = 0
			return i, atEnd(i)
		}
		if r.left >= 0 {
			r.left -= int64(len(r.frame))
		}
		dst[i] = r.mono()
	}
	return len(dst), nil
}

func atEnd(n int) error {
	if n == 0 {
		return io.EOF
	}
	return nil
}

func (r *Reader) mono() float32 {
	var sum float32
	width := r.format.Bits / 8
	if r.only > 0 {
		return r.sample(r.frame[(r.only-1)*width:])
	}
	for c := range r.format.Channels {
		sum += r.sample(r.frame[c*width:])
	}
	return sum / float32(r.format.Channels)
}

func (r *Reader) sample(b []byte) float32 {
	switch {
	case r.law != nil:
		var pcm [1]int16
		r.law.Decode(pcm[:], b[:1])
		return float32(pcm[0]) / (1 << 15)
	case r.format.Tag == tagFloat:
		v := math.Float32frombits(binary.LittleEndian.Uint32(b))
		if v != v {
			return 0
		}
		return min(max(v, -1), 1)
	case r.format.Bits == 8:
		return (float32(b[0]) - 128) / (1 << 7)
	case r.format.Bits == 16:
		return float32(int16(binary.LittleEndian.Uint16(b))) / (1 << 15)
	case r.format.Bits == 24:
		v := int32(uint32(b[0])<<8 | uint32(b[1])<<16 | uint32(b[2])<<24)
		return float32(v) / (1 << 31)
	}
	return float32(int32(binary.LittleEndian.Uint32(b))) / (1 << 31)
}
