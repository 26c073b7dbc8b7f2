package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// The reasons of an original call's information (TSAPI).
const (
	reasonConferenced = 2
	reasonTransferred = 3
)

// merged is what a transfer or a conference made of two calls.
type merged struct {
	call   *call             // that lives on
	held   csta.ConnectionID // the controlling device's connections as they were
	active csta.ConnectionID
	by     *device       // the controlling device
	to     csta.DeviceID // the far end of the active call
	old    string        // the UCID that ended; empty if none did
	list   []csta.ConnectionListItem
}

// mergeable refuses to merge two calls that cannot become one. more is what the
// merging adds to the number of parties besides those of the two calls without the
// controlling device's two connections: -1 when it leaves, 0 when it stays. Two calls that
// only ring are not merged, and a vector is no party of a conference (555-230-220: Third
// Party Merge).
func (s *Switch) mergeable(held, active *party, more int) error {
	if held.call.tone.Sound != "" || active.call.tone.Sound != "" {
		return csta.Refuse(csta.InvalidObjectState)
	}
	far := 0
	for _, p := range active.call.parties {
		if p == active {
			continue
		}
		if held.call.partyOf(p.dev) != nil {
			return csta.Refuse(csta.InvalidObjectState)
		}
		far++
	}
	if far == 0 || len(held.call.parties) < 2 {
		return csta.Refuse(csta.InvalidObjectState)
	}
	if held.ringsOnly() && active.ringsOnly() || more == 0 && active.call.run != nil ||
		held.call.run != nil && active.call.run != nil ||
		held.call.vdnParty() != nil && active.call.vdnParty() != nil {
		return csta.Refuse(csta.InvalidObjectState)
	}
	if held.call.size()+active.call.size()-1+more > s.features.ConferenceSize {
		return csta.Refuse(csta.ConferenceLimit)
	}
	return nil
}

// ringsOnly reports whether nobody has answered a party's call yet.
func (p *party) ringsOnly() bool {
	return !slices.ContainsFunc(p.call.parties, func(other *party) bool {
		return other != p && other.state != csta.Alerting
	})
}

// vdnParty is the VDN that still has the call, nil if none has.
func (c *call) vdnParty() *party {
	for _, p := range c.parties {
		if p.dev.kind == vdnKind {
			return p
		}
	}
	return nil
}

// merge makes one call of two: one keeps its id, its parties get those of the other
// as company, and what is known of both is kept. The controlling device's two
// connections are still there, both in the call, for the caller to deal with.
func (s *Switch) merge(held, active *party, reason int) *merged {
	m := &merged{held: held.id(), active: active.id(), by: held.dev}
	stays, goes := held.call, active.call
	m.to = farEnd(active).id
	if s.features.MergeKeepsActive {
		stays, goes = goes, stays
	}
	original, consult := held.call, active.call
	info := original.originalInfo(reason)
	if reason == reasonTransferred {
		original.remember(m.held, csta.CauseTransfer)
	}
	history := append(original.history[:len(original.history):len(original.history)],
		consult.history...)
	uui := original.uui
	if consult.uui != "" {
		uui = consult.uui
	}
	s.moveParties(m, stays, goes, held, active)
	stays.calling, stays.called = mergedEnds(original, consult)
	stays.redirected = consult.redirected
	stays.original, stays.uui, stays.history = info, uui, history
	if stays.trunk.group == nil {
		stays.trunk = goes.trunk
	}
	stays.steps = max(stays.steps, goes.steps)
	if stays.lookAhead == nil {
		stays.lookAhead = goes.lookAhead
	}
	if consult.vdn != nil {
		stays.vdn, stays.skill = consult.vdn, consult.skill
	} else {
		stays.vdn, stays.skill = original.vdn, original.skill
	}
	if original.entered != "" {
		stays.entered, stays.enteredAt = original.entered, original.enteredAt
	} else {
		stays.entered, stays.enteredAt = consult.entered, consult.enteredAt
	}
	m.call, m.old = stays, goes.ucid
	goes.over = true
	s.forgetCall(goes)
	return m
}

// mergedEnds is who calls whom after a merger: the original caller, and the device
// that was consulted. If the controlling device itself placed the original call,
// its far end takes the caller's place.
func mergedEnds(original, consult *call) (calling, called csta.ExtendedDeviceID) {
	calling, called = original.calling, consult.called
	if calling == consult.calling {
		calling = original.called
	}
	return calling, called
}

// farEnd is the party that the controlling device talks to.
func farEnd(active *party) *device {
	var far *device
	for _, p := range active.call.parties {
		if p != active && (far == nil || far.kind == vdnKind) {
			far = p.dev
		}
	}
	return far
}

func (s *Switch) moveParties(m *merged, stays, goes *call, held, active *party) {
	m.list = nil
	for _, p := range stays.parties {
		m.add(p, p.id())
	}
	for _, p := range goes.parties {
		before := p.id()
		if o := p.dev.outside; o != nil && stays.has(p.dev.id) {
			p.dev.id = s.outsideID(o.trunk.name())
		}
		p.call = stays
		if p != held && p != active {
			m.add(p, before)
		}
	}
	stays.parties = append(stays.parties, goes.parties...)
	goes.parties = nil
	for _, f := range goes.followers {
		stays.follow(f)
		if f.call == goes {
			f.call = stays
		}
	}
	goes.followers = nil
	if goes.run != nil {
		stays.run, goes.run = goes.run, nil
		stays.run.call = stays
	}
	for _, w := range goes.queued {
		w.call = stays
	}
	stays.queued = append(stays.queued, goes.queued...)
	goes.queued = nil
	s.touchCall(stays)
}

func (m *merged) add(p *party, before csta.ConnectionID) {
	m.list = append(m.list, csta.ConnectionListItem{
		New: p.id(), Old: before, Endpoint: csta.Endpoint{Device: p.dev.id},
	})
}

// has reports whether a party of the call has a device id already: two callers may
// have one number.
func (c *call) has(id csta.DeviceID) bool {
	for _, p := range c.parties {
		if p.dev.id == id {
			return true
		}
	}
	return false
}

// connectionList lists the parties of a call that a device leaves.
func connectionList(c *call, leaving *party) []csta.ConnectionListItem {
	var m merged
	for _, p := range c.parties {
		if p != leaving {
			m.add(p, p.id())
		}
	}
	return m.list
}

// otherTalker is the first who talks to a party, nil for none.
func (c *call) otherTalker(p *party) *party {
	for _, other := range c.parties {
		if other != p && other.talker() {
			return other
		}
	}
	return nil
}
