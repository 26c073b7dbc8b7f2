package pbx

import "github.com/wtiphone/wtiphone/csta"

// maxReason is the highest reason code (CM: two-digit aux work reason codes).
const maxReason = 99

// SetAgentState logs an agent on or off, or changes what it does. While the agent
// has a call of a skill, a change must ask to be pending.
func (s *Switch) SetAgentState(req csta.SetAgentState) (csta.AgentStateSet, error) {
	s.mu.Lock()
	defer s.unlock()
	var none csta.AgentStateSet
	d, err := s.stationOf(req.Device)
	if err != nil {
		return none, err
	}
	work, err := wanted(req)
	if err != nil {
		return none, err
	}
	if g := req.Group; g != "" {
		if sk := s.device(g); sk == nil || sk.kind != skillKind {
			return none, csta.Refuse(csta.InvalidAgentGroup)
		}
	}
	if req.State == csta.LogOn {
		return none, s.requestLogOn(d, req, work)
	}
	a := d.station.agent
	switch {
	case a == nil:
		return none, csta.Refuse(csta.InvalidAgentState)
	case req.AgentID != "" && req.AgentID != a.lab.ID:
		return none, csta.Refuse(csta.InvalidAgentIdentifier)
	}
	has, ringing := a.skillCall()
	switch {
	case has == nil && !ringing:
		return none, s.change(a, work)
	case !orZero(req.Private.Pending):
		return none, csta.Refuse(csta.InvalidAgentState)
	}
	a.pending = &work
	yes := true
	return csta.AgentStateSet{
		Pending: stateOf(work), Private: csta.AgentSetPrivate{Pending: &yes},
	}, nil
}

// wanted reads what a request asks for, and refuses what contradicts itself.
func wanted(req csta.SetAgentState) (pendingWork, error) {
	w := pendingWork{state: req.State, mode: req.Private.WorkMode, reason: req.Private.Reason}
	if w.reason != nil && (*w.reason < 0 || *w.reason > maxReason) {
		return w, csta.Refuse(csta.ValueOutOfRange)
	}
	allowed := map[csta.RequestedAgentState][]csta.WorkMode{
		csta.LogOn:            {csta.AuxWork, csta.AutoIn, csta.ManualIn, csta.AfterCallWork},
		csta.LogOff:           {""},
		csta.NotReady:         {csta.AuxWork},
		csta.Ready:            {csta.AutoIn, csta.ManualIn},
		csta.WorkingAfterCall: {csta.AfterCallWork},
	}[req.State]
	if allowed == nil {
		return w, csta.Refuse(csta.InvalidParameterValue)
	}
	if w.mode == "" {
		w.mode = allowed[0]
	}
	for _, mode := range allowed {
		if w.mode == mode {
			return w, nil
		}
	}
	return w, csta.Refuse(csta.InvalidParameterValue)
}

// stateOf is the state that a wish will lead to.
func stateOf(w pendingWork) csta.AgentState {
	switch w.state {
	case csta.LogOff:
		return csta.AgentNullState
	case csta.NotReady:
		return csta.AgentNotReadyState
	case csta.WorkingAfterCall:
		return csta.AgentACWState
	}
	return csta.AgentReadyState
}

func (s *Switch) requestLogOn(d *device, req csta.SetAgentState, w pendingWork) error {
	who := s.devices[req.AgentID]
	switch {
	case who == nil || who.kind != agentKind:
		return csta.Refuse(csta.InvalidAgentIdentifier)
	case who.agent.lab.Password != "" && who.agent.lab.Password != string(req.Password):
		return csta.Refuse(csta.InvalidAgentPassword)
	case who.agent.station != nil || d.station.agent != nil:
		return csta.Refuse(csta.InvalidAgentState)
	case d.active() != nil: // 555-230-220: an agent cannot be logged in while active
		return csta.Refuse(csta.ResourceBusy)
	}
	s.logOn(who.agent, d, w.mode, w.reason)
	return nil
}

// change carries a wish out now, unless it is how things are.
func (s *Switch) change(a *agent, w pendingWork) error {
	if w.state == csta.LogOff {
		s.logOff(a, w.reason)
		return nil
	}
	if a.mode == w.mode && sameReason(a.reason, w.reason) {
		return csta.Refuse(csta.InvalidAgentState)
	}
	s.enterMode(a, w.mode, w.reason)
	return nil
}

func sameReason(a, b *int) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// GetAgentState tells who is logged in at a station, or where an agent is, and in
// what state.
func (s *Switch) GetAgentState(req csta.GetAgentState) (csta.AgentStateReply, error) {
	s.mu.Lock()
	defer s.unlock()
	var r csta.AgentStateReply
	d := s.device(req.Device)
	if d == nil {
		return r, csta.Refuse(csta.InvalidDeviceID)
	}
	a := d.agent
	if d.kind == stationKind {
		a = d.station.agent
	} else if d.kind != agentKind {
		return r, csta.Refuse(csta.RequestIncompatible)
	}
	if a == nil {
		r.Agents = []csta.AgentStateEntry{{
			Skills: []csta.AgentInfoItem{{State: csta.AgentNullState}},
		}}
		return r, nil
	}
	r.Agents = []csta.AgentStateEntry{a.entry(req.Group)}
	if a.station != nil {
		r.Private = csta.AgentStatePrivate{
			WorkMode: a.mode, TalkState: "idle", Reason: a.reason,
		}
		if a.station.active() != nil {
			r.Private.TalkState = "onCall"
		}
		if a.pending != nil {
			r.Private.PendingReason = a.pending.reason
		}
	}
	return r, nil
}

// entry is an agent's state at each of its skills, or at one of them.
func (a *agent) entry(group csta.DeviceID) csta.AgentStateEntry {
	e := csta.AgentStateEntry{AgentID: a.lab.ID, LoggedOn: a.station != nil}
	for _, m := range a.skills {
		if group == "" || m.skill.dev.id.Same(group) {
			e.Skills = append(e.Skills, csta.AgentInfoItem{
				Skill: m.skill.dev.id, State: a.state(), Pending: a.pendingState(),
			})
		}
	}
	return e
}

// ForceLogOff logs an agent off, whatever it does, as an administrator would. Calls
// stay as they are. It reports whether the agent was logged in.
func (s *Switch) ForceLogOff(agentID string) bool {
	s.mu.Lock()
	defer s.unlock()
	d := s.devices[agentID]
	if d == nil || d.kind != agentKind || d.agent.station == nil {
		return false
	}
	s.logOff(d.agent, nil)
	return true
}
