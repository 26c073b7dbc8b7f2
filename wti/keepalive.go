package wti

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// keepAlive resets the application session's timer at a third of its actual
// duration until the connection ends: two resets may fail before the session does.
// Nothing else keeps it alive, neither requests nor pings (DMCC practice).
func (s *Session) keepAlive(l *link) {
	for {
		id, duration := l.session(s.o.Duration)
		select {
		case <-time.After(duration / 3):
		case <-l.done:
			return
		}
		if err := s.resetTimer(context.Background(), l, id); err != nil {
			s.log.Warn("session timer was not reset", "err", err)
			if f, ok := errors.AsType[*csta.Fault](err); ok && f.Code == csta.InvalidSessionID {
				l.end(fmt.Errorf("%w: %w", ErrTerminated, err))
				l.stop()
				return
			}
		}
	}
}

// session is the id of the application session and how long it lives.
func (l *link) session(asked time.Duration) (id string, duration time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if actual := time.Duration(l.started.ActualDuration) * time.Second; actual > 0 {
		asked = actual
	}
	return l.started.SessionID, asked
}

// resetTimer asks for another full duration and adopts what the server gives.
func (s *Session) resetTimer(ctx context.Context, l *link, id string) error {
	asked := int(s.o.Duration / time.Second)
	reset, err := doOn(ctx, s, l, csta.ResetApplicationSessionTimer{
		SessionID: id, Duration: asked,
	})
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if reset.ActualDuration > 0 {
		l.started.ActualDuration = reset.ActualDuration
	}
	if reset.Token != "" {
		l.started.Token = reset.Token
	}
	return nil
}
