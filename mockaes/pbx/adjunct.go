package pbx

import (
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
)

// router is an application that is asked where calls should go.
type router struct {
	id      csta.RouteRegisterID
	dev     *device // the VDN whose calls it is asked about; nil: all
	deliver func(csta.Event)
}

// dialogue is one question to a router.
type dialogue struct {
	id     csta.RouteCrossRefID
	router *router
	run    *vectorRun
}

// RouteRegister makes an application the one that adjunct routing steps ask. deliver
// is called in the order of events while the switch is locked: it must only enqueue.
// stop ends the registration, as RouteRegisterCancel does.
func (s *Switch) RouteRegister(
	req csta.RouteRegister, deliver func(csta.Event),
) (r csta.RouteRegistered, stop func(), err error) {
	s.mu.Lock()
	defer s.unlock()
	var d *device
	if req.Device != "" {
		if d = s.device(req.Device); d == nil || d.kind != vdnKind {
			return r, nil, csta.Refuse(csta.InvalidDeviceID)
		}
	}
	for _, other := range s.routers {
		if other.dev == d {
			return r, nil, csta.Refuse(csta.ResourceBusy)
		}
	}
	id := csta.RouteRegisterID(s.nextID())
	s.routers = append(s.routers, &router{id: id, dev: d, deliver: deliver})
	return csta.RouteRegistered{Register: id}, func() {
		_ = s.RouteRegisterCancel(csta.RouteRegisterCancel{Register: id})
	}, nil
}

// RouteRegisterCancel ends a registration, and its dialogues with it.
func (s *Switch) RouteRegisterCancel(req csta.RouteRegisterCancel) error {
	s.mu.Lock()
	defer s.unlock()
	for _, r := range s.routers {
		if r.id != req.Register {
			continue
		}
		s.routers = without(s.routers, r)
		for _, c := range s.order {
			if c.run != nil && c.run.asked != nil && c.run.asked.router == r {
				c.run.endDialogue("")
			}
		}
		return nil
	}
	return csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
}

// ask asks the router of the VDN, or of all, where the call should go. The vector
// goes on: its next announcement or wait is the time for an answer, and is passed over if
// nobody can be asked. Of a call that is queued already nobody is asked (Avaya Call Center
// Elite Feature Reference: effects of ASAI link failure; 555-230-520).
func (r *vectorRun) ask() {
	r.endDialogue("")
	if len(r.call.queued) > 0 {
		return
	}
	var to *router
	for _, candidate := range r.s.routers {
		if candidate.dev == r.vdn.dev || candidate.dev == nil && to == nil {
			to = candidate
		}
	}
	r.unasked = to == nil
	if to == nil {
		return
	}
	id := csta.RouteCrossRefID(r.s.nextID())
	r.asked = &dialogue{id: id, router: to, run: r}
	r.s.dialogues[id] = r.asked
	c := r.call
	arrived := c.arrival(r.vdn)
	ev := csta.RouteRequest{
		Dialogue: id, Register: to.id, Current: csta.Party(r.vdn.dev.id), Calling: c.calling,
		Routeing: csta.Party(r.vdn.dev.id), Call: r.vdn.id(), Algorithm: csta.SelectACD,
		Linkage: csta.Linkage(c.ucid), History: c.history,
		Private: csta.RouteRequestPrivate{
			TrunkGroup: arrived.TrunkGroup, TrunkMember: arrived.TrunkMember,
			LookAhead: arrived.LookAhead, Entered: arrived.Entered, UserData: c.userData(),
			Linkage: csta.Linkage(c.ucid), History: c.history,
		},
	}
	to.deliver(ev)
}

// endDialogue tells a router that its answer is not waited for any more, and why; "" for
// no fault of the router's. The form of an errorValue is inferred from that of faults.
func (r *vectorRun) endDialogue(why csta.FaultCode) {
	d := r.forgetDialogue()
	if d == nil {
		return
	}
	ended := csta.RouteEnded{Dialogue: d.id, Register: d.router.id}
	if why != "" {
		ended.Error = fmt.Appendf(nil, "{%q:%q}", why.Category(), why.Value())
	}
	d.router.deliver(ended)
}

// forgetDialogue ends a dialogue in silence; nil if there is none.
func (r *vectorRun) forgetDialogue() *dialogue {
	d := r.asked
	if d != nil {
		r.asked = nil
		delete(r.s.dialogues, d.id)
	}
	return d
}

// hurry ends the announcement or the wait during which a router was asked.
func (r *vectorRun) hurry() {
	then := jobSpoken
	if r.timer.running() {
		then = r.timer.job
		r.timer.stop()
	}
	r.job(then)
}

// RouteSelect sends a call where its router says: to the selected number, or to the
// first of the alternates that can take it. If none can, the vector goes on at once
// (555-230-220: Route Select).
func (s *Switch) RouteSelect(req csta.RouteSelect) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.dialogue(req.Dialogue, req.Register)
	if err != nil {
		return err
	}
	uui, err := userData(req.Private.UserData)
	if err != nil {
		return err
	}
	var direct *skill
	if g := req.Private.DirectAgent; g != "" {
		direct, err = s.directSkill(req.Selected, csta.CallPrivateData{
			Type: csta.DirectAgent, ACDGroup: g,
		})
		if err != nil {
			return err
		}
	}
	c, run := d.run.call, d.run
	for _, route := range append([]csta.DeviceID{req.Selected}, req.Alternates...) {
		number, err := s.dialled(route)
		if err != nil || direct == nil && s.reachable(c, number) != nil {
			continue
		}
		run.provide(uui, req.Private.Provided)
		if orZero(req.WantUsed) {
			d.router.deliver(csta.RouteUsed{
				Dialogue: d.id, Register: d.router.id, Used: csta.Party(s.numberID(number)),
				Calling: c.calling, Linkage: csta.Linkage(c.ucid),
			})
		}
		run.routeTo(number, arrival{skill: direct})
		return nil
	}
	if !s.reroute(d, req.Retries) {
		run.endDialogue(csta.InvalidDestination)
		run.hurry()
	}
	return nil
}

// provide gives a call what its router sends along.
func (r *vectorRun) provide(uui string, code *csta.UserProvidedCode) {
	if uui != "" {
		r.call.uui = uui
	}
	if code != nil && code.Data != "" {
		r.call.entered, r.call.enteredAt = code.Data, r.vdn.dev
	}
}

// RouteEnd is a router's word that it will not route a call: the vector goes on at once
// (Avaya Call Center Elite Feature Reference: steps that terminate a route request).
func (s *Switch) RouteEnd(req csta.RouteEnd) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.dialogue(req.Dialogue, req.Register)
	if err == nil {
		d.run.forgetDialogue()
		d.run.hurry()
	}
	return err
}

// RouteReject is a router's word that a call is not to be routed at all: it ends
// (ECMA-269).
func (s *Switch) RouteReject(req csta.RouteReject) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.dialogue(req.Dialogue, req.Register)
	if err == nil {
		d.run.forgetDialogue()
		d.run.disconnect()
	}
	return err
}

// Asks reports whether a question waits for an answer.
func (s *Switch) Asks(id csta.RouteCrossRefID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dialogues[id] != nil
}

func (s *Switch) dialogue(
	id csta.RouteCrossRefID, register csta.RouteRegisterID,
) (*dialogue, error) {
	d := s.dialogues[id]
	switch {
	case d == nil:
		return nil, csta.Refuse(csta.InvalidRouteingCrossRefID)
	case register != "" && register != d.router.id:
		return nil, csta.Refuse(csta.InvalidRouteRegistrationCrossRefID)
	}
	return d, nil
}
