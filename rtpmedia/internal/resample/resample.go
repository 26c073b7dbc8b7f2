package resample

import "io"

// Resampler changes the rate of a stream. What is above half of the lower rate is
// filtered out first. At the rate of its input it gives that, to the bit.
type Resampler struct {
	read   func([]float32) (int, error)
	from   int
	to     int
	filter *filter

	input []float32
	held  int
	at    float64 // place of the next output sample in input
	keep  int     // samples before it that may still be needed
	ended bool
}

// block is how many samples are read at most at a time.
const block = 2048

// New gives what read gives, at the rate to rather than from; both are samples a
// second. Before comes what was before the first sample, for a stream that goes on.
func New(read func([]float32) (int, error), from, to int, before ...float32) *Resampler {
	r := &Resampler{read: read, from: from, to: to, filter: filterFor(from, to)}
	// No rate that is asked for later is below a session's lowest.
	r.keep = halfOf(from, min(to, narrow))
	r.input = make([]float32, 2*r.keep+block)
	before = before[max(len(before)-r.keep, 0):]
	copy(r.input[r.keep-len(before):], before)
	r.held, r.at = r.keep, float64(r.keep)
	return r
}

// Retune changes the rate that is asked for, to 8 kHz or more.
func (r *Resampler) Retune(to int) {
	if to != r.to {
		r.to, r.filter = to, filterFor(r.from, to)
	}
}

// Read fills dst and returns the number of samples; at the end it is zero, with
// [io.EOF]. After another error it can be called again.
func (r *Resampler) Read(dst []float32) (int, error) {
	for i := range dst {
		for int(r.at)+r.filter.half >= r.held {
			if r.ended {
				return i, atEnd(i)
			}
			if err := r.fill(len(dst) - i); err != nil {
				return i, err
			}
		}
		dst[i] = r.filter.at(r.input, r.at)
		r.at += r.filter.step
	}
	return len(dst), nil
}

func atEnd(n int) error {
	if n == 0 {
		return io.EOF
	}
	return nil
}

// fill moves what is still needed to the front and reads more: what so many output
// samples take, so that nothing is read long before it is heard.
func (r *Resampler) fill(outputs int) error {
	r.forget()
	last := int(r.at+r.filter.step*float64(outputs-1)) + r.filter.half
	want := min(max(last+1-r.held, 1), block, len(r.input)-r.held)
	n, err := r.read(r.input[r.held : r.held+want])
	r.held += n
	if err == io.EOF {
		r.ended = true
		tail := min(r.filter.half, len(r.input)-r.held)
		clear(r.input[r.held : r.held+tail])
		r.held += tail
		return nil
	}
	return err
}

// push adds samples to what was read.
func (r *Resampler) push(pcm []int16) {
	r.forget()
	if more := r.held + len(pcm) - len(r.input); more > 0 {
		r.input = append(r.input, make([]float32, more)...)
	}
	for _, v := range pcm {
		r.input[r.held] = float32(v) / (1 << 15)
		r.held++
	}
}

// forget drops what is not needed any more.
func (r *Resampler) forget() {
	used := min(max(int(r.at)-r.keep, 0), r.held)
	r.held = copy(r.input, r.input[used:r.held])
	r.at -= float64(used)
}
