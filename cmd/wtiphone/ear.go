package main

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// ear is a sink that remembers the last second that it heard, so that a story can
// say what was really heard and not only that packets came.
type ear struct {
	mu   sync.Mutex
	pcm  [rtpmedia.SampleRate]int16
	next int
	all  int // samples heard since the last reset
}

// WriteFrame keeps a frame.
func (e *ear) WriteFrame(pcm []int16) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, sample := range pcm {
		e.pcm[e.next] = sample
		e.next = (e.next + 1) % len(e.pcm)
	}
	e.all += len(pcm)
	return nil
}

// forget makes the ear wait for new sound.
func (e *ear) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = 0
}

// last returns the newest half second, nil while less than that was heard.
func (e *ear) last() []int16 {
	e.mu.Lock()
	defer e.mu.Unlock()
	const n = rtpmedia.SampleRate / 2
	if e.all < n {
		return nil
	}
	out := make([]int16, n)
	for i := range out {
		out[i] = e.pcm[(e.next-n+i+len(e.pcm))%len(e.pcm)]
	}
	return out
}

// quiet is the level below which nothing is heard, in dBFS.
const quiet = -60.0

// hears waits until the last half second is a tone of that frequency.
func (e *ear) hears(ctx context.Context, hz float64) (string, error) {
	return e.until(ctx, func(pcm []int16) bool {
		return rtpmedia.Level(pcm) > -40 && math.Abs(pitch(pcm)-hz) < hz/50
	})
}

// until listens until what was heard fits, and says what that was.
func (e *ear) until(ctx context.Context, fits func([]int16) bool) (seen string, err error) {
	e.forget()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	seen = "nothing came"
	for {
		select {
		case <-ctx.Done():
			return seen, ctx.Err()
		case <-tick.C:
		}
		if pcm := e.last(); pcm != nil {
			seen = describe(pcm)
			if fits(pcm) {
				return seen, nil
			}
		}
	}
}

func describe(pcm []int16) string {
	level := rtpmedia.Level(pcm)
	if level < quiet {
		return "silence"
	}
	return fmt.Sprintf("%.0f Hz at %.0f dBFS", pitch(pcm), level)
}

// pitch is the frequency of a tone, by its zero crossings.
func pitch(pcm []int16) float64 {
	crossings := 0
	for i := 1; i < len(pcm); i++ {
		if pcm[i-1] < 0 && pcm[i] >= 0 {
			crossings++
		}
	}
	return float64(crossings) * rtpmedia.SampleRate / float64(len(pcm))
}

// hearsNothingOrEnds waits until a held call is silent: the switch may send silence
// or stop the stream, and both are quiet.
func (e *ear) hearsNothingOrEnds(ctx context.Context, p *phone.Phone) (string, error) {
	quietly, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { // ends when either is seen, or with ctx
		stopped := func(s phone.State) bool { return !s.Media.Active }
		if _, err := p.Await(quietly, stopped); err == nil {
			cancel()
		}
	}()
	seen, err := e.until(quietly, func(pcm []int16) bool { return rtpmedia.Level(pcm) < quiet })
	if err != nil && ctx.Err() == nil && !p.State().Media.Active {
		return "the stream was stopped", nil
	}
	return seen, err
}
