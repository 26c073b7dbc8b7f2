package pbx

import (
	"github.com/wtiphone/wtiphone/csta"
)

// agent is a person who may be logged in.
type agent struct {
	lab      Agent
	dev      *device // the number under which the agent can be called
	skills   []agentSkill
	station  *device       // where the agent is logged in; nil if nowhere
	mode     csta.WorkMode // what the agent does between calls
	ready    csta.WorkMode // autoIn or manualIn: what ready meant last
	reason   *int          // of auxiliary work
	busy     bool          // with a call of a skill
	pending  *pendingWork
	idleTurn uint64 // the lower, the longer the agent has been idle
	last     *skill // whose call was the last
	acw      *timer
}

type agentSkill struct {
	skill *skill
	level int
}

// pendingWork is what an agent does when its call has ended.
type pendingWork struct {
	state  csta.RequestedAgentState
	mode   csta.WorkMode
	reason *int
}

// available reports whether the agent can be given a call of a skill.
func (a *agent) available() bool {
	return a.station != nil && !a.busy && len(a.station.parties) == 0 &&
		(a.mode == csta.AutoIn || a.mode == csta.ManualIn)
}

// has reports whether the agent has a skill.
func (a *agent) has(sk *skill) bool {
	for _, m := range a.skills {
		if m.skill == sk {
			return true
		}
	}
	return false
}

// state is the agent's state as CSTA knows it.
func (a *agent) state() csta.AgentState {
	switch {
	case a.station == nil:
		return csta.AgentNullState
	case a.busy:
		return csta.AgentBusyState
	case a.mode == csta.AuxWork:
		return csta.AgentNotReadyState
	case a.mode == csta.AfterCallWork:
		return csta.AgentACWState
	}
	return csta.AgentReadyState
}

// pendingState is the state that follows the agent's call by its own wish; "" for none.
func (a *agent) pendingState() csta.AgentState {
	if a.pending == nil {
		return ""
	}
	return stateOf(*a.pending)
}

// settleAgent draws the consequences of a change at the agent's station.
func (s *Switch) settleAgent(a *agent) {
	has, ringing := a.skillCall()
	switch {
	case has != nil && !a.busy:
		a.busy, a.last = true, has
		a.acw.stop()
		s.tellAgent(a, func(h csta.AgentEvent) csta.Event {
			return csta.AgentBusy{AgentEvent: h, Pending: a.pendingState()}
		})
	case has == nil && a.busy && !ringing:
		a.busy = false
		s.afterCall(a)
	case has == nil && !ringing && a.pending != nil:
		s.afterCall(a)
	}
	if a.available() {
		s.serve(a)
	}
}

// skillCall is the skill whose call the agent has answered, nil for none; ringing
// tells of one that is not answered yet.
func (a *agent) skillCall() (has *skill, ringing bool) {
	for _, p := range a.station.parties {
		if p.skill == nil {
			continue
		}
		if p.state == csta.Alerting {
			ringing = true
		} else {
			has = p.skill
		}
	}
	return has, ringing
}

// afterCall decides what an agent does when a call of a skill has ended.
func (s *Switch) afterCall(a *agent) {
	if next := a.pending; next != nil {
		a.pending = nil
		if next.state == csta.LogOff {
			s.logOff(a, next.reason)
			return
		}
		s.enterMode(a, next.mode, next.reason)
		return
	}
	switch {
	case a.mode == csta.ManualIn, a.mode == csta.AutoIn && a.last.lab.TimedACW > 0:
		s.enterMode(a, csta.AfterCallWork, nil)
		if length := a.last.lab.TimedACW; length > 0 {
			a.acw = s.workAlarm(length, a)
		}
	default:
		s.enterMode(a, a.mode, a.reason)
	}
}

// enterMode begins another way of working and tells of it.
func (s *Switch) enterMode(a *agent, mode csta.WorkMode, reason *int) {
	a.acw.stop()
	a.mode, a.reason = mode, nil
	work := csta.AgentWork{Reason: reason}
	switch mode {
	case csta.AuxWork:
		a.reason = reason
		s.tellAgent(a, func(h csta.AgentEvent) csta.Event {
			return csta.AgentNotReady{AgentEvent: h, Private: csta.NotReadyPrivate{AgentWork: work}}
		})
	case csta.AfterCallWork:
		s.tellAgent(a, func(h csta.AgentEvent) csta.Event {
			return csta.AgentWorkingAfterCall{
				AgentEvent: h, Private: csta.WorkingAfterCallPrivate{AgentWork: work},
			}
		})
	default:
		a.ready, a.idleTurn = mode, s.nextTurn()
		s.tellAgent(a, func(h csta.AgentEvent) csta.Event { return csta.AgentReady{AgentEvent: h} })
	}
	s.touchStation(a.station)
}

func (s *Switch) logOn(a *agent, d *device, mode csta.WorkMode, reason *int) {
	a.station, d.station.agent = d, a
	s.tellLogin(a, func(h csta.AgentEvent) csta.Event { return csta.AgentLoggedOn{AgentEvent: h} })
	s.enterMode(a, mode, reason)
}

func (s *Switch) logOff(a *agent, reason *int) {
	a.acw.stop()
	s.tellLogin(a, func(h csta.AgentEvent) csta.Event {
		return csta.AgentLoggedOff{
			AgentEvent: h, Private: csta.LoggedOffPrivate{Reason: reason},
		}
	})
	a.station.station.agent = nil
	a.station, a.mode, a.reason, a.pending, a.busy = nil, "", nil, nil, false
}

// agentEvent makes the copy of an event about an agent for one monitor.
type agentEvent func(csta.AgentEvent) csta.Event

// tellLogin tells the monitors of the agent's skills, one copy for each skill, and,
// unless the switch tells of logins only, those of its station.
func (s *Switch) tellLogin(a *agent, ev agentEvent) {
	if !s.features.OnlyLogins {
		a.station.tellAgent(a, "", ev)
		a.dev.tellAgent(a, "", ev)
	}
	for _, m := range a.skills {
		m.skill.dev.tellAgent(a, m.skill.dev.id, ev)
	}
}

// tellAgent tells of a change of an agent's work, if the switch tells of that.
func (s *Switch) tellAgent(a *agent, ev agentEvent) {
	if !s.features.OnlyLogins {
		s.tellLogin(a, ev)
	}
}

func (d *device) tellAgent(a *agent, skill csta.DeviceID, ev agentEvent) {
	for _, m := range d.monitors {
		m.send(ev(csta.AgentEvent{
			Monitored: csta.Monitored{CrossRefID: m.ref},
			Device:    csta.Party(a.station.id), AgentID: a.lab.ID, Skill: skill,
		}))
	}
}
