package mockaes

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// protocols are the versions that the server speaks (WTI forum).
var protocols = []string{"10.2.0", "10.1.0"}

// startRequest is StartApplicationSession with the member that only DMCC's XML is
// known to have.
type startRequest struct {
	csta.StartApplicationSession
	CleanupDelay int `json:"SessionCleanupDelay"` // seconds
}

// startSession opens a session, or takes up one that is still there.
func startSession(c *conn, req startRequest) (none csta.SessionStarted, err error) {
	if req.AppID == "" {
		return none, csta.Refuse(csta.InvalidApplicationInfo)
	}
	protocol := protocols[0]
	if len(req.Protocols) > 0 {
		i := slices.IndexFunc(req.Protocols, func(p string) bool {
			return slices.Contains(protocols, p)
		})
		if i < 0 {
			return none, csta.Refuse(csta.ProtocolNotSupported)
		}
		protocol = req.Protocols[i]
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	held, err := s.sessionFor(c, req)
	if err != nil {
		return none, err
	}
	return csta.SessionStarted{
		SessionID: held.id, Token: csta.Secret(held.token),
		ActualDuration: int(held.duration / time.Second), ActualProtocol: protocol,
	}, nil
}

// sessionFor finds the session to take up again or opens one. The caller holds mu.
func (s *Server) sessionFor(c *conn, req startRequest) (*session, error) {
	duration := s.clamp(req.Duration)
	current := c.session.Load()
	if req.SessionID != "" {
		held := s.sessions[req.SessionID]
		if held == nil || held.user != c.user || (!s.dialect.Resume && held != current) {
			return nil, csta.Refuse(csta.InvalidSessionID)
		}
		s.bind(held, c)
		held.duration = duration
		held.restart()
		return held, nil
	}
	if current != nil || len(s.sessions) >= s.opts.Limits.Sessions {
		return nil, csta.Refuse(csta.MaxNumberSessions)
	}
	cleanup := s.opts.Limits.CleanupDelay
	if req.CleanupDelay > 0 {
		cleanup = min(time.Duration(req.CleanupDelay)*time.Second, s.opts.Limits.MaxDuration)
	}
	return s.open(c, duration, cleanup), nil
}

// defaultDuration is that of a client that does not say (general knowledge).
const defaultDuration = 180 * time.Second

// clamp makes a duration of what was asked for in seconds.
func (s *Server) clamp(seconds int) time.Duration {
	d := defaultDuration
	if seconds > 0 {
		d = time.Duration(min(seconds, 1<<20)) * time.Second
	}
	return min(max(d, s.opts.Limits.MinDuration), s.opts.Limits.MaxDuration)
}

// resetRequest is ResetApplicationSessionTimer in both spellings of the duration.
type resetRequest struct {
	csta.ResetApplicationSessionTimer
	Other int `json:"SessionDuration"` // seconds
}

// resetTimer gives the connection's session another life. A connection that has none
// may name one that lost its connection, and goes on with that.
func resetTimer(c *conn, req resetRequest) (none csta.SessionTimerReset, err error) {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	held := c.session.Load()
	if held == nil && s.dialect.Resume {
		held = s.sessions[req.SessionID]
	}
	if held == nil || held.lapsed || held.user != c.user ||
		(req.SessionID != "" && req.SessionID != held.id) {
		return none, csta.Refuse(csta.InvalidSessionID)
	}
	if asked := max(req.Duration, req.Other); asked > 0 {
		held.duration = s.clamp(asked)
	}
	s.bind(held, c)
	held.restart()
	return csta.SessionTimerReset{ActualDuration: int(held.duration / time.Second)}, nil
}

// stopSession ends the session and, once that is answered, the connection.
func stopSession(c *conn, req csta.StopApplicationSession) (none csta.Empty, err error) {
	held, err := c.live()
	if err != nil {
		return none, err
	}
	if req.SessionID != "" && req.SessionID != held.id {
		return none, csta.Refuse(csta.InvalidSessionID)
	}
	held.server.mu.Lock()
	defer held.server.mu.Unlock()
	held.end()
	c.leaving = true
	return none, nil
}
