package calls_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// The device of these tests is 1001; 1002 and 1003 are colleagues, 2125550100 is a
// customer, 8001 a VDN and 5001 a skill.
const me = csta.DeviceID("1001:CM1:10.0.0.1:0")

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func second(n int) time.Time { return noon.Add(time.Duration(n) * time.Second) }

// dev has another interface part than me: one device comes in several spellings.
func dev(ext string) csta.DeviceID { return csta.DeviceID(ext + ":CM1:0.0.0.0:0") }

func who(ext string) csta.ExtendedDeviceID { return csta.Party(dev(ext)) }

func conn(call, ext string) csta.ConnectionID {
	return csta.ConnectionID{Call: csta.CallID(call), Device: dev(ext)}
}

func told(local csta.ConnectionState, cause csta.EventCause) csta.CallEvent {
	return csta.CallEvent{Local: local, Cause: cause}
}

func originated(call, from, to string) csta.Event {
	return csta.Originated{
		CallEvent: told(csta.Connected, csta.CauseNewCall), Connection: conn(call, from),
		Calling: who(from), Called: who(to),
	}
}

func delivered(call, from, to string) csta.Event {
	return csta.Delivered{
		CallEvent: told("", csta.CauseNewCall), Connection: conn(call, to),
		Alerting: who(to), Calling: who(from), Called: who(to),
	}
}

func established(call, from, to string) csta.Event {
	return csta.Established{
		CallEvent: told(csta.Connected, csta.CauseNewCall), Connection: conn(call, to),
		Answering: who(to), Calling: who(from), Called: who(to),
	}
}

func heldBy(call, ext string, cause csta.EventCause) csta.Event {
	return csta.HeldEvent{
		CallEvent: told("", cause), Connection: conn(call, ext), Holding: who(ext),
	}
}

func retrieved(call, ext string) csta.Event {
	return csta.Retrieved{Connection: conn(call, ext), Retrieving: who(ext)}
}

func cleared(call, ext string) csta.Event {
	return csta.ConnectionCleared{
		CallEvent:  told("", csta.CauseNormalClearing),
		Connection: conn(call, ext), Releasing: who(ext),
	}
}

func item(now, was, ext string) csta.ConnectionListItem {
	return csta.ConnectionListItem{
		New: conn(now, ext), Old: conn(was, ext), Endpoint: csta.Endpoint{Device: dev(ext)},
	}
}

func conferenced(by, primary, secondary, added string, list ...csta.ConnectionListItem) csta.Event {
	return csta.Conferenced{
		PrimaryOld: conn(primary, by), SecondaryOld: conn(secondary, by),
		Conferencing: who(by), Added: who(added), Connections: list,
		Local: csta.Connected, Cause: csta.CauseConference,
	}
}

func transferred(by, primary, secondary, to string, list ...csta.ConnectionListItem) csta.Event {
	return csta.Transferred{
		PrimaryOld: conn(primary, by), SecondaryOld: conn(secondary, by),
		Transferring: who(by), TransferredTo: who(to), Connections: list,
		Cause: csta.CauseTransfer,
	}
}

// play applies events one second apart.
func play(b calls.Board, events ...csta.Event) calls.Board {
	for i, ev := range events {
		b = b.Apply(ev, second(i))
	}
	return b
}

// describe is a board in a line: each call with its state, direction and parties.
func describe(b calls.Board) string {
	var text []string
	for _, c := range b.Calls() {
		arrow := "->"
		if c.Incoming {
			arrow = "<-"
		}
		var parties []string
		for _, p := range c.Parties {
			parties = append(parties, strings.TrimSpace(calls.Name(p.Device)+" "+string(p.State)))
		}
		text = append(text,
			fmt.Sprintf("%s %s %s %s", c.ID, c.State, arrow, strings.Join(parties, ", ")))
	}
	return strings.TrimSpace(strings.Join(text, "; "))
}

func check(t *testing.T, b calls.Board, want string) {
	t.Helper()
	if got := describe(b); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
