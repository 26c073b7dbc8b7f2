package calls

import (
	"fmt"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// ChangeKind says what a [Change] is about.
type ChangeKind string

// The kinds of changes.
const (
	Appeared   ChangeKind = "appeared"   // a call is new
	Changed    ChangeKind = "changed"    // the own connection went From one state To another
	Joined     ChangeKind = "joined"     // Party is new in the call
	Moved      ChangeKind = "moved"      // Party went From one state To another
	Identified ChangeKind = "identified" // it is known who Party is
	Left       ChangeKind = "left"       // Party is not in the call any more
	Renamed    ChangeKind = "renamed"    // the call that was Was goes on as Call
	Absorbed   ChangeKind = "absorbed"   // the call that was Was is part of Call now
	Informed   ChangeKind = "informed"   // more is known about the call
	Surprised  ChangeKind = "surprised"  // the switch did what the state model does not allow
	Ended      ChangeKind = "ended"      // the call is over for the device
)

// Change is one difference between two boards.
type Change struct {
	Kind  ChangeKind
	Call  Call // as it is on the new board; for Ended, as it was last
	From  csta.ConnectionState
	To    csta.ConnectionState
	Party Party       // of Joined, Identified, Moved and Left
	Was   csta.CallID // of Renamed and Absorbed
}

// String is the change in words. It holds what came from the network as it came:
// whoever shows it on a terminal has to take care of control characters.
func (c Change) String() string {
	call := "call " + string(c.Call.ID)
	switch c.Kind {
	case Appeared:
		return call + direction(c.Call) + " is " + ownWords(c.Call)
	case Changed:
		return fmt.Sprintf("%s is %s (was %s)%s", call, ownWords(c.Call), stateName(c.From),
			because(c.Call.Cause, c.To == csta.Fail))
	case Joined:
		return fmt.Sprintf("%s joined %s (%s)", Name(c.Party.Device), call,
			stateName(c.Party.State))
	case Moved:
		return fmt.Sprintf("%s in %s is %s (was %s)%s", Name(c.Party.Device), call,
			stateName(c.To), stateName(c.From), because(c.Call.Cause, c.To == csta.Fail))
	case Identified:
		return "a party of " + call + " is " + Name(c.Party.Device)
	case Left:
		return Name(c.Party.Device) + " left " + call
	case Renamed:
		return fmt.Sprintf("call %s goes on as %s", c.Was, call)
	case Absorbed:
		return fmt.Sprintf("call %s became part of %s", c.Was, call)
	case Informed:
		return call + facts(c.Call)
	case Surprised:
		return call + ": unexpected " + c.Call.Surprise.Event + when(c.Call.Surprise.From)
	case Ended:
		return call + direction(c.Call) + ending(c.Call)
	}
	return call
}

// Name is a device for people: its extension, or why it has none.
func Name(d csta.ExtendedDeviceID) string {
	switch {
	case d.Device != "":
		return d.Device.Extension()
	case d.Presence == csta.Restricted:
		return "withheld"
	}
	return "unknown"
}

func direction(c Call) string {
	if c.Incoming {
		return " from " + Name(c.Calling)
	}
	if c.Called.IsZero() {
		return ""
	}
	return " to " + Name(c.Called)
}

// ownWords is the state of the own connection for people, to whom a call that nobody has
// answered is not connected.
func ownWords(c Call) string {
	switch {
	case c.State == csta.Connected && c.Failing():
		return stateName(csta.Fail)
	case c.Proceeding():
		return "calling"
	}
	return stateName(c.State)
}

// stateName is a state for people.
func stateName(s csta.ConnectionState) string {
	switch s {
	case "":
		return "in no known state"
	case csta.Null:
		return "over"
	case csta.Held:
		return "on hold"
	case csta.Alerting:
		return "ringing"
	case csta.Fail:
		return "failed"
	case csta.Initiated:
		return "dialling"
	}
	return string(s)
}

func when(from csta.ConnectionState) string {
	if from == csta.Null {
		return " of a call not known before"
	}
	return " while " + stateName(from)
}

func because(cause csta.EventCause, matters bool) string {
	if cause == "" || !matters {
		return ""
	}
	return ": " + string(cause)
}

func facts(c Call) string {
	var b strings.Builder
	b.WriteString(direction(c))
	for _, fact := range []struct{ name, value string }{
		{"redirected by", c.Redirection.Device.Extension()},
		{"origin", c.Origin.Device.Extension()},
		{"VDN", c.VDN.Extension()},
		{"skill", c.Skill.Extension()},
		{"digits", c.Digits},
		{"UUI", c.UUI},
		{"UCID", c.UCID},
	} {
		if fact.value != "" {
			fmt.Fprintf(&b, ", %s %s", fact.name, fact.value)
		}
	}
	return b.String()
}

func ending(c Call) string {
	var text string
	switch c.Ending {
	case Diverted:
		text = " went to another device"
	case Transferred:
		text = " was transferred"
	case Missing:
		text = " ended unseen"
	default:
		text = " ended"
	}
	if !c.Answered.IsZero() && !c.Ended.IsZero() {
		text += " after " + c.Ended.Sub(c.Answered).Round(time.Second).String()
	}
	return text + because(c.Cause, true)
}
