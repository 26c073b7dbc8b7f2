package mockaes

import "github.com/wtiphone/wtiphone/csta"

// registerRouting makes the session the one that is asked where calls should go.
func registerRouting(h *session, req csta.RouteRegister) (none csta.RouteRegistered, err error) {
	if req.Device != "" {
		if err := h.mayControl(req.Device); err != nil {
			return none, err
		}
	}
	reply, stop, err := h.server.pbx.RouteRegister(req, h.deliver)
	if err != nil {
		return none, err
	}
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if h.ended {
		stop()
		return none, csta.Refuse(csta.InvalidSessionID)
	}
	h.routings[reply.Register] = stop
	return reply, nil
}

// cancelRouting ends a registration of the session's own.
func cancelRouting(h *session, req csta.RouteRegisterCancel) (none csta.Empty, err error) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if h.routings[req.Register] == nil {
		return none, csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	}
	delete(h.routings, req.Register)
	return none, h.server.pbx.RouteRegisterCancel(req)
}

// selectRoute answers a question that the session was asked.
func selectRoute(h *session, req csta.RouteSelect) (none csta.Empty, err error) {
	if !h.routes(req.Register) {
		return none, csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	}
	return none, h.server.pbx.RouteSelect(req)
}

// endRouting leaves a question that the session was asked to the switch.
func endRouting(h *session, req csta.RouteEnd) (none csta.Empty, err error) {
	if req.Register != "" && !h.routes(req.Register) {
		return none, csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	}
	return none, h.server.pbx.RouteEnd(req)
}

// rejectRoute ends a call that the session was asked about.
func rejectRoute(h *session, req csta.RouteReject) (none csta.Empty, err error) {
	if req.Register != "" && !h.routes(req.Register) {
		return none, csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	}
	return none, h.server.pbx.RouteReject(req)
}

// routes reports whether a registration is the session's own.
func (h *session) routes(id csta.RouteRegisterID) bool {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	return h.routings[id] != nil
}
