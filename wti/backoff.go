package wti

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff is the pauses between attempts: none before the first, then random ones
// whose bound doubles (full jitter).
type backoff struct {
	bound, most time.Duration
	begun       bool
}

func newBackoff(first, most time.Duration) *backoff {
	return &backoff{bound: first, most: most}
}

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
