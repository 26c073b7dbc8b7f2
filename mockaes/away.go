package mockaes

import (
	"errors"
	"log/slog"
	"net/http"
	"time"
)

// Away does to clients what a restart of AES's host does: nobody listens for d, which
// refuses whoever connects, /mock included; every connection is cut; and sessions with
// all that they hold are gone unless they are kept. The switch and its calls go on. Who
// calls it again meanwhile begins the time anew.
func (s *Server) Away(d time.Duration, keepSessions bool) {
	s.log.Info("away", slog.Duration("for", d), slog.Bool("sessions kept", keepSessions))
	s.mu.Lock()
	s.aways++
	turn := s.aways
	s.door.Leave()
	s.mu.Unlock()
	s.Restart(keepSessions)
	s.opts.Clock.AfterFunc(max(d, 0), func() { s.comeBack(turn) })
}

// returnTime is the pause before another attempt to listen where somebody else does.
const returnTime = 100 * time.Millisecond

// comeBack listens again, unless the server has gone away once more. Who has taken the port
// meanwhile must leave it first.
func (s *Server) comeBack(turn int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.aways != turn {
		return
	}
	if err := s.door.Return(); err != nil {
		s.log.Warn("not back yet", slog.Any("error", err))
		s.opts.Clock.AfterFunc(returnTime, func() { s.comeBack(turn) })
		return
	}
	s.log.Info("back")
}

func (s *Server) adminAway(r *http.Request) (any, error) {
	body, err := read[struct {
		For  span `json:"for"`
		Keep bool `json:"keepSessions"`
	}](r)
	if err == nil && body.For <= 0 {
		err = badRequest(errors.New("for: a time such as 20s is missing"))
	}
	if err == nil {
		s.Away(time.Duration(body.For), body.Keep)
	}
	return body, err
}
