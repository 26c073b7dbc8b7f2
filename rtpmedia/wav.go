package rtpmedia

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/resample"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/wav"
)

// WAVReader is a sound file as a source. A frame that is read after Close is
// an error.
type WAVReader struct {
	mu     sync.Mutex
	file   *os.File
	stream *resample.Resampler
	format wav.Format
	only   func(channel int)
	frame  [WideSamples]float32
	closed bool
}

// OpenWAV opens a WAVE file as a source: PCM of 8, 16, 24 or 32 bits, floats,
// or G.711; at any rate, with its channels mixed into one. Samples of 16 bits come out
// to the bit in frames of the file's own rate.
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
	f := in.Format()
	return &WAVReader{
		file: file, stream: resample.New(in.Read, f.Rate, SampleRate), format: f, only: in.Only,
	}, nil
}

// Channels is how many the file has.
func (w *WAVReader) Channels() int { return w.format.Channels }

// Rate is how many samples a second the file has.
func (w *WAVReader) Rate() int { return w.format.Rate }

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
	n, err := w.Read(pcm)
	clear(pcm[n:])
	return err
}

// Read gives the next samples and returns how many: as many as fit, at most a frame, and fewer
// only at the end of the file. After the last the error is [io.EOF].
func (w *WAVReader) Read(pcm []int16) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return 0, fmt.Errorf("rtpmedia: WAVReader: %w", os.ErrClosed)
	}
	w.stream.Retune(RateOf(pcm))
	frame := w.frame[:min(len(pcm), len(w.frame))]
	n, err := w.stream.Read(frame)
	if err == io.EOF {
		return 0, io.EOF
	}
	if err != nil {
		return 0, fmt.Errorf("rtpmedia: WAVReader: %w", err)
	}
	for i, v := range frame[:n] {
		pcm[i] = resample.Sample(v)
	}
	return n, nil
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

// WAVWriter is a sound file as a sink: 16 bits, one channel, at the rate of its first
// frame, or the higher one that [WAVWriter.Expect] tells of. What has another rate is
// converted.
type WAVWriter struct {
	mu     sync.Mutex
	file   *os.File
	buffer *seekBuffer
	wav    *wav.Writer
	tuned  tuned
	begun  bool // the rate is settled
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

// Expect says that frames of a rate, [SampleRate] or [WideRate], may come, as
// [Recorder.Expect] does.
func (w *WAVWriter) Expect(rate int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.begun && rate == WideRate {
		w.tuned.rate = rate
		w.tuned.convert()
	}
}

// WriteFrame appends pcm.
func (w *WAVWriter) WriteFrame(pcm []int16) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return fmt.Errorf("rtpmedia: WAVWriter: %w", os.ErrClosed)
	}
	if !w.begun {
		w.begun, w.tuned.rate = true, max(w.tuned.rate, RateOf(pcm))
		if err := w.wav.SetRate(w.tuned.rate); err != nil {
			return fmt.Errorf("rtpmedia: WAVWriter: %w", err)
		}
	}
	if err := w.wav.Write(w.tuned.frame(pcm)); err != nil {
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
