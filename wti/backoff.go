package wti

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff is the pauses between attempts: none before the first, then random ones
// whose bound doubles (full jitter), until it is reset.
type backoff struct {
	first, most time.Duration
	bound       time.Duration // of the next pause
	begun       bool
}

func newBackoff(first, most time.Duration) *backoff {
	return &backoff{first: first, most: most, bound: first}
}

func (b *backoff) reset() { b.bound, b.begun = b.first, false }

// pause waits before the next attempt, or for the context.
func (b *backoff) pause(ctx context.Context) error {
	if !b.begun {
		b.begun = true
		return ctx.Err()
	}
	wait := rand.N(b.bound) + b.bound/10
	b.bound = min(2*b.bound, b.most)
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
