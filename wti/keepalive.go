package wti

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// errLapsed ends a connection whose session must be over by the clock: no reset came
// through for its whole duration, though the socket itself may still be open.
var errLapsed = errors.New("wti: session timer ran out without an answer to a reset")

// keepAlive resets the application session's timer at each third of its actual
// duration until the connection ends: two resets may fail before the session does.
// Nothing else keeps it alive, neither requests nor pings (DMCC practice).
func (s *Session) keepAlive(l *link) {
	id, duration := l.session(s.o.Duration)
	begun := time.Now() // when the timer was last known to start
	ticker := time.NewTicker(duration / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-l.done:
			return
		}
		if time.Since(begun) >= duration {
			l.end(errLapsed)
			l.stop()
			return
		}
		if err := s.resetInTime(l, id, duration/3); err != nil {
			s.log.Warn("session timer was not reset", "err", err)
			if isSessionGone(err) {
				l.end(fmt.Errorf("%w: %w", ErrTerminated, err))
				l.stop()
				return
			}
			continue
		}
		begun = time.Now()
		if _, now := l.session(s.o.Duration); now != duration {
			duration = now
			ticker.Reset(duration / 3)
		}
	}
}

// isSessionGone reports whether a refusal of a reset says that there is no session any
// more: in so many words, or because its token is none.
func isSessionGone(err error) bool {
	f, ok := errors.AsType[*csta.Fault](err)
	return ok && (f.Code == csta.InvalidSessionID || strings.HasPrefix(f.Message, "HTTP 401"))
}

// resetInTime resets the timer unless that takes longer than limit, after which the
// next attempt is due.
func (s *Session) resetInTime(l *link, id string, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), min(limit, s.o.RequestTimeout))
	defer cancel()
	return s.resetTimer(ctx, l, id)
}

// session is the id of the application session and how long it lives.
func (l *link) session(asked time.Duration) (id string, duration time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if seconds := l.started.ActualDuration; seconds > 0 {
		asked = time.Duration(min(seconds, maxDuration)) * time.Second
	}
	return l.started.SessionID, asked
}

// maxDuration bounds what a server may say, in seconds: a day.
const maxDuration = 24 * 60 * 60

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
