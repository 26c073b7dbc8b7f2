package pbx

import "github.com/wtiphone/wtiphone/csta"

// tellTransferred tells all, the device that leaves among them, of a transfer. That
// device's connections are still in the call, in the state null.
func (s *Switch) tellTransferred(m *merged, cause csta.EventCause) {
	if cause == csta.CauseTransfer {
		m.leave()
	}
	c := m.call
	private := csta.TransferredPrivate{MergedPrivate: c.mergedPrivate()}
	s.tellOnce(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.Transferred{
			Monitored: h.Monitored, PrimaryOld: m.held, SecondaryOld: m.active,
			Transferring: csta.Party(m.by.id), TransferredTo: csta.Party(m.to),
			Connections: m.list, Local: h.Local, UserData: h.UserData, Cause: h.Cause,
			CallLinkageSet: m.linkage(), History: h.History, Private: private,
		}
	})
}

// leave takes the controlling device out of the list of who is left, and marks its
// connections as gone.
func (m *merged) leave() {
	left := m.list[:0]
	for _, item := range m.list {
		if item.New.Device != m.by.id {
			left = append(left, item)
		}
	}
	m.list = left
	for _, p := range m.call.parties {
		if p.dev == m.by {
			p.state = csta.Null
		}
	}
}

func (s *Switch) tellConferenced(m *merged, by *device, cause csta.EventCause) {
	c := m.call
	private := csta.ConferencedPrivate{MergedPrivate: c.mergedPrivate()}
	s.tellOnce(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.Conferenced{
			Monitored: h.Monitored, PrimaryOld: m.held, SecondaryOld: m.active,
			Conferencing: csta.Party(by.id), Added: csta.Party(m.to),
			Connections: m.list, Local: h.Local, UserData: h.UserData, Cause: h.Cause,
			CallLinkageSet: m.linkage(), History: h.History, Private: private,
		}
	})
}

func (m *merged) linkage() csta.CallLinkageDataList {
	l := csta.CallLinkageDataList{New: csta.Linkage(m.call.ucid)}
	if m.old != "" {
		l.Old = csta.Linkage(m.old)
	}
	return l
}

func (c *call) mergedPrivate() csta.MergedPrivate {
	p := csta.MergedPrivate{Original: c.original}
	if c.skill != nil {
		p.DistributingDevice = csta.Party(c.skill.dev.id)
	}
	if vdn := c.distributor(); vdn != nil {
		p.DistributingVDN = csta.Party(vdn.id)
		p.DistributingDevice = p.DistributingVDN
	}
	for _, party := range c.parties {
		if o := party.dev.outside; o != nil && !party.absent {
			t := csta.TrunkInterface{Connection: party.id()}
			t.Group, t.Member = o.trunk.numbers()
			p.Trunks = append(p.Trunks, t)
		}
	}
	return p
}

// tellOnce is tell for a call in which a device has two connections: its monitors
// get one event.
func (s *Switch) tellOnce(c *call, cause csta.EventCause, ev event) {
	for i, p := range c.parties {
		first := !p.absent
		for _, before := range c.parties[:i] {
			first = first && before.dev != p.dev
		}
		if first {
			p.tellOwn(c, cause, ev)
		}
	}
	s.tellFollowers(c, cause, ev)
}
