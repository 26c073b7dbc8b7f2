package main

import (
	"fmt"
	"strings"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// who says of an event in a few words whom it is about: who calls whom and where the call
// is, or which agent. It is empty for events that say no more than their name.
func who(ev csta.Event) string {
	switch ev := ev.(type) {
	case csta.Originated:
		return between(ev.Calling, ev.Called)
	case csta.Delivered:
		return between(ev.Calling, ev.Called) + named("at", ev.Alerting)
	case csta.Established:
		return between(ev.Calling, ev.Called) + named("answered by", ev.Answering)
	case csta.NetworkReached:
		return between(ev.Calling, ev.Called)
	case csta.QueuedEvent:
		return between(ev.Calling, ev.Called) + named("queue", ev.Queue)
	case csta.Failed:
		return between(ev.Calling, ev.Called) + named("at", ev.Failing)
	case csta.Diverted:
		return between(ev.Calling, ev.Called) + named("left", ev.Diverting)
	case csta.HeldEvent:
		return named("by", ev.Holding)
	case csta.Retrieved:
		return named("by", ev.Retrieving)
	case csta.ConnectionCleared:
		return named("by", ev.Releasing)
	case csta.Transferred:
		return named("by", ev.Transferring) + named("to", ev.TransferredTo)
	case csta.Conferenced:
		return named("by", ev.Conferencing) + named("with", ev.Added)
	}
	return agentIn(ev)
}

// agentIn is who an agent event is about, and where.
func agentIn(ev csta.Event) string {
	var a csta.AgentEvent
	var reason *int
	switch ev := ev.(type) {
	case csta.AgentLoggedOn:
		a = ev.AgentEvent
	case csta.AgentLoggedOff:
		a, reason = ev.AgentEvent, ev.Private.Reason
	case csta.AgentReady:
		a = ev.AgentEvent
	case csta.AgentNotReady:
		a, reason = ev.AgentEvent, ev.Private.Reason
	case csta.AgentBusy:
		a = ev.AgentEvent
	case csta.AgentWorkingAfterCall:
		a = ev.AgentEvent
	default:
		return ""
	}
	text := ""
	if a.AgentID != "" {
		text = " agent " + a.AgentID
	}
	text += named("at", a.Device)
	if a.Skill != "" {
		text += " skill " + a.Skill.Extension()
	}
	if reason != nil {
		text += fmt.Sprintf(" reason %d", *reason)
	}
	return text
}

// between is who calls whom.
func between(calling, called csta.ExtendedDeviceID) string {
	return named("from", calling) + named("to", called)
}

// named is a device behind a word, and nothing if the event does not have it.
func named(word string, d csta.ExtendedDeviceID) string {
	if d.IsZero() {
		return ""
	}
	return " " + word + " " + calls.Name(d)
}

// text is an event as a line for people.
func (l line) text(ev csta.Event) string {
	return strings.TrimRight(fmt.Sprintf("%s %-6s %-24s %-6s %-16s%s",
		l.Time.Format("15:04:05.000"), l.Device, printable(l.Event), printable(l.Call),
		printable(l.Cause), printable(who(ev))), " ")
}
