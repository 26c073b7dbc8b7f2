package model

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
)

func (p *people) move() {
	to := p.number()
	if p.upTo(2, "deflect") == 0 {
		id := p.connection(csta.Alerting)
		p.do(func() error { return p.s.DeflectCall(csta.DeflectCall{Target: id, To: to}) },
			"deflect %s to %s", id, to)
		return
	}
	id := p.connection(csta.Connected)
	p.do(func() error {
		_, err := p.s.SingleStepTransferCall(csta.SingleStepTransferCall{Active: id, To: to})
		return err
	}, "transfer %s to %s", id, to)
}

func (p *people) join() {
	req := csta.SingleStepConferenceCall{Active: p.connection(), Device: p.station()}
	if p.upTo(2, "silently") == 0 {
		req.Participation = csta.SilentParticipation
	}
	p.do(func() error {
		_, err := p.s.SingleStepConferenceCall(req)
		return err
	}, "%s joins %s %s", req.Device, req.Active, req.Participation)
}

func (p *people) pickUp() {
	if p.upTo(2, "group") == 0 {
		by := device(1008 + p.upTo(2, "member"))
		p.do(func() error {
			_, err := p.s.GroupPickupCall(csta.GroupPickupCall{Device: by})
			return err
		}, "%s picks up in its group", by)
		return
	}
	id, by := p.connection(csta.Alerting), p.station()
	p.do(func() error {
		_, err := p.s.DirectedPickupCall(csta.DirectedPickupCall{Target: id, Device: by})
		return err
	}, "%s picks up %s", by, id)
}

func (p *people) feature() {
	d, on := p.station(), p.upTo(2, "on") == 0
	if p.upTo(2, "send all calls") == 0 {
		p.do(func() error {
			return p.s.SetDoNotDisturb(csta.SetDoNotDisturb{Device: d, On: on})
		}, "%s sends all calls: %v", d, on)
		return
	}
	to := p.number()
	p.do(func() error {
		return p.s.SetForwarding(csta.SetForwarding{Device: d, Activate: on, To: to})
	}, "%s forwards to %s: %v", d, to, on)
}

var wishes = []csta.RequestedAgentState{
	csta.LogOn, csta.LogOn, csta.LogOff, csta.NotReady, csta.Ready, csta.Ready,
	csta.WorkingAfterCall,
}

func (p *people) agent() {
	req := csta.SetAgentState{
		Device: device(1001 + p.upTo(8, "at")), Password: "4321",
		State: rapid.SampledFrom(wishes).Draw(p.t, "state"),
	}
	if req.State == csta.LogOn {
		req.AgentID = fmt.Sprint(4001 + p.upTo(11, "agent"))
		req.Private.WorkMode = csta.AutoIn
	}
	if p.upTo(2, "pending") == 0 {
		req.Private.Pending = new(true)
	}
	p.do(func() error {
		_, err := p.s.SetAgentState(req)
		return err
	}, "agent %s at %s: %s", req.AgentID, req.Device, req.State)
}

func (p *people) outside() {
	id := p.connection()
	switch p.upTo(3, "what") {
	case 0:
		p.do(func() error { return p.s.OutsideHangUp(id) }, "the outside hangs up %s", id)
	case 1:
		p.do(func() error { return p.s.OutsideDigits(id, "1") }, "the outside dials in %s", id)
	default:
		p.do(func() error { return p.s.OutsideAnswer(id) }, "the outside answers %s", id)
	}
}

func (p *people) wait() {
	p.pass(time.Duration(1+p.upTo(30_000, "ms")) * time.Millisecond)
}
