package wav

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// headerSize is that of a file with a fmt chunk of 16 bytes and one of data.
const headerSize = 44

// Writer makes a file of 16 bit PCM.
type Writer struct {
	out      io.WriteSeeker
	rate     int
	channels int
	written  int64 // bytes of samples
	buffer   []byte
}

// NewWriter writes a header to out, which the caller closes after
// [Writer.Finish].
func NewWriter(out io.WriteSeeker, rate, channels int) (*Writer, error) {
	w := &Writer{out: out, rate: rate, channels: channels}
	if err := w.header(); err != nil {
		return nil, err
	}
	return w, nil
}

// SetRate changes the rate of a file that holds no samples yet.
func (w *Writer) SetRate(rate int) error {
	w.rate = rate
	return w.Finish()
}

// Write appends samples; those of several channels take turns.
func (w *Writer) Write(pcm []int16) error {
	if w.written+int64(2*len(pcm)) > math.MaxUint32-headerSize {
		return fmt.Errorf("%w: longer than 4 GiB", ErrFormat)
	}
	w.buffer = w.buffer[:0]
	for _, v := range pcm {
		w.buffer = binary.LittleEndian.AppendUint16(w.buffer, uint16(v))
	}
	n, err := w.out.Write(w.buffer)
	w.written += int64(n)
	return err
}

// Finish fills in the sizes.
func (w *Writer) Finish() error {
	if _, err := w.out.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return w.header()
}

func (w *Writer) header() error {
	block := w.channels * 2
	b := make([]byte, 0, headerSize)
	b = append(b, "RIFF"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(w.written+headerSize-8))
	b = append(b, "WAVEfmt "...)
	b = binary.LittleEndian.AppendUint32(b, 16)
	b = binary.LittleEndian.AppendUint16(b, tagPCM)
	b = binary.LittleEndian.AppendUint16(b, uint16(w.channels))
	b = binary.LittleEndian.AppendUint32(b, uint32(w.rate))
	b = binary.LittleEndian.AppendUint32(b, uint32(w.rate*block))
	b = binary.LittleEndian.AppendUint16(b, uint16(block))
	b = binary.LittleEndian.AppendUint16(b, 16)
	b = append(b, "data"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(w.written))
	_, err := w.out.Write(b)
	return err
}
