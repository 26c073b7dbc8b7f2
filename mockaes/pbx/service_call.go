package pbx

import "github.com/wtiphone/wtiphone/csta"

// maxUUI is the length of user data, in bytes (general knowledge of CM's guides).
const maxUUI = 96

// find finds the connection that a request names. A number outside is a device only as
// long as it has a part in the call.
func (s *Switch) find(id csta.ConnectionID) (*party, error) {
	d, c := s.device(id.Device), s.calls[id.Call]
	if d == nil {
		if p := c.outsider(id.Device); p != nil {
			return p, nil
		}
		return nil, csta.Refuse(csta.InvalidDeviceID)
	}
	if c == nil {
		return nil, csta.Refuse(csta.InvalidCallID)
	}
	if p := c.partyOf(d); p != nil {
		return p, nil
	}
	return nil, csta.Refuse(csta.InvalidConnectionID)
}

// outsider is the party at a number outside, nil if there is none.
func (c *call) outsider(id csta.DeviceID) *party {
	if c == nil {
		return nil
	}
	for _, p := range c.parties {
		if p.dev.kind == outsideKind && p.dev.id.Same(id) {
			return p
		}
	}
	return nil
}

// findState finds a connection that must be in a state, or the refusal is otherwise.
func (s *Switch) findState(
	id csta.ConnectionID, state csta.ConnectionState, otherwise csta.FaultCode,
) (*party, error) {
	p, err := s.find(id)
	if err != nil {
		return nil, err
	}
	if p.state != state || p.dev.kind != stationKind {
		return nil, csta.Refuse(otherwise)
	}
	return p, nil
}

func userData(u *csta.UserData) (string, error) {
	if u == nil {
		return "", nil
	}
	if len(u.Text) > maxUUI {
		return "", csta.Refuse(csta.ValueOutOfRange)
	}
	return string(u.Text), nil
}

// MakeCall places a call from a station. A number that cannot be reached is no
// reason to refuse: the call is made, and fails.
func (s *Switch) MakeCall(req csta.MakeCall) (csta.CallMade, error) {
	s.mu.Lock()
	defer s.unlock()
	direct, err := s.directSkill(req.To, req.Private.Call)
	if err != nil {
		return csta.CallMade{}, err
	}
	p, err := s.startCall(req, direct)
	if err != nil {
		return csta.CallMade{}, err
	}
	s.tellAccount(p, req.Account)
	return csta.CallMade{
		Connection: p.id(),
		Private:    csta.MakeCallPrivate{Linkage: csta.Linkage(p.call.ucid)},
	}, nil
}

// AnswerCall connects an alerting station.
func (s *Switch) AnswerCall(req csta.AnswerCall) error {
	s.mu.Lock()
	defer s.unlock()
	if p := s.bridgedCall(req.Target); p != nil {
		return s.answerBridged(p, s.device(req.Target.Device))
	}
	p, err := s.findState(req.Target, csta.Alerting, csta.NoCallToAnswer)
	if err != nil {
		return err
	}
	if busy := p.dev.active(); busy != nil && busy.state == csta.Connected {
		return csta.Refuse(csta.InvalidObjectState)
	}
	s.answer(p)
	return nil
}

// ClearConnection takes a station, or any other party, out of a call.
func (s *Switch) ClearConnection(req csta.ClearConnection) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.find(req.Target)
	if err != nil {
		if s.device(req.Target.Device) != nil && s.issued(req.Target.Call) {
			return csta.Refuse(csta.NoConnectionToClear)
		}
		return err
	}
	if p.dev.kind != stationKind && p.dev.kind != announcementKind {
		return csta.Refuse(csta.NoConnectionToClear)
	}
	uui, err := userData(req.UserData)
	if err != nil {
		return err
	}
	if p.state == csta.Alerting {
		return csta.Refuse(csta.InvalidConnectionState)
	}
	if uui != "" {
		p.call.uui = uui
	}
	s.drop(p, csta.CauseNormalClearing)
	return nil
}

// HoldCall puts a connected station on hold.
func (s *Switch) HoldCall(req csta.HoldCall) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findState(req.Target, csta.Connected, csta.NoActiveCall)
	if err != nil {
		return err
	}
	if p.call.tone.Sound != "" {
		return csta.Refuse(csta.InvalidObjectState)
	}
	s.hold(p, csta.CauseKeyOperation)
	return nil
}

func (s *Switch) hold(p *party, cause csta.EventCause) {
	p.state = csta.Held
	s.touch(p)
	id := p.id()
	s.tell(p.call, cause, func(h csta.CallEvent) csta.Event {
		return csta.HeldEvent{CallEvent: bare(h), Connection: id, Holding: csta.Party(id.Device)}
	})
}

// RetrieveCall connects a held station again. Dial tone that it hears ends (555-230-220:
// Third Party Reconnect).
func (s *Switch) RetrieveCall(req csta.RetrieveCall) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findState(req.Target, csta.Held, csta.NoHeldCall)
	if err != nil {
		return err
	}
	if active := p.dev.active(); active != nil {
		if !active.hearsDialTone() {
			return csta.Refuse(csta.InvalidObjectState)
		}
		s.drop(active, csta.CauseNormalClearing)
	}
	s.retrieve(p, csta.CauseKeyOperation)
	return nil
}

func (s *Switch) retrieve(p *party, cause csta.EventCause) {
	p.state = csta.Connected
	s.touch(p)
	id := p.id()
	s.tell(p.call, cause, func(h csta.CallEvent) csta.Event {
		return csta.Retrieved{
			CallEvent: bare(h), Connection: id, Retrieving: csta.Party(id.Device),
		}
	})
}

// DeflectCall sends an alerting call elsewhere, but to no station that forwards its calls
// (DEFINITY CallVisor ASAI Technical Reference, 555-230-220: Redirect Call). It rings until
// there is a way: a hunt group does not find the station that deflects it idle.
func (s *Switch) DeflectCall(req csta.DeflectCall) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findState(req.Target, csta.Alerting, csta.InvalidConnectionState)
	if err != nil {
		return err
	}
	number, err := s.dialled(req.To)
	if err != nil {
		return csta.Refuse(csta.InvalidDestination)
	}
	way := s.resolve(p.call, number, nil)
	if err := way.refusal(); err != nil {
		return err
	}
	if d := s.devices[number]; d != nil && d.kind == stationKind && d.station.forward != "" {
		return csta.Refuse(csta.ResourceBusy)
	}
	s.redirect(p, number, way)
	return nil
}

// redirect takes a call from one device, along the way to a number.
func (s *Switch) redirect(p *party, number string, way path) {
	s.divert(p, s.numberID(number), csta.CauseRedirected)
	s.take(p.call, way, arrival{cause: csta.CauseRedirected, from: p.dev})
}
