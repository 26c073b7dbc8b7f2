package rtpmedia

import "sync"

// A device takes samples in blocks of its own size and at its own clock; an
// elastic ring lies between it and frames. These are its sizes in samples.
const (
	elasticSize  = 16 * FrameSamples
	elasticPrime = 2 * FrameSamples // to be there before the first is given out
	elasticMost  = 8 * FrameSamples // more than that is delay that nobody wants
)

// elastic holds samples between two clocks. The zero value is empty.
type elastic struct {
	mu     sync.Mutex
	buffer [elasticSize]int16
	next   int // place of the oldest
	held   int
	primed bool
}

// put adds pcm, and forgets the oldest when too much is held.
func (e *elastic) put(pcm []int16) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(pcm) > elasticMost {
		pcm = pcm[len(pcm)-elasticMost:]
	}
	for _, v := range pcm {
		e.buffer[(e.next+e.held)%elasticSize] = v
		e.held++
	}
	if over := e.held - elasticMost; over > 0 {
		e.next = (e.next + over + elasticPrime) % elasticSize
		e.held -= over + elasticPrime
	}
}

// get fills pcm, with silence where nothing is held.
func (e *elastic) get(pcm []int16) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.held >= elasticPrime {
		e.primed = true
	}
	n := 0
	if e.primed {
		n = min(len(pcm), e.held)
	}
	for i := range n {
		pcm[i] = e.buffer[(e.next+i)%elasticSize]
	}
	e.next = (e.next + n) % elasticSize
	e.held -= n
	if n < len(pcm) {
		e.primed = false
		clear(pcm[n:])
	}
}

// fill and take are get and put as the device library calls them.
func (e *elastic) fill(pcm []int16) (int, error) {
	e.get(pcm)
	return len(pcm), nil
}

func (e *elastic) take(pcm []int16) (int, error) {
	e.put(pcm)
	return len(pcm), nil
}
