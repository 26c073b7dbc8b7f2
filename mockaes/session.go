package mockaes

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// session is an application session: what a user holds, and a time to live. It
// outlives its connection by the cleanup delay, so that the client can come back.
type session struct {
	server  *Server
	id      string
	token   string
	user    *User
	cleanup time.Duration

	callsOnly atomic.Bool // it wants to hear of calls, not of telephones

	conn atomic.Pointer[conn] // where events go; written under the server's mu

	// Guarded by the server's mu.
	duration time.Duration
	target   string // where events are posted that belong to no monitor; REST only
	lapsed   bool   // the timer has run out; only the cleanup delay is left
	ended    bool
	timer    clock.Timer
	turn     int // of the timers: those of earlier turns have nothing to say
	monitors map[csta.MonitorCrossRefID]*monitor
	// listeners is how many the session has in the server's.
	listeners int
	owners    []*owner // its own first, then those that it took over
	claims    map[string]*claim
	routings  map[csta.RouteRegisterID]routing
}

// secretsFrom is where session ids and tokens come from. Nobody can guess them, unless
// a seed was given for the sake of journals that are alike.
func secretsFrom(seed uint64) io.Reader {
	if seed == 0 {
		return rand.Reader
	}
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return mathrand.NewChaCha8(key)
}

// open makes a session for a connection. The caller holds mu.
func (s *Server) open(c *conn, duration, cleanup time.Duration) *session {
	var raw [40]byte
	_, _ = s.secrets.Read(raw[:]) // neither source ever fails
	held := &session{
		server: s, user: c.user, cleanup: cleanup, duration: duration,
		id:       fmt.Sprintf("%X-%d", raw[:16], len(s.sessions)),
		token:    base64.RawURLEncoding.EncodeToString(raw[16:]),
		monitors: make(map[csta.MonitorCrossRefID]*monitor),
		claims:   make(map[string]*claim),
		routings: make(map[csta.RouteRegisterID]routing),
	}
	held.owners = []*owner{{}}
	s.sessions[held.id] = held
	s.bind(held, c)
	held.restart()
	s.log.Info("session started", slog.String("user", c.user.Name))
	return held
}

// attach gives a session that lives to a new connection; what it had is closed.
func (s *Server) attach(held *session, c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !held.ended {
		s.bind(held, c)
		held.restart()
	}
}

// bind is attach for a caller who holds mu.
func (s *Server) bind(held *session, c *conn) {
	if old := held.conn.Load(); old != nil && old != c {
		old.session.Store(nil)
		old.out.Finish(transport.PolicyViolation, "the session goes on at another connection")
	}
	held.conn.Store(c)
	held.lapsed = false
	c.session.Store(held)
	c.punctual()
}

// detach leaves a session without its connection, to be ended after the cleanup
// delay. The caller holds mu.
func (s *Server) detach(held *session, c *conn) {
	c.session.Store(nil)
	if held.conn.Load() != c {
		return
	}
	held.conn.Store(nil)
	if !held.lapsed {
		held.after(held.cleanup, held.end)
	}
}

// restart sets the timer to the session's duration. The caller holds mu.
func (h *session) restart() { h.after(h.duration, h.expire) }

// after makes f, which is called with mu held, the only thing that the session's
// time will do. The caller holds mu.
func (h *session) after(d time.Duration, f func()) {
	if h.timer != nil {
		h.timer.Stop()
	}
	h.turn++
	turn := h.turn
	h.timer = h.server.opts.Clock.AfterFunc(d, func() {
		h.server.mu.Lock()
		defer h.server.mu.Unlock()
		if h.turn == turn && !h.ended {
			f()
		}
	})
}

// expire tells the client that its time is over. What the session holds is kept for
// the cleanup delay. The caller holds mu.
func (h *session) expire() {
	h.lapsed = true
	h.server.log.Info("session expired", slog.String("user", h.user.Name))
	h.deliver(csta.ApplicationSessionTerminated{
		SessionID: h.id, Reason: csta.SessionTermReason{Defined: csta.SessionTimerExpired},
	})
	if c := h.conn.Load(); c != nil {
		c.out.Finish(transport.SessionExpired, "session expired")
	}
	h.after(h.cleanup, h.end)
}

// end gives back all that the session holds. The caller holds mu.
func (h *session) end() {
	if h.ended {
		return
	}
	h.ended = true
	h.turn++
	if h.timer != nil {
		h.timer.Stop()
	}
	h.release()
	for _, l := range h.server.listeners {
		if l.session == h {
			h.server.forget(l)
		}
	}
	delete(h.server.sessions, h.id)
	if c := h.conn.Swap(nil); c != nil {
		c.session.Store(nil)
		if c.rest {
			c.out.Finish(transport.NormalClosure, "session ended")
		}
	}
	h.server.log.Info("session ended", slog.String("user", h.user.Name))
}

// deliver sends an event to the session's connection; without one it is lost. It
// does not wait, and may be called while the switch is locked.
func (h *session) deliver(ev csta.Event) {
	c := h.conn.Load()
	if c == nil || h.callsOnly.Load() && aboutTelephone(ev) {
		return
	}
	frame, err := h.server.dialect.Event(ev)
	if err != nil {
		h.server.log.Error("event could not be encoded",
			slog.String("event", ev.EventName()), slog.Any("error", err))
		c.out.Finish(transport.InternalError, "an event could not be encoded")
		return
	}
	c.note("event", ev.EventName(), frame, "")
	c.out.Add(frame)
}

// endSessions ends all of them.
func (s *Server) endSessions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, held := range inOrder(s.sessions) {
		held.end()
	}
}
