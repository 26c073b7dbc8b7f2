package tui

import (
	"strconv"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// name is a party for people.
func name(d csta.ExtendedDeviceID) string { return clean(calls.Name(d)) }

// ext is a device's number.
func ext(d csta.DeviceID) string { return clean(d.Extension()) }

// callWords is the state of a call. A call that was placed from here and that nobody
// has answered is not yet 'connected' to a person, though its connection is.
func callWords(c calls.Call) string {
	switch {
	case c.State != csta.Held && c.Failing():
		return "FAILED"
	case c.State == csta.Alerting:
		return "RINGING"
	case c.Proceeding():
		return "calling"
	}
	return stateWords(c.State)
}

// stateWords is the state of a connection.
func stateWords(s csta.ConnectionState) string {
	switch s {
	case "":
		return "state unknown"
	case csta.Held:
		return "on hold"
	case csta.Initiated:
		return "dialling"
	case csta.Alerting:
		return "ringing"
	case csta.Fail:
		return "failed"
	}
	return clean(string(s))
}

// agentWords is the state of an agent.
func agentWords(a Agent) string {
	switch a.State {
	case "":
		return "state unknown"
	case csta.AgentNullState:
		return "not logged in"
	case csta.AgentReadyState:
		switch a.Mode {
		case csta.AutoIn:
			return "ready, auto-in"
		case csta.ManualIn:
			return "ready, manual-in"
		}
		return "ready"
	case csta.AgentNotReadyState:
		return "aux" + reasonText(a.Reason)
	case csta.AgentBusyState:
		return "on a call"
	case csta.AgentACWState:
		return "after-call work"
	}
	return clean(string(a.State))
}

func reasonText(reason *int) string {
	if reason == nil {
		return ""
	}
	return ", reason " + strconv.Itoa(*reason)
}

// pendingWords is what an agent changes to when the call ends.
func pendingWords(s csta.AgentState) string {
	switch s {
	case "":
		return ""
	case csta.AgentNullState:
		return "after the call: logged out"
	}
	return "after the call: " + agentWords(Agent{State: s})
}

// kindWords names the kinds of notes that need a name.
func kindWords(k NoteKind) string {
	switch k {
	case Failure:
		return "failed: "
	case Warning:
		return "note: "
	}
	return ""
}

// noteLine is a note as a line of plain text.
func noteLine(n NoteMsg) string {
	return n.At.Format("15:04:05 ") + kindWords(n.Kind) + n.Text
}
