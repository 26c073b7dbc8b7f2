package phone_test

import (
	"sync"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// level is a sink that knows how loud the last frame was.
type level struct {
	mu   sync.Mutex
	last float64
}

func (l *level) WriteFrame(pcm []int16) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = rtpmedia.Level(pcm)
	return nil
}

func (l *level) get() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}
