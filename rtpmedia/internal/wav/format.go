package wav

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Tags of the fmt chunk (RFC 2361).
const (
	tagPCM        = 1
	tagFloat      = 3
	tagALaw       = 6
	tagMuLaw      = 7
	tagExtensible = 0xfffe
)

// ErrFormat is wrapped by every error about the content of a file.
var ErrFormat = errors.New("not a WAVE file that can be read")

// Format describes the samples of a file.
type Format struct {
	Tag      int // 1 PCM, 3 float, 6 A-law, 7 µ-law
	Channels int
	Rate     int // frames a second
	Bits     int // of one sample
}

// frame is how many bytes one sample of every channel takes.
func (f Format) frame() int { return f.Channels * f.Bits / 8 }

const (
	maxChannels = 8
	minRate     = 1000
	maxRate     = 384000
	maxChunks   = 1000
)

func (f Format) check() error {
	ok := false
	switch f.Tag {
	case tagPCM:
		ok = f.Bits == 8 || f.Bits == 16 || f.Bits == 24 || f.Bits == 32
	case tagFloat:
		ok = f.Bits == 32
	case tagALaw, tagMuLaw:
		ok = f.Bits == 8
	}
	switch {
	case !ok:
		return fmt.Errorf("%w: format %d with %d bits", ErrFormat, f.Tag, f.Bits)
	case f.Channels < 1 || f.Channels > maxChannels:
		return fmt.Errorf("%w: %d channels", ErrFormat, f.Channels)
	case f.Rate < minRate || f.Rate > maxRate:
		return fmt.Errorf("%w: %d samples a second", ErrFormat, f.Rate)
	}
	return nil
}

// readHeader reads up to the first sample and returns the size of the data: as
// the file says, or negative when it was written by something that could not
// go back and fill it in.
func readHeader(r io.Reader) (f Format, size int64, err error) {
	var riff [12]byte
	if _, err := io.ReadFull(r, riff[:]); err != nil {
		return f, 0, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if string(riff[:4]) != "RIFF" || string(riff[8:]) != "WAVE" {
		return f, 0, fmt.Errorf("%w: no RIFF header", ErrFormat)
	}
	for range maxChunks {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return f, 0, fmt.Errorf("%w: no data: %w", ErrFormat, err)
		}
		size = int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "fmt ":
			if f, err = readFormat(r, size); err != nil {
				return f, 0, err
			}
		case "data":
			return finishHeader(f, size)
		default:
			if err := skip(r, size+size&1); err != nil {
				return f, 0, err
			}
		}
	}
	return f, 0, fmt.Errorf("%w: too many chunks", ErrFormat)
}

func finishHeader(f Format, size int64) (Format, int64, error) {
	if f.Tag == 0 {
		return f, 0, fmt.Errorf("%w: data before format", ErrFormat)
	}
	if size == 0 || size >= 0xffffffff-0xff {
		size = -1 // a stream: everything up to the end
	}
	return f, size, f.check()
}

func readFormat(r io.Reader, size int64) (f Format, err error) {
	var body [40]byte
	n := min(size, int64(len(body)))
	if size < 16 {
		return f, fmt.Errorf("%w: format of %d bytes", ErrFormat, size)
	}
	if _, err := io.ReadFull(r, body[:n]); err != nil {
		return f, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	f = Format{
		Tag:      int(binary.LittleEndian.Uint16(body[0:])),
		Channels: int(binary.LittleEndian.Uint16(body[2:])),
		Rate:     int(binary.LittleEndian.Uint32(body[4:])),
		Bits:     int(binary.LittleEndian.Uint16(body[14:])),
	}
	if f.Tag == tagExtensible && n >= 26 {
		f.Tag = int(binary.LittleEndian.Uint16(body[24:]))
	}
	return f, skip(r, size-n+size&1)
}

func skip(r io.Reader, n int64) error {
	if _, err := io.CopyN(io.Discard, r, n); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return nil
}
