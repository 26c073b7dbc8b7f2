package pbx

import "github.com/wtiphone/wtiphone/csta"

// tellDelivered tells that a call reached a device.
func (s *Switch) tellDelivered(p *party, cause csta.EventCause) {
	c, id := p.call, p.id()
	private := csta.DeliveredPrivate{ArrivalPrivate: c.arrival(p)}
	s.tellOffered(p, cause)
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.Delivered{
			CallEvent: h, Connection: id, Alerting: csta.Party(id.Device),
			Calling: c.calling, Called: c.called,
			Redirection: csta.Redirection(c.redirected), Private: private,
		}
	})
	s.tellSIPHeader(p)
}

// tellEstablished tells that a device answered.
func (s *Switch) tellEstablished(p *party, cause csta.EventCause) {
	c, id := p.call, p.id()
	private := csta.EstablishedPrivate{ArrivalPrivate: c.arrival(p)}
	if c.predicts != "" { // a classifier would say what has answered
		private.Reason = csta.ReasonAnswerNormal
	}
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.Established{
			CallEvent: h, Connection: id, Answering: csta.Party(id.Device),
			Calling: c.calling, Called: c.called,
			Redirection: csta.Redirection(c.redirected), Private: private,
		}
	})
}

// arrival is what Avaya tells besides of how a call came to a device.
func (c *call) arrival(p *party) csta.ArrivalPrivate {
	a := csta.ArrivalPrivate{
		Original: c.original, Entered: c.enteredCode(), LookAhead: c.lookAhead,
	}
	if c.trunk.group != nil && c.trunk.incoming {
		a.TrunkGroup, a.TrunkMember = c.trunk.numbers()
	}
	if p.skill != nil {
		a.ACDGroup = p.skill.dev.id
		a.DistributingDevice = csta.Party(p.skill.dev.id)
	}
	if vdn := c.distributor(); vdn != nil {
		a.DistributingVDN = csta.Party(vdn.id)
		a.DistributingDevice = a.DistributingVDN
	}
	return a
}

// distributor is the VDN that has distributed the call; nil if none has, or has not
// done so yet.
func (c *call) distributor() *device {
	if c.vdn == nil || c.partyOf(c.vdn) != nil {
		return nil
	}
	return c.vdn
}

// enteredCode is what the caller entered; nil for nothing.
func (c *call) enteredCode() *csta.UserEnteredCode {
	if c.entered == "" {
		return nil
	}
	code := &csta.UserEnteredCode{
		Type: "callPrompter", Indicator: "collect", Data: c.entered,
	}
	if c.enteredAt != nil {
		code.CollectVDN = c.enteredAt.id
	}
	return code
}

// originalInfo keeps what is known of a call that is about to be merged with another.
func (c *call) originalInfo(reason int) *csta.OriginalCallInfo {
	if c.original != nil {
		return c.original
	}
	o := &csta.OriginalCallInfo{
		Reason: &reason, NetworkCaller: c.calling, NetworkCalled: c.called,
		Entered: c.enteredCode(), LookAhead: c.lookAhead, UserData: c.userData(),
		Linkage: csta.Linkage(c.ucid), History: c.history,
	}
	if c.trunk.group != nil && c.trunk.incoming {
		o.TrunkGroup, o.TrunkMember = c.trunk.numbers()
	}
	return o
}

// userData is the call's user-to-user information; nil for none.
func (c *call) userData() *csta.UserData {
	if c.uui == "" {
		return nil
	}
	return &csta.UserData{Text: csta.HexText(c.uui)}
}

// bare is the header of the events that have neither user data nor history in them:
// ServiceInitiated, Originated, Held and Retrieved (DMCC schema).
func bare(h csta.CallEvent) csta.CallEvent {
	h.UserData, h.History = nil, nil
	return h
}
