package rtpmedia

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"sync"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/wav"
)

// WAVReader is a sound file as a source. A frame that is read after Close is
// an error.
type WAVReader struct {
	mu     sync.Mutex
	file   *os.File
	read   func([]float32) (int, error)
	format wav.Format
	only   func(channel int)
	frame  [FrameSamples]float32
	closed bool
}

// OpenWAV opens a WAVE file as a source: PCM of 8, 16, 24 or 32 bits, floats,
// or G.711; at any rate, with its channels mixed into one. Files of 8 kHz and 16
// bits come out to the bit.
func OpenWAV(path string) (*WAVReader, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: OpenWAV: %w", err)
	}
	in, err := wav.NewReader(file)
	if err != nil {
		_ = file.Close() // the first error is the one to tell
		return nil, fmt.Errorf("rtpmedia: OpenWAV: %s: %w", path, err)
	}
	w := &WAVReader{file: file, read: in.Read, format: in.Format(), only: in.Only}
	if rate := w.format.Rate; rate != SampleRate {
		w.read = wav.NewResampler(in.Read, rate, SampleRate).Read
	}
	return w, nil
}

// Channels is how many the file has.
func (w *WAVReader) Channels() int { return w.format.Channels }

// Only gives one channel of the file alone, the first being 0, from the next
// frame on.
func (w *WAVReader) Only(channel int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if channel < 0 || channel >= w.format.Channels {
		return fmt.Errorf("rtpmedia: WAVReader: no channel %d of %d", channel, w.format.Channels)
	}
	w.only(channel)
	return nil
}

// ReadFrame gives the next frame. The last one is filled up with silence.
func (w *WAVReader) ReadFrame(pcm []int16) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return fmt.Errorf("rtpmedia: WAVReader: %w", os.ErrClosed)
	}
	held := 0
	want := min(len(pcm), len(w.frame))
	for held < want {
		n, err := w.read(w.frame[held:want])
		held += n
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("rtpmedia: WAVReader: %w", err)
		}
	}
	if held == 0 {
		return io.EOF
	}
	for i, v := range w.frame[:held] {
		pcm[i] = toInt16(v)
	}
	clear(pcm[held:])
	return nil
}

// Close closes the file.
func (w *WAVReader) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	return w.file.Close()
}

func toInt16(v float32) int16 {
	return int16(min(max(math.Round(float64(v)*(1<<15)), -32768), 32767))
}

// WAVWriter is a sound file as a sink: 8 kHz, 16 bits, one channel.
type WAVWriter struct {
	mu     sync.Mutex
	file   *os.File
	buffer *seekBuffer
	wav    *wav.Writer
	closed bool
}

// CreateWAV makes a file, or empties the one that is there. It can be played
// once Close has completed its header.
func CreateWAV(path string) (*WAVWriter, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: CreateWAV: %w", err)
	}
	w := &WAVWriter{file: file, buffer: &seekBuffer{bufio.NewWriter(file), file}}
	if w.wav, err = wav.NewWriter(w.buffer, SampleRate, 1); err != nil {
		_ = file.Close() // the first error is the one to tell
		return nil, fmt.Errorf("rtpmedia: CreateWAV: %w", err)
	}
	return w, nil
}

// WriteFrame appends pcm.
func (w *WAVWriter) WriteFrame(pcm []int16) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return fmt.Errorf("rtpmedia: WAVWriter: %w", os.ErrClosed)
	}
	if err := w.wav.Write(pcm); err != nil {
		return fmt.Errorf("rtpmedia: WAVWriter: %w", err)
	}
	return nil
}

// Close completes the header and closes the file. A second call does nothing.
func (w *WAVWriter) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	err := w.wav.Finish()
	if e := w.buffer.Flush(); err == nil {
		err = e
	}
	if e := w.file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("rtpmedia: WAVWriter: %w", err)
	}
	return nil
}

// seekBuffer is a buffered file that can go back to its start.
type seekBuffer struct {
	*bufio.Writer
	file *os.File
}

// Seek writes what is held and moves the file.
func (b *seekBuffer) Seek(offset int64, whence int) (int64, error) {
	if err := b.Flush(); err != nil {
		return 0, err
	}
	return b.file.Seek(offset, whence)
}
