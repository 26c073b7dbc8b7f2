package mockaes

import (
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
)

// The links between AES and the switches. While one is down no service that needs its
// switch is carried out; calls go on.

// listener is a session's wish to hear of something that no monitor tells of.
type listener struct {
	id      string
	session *session
	kind    string // the service that began it
	link    string // of this switch alone; empty: of all
	up      bool   // wants LinkUp
	down    bool   // wants LinkDown
	stop    func() // at the switch, where it is the switch that tells
}

// SetLink takes the links to all switches down or up, as [Server.SetLinkOf] does with one.
func (s *Server) SetLink(up bool) {
	for _, at := range s.exchanges {
		s.setLink(at, up)
	}
}

// SetLinkOf takes the link to a switch down or up. While it is down what needs the switch
// is refused, and monitors hear of nothing. When it goes down every monitor of the switch
// is ended by the server, as DMCC does on the loss of a CTI link (general knowledge),
// unless the dialect says otherwise. The error is that there is no switch of that name.
func (s *Server) SetLinkOf(name string, up bool) error {
	at, err := s.exchangeNamed(name)
	if err == nil {
		s.setLink(at, up)
	}
	return err
}

func (s *Server) setLink(at *exchange, up bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at.linkDown.Load() == !up {
		return
	}
	at.linkDown.Store(!up)
	s.log.Info("link changed", slog.String("switch", at.name), slog.Bool("up", up))
	for _, h := range inOrder(s.sessions) {
		if !up {
			h.loseMonitors(at, s.dialect.LinkLoss)
			h.endRoutings(at)
		}
	}
	status := s.systemStatus()
	for _, l := range inOrder(s.listeners) {
		if ev := l.event(at.name, up, status); ev != nil {
			l.session.deliver(ev)
		}
	}
}

// event is what a listener hears of a change, nil for nothing.
func (l *listener) event(link string, up bool, status csta.SystemStatusValue) csta.Event {
	switch {
	case l.link != "" && !strings.EqualFold(l.link, link):
		return nil
	case l.kind == statusListener:
		return csta.SystemStatus{
			Register: l.id, Status: status,
			Private: csta.SystemStatusPrivate{TLinks: []csta.SwitchTLink{tLink(link, up)}},
		}
	case up && l.up:
		return csta.LinkUp{Listener: l.id, Link: link}
	case !up && l.down:
		return csta.LinkDown{Listener: l.id, Link: link, AutoReconnect: true}
	}
	return nil
}

// loseMonitors ends the monitors of a switch's devices and calls, if that is the rule, and
// tells so unless it is not. The caller holds the server's mu.
func (h *session) loseMonitors(at *exchange, rule dialect.LinkRule) {
	for _, m := range h.monitorsInOrder() {
		if m.ofSession() || m.at != at || rule == dialect.KeepMonitors {
			continue
		}
		m.stop()
		h.drop(m)
		if rule == dialect.ForgetMonitors {
			continue
		}
		h.deliver(csta.MonitorStopped{
			Monitored: csta.Monitored{CrossRefID: m.ref}, Cause: csta.CauseResources,
		})
	}
}

// endRoutings ends the registrations for routing at a switch, and tells so. The caller
// holds the server's mu.
func (h *session) endRoutings(at *exchange) {
	for _, id := range slices.Sorted(maps.Keys(h.routings)) {
		if h.routings[id].at != at {
			continue
		}
		h.routings[id].stop()
		delete(h.routings, id)
		h.deliver(csta.RouteRegisterAbort{Register: id})
	}
}

// inOrder returns the values of a map by their keys, so that two runs are alike.
func inOrder[V any](m map[string]V) []V {
	list := make([]V, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		list = append(list, m[key])
	}
	return list
}

// systemStatus is normal while there is a link to any switch (inferred).
func (s *Server) systemStatus() csta.SystemStatusValue {
	for _, at := range s.exchanges {
		if !at.linkDown.Load() {
			return csta.SystemNormal
		}
	}
	return csta.SystemDisabled
}

// exchangesCalled are the switches of a name, all for none, or for one that is not known:
// who asks can see then that the link is not among them (inferred).
func (s *Server) exchangesCalled(name string) []*exchange {
	at, err := s.exchangeNamed(name)
	if name == "" || err != nil {
		return s.exchanges
	}
	return []*exchange{at}
}

func tLink(name string, up bool) csta.SwitchTLink {
	if up {
		return csta.SwitchTLink{Switch: name, State: csta.TLinkUp}
	}
	return csta.SwitchTLink{Switch: name, State: csta.TLinkDown}
}

func systemStatus(h *session, req csta.RequestSystemStatus) (csta.SystemStatusReply, error) {
	reply := csta.SystemStatusReply{Status: h.server.systemStatus()}
	if q := req.Private.TLink; q != nil {
		for _, at := range h.server.exchangesCalled(q.Switch) {
			reply.Private.TLinks = append(reply.Private.TLinks,
				tLink(at.name, !at.linkDown.Load()))
		}
	}
	return reply, nil
}

func linkStatus(h *session, req csta.GetLinkStatus) (csta.Links, error) {
	var links csta.Links
	for _, at := range h.server.exchangesCalled(req.Link) {
		links.List = append(links.List, csta.LinkStatus{
			Name: at.name, Up: !at.linkDown.Load(), AutoReconnect: true,
		})
	}
	return links, nil
}

func systemRegister(h *session, req csta.SystemRegister) (csta.SystemRegistered, error) {
	id, err := h.listen(&listener{
		session: h, kind: statusListener, link: req.Private.Switch,
	})
	if err != nil {
		return csta.SystemRegistered{}, err
	}
	return csta.SystemRegistered{Register: id, Filter: req.Filter, Private: req.Private}, nil
}

func startCallInformation(h *session, req csta.CallInformationEventsStart) (
	csta.EventListener, error,
) {
	wants := func(b *bool) bool { return b == nil || *b }
	id, err := h.listen(&listener{
		session: h, kind: linkListener, up: wants(req.Up), down: wants(req.Down),
	})
	return csta.EventListener{Listener: id}, err
}

// maxListeners is how many flows of events a session may have that belong to no
// monitor: more than anyone needs, since one tells all.
const maxListeners = 1000

// listen remembers a listener and names it.
func (h *session) listen(l *listener) (string, error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if h.listeners >= maxListeners {
		return "", csta.Refuse(csta.ResourceLimitExceeded)
	}
	h.server.lastListener++
	l.id = strconv.FormatUint(h.server.lastListener, 10)
	if !h.ended {
		h.server.listeners[l.id] = l
		h.listeners++
	}
	return l.id, nil
}

func (s *Server) adminLink(r *http.Request) (any, error) {
	body, err := read[struct {
		Up     bool   `json:"up"`
		Switch string `json:"switch,omitempty"`
	}](r)
	switch {
	case err != nil:
	case body.Switch == "":
		s.SetLink(body.Up)
	default:
		err = s.SetLinkOf(body.Switch, body.Up)
	}
	return body, err
}

// acknowledges reports whether a frame answers SystemStatus: that is a request of the
// server's in DMCC, which clients answer (DMCC samples). Whether they do over WTI is not
// known; it is an event here, so that an answer is not waited for.
func acknowledges(frame wire.Frame) bool {
	return frame.Kind == wire.Response &&
		strings.TrimSuffix(frame.Name, "Response") == csta.SystemStatus{}.EventName()
}
