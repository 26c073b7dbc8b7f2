package wti

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// farewell bounds how long [Session.Close] waits for the server.
const farewell = 2 * time.Second

// Close stops the application session, closes the socket, and waits for every
// goroutine. A server that does not answer in two seconds is left behind. Monitors
// end with [ErrClosed]. Closing twice is harmless.
func (s *Session) Close() error {
	if l, err := s.current(); err == nil {
		ctx, cancel := context.WithTimeout(context.Background(), farewell)
		defer cancel()
		s.mu.Lock()
		id := l.started.SessionID
		s.mu.Unlock()
		_, _ = Do(ctx, s, csta.StopApplicationSession{
			SessionID: id, Reason: csta.SessionEndReason{Defined: "normal"},
		})
		s.mu.Lock()
		if s.closed == nil {
			s.closed = ErrClosed
		}
		s.mu.Unlock()
		l.socket.bye()
	}
	s.stop()
	s.wg.Wait()
	return nil
}

func isClosed(err error) bool { return errors.Is(err, ErrClosed) }

// Events yields what belongs to no monitor: route requests, link changes, the end
// of the session. It ends as [Monitor.Events] does. One consumer at a time.
func (s *Session) Events(ctx context.Context) iter.Seq2[Event, error] {
	return s.own.events(ctx)
}

// Err is nil while the session lives, and says why it ended afterwards.
func (s *Session) Err() error {
	_, err := s.current()
	return err
}
