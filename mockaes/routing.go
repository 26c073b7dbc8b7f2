package mockaes

import "github.com/wtiphone/wtiphone/csta"

// routing is a registration for routing, at the switch where it was made.
type routing struct {
	at   *exchange
	stop func()
}

// registerRouting makes the session the one that is asked where calls should go: those of
// a VDN, or all of a switch, that of the request's name if it has one.
func registerRouting(h *session, req csta.RouteRegister) (none csta.RouteRegistered, err error) {
	if req.Device != "" {
		if err := h.mayControl(req.Device); err != nil {
			return none, err
		}
	}
	at := h.server.exchangeOf(req.Device)
	if name := req.Private.Switches; name != "" && req.Device == "" {
		if at, err = h.server.exchangeNamed(name); err != nil {
			return none, csta.Refuse(csta.InvalidParameterValue)
		}
	}
	if err := at.linked(); err != nil {
		return none, err
	}
	reply, stop, err := at.RouteRegister(req, h.deliver)
	if err != nil {
		return none, err
	}
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if h.ended {
		stop()
		return none, csta.Refuse(csta.InvalidSessionID)
	}
	h.routings[reply.Register] = routing{at, stop}
	return reply, nil
}

// cancelRouting ends a registration of the session's own.
func cancelRouting(h *session, req csta.RouteRegisterCancel) (none csta.Empty, err error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	r, own := h.routings[req.Register]
	if !own {
		return none, csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	}
	delete(h.routings, req.Register)
	return none, r.at.RouteRegisterCancel(req)
}

// selectRoute answers a question that the session was asked.
func selectRoute(h *session, req csta.RouteSelect) (none csta.Empty, err error) {
	at, err := h.asked(req.Register, req.Dialogue)
	if err == nil && req.Register == "" {
		err = csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	}
	if err != nil {
		return none, err
	}
	return none, at.RouteSelect(req)
}

// endRouting leaves a question that the session was asked to the switch.
func endRouting(h *session, req csta.RouteEnd) (none csta.Empty, err error) {
	at, err := h.asked(req.Register, req.Dialogue)
	if err != nil {
		return none, err
	}
	return none, at.RouteEnd(req)
}

// rejectRoute ends a call that the session was asked about.
func rejectRoute(h *session, req csta.RouteReject) (none csta.Empty, err error) {
	at, err := h.asked(req.Register, req.Dialogue)
	if err != nil {
		return none, err
	}
	return none, at.RouteReject(req)
}

// asked is the switch that asked a question: where the registration was made, which has
// to be the session's own. The registration may be left out, since no two switches give
// a dialogue one id.
func (h *session) asked(
	id csta.RouteRegisterID, dialogue csta.RouteCrossRefID,
) (*exchange, error) {
	h.server.mu.Lock()
	r, own := h.routings[id]
	h.server.mu.Unlock()
	at := r.at
	switch {
	case own:
	case id != "":
		return nil, csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	default:
		at = h.server.exchangeThatAsked(dialogue)
	}
	return at, at.linked()
}

// exchangeThatAsked is the switch whose question it is, the first if it is nobody's.
func (s *Server) exchangeThatAsked(dialogue csta.RouteCrossRefID) *exchange {
	for _, at := range s.exchanges {
		if at.Asks(dialogue) {
			return at
		}
	}
	return s.exchanges[0]
}
