package mockaes

import (
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
)

// The link between AES and the switch. While it is down no service that needs the
// switch is carried out; calls go on.

// listener is a session's wish to hear of something that no monitor tells of.
type listener struct {
	id      string
	session *session
	kind    string // the service that began it
	up      bool   // wants LinkUp
	down    bool   // wants LinkDown
	stop    func() // at the switch, where it is the switch that tells
}

// SetLink takes the link to the switch down or up. While it is down what needs the switch
// is refused, and monitors hear of nothing. When it goes down every monitor is ended by
// the server, as DMCC does on the loss of a CTI link (general knowledge), unless the
// dialect says otherwise.
func (s *Server) SetLink(up bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.linkDown.Load() == !up {
		return
	}
	s.linkDown.Store(!up)
	s.log.Info("link changed", slog.Bool("up", up))
	for _, h := range inOrder(s.sessions) {
		if !up {
			h.loseMonitors(s.dialect.LinkLoss)
			h.endRoutings()
		}
	}
	for _, l := range inOrder(s.listeners) {
		if ev := l.event(s.linkName(), up); ev != nil {
			l.session.deliver(ev)
		}
	}
}

// event is what a listener hears of a change, nil for nothing.
func (l *listener) event(link string, up bool) csta.Event {
	switch {
	case l.kind == statusListener:
		return csta.SystemStatus{
			Register: l.id, Status: systemValue(up),
			Private: csta.SystemStatusPrivate{TLinks: []csta.SwitchTLink{tLink(link, up)}},
		}
	case up && l.up:
		return csta.LinkUp{Listener: l.id, Link: link}
	case !up && l.down:
		return csta.LinkDown{Listener: l.id, Link: link, AutoReconnect: true}
	}
	return nil
}

// loseMonitors ends the monitors of devices and calls, if that is the rule, and tells so
// unless it is not. The caller holds the server's mu.
func (h *session) loseMonitors(rule dialect.LinkRule) {
	for _, m := range h.monitorsInOrder() {
		if m.ofSession() || rule == dialect.KeepMonitors {
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

// endRoutings ends the registrations for routing, and tells so. The caller holds the
// server's mu.
func (h *session) endRoutings() {
	for _, id := range slices.Sorted(maps.Keys(h.routings)) {
		h.routings[id]()
		delete(h.routings, id)
		h.deliver(csta.RouteRegisterAbort{Register: id})
	}
}

// linked refuses what needs the switch while the link is down.
func (h *session) linked() error {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if h.server.linkDown.Load() {
		return csta.Refuse(csta.ResourceOutOfServe)
	}
	return nil
}

// inOrder returns the values of a map by their keys, so that two runs are alike.
func inOrder[V any](m map[string]V) []V {
	list := make([]V, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		list = append(list, m[key])
	}
	return list
}

func (s *Server) linkName() string { return s.opts.switchName() }

func systemValue(up bool) csta.SystemStatusValue {
	if up {
		return csta.SystemNormal
	}
	return csta.SystemDisabled
}

func tLink(name string, up bool) csta.SwitchTLink {
	if up {
		return csta.SwitchTLink{Switch: name, State: csta.TLinkUp}
	}
	return csta.SwitchTLink{Switch: name, State: csta.TLinkDown}
}

func systemStatus(h *session, req csta.RequestSystemStatus) (csta.SystemStatusReply, error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	up := !h.server.linkDown.Load()
	reply := csta.SystemStatusReply{Status: systemValue(up)}
	if req.Private.TLink != nil {
		reply.Private.TLinks = []csta.SwitchTLink{tLink(h.server.linkName(), up)}
	}
	return reply, nil
}

func linkStatus(h *session, _ csta.GetLinkStatus) (csta.Links, error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	return csta.Links{List: []csta.LinkStatus{
		{Name: h.server.linkName(), Up: !h.server.linkDown.Load(), AutoReconnect: true},
	}}, nil
}

func systemRegister(h *session, req csta.SystemRegister) (csta.SystemRegistered, error) {
	id, err := h.listen(&listener{session: h, kind: statusListener})
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
		Up bool `json:"up"`
	}](r)
	if err == nil {
		s.SetLink(body.Up)
	}
	return body, err
}
