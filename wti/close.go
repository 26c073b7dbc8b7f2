package wti

import (
	"context"
	"iter"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// farewell bounds how long [Session.Close] waits for the server.
const farewell = 2 * time.Second

// Close stops the application session, closes the connection, and waits for every
// goroutine. A server that does not answer in two seconds is left behind. Monitors
// end with [ErrClosed]. Closing twice is harmless.
func (s *Session) Close() error {
	if l, err := s.current(); err == nil {
		// Before the farewell: a server that hangs up on it must not be come back to.
		s.end(ErrClosed)
		ctx, cancel := context.WithTimeout(context.Background(), farewell)
		defer cancel()
		id, _ := l.session(0)
		_, _ = doOn(ctx, s, l, csta.StopApplicationSession{
			SessionID: id, Reason: csta.SessionEndReason{Defined: "normal"},
		})
		impatient := time.AfterFunc(farewell, l.carrier.Abandon)
		l.carrier.Bye()
		impatient.Stop()
	}
	s.end(ErrClosed)
	s.stop()
	s.wg.Wait()
	return nil
}

// end makes err the reason why the session is over, unless there is one already,
// and returns the reason.
func (s *Session) end(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed == nil {
		s.closed = err
	}
	s.link = nil
	return s.closed
}

// Events yields what belongs to no monitor: route requests, link changes, the end
// of the session, and each [Gap]. It ends as [Monitor.Events] does. One consumer at
// a time.
func (s *Session) Events(ctx context.Context) iter.Seq2[Event, error] {
	return s.own.events(ctx)
}

// Err is nil while the session lives, healing included, and says why it ended
// afterwards.
func (s *Session) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}
