package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// ClearCall ends a call for everybody.
func (s *Switch) ClearCall(req csta.ClearCall) error {
	s.mu.Lock()
	defer s.unlock()
	c := s.calls[req.Target.Call]
	if c == nil {
		return csta.Refuse(csta.NoCallToClear)
	}
	s.finish(c, false)
	return nil
}

// SingleStepConferenceCall brings an idle station into a call at once: as one who
// talks, or silently, as recorders and supervisors join.
func (s *Switch) SingleStepConferenceCall(
	req csta.SingleStepConferenceCall,
) (csta.DeviceConferenced, error) {
	s.mu.Lock()
	defer s.unlock()
	var none csta.DeviceConferenced
	by, err := s.find(req.Active)
	if err != nil {
		return none, err
	}
	d, err := s.stationOf(req.Device)
	if err != nil {
		return none, err
	}
	c, cause := by.call, csta.CauseActiveParticipation
	switch req.Participation {
	case "", csta.ActiveParticipation:
	case csta.SilentParticipation:
		cause = csta.CauseSilentParticipation
	default:
		return none, csta.Refuse(csta.InvalidParameterValue)
	}
	silent := cause == csta.CauseSilentParticipation
	if err := s.joinable(by, d, silent); err != nil {
		return none, err
	}
	p := s.join(c, d, csta.Connected)
	p.silent, p.stepped = silent, true
	m := &merged{call: c, held: by.id(), by: by.dev, to: d.id, list: connectionList(c, nil)}
	s.tellConferenced(m, by.dev, cause)
	r := csta.DeviceConferenced{
		Call:    p.id(),
		Private: csta.DeviceConferencedPrivate{UCID: c.ucid},
	}
	for _, other := range c.parties {
		r.Private.Connections = append(r.Private.Connections, other.id())
	}
	return r, nil
}

// joinable refuses to bring a station into the call of a party. Only who is silent can join
// one in vector processing (555-230-220: Third Party Single-Step Conference).
func (s *Switch) joinable(by *party, d *device, silent bool) error {
	switch c := by.call; {
	case !by.talker() || c.tone.Sound != "":
		return csta.Refuse(csta.NoActiveCall)
	case d.active() != nil || c.partyOf(d) != nil, c.run != nil && !silent:
		return csta.Refuse(csta.InvalidObjectState)
	case d.station.freeAppearance(true) < 0:
		return csta.Refuse(csta.ResourceBusy)
	case c.size() >= s.features.ConferenceSize:
		return csta.Refuse(csta.ConferenceLimit)
	}
	return nil
}

// GetCallLinkageData tells the UCID of a call.
func (s *Switch) GetCallLinkageData(req csta.GetCallLinkageData) (csta.CallLinkage, error) {
	s.mu.Lock()
	defer s.unlock()
	c := s.calls[req.Call.Call]
	if c == nil {
		return csta.CallLinkage{}, csta.Refuse(csta.InvalidCallID)
	}
	return csta.CallLinkage{Linkage: csta.Linkage(c.ucid)}, nil
}

// SelectiveListeningHold makes a party of a call deaf to another, or to all.
func (s *Switch) SelectiveListeningHold(req csta.SelectiveListeningHold) error {
	return s.listen(req.Listening, func(to, p *party) bool {
		if slices.Contains(to.deafTo, p) {
			return false
		}
		to.deafTo = append(to.deafTo, p)
		return true
	})
}

// SelectiveListeningRetrieve lets a party of a call hear another again, or all.
func (s *Switch) SelectiveListeningRetrieve(req csta.SelectiveListeningRetrieve) error {
	return s.listen(req.Listening, func(to, p *party) bool {
		before := len(to.deafTo)
		to.deafTo = without(to.deafTo, p)
		return len(to.deafTo) < before
	})
}

// listen changes what a party hears of those that are selected, and refuses what
// changes nothing.
func (s *Switch) listen(
	l csta.SelectiveListening, change func(to, p *party) bool,
) error {
	s.mu.Lock()
	defer s.unlock()
	to, err := s.find(l.Subject)
	if err != nil {
		return err
	}
	others := slices.Clone(to.call.parties)
	if !l.All {
		p, err := s.find(l.Selected)
		if err != nil {
			return err
		}
		others = []*party{p}
	}
	changed := false
	for _, p := range others {
		if p.call == to.call && p != to && p.talker() {
			changed = change(to, p) || changed
		}
	}
	if !changed {
		return csta.Refuse(csta.InvalidObjectState)
	}
	s.touchCall(to.call)
	return nil
}
