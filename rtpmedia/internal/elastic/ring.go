package elastic

import "sync"

// frame is 20 ms at the rate of devices, 16 kHz.
const frame = 320

// Sizes in samples.
const (
	size  = 16 * frame
	prime = 2 * frame // to be there before the first is given out
	most  = 8 * frame // more than that is delay that nobody wants
)

// Ring holds samples between two clocks. All methods may be called at any time
// from any goroutine.
type Ring struct {
	mu     sync.Mutex
	buffer [size]int16
	next   int // place of the oldest
	held   int
	primed bool
}

// Put adds pcm, and forgets the oldest when too much is held.
func (e *Ring) Put(pcm []int16) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(pcm) > most {
		pcm = pcm[len(pcm)-most:]
	}
	for _, v := range pcm {
		e.buffer[(e.next+e.held)%size] = v
		e.held++
	}
	if over := e.held - most; over > 0 {
		e.next = (e.next + over + prime) % size
		e.held -= over + prime
	}
}

// Get fills pcm, with silence where nothing is held.
func (e *Ring) Get(pcm []int16) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.held >= prime {
		e.primed = true
	}
	n := 0
	if e.primed {
		n = min(len(pcm), e.held)
	}
	for i := range n {
		pcm[i] = e.buffer[(e.next+i)%size]
	}
	e.next = (e.next + n) % size
	e.held -= n
	if n < len(pcm) {
		e.primed = false
		clear(pcm[n:])
	}
}

// Fill is Get as the device library calls it.
func (e *Ring) Fill(pcm []int16) (int, error) {
	e.Get(pcm)
	return len(pcm), nil
}

// Take is Put as the device library calls it.
func (e *Ring) Take(pcm []int16) (int, error) {
	e.Put(pcm)
	return len(pcm), nil
}
