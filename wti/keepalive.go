package wti

import (
	"context"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// keepAlive resets the application session's timer at a third of its actual
// duration: two resets may fail before the session ends. Nothing else keeps it
// alive, neither requests nor pings (DMCC practice).
func (s *Session) keepAlive(ctx context.Context, l *link) {
	select {
	case <-l.begun:
	case <-ctx.Done():
		return
	}
	for {
		s.mu.Lock()
		id, duration := l.started.SessionID, l.duration(s.o.Duration)
		s.mu.Unlock()
		select {
		case <-time.After(duration / 3):
			s.resetTimer(ctx, l, id)
		case <-ctx.Done():
			return
		}
	}
}

// resetTimer asks for another full duration and adopts what the server gives. A
// refusal is logged; the next reset may succeed, and a session that is over is told
// by its own event or by the end of the socket.
func (s *Session) resetTimer(ctx context.Context, l *link, id string) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	asked := int(s.o.Duration / time.Second)
	reset, err := Do(ctx, s, csta.ResetApplicationSessionTimer{SessionID: id, Duration: asked})
	if err != nil {
		if ctx.Err() == nil {
			s.log.Warn("session timer was not reset", "err", err)
		}
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if reset.ActualDuration > 0 {
		l.started.ActualDuration = reset.ActualDuration
	}
	if reset.Token != "" {
		l.started.Token = reset.Token
	}
}

// probe pings a socket so that a dead one is noticed: a peer that is gone without a
// word would otherwise look like one with nothing to say.
func (s *Session) probe(ctx context.Context, l *link) {
	for {
		select {
		case <-time.After(s.o.PingInterval):
		case <-ctx.Done():
			return
		}
		if err := l.socket.ping(ctx, s.o.PingInterval); err != nil && ctx.Err() == nil {
			s.log.Warn("socket did not answer a ping", "err", err)
			l.socket.abandon()
			return
		}
	}
}
