package wti

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// run owns the connection: it waits for its end and heals, until the session is
// closed or cannot be healed.
func (s *Session) run(ctx context.Context, l *link) {
	err := s.keepLive(ctx, l)
	err = s.end(err)
	s.status.set(func(st *Status) { st.State, st.Why = Lost, err })
	s.routes.end(err)
	s.own.end(err)
	s.door.Close()
}

// keepLive returns why the session is over.
func (s *Session) keepLive(ctx context.Context, l *link) error {
	wait := newBackoff(s.o.Backoff, s.o.MaxBackoff)
	for {
		live := time.Now()
		s.attend(ctx, l)
		l.shut(ErrClosed)
		if ctx.Err() != nil || s.Err() != nil {
			return ErrClosed
		}
		lost := time.Now()
		if lost.Sub(live) >= steady {
			wait.reset()
		}
		s.mu.Lock()
		s.link = nil
		s.mu.Unlock()
		why := fmt.Errorf("%w: %w", ErrConnectionLost, l.cause())
		s.log.Warn("connection lost", "epoch", l.epoch, "err", l.cause())
		s.status.set(func(st *Status) { st.State, st.Why, st.Tries = Healing, why, 0 })
		s.routes.hold()
		next, err := s.heal(ctx, l, lost, wait)
		if err != nil {
			return err
		}
		l = next
	}
}

// attend minds what events give cause for until the connection or the session is over.
func (s *Session) attend(ctx context.Context, l *link) {
	for {
		select {
		case <-s.links.wake:
			s.mind(ctx, l)
		case <-l.done:
			return
		case <-ctx.Done():
			return
		}
	}
}

// steady is how long a connection must have lived before its loss is answered at
// once. A server that takes connections and drops them must not be hammered by every
// client that it has.
const steady = 5 * time.Second

// heal makes connections until one is as good as the lost one was.
func (s *Session) heal(ctx context.Context, old *link, lost time.Time, wait *backoff,
) (*link, error) {
	epoch := old.epoch
	for try := 0; ; try++ {
		if err := wait.pause(ctx); err != nil {
			return nil, ErrClosed
		}
		epoch++
		address := s.addresses[try%len(s.addresses)]
		s.status.set(func(st *Status) { st.Address, st.Tries, st.Epoch = address, try+1, epoch })
		l, err := s.reconnect(ctx, old, epoch, address)
		if err == nil {
			err = s.restore(ctx, l, old, lost)
			if err == nil {
				return l, nil
			}
			l.shut(err)
		}
		if ctx.Err() != nil {
			return nil, ErrClosed
		}
		if errors.Is(err, ErrUnauthorized) {
			return nil, err
		}
		s.log.Info("connection not healed yet", "epoch", epoch, "address", address, "err", err)
		s.status.set(func(st *Status) { st.Why = err })
	}
}

// reconnect opens a connection: with the old session's token first, since a server may
// know a session that still lives by it, then with the credentials.
func (s *Session) reconnect(ctx context.Context, old *link, epoch uint64, address string,
) (*link, error) {
	token := string(old.token())
	if token != "" && address == old.address && !errors.Is(old.cause(), ErrTerminated) {
		l, err := s.connect(ctx, ctx, epoch, address, token)
		if err == nil || !errors.Is(err, ErrUnauthorized) {
			return l, err
		}
	}
	return s.connect(ctx, ctx, epoch, address, "")
}
