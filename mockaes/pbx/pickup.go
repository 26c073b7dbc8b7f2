package pbx

import "github.com/wtiphone/wtiphone/csta"

// GroupPickupCall takes the call that has been ringing longest in the pickup group of
// a station.
func (s *Switch) GroupPickupCall(req csta.GroupPickupCall) (csta.CallPicked, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.CallPicked{}, err
	}
	group := d.station.lab.Pickup
	if req.Group != "" {
		member, err := s.stationOf(req.Group)
		if err != nil || member.station.lab.Pickup == 0 {
			return csta.CallPicked{}, csta.Refuse(csta.InvalidDeviceID)
		}
		group = member.station.lab.Pickup
	}
	if group == 0 {
		return csta.CallPicked{}, csta.Refuse(csta.InvalidFeature)
	}
	for _, c := range s.order {
		for _, p := range c.parties {
			if p.dev.kind == stationKind && p.state == csta.Alerting &&
				p.dev.station.lab.Pickup == group && p.dev != d {
				return s.pickUp(p, d)
			}
		}
	}
	return csta.CallPicked{}, csta.Refuse(csta.NoCallToAnswer)
}

// DirectedPickupCall takes a ringing call from another station.
func (s *Switch) DirectedPickupCall(req csta.DirectedPickupCall) (csta.CallPicked, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.CallPicked{}, err
	}
	p, err := s.findState(req.Target, csta.Alerting, csta.NoCallToAnswer)
	if err != nil {
		return csta.CallPicked{}, err
	}
	return s.pickUp(p, d)
}

// pickUp moves a ringing call to another station, which answers it.
func (s *Switch) pickUp(p *party, d *device) (csta.CallPicked, error) {
	switch {
	case d.active() != nil, p.call.partyOf(d) != nil:
		return csta.CallPicked{}, csta.Refuse(csta.InvalidObjectState)
	case d.station.freeAppearance(true) < 0:
		return csta.CallPicked{}, csta.Refuse(csta.ResourceBusy)
	}
	s.divert(p, d.id, csta.CauseCallPickup)
	p.call.redirected = p.dev.id
	q := s.join(p.call, d, csta.Connected)
	s.tellEstablished(q, csta.CauseCallPickup)
	s.connected(q)
	return csta.CallPicked{Call: q.id()}, nil
}
