package pbx

import "github.com/wtiphone/wtiphone/csta"

// ConsultationCall holds a call and places a second one from the same station.
func (s *Switch) ConsultationCall(req csta.ConsultationCall) (csta.ConsultationMade, error) {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findState(req.Existing, csta.Connected, csta.NoActiveCall)
	if err != nil {
		return csta.ConsultationMade{}, err
	}
	number, err := s.dialled(req.To)
	if err != nil {
		return csta.ConsultationMade{}, err
	}
	uui, err := userData(req.UserData)
	if err != nil {
		return csta.ConsultationMade{}, err
	}
	if p.call.tone.Sound != "" {
		return csta.ConsultationMade{}, csta.Refuse(csta.InvalidObjectState)
	}
	if p.dev.station.freeAppearance(true) < 0 {
		return csta.ConsultationMade{}, csta.Refuse(csta.ResourceBusy)
	}
	s.hold(p, csta.CauseConsultation)
	second := s.originate(p.dev, number, uui, arrival{cause: csta.CauseConsultation})
	return csta.ConsultationMade{
		Initiated: second.id(),
		Private:   csta.ConsultationPrivate{Linkage: csta.Linkage(second.call.ucid)},
	}, nil
}

// pair finds a held and an active connection of one station.
func (s *Switch) pair(held, active csta.ConnectionID) (h, a *party, err error) {
	if h, err = s.findState(held, csta.Held, csta.NoHeldCall); err != nil {
		return nil, nil, err
	}
	if a, err = s.find(active); err != nil {
		return nil, nil, err
	}
	if a.dev != h.dev {
		return nil, nil, csta.Refuse(csta.InvalidConnectionID)
	}
	if a.state != csta.Connected {
		return nil, nil, csta.Refuse(csta.NoActiveCall)
	}
	return h, a, nil
}

// AlternateCall holds the active call and retrieves the held one.
func (s *Switch) AlternateCall(req csta.AlternateCall) error {
	s.mu.Lock()
	defer s.unlock()
	held, active, err := s.pair(req.Held, req.Active)
	if err != nil {
		return err
	}
	if active.call.tone.Sound != "" {
		return csta.Refuse(csta.InvalidObjectState)
	}
	s.hold(active, csta.CauseAlternate)
	s.retrieve(held, csta.CauseAlternate)
	return nil
}

// ReconnectCall clears the active call and retrieves the held one. The active one
// may have failed: its busy tone ends.
func (s *Switch) ReconnectCall(req csta.ReconnectCall) error {
	s.mu.Lock()
	defer s.unlock()
	held, err := s.findState(req.Held, csta.Held, csta.NoHeldCall)
	if err != nil {
		return err
	}
	active, err := s.find(req.Active)
	switch {
	case err != nil:
		return err
	case active.dev != held.dev:
		return csta.Refuse(csta.InvalidConnectionID)
	case active != held.dev.active():
		return csta.Refuse(csta.NoActiveCall)
	}
	s.drop(active, csta.CauseNormalClearing)
	if held.state == csta.Held {
		s.retrieve(held, csta.CauseKeyOperation)
	}
	return nil
}

// TransferCall joins the far ends of a held and an active call; the station leaves.
// The far end of the active call need not have answered yet.
func (s *Switch) TransferCall(req csta.TransferCall) (csta.CallTransferred, error) {
	s.mu.Lock()
	defer s.unlock()
	held, active, err := s.pair(req.Held, req.Active)
	if err == nil {
		err = s.mergeable(held, active, -1)
	}
	if err != nil {
		return csta.CallTransferred{}, err
	}
	m := s.transfer(held, active)
	return csta.CallTransferred{
		Call:        csta.ConnectionID{Call: m.call.id, Device: m.to},
		Connections: m.list,
		Private:     csta.TransferPrivate{Linkage: csta.Linkage(m.call.ucid)},
	}, nil
}

// transfer merges two calls that can be merged, without the device that holds both.
func (s *Switch) transfer(held, active *party) *merged {
	m := s.merge(held, active, reasonTransferred)
	s.tellTransferred(m, csta.CauseTransfer)
	s.remove(held)
	s.remove(active)
	s.upkeep(m.call)
	return m
}

// ConferenceCall joins a held and an active call; the station stays.
func (s *Switch) ConferenceCall(req csta.ConferenceCall) (csta.CallConferenced, error) {
	s.mu.Lock()
	defer s.unlock()
	held, active, err := s.pair(req.Held, req.Active)
	if err == nil {
		err = s.mergeable(held, active, 0)
	}
	if err != nil {
		return csta.CallConferenced{}, err
	}
	m := s.conference(held, active)
	return csta.CallConferenced{
		Call:        csta.ConnectionID{Call: m.call.id, Device: held.dev.id},
		Connections: m.list,
		Private:     csta.ConferencePrivate{Linkage: csta.Linkage(m.call.ucid)},
	}, nil
}

// conference merges two calls that can be merged; the device that holds both keeps
// one connection.
func (s *Switch) conference(held, active *party) *merged {
	m := s.merge(held, active, reasonConferenced)
	stays, goes := held, active
	if s.features.MergeKeepsActive {
		stays, goes = active, held
	}
	stays.state, stays.skill = csta.Connected, firstSkill(stays, goes)
	s.remove(goes)
	s.tellConferenced(m, held.dev, csta.CauseConference)
	return m
}

func firstSkill(a, b *party) *skill {
	if a.skill != nil {
		return a.skill
	}
	return b.skill
}

// SingleStepTransferCall sends a call on without consultation; the station leaves.
func (s *Switch) SingleStepTransferCall(
	req csta.SingleStepTransferCall,
) (csta.CallTransferred, error) {
	s.mu.Lock()
	defer s.unlock()
	p, way, uui, err := s.singleStep(req)
	if err != nil {
		return csta.CallTransferred{}, err
	}
	c, to := p.call, s.numberID(req.To.Extension())
	c.original = c.originalInfo(reasonTransferred)
	if c.calling.Device == p.dev.id {
		c.calling = csta.Party(c.otherTalker(p).dev.id)
	}
	c.called = csta.Party(to)
	if uui != "" {
		c.uui = uui
	}
	m := &merged{call: c, held: p.id(), to: to, by: p.dev}
	first := s.firstStop(way)
	m.list = append(connectionList(c, p), csta.ConnectionListItem{
		New:      csta.ConnectionID{Call: c.id, Device: first},
		Endpoint: csta.Endpoint{Device: first},
	})
	p.state = csta.Null
	c.remember(m.held, csta.CauseSingleStepTransfer)
	s.tellTransferred(m, csta.CauseSingleStepTransfer)
	s.remove(p)
	s.take(c, way, arrival{cause: csta.CauseSingleStepTransfer})
	return csta.CallTransferred{
		Call: csta.ConnectionID{Call: c.id, Device: m.to}, Connections: m.list,
		Private: csta.TransferPrivate{Linkage: csta.Linkage(c.ucid)},
	}, nil
}

// singleStep checks a request for a single step transfer, and finds the way that the
// call takes then. Whoever transfers is not free to be on it.
func (s *Switch) singleStep(
	req csta.SingleStepTransferCall,
) (p *party, way path, uui string, err error) {
	if p, err = s.findState(req.Active, csta.Connected, csta.NoActiveCall); err != nil {
		return nil, way, "", err
	}
	number, err := s.dialled(req.To)
	if err != nil {
		return nil, way, "", csta.Refuse(csta.InvalidDestination)
	}
	if uui, err = userData(req.UserData); err != nil {
		return nil, way, "", err
	}
	way = s.resolve(p.call, number, nil)
	if err = way.refusal(); err != nil {
		return nil, way, "", err
	}
	if p.call.run != nil || p.call.otherTalker(p) == nil {
		return nil, way, "", csta.Refuse(csta.InvalidObjectState)
	}
	return p, way, uui, nil
}
