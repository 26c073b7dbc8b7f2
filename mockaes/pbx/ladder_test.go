package pbx

import (
	"fmt"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// ladderLine writes an event as a line of a ladder: who is told, what, of which
// connection, the state of the own connection, the cause, and what else counts.
func ladderLine(who string, ev csta.Event) string {
	name := strings.TrimSuffix(ev.EventName(), "Event")
	subject, local, cause, rest := ladderParts(ev)
	line := fmt.Sprintf("  %-6s %-21s %-18s L=%-9s %-20s %s",
		who, name, subject, local, cause, rest)
	return strings.TrimRight(line, " ")
}

func ladderParts(ev csta.Event) (
	subject string, local csta.ConnectionState, cause csta.EventCause, rest string,
) {
	call := func(id csta.ConnectionID, h csta.CallEvent) {
		subject, local, cause = id.String(), h.Local, h.Cause
	}
	switch ev := ev.(type) {
	case csta.ServiceInitiated:
		call(ev.Connection, ev.CallEvent)
	case csta.Originated:
		call(ev.Connection, ev.CallEvent)
		rest = ends(ev.Calling, ev.Called)
	case csta.Delivered:
		call(ev.Connection, ev.CallEvent)
		rest = ends(ev.Calling, ev.Called) + from(ev.Redirection) +
			extras(ev.Private.ArrivalPrivate)
	case csta.Established:
		call(ev.Connection, ev.CallEvent)
		rest = ends(ev.Calling, ev.Called) + from(ev.Redirection) +
			extras(ev.Private.ArrivalPrivate)
	case csta.NetworkReached:
		call(ev.Connection, ev.CallEvent)
		rest = ends(ev.Calling, ev.Called) + " by " + ev.Interface.Device.Extension()
	case csta.HeldEvent:
		call(ev.Connection, ev.CallEvent)
	case csta.Retrieved:
		call(ev.Connection, ev.CallEvent)
	case csta.QueuedEvent:
		call(ev.Connection, ev.CallEvent)
		rest = ends(ev.Calling, ev.Called) +
			fmt.Sprintf(" number %d, %d in front", ev.Number, *ev.InFront)
	case csta.Diverted:
		call(ev.Connection, ev.CallEvent)
		rest = "to " + ev.NewDestination.Device.Extension()
	case csta.Failed:
		call(ev.Connection, ev.CallEvent)
		rest = ends(ev.Calling, ev.Called) + " at " + ev.Failing.Device.Extension()
	case csta.ConnectionCleared:
		call(ev.Connection, ev.CallEvent)
	case csta.CallCleared:
		subject, cause = "call "+string(ev.Call.Call), ev.Cause
	default:
		return otherParts(ev)
	}
	return subject, local, cause, rest
}

func otherParts(ev csta.Event) (
	subject string, local csta.ConnectionState, cause csta.EventCause, rest string,
) {
	agent := func(h csta.AgentEvent) {
		subject, local = h.AgentID+"@"+h.Device.Device.Extension(), "-"
		rest = strings.TrimSuffix("skill "+h.Skill.Extension(), "skill ")
	}
	switch ev := ev.(type) {
	case csta.Transferred:
		subject = ev.PrimaryOld.String() + "+" + ev.SecondaryOld.String()
		local, cause = ev.Local, ev.Cause
		rest = "to " + ev.TransferredTo.Device.Extension() + " now " + list(ev.Connections) +
			original(ev.Private.Original)
	case csta.Conferenced:
		subject = ev.PrimaryOld.String() + "+" + ev.SecondaryOld.String()
		local, cause = ev.Local, ev.Cause
		rest = "adds " + ev.Added.Device.Extension() + " now " + list(ev.Connections) +
			original(ev.Private.Original)
	case csta.AgentLoggedOn:
		agent(ev.AgentEvent)
	case csta.AgentLoggedOff:
		agent(ev.AgentEvent)
	case csta.AgentReady:
		agent(ev.AgentEvent)
	case csta.AgentNotReady:
		agent(ev.AgentEvent)
	case csta.AgentBusy:
		agent(ev.AgentEvent)
	case csta.AgentWorkingAfterCall:
		agent(ev.AgentEvent)
	case csta.MediaStarted:
		subject, local = ev.Connection.String(), "-"
		rest = fmt.Sprintf("%s to %s:%d", ev.Codec, ev.RTP.Address, ev.RTP.Port)
	case csta.MediaStopped:
		subject, local = ev.Connection.String(), "-"
	case csta.TerminalUnregistered:
		subject, rest = string(ev.Device.Device), ev.Reason
	case csta.MonitorStopped:
		cause = ev.Cause
	case csta.LampChanged:
		subject, local, rest = "lamp "+ev.Lamp, "-", fmt.Sprintf("mode %d", ev.Mode)
	case csta.DisplayUpdated:
		local, rest = "-", fmt.Sprintf("%q", strings.TrimSpace(ev.Contents))
	case csta.Hookswitch:
		local, rest = "-", fmt.Sprintf("on hook %v", ev.OnHook)
	case csta.RingerChanged:
		local, rest = "-", string(ev.Mode)
	case csta.ButtonPressed:
		subject, local = "button "+ev.Button, "-"
	case csta.EnteredDigits:
		subject, local, cause, rest = ev.Connection.String(), ev.Local, ev.Cause, ev.Digits
	case csta.Forwarding:
		subject, local, rest = ev.Device.Device.Extension(), "-", "to "+ev.To.Extension()
	case csta.ToneDetected:
		local, rest = "-", ev.Tone
	}
	return subject, local, cause, rest
}

func ends(calling, called csta.ExtendedDeviceID) string {
	who := func(d csta.ExtendedDeviceID) string {
		if d.Presence != csta.Known {
			return string(d.Presence)
		}
		return d.Device.Extension()
	}
	return who(calling) + ">" + who(called)
}

func from(r csta.RedirectionDeviceID) string {
	if r.Device == "" {
		return ""
	}
	return " from " + r.Device.Extension()
}

func extras(a csta.ArrivalPrivate) string {
	var s string
	if a.TrunkGroup != "" {
		s += " trunk " + a.TrunkGroup + "/" + a.TrunkMember
	}
	if a.ACDGroup != "" {
		s += " acd " + a.ACDGroup.Extension()
	}
	if a.DistributingVDN.Device != "" {
		s += " vdn " + a.DistributingVDN.Device.Extension()
	}
	if a.Entered != nil {
		s += " digits " + a.Entered.Data
	}
	return s + original(a.Original)
}

func original(o *csta.OriginalCallInfo) string {
	if o == nil {
		return ""
	}
	return fmt.Sprintf(" original %s reason %d", ends(o.NetworkCaller, o.NetworkCalled), *o.Reason)
}

func list(items []csta.ConnectionListItem) string {
	var names []string
	for _, item := range items {
		names = append(names, item.New.String())
	}
	return strings.Join(names, ",")
}
