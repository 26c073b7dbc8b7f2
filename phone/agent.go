package phone

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// apply follows the agent events of the own device. Whether a switch sends them for
// stations is not certain, which is why the state is asked for as well.
func (a Agent) apply(ev csta.Event, device csta.DeviceID, at time.Time) Agent {
	about, state, work := agentEvent(ev)
	if state == "" || !about.Device.Device.Same(device) && about.Device.Device != "" {
		return a
	}
	next := a
	next.State = state
	if about.AgentID != "" {
		next.ID = about.AgentID
	}
	switch state {
	case csta.AgentNullState:
		next = Agent{State: state}
	case csta.AgentReadyState, csta.AgentBusyState:
		next.Reason = nil
	default:
		next.Reason = work.Reason
	}
	next.Since = a.Since
	if next.State != a.State || next.ID != a.ID {
		next.Since = at
	}
	return next
}

// agentEvent takes what all agent events have in common out of one; no state for
// any other event.
func agentEvent(ev csta.Event) (about csta.AgentEvent, to csta.AgentState, work csta.AgentWork) {
	switch ev := ev.(type) {
	case csta.AgentLoggedOn:
		return ev.AgentEvent, csta.AgentNotReadyState, work
	case csta.AgentLoggedOff:
		return ev.AgentEvent, csta.AgentNullState, work
	case csta.AgentReady:
		return ev.AgentEvent, csta.AgentReadyState, ev.Private.AgentWork
	case csta.AgentNotReady:
		return ev.AgentEvent, csta.AgentNotReadyState, ev.Private.AgentWork
	case csta.AgentBusy:
		return ev.AgentEvent, csta.AgentBusyState, work
	case csta.AgentWorkingAfterCall:
		return ev.AgentEvent, csta.AgentACWState, ev.Private.AgentWork
	}
	return about, "", work
}

// refreshAgent asks for a look at the agent's state soon.
func (p *Phone) refreshAgent() {
	select {
	case p.lookAt <- struct{}{}:
	default:
	}
}

// followAgent asks for the agent's state when something may have changed it, and
// every few seconds besides: releases of AES differ in whether they push it.
func (p *Phone) followAgent(ctx context.Context) {
	timer := time.NewTimer(p.o.AgentPoll)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.lookAt:
		case <-timer.C:
		}
		if err := p.askAgent(ctx); isUnsupported(err) {
			return // events are all there is, then
		}
		timer.Reset(p.o.AgentPoll)
	}
}

// askings bounds how often the agent's state is asked for again because events came
// while an answer was on its way.
const askings = 5

// askAgent reads the agent's state from the switch and publishes it if it differs. An
// answer may be older than an event that came beside it: then it is asked for again. One
// at a time asks, so that answers cannot overtake one another either.
func (p *Phone) askAgent(ctx context.Context) error {
	select {
	case p.asks <- struct{}{}:
		defer func() { <-p.asks }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for range askings {
		p.agentMu.Lock()
		told := p.agentTold
		p.agentMu.Unlock()
		reply, err := wti.Do(ctx, p.session, csta.GetAgentState{Device: p.device})
		if err != nil || p.takeAgent(reply, told) {
			return err
		}
	}
	return nil
}

// takeAgent publishes an answer, unless an event has told of the agent since the question.
func (p *Phone) takeAgent(reply csta.AgentStateReply, told uint64) bool {
	now := time.Now()
	p.agentMu.Lock()
	defer p.agentMu.Unlock()
	if p.agentTold != told {
		return false
	}
	p.agentAnswered = now
	if before := p.State().Agent; !agentOf(reply, before, now).same(before) {
		p.board.change(wti.Event{At: now}, func(s *State) {
			s.Agent = agentOf(reply, s.Agent, now)
		})
	}
	return true
}

// tellsOfAgent counts an event about the agent. It reports false for one that came before
// the last answer, which may know of it already: the state is asked for again then.
func (p *Phone) tellsOfAgent(ev wti.Event) bool {
	if _, to, _ := agentEvent(ev.Event); to == "" {
		return true
	}
	p.agentTold++
	if ev.At.After(p.agentAnswered) {
		return true
	}
	p.refreshAgent()
	return false
}

// agentOf is the agent that an answer describes. An agent who works in several
// skills is in one state in all of them but for pending changes; the first counts.
func agentOf(reply csta.AgentStateReply, before Agent, now time.Time) Agent {
	a := Agent{State: csta.AgentNullState}
	for _, entry := range reply.Agents {
		if !entry.LoggedOn {
			continue
		}
		a.ID, a.Mode, a.Reason = entry.AgentID, reply.Private.WorkMode, reply.Private.Reason
		for i, skill := range entry.Skills {
			if i == 0 {
				a.State, a.Pending = skill.State, skill.Pending
			}
			a.Skills = append(a.Skills, skill.Skill)
		}
		break
	}
	a.Since = now
	if a.State == before.State && a.ID == before.ID {
		a.Since = before.Since
	}
	return a
}

func (a Agent) same(b Agent) bool {
	reason := a.Reason == b.Reason || a.Reason != nil && b.Reason != nil && *a.Reason == *b.Reason
	return reason && a.ID == b.ID && a.State == b.State && a.Mode == b.Mode &&
		a.Pending == b.Pending && slices.Equal(a.Skills, b.Skills)
}

// isUnsupported reports whether the server does not offer a service at all.
func isUnsupported(err error) bool {
	f, ok := errors.AsType[*csta.Fault](err)
	return ok && (f.Code == csta.ServiceNotSupported || f.Code == csta.UnknownMessage)
}
