package mockaes

import "github.com/wtiphone/wtiphone/csta"

// Flows of events that belong to no monitor: a client begins each with a service of
// its own and is given a number for it.

// The kinds of listeners, by the service that begins them.
const (
	statusListener = "SystemRegister"
	linkListener   = "CallInformationEventsStart"
	toneListener   = "TelephonyTonesEventStart"
	sipListener    = "SIPHeaderEventsStart"
)

func startTones(
	h *session, at *exchange, req csta.TelephonyTonesEventStart,
) (csta.EventListener, error) {
	return h.subscribe(toneListener, req.Device, func(id string) (func(), error) {
		return at.TelephonyTonesEventStart(req, id, h.deliver)
	})
}

func startSIPHeaders(
	h *session, at *exchange, req csta.SIPHeaderEventsStart,
) (csta.EventListener, error) {
	return h.subscribe(sipListener, req.Device, func(id string) (func(), error) {
		return at.SIPHeaderEventsStart(req, id, h.deliver)
	})
}

// subscribe begins a flow of events at the switch.
func (h *session) subscribe(
	kind string, device csta.DeviceID, start func(id string) (stop func(), err error),
) (none csta.EventListener, err error) {
	if err := h.mayControl(device); err != nil {
		return none, err
	}
	l := &listener{session: h, kind: kind}
	id, err := h.listen(l)
	if err != nil {
		return none, err
	}
	stop, err := start(id)
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	switch {
	case err != nil:
		h.server.forget(l)
		return none, err
	case h.server.listeners[id] != l: // the session has ended meanwhile
		stop()
		return none, csta.Refuse(csta.InvalidSessionID)
	}
	l.stop = stop
	return csta.EventListener{Listener: id}, nil
}

func stopTones(h *session, req csta.TelephonyTonesEventStop) (csta.EventListener, error) {
	return h.unsubscribe(toneListener, req.Listener)
}

func stopSIPHeaders(h *session, req csta.SIPHeaderEventsStop) (csta.EventListener, error) {
	return h.unsubscribe(sipListener, req.Listener)
}

func stopCallInformation(h *session, req csta.CallInformationEventsStop) (
	csta.EventListener, error,
) {
	return h.unsubscribe(linkListener, req.Listener)
}

// unsubscribe ends a flow of events of the session's own.
func (h *session) unsubscribe(kind, id string) (none csta.EventListener, err error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	l := h.server.listeners[id]
	if l == nil || l.session != h || l.kind != kind {
		return none, csta.Refuse(csta.InvalidParameterValue)
	}
	h.server.forget(l)
	return csta.EventListener{Listener: id}, nil
}

// forget ends a listener. The caller holds mu.
func (s *Server) forget(l *listener) {
	if s.listeners[l.id] != l {
		return
	}
	delete(s.listeners, l.id)
	l.session.listeners--
	if l.stop != nil {
		l.stop()
	}
}
