package mockaes

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/audio"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// State is what a server holds at a moment. It has no secrets in it.
type State struct {
	Time     time.Time      `json:"time"`
	LinkUp   bool           `json:"linkUp"` // between AES and the switch, the first
	Sockets  []SocketState  `json:"sockets"`
	Sessions []SessionState `json:"sessions"`
	Switch   pbx.State      `json:"switch"`
	Switches []SwitchState  `json:"switches,omitempty"` // that there are besides
	Licences LicencesState  `json:"licences"`
	Audio    []audio.Leg    `json:"audio"` // none if silent
}

// SwitchState is a further switch.
type SwitchState struct {
	Name   string `json:"name"`
	LinkUp bool   `json:"linkUp"`
	pbx.State
}

// SocketState is one connection.
type SocketState struct {
	Number  uint64 `json:"socket"`
	User    string `json:"user"`
	REST    bool   `json:"rest,omitempty"` // no socket: events wait to be posted
	Session string `json:"session,omitempty"`
	Waiting int    `json:"waiting"` // frames that the client has not read
}

// SessionState is one application session.
type SessionState struct {
	ID       string                   `json:"session"`
	User     string                   `json:"user"`
	Socket   uint64                   `json:"socket,omitempty"` // 0: the connection is lost
	Seconds  int                      `json:"seconds"`          // it lives without a reset
	Lapsed   bool                     `json:"lapsed,omitempty"`
	Monitors []csta.MonitorCrossRefID `json:"monitors"`
	Devices  []string                 `json:"devices"`
}

// State returns what the server holds.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := State{
		Time: s.opts.Clock.Now(), LinkUp: !s.exchanges[0].linkDown.Load(),
		Switch: s.exchanges[0].State(), Sockets: []SocketState{}, Sessions: []SessionState{},
		Audio: []audio.Leg{},
	}
	for _, at := range s.exchanges[1:] {
		state.Switches = append(state.Switches, SwitchState{
			Name: at.name, LinkUp: !at.linkDown.Load(), State: at.State(),
		})
	}
	for _, c := range s.conns {
		socket := SocketState{
			Number: c.number, User: c.user.Name, REST: c.rest, Waiting: c.out.Waiting(),
		}
		if held := c.session.Load(); held != nil {
			socket.Session = held.id
		}
		state.Sockets = append(state.Sockets, socket)
	}
	slices.SortFunc(state.Sockets, func(a, b SocketState) int {
		return cmp.Compare(a.Number, b.Number)
	})
	for _, held := range s.sessions {
		held.forgetOver()
		state.Sessions = append(state.Sessions, held.state())
	}
	slices.SortFunc(state.Sessions, func(a, b SessionState) int { return cmp.Compare(a.ID, b.ID) })
	state.Licences = s.licences.state()
	if s.gateway != nil {
		state.Audio = s.gateway.Legs()
	}
	return state
}

// state is for a caller who holds mu.
func (h *session) state() SessionState {
	st := SessionState{
		ID: h.id, User: h.user.Name, Seconds: int(h.duration / time.Second), Lapsed: h.lapsed,
		Monitors: []csta.MonitorCrossRefID{}, Devices: []string{},
	}
	if c := h.conn.Load(); c != nil {
		st.Socket = c.number
	}
	for ref := range h.monitors {
		st.Monitors = append(st.Monitors, ref)
	}
	for _, c := range h.claims {
		st.Devices = append(st.Devices, string(c.id))
	}
	slices.Sort(st.Monitors)
	slices.Sort(st.Devices)
	return st
}

func (s *Server) adminState(*http.Request) (any, error) { return s.State(), nil }

// Cut ends every connection without a word, as a network does that breaks down. It
// returns how many there were. Sessions live on for their cleanup delay; those over
// REST, which no connection belongs to, as before.
func (s *Server) Cut() int { return s.cut(0, false) }

// CutSilently makes every connection half open: nothing is read, written or answered
// any more, and neither side is told.
func (s *Server) CutSilently() int { return s.cut(0, true) }

// cut does it to one connection, or to all if number is 0.
func (s *Server) cut(number uint64, silently bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	if number == 0 {
		n = s.lines.Cut(silently)
	}
	for _, c := range s.conns {
		if c.rest || number != 0 && c.number != number {
			continue
		}
		n++
		if silently {
			c.muted.Store(true)
		} else {
			c.out.Finish(0, "cut")
		}
	}
	return n
}

// ExpireSessions lets the time of every session run out now. It returns how many
// there were.
func (s *Server) ExpireSessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, held := range inOrder(s.sessions) {
		if !held.lapsed {
			held.expire()
			n++
		}
	}
	return n
}

// Restart does to clients what a restart of AES does: every connection is cut, and
// sessions with all that they hold are gone unless they are kept. The switch and its
// calls go on.
func (s *Server) Restart(keepSessions bool) {
	s.Cut()
	if !keepSessions {
		s.endSessions()
	}
}

func (s *Server) adminRestart(r *http.Request) (any, error) {
	body, err := read[struct {
		Keep bool `json:"keepSessions"`
	}](r)
	if err == nil {
		s.Restart(body.Keep)
	}
	return body, err
}
