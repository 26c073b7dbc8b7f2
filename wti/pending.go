package wti

import (
	"errors"
	"sync"

	"github.com/wtiphone/wtiphone/internal/wire"
)

// answer is what a request ends with: the frame that answers it, or why none will.
type answer struct {
	frame wire.Frame
	err   error
}

// waiting is one request without an answer.
type waiting struct {
	name  string
	reply chan<- answer // room for one, so that whoever answers never waits
	// first sees a positive answer on the reader's goroutine, before any frame behind it:
	// a monitor must exist before its first event is routed. May be nil.
	first func(payload []byte)
}

// pending holds requests that wait for an answer. Whoever removes an entry owns its
// channel and sends on it exactly once.
type pending struct {
	mu   sync.Mutex
	last int64
	wait map[int64]waiting
	dead error // why no request can be answered any more
}

// maxInvokeID is the largest id of a request; DMCC keeps 9999 for events.
const maxInvokeID = 9998

var errTooManyRequests = errors.New("wti: too many requests outstanding")

// add takes a free id for a request.
func (p *pending) add(w waiting) (int64, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dead != nil {
		return 0, p.dead
	}
	if len(p.wait) >= maxInvokeID {
		return 0, errTooManyRequests
	}
	for {
		p.last = p.last%maxInvokeID + 1
		if _, taken := p.wait[p.last]; !taken {
			break
		}
	}
	if p.wait == nil {
		p.wait = make(map[int64]waiting)
	}
	p.wait[p.last] = w
	return p.last, nil
}

// take removes the request with that id.
func (p *pending) take(id int64) (waiting, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w, ok := p.wait[id]
	delete(p.wait, id)
	return w, ok
}

// takeNamed removes the oldest request of that name, for servers that do not echo
// the id.
func (p *pending) takeNamed(matches func(name string) bool) (waiting, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	oldest, age := int64(0), int64(-1)
	for id, w := range p.wait {
		// Ids are handed out in a ring: the distance behind the last one is the age.
		if a := (p.last - id + maxInvokeID) % maxInvokeID; matches(w.name) && a > age {
			oldest, age = id, a
		}
	}
	w, ok := p.wait[oldest]
	delete(p.wait, oldest)
	return w, ok
}

// fail answers every request with err, and every later one.
func (p *pending) fail(err error) {
	p.mu.Lock()
	left := p.wait
	p.wait, p.dead = nil, err
	p.mu.Unlock()
	for _, w := range left {
		w.reply <- answer{err: err}
	}
}
