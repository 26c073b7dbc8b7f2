package main

import (
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

func TestALineOfWatchSaysWhomAnEventIsAbout(t *testing.T) {
	p := func(ext string) csta.ExtendedDeviceID {
		return csta.Party(csta.DeviceID(ext + ":CM1:0.0.0.0:0"))
	}
	about := csta.AgentEvent{Device: p("1001"), AgentID: "4001", Skill: "5001:CM1:0.0.0.0:0"}
	away := csta.AgentNotReady{AgentEvent: about}
	away.Private.Reason = new(3)
	withheld := csta.ExtendedDeviceID{Presence: csta.Restricted}
	for _, tt := range []struct {
		ev   csta.Event
		want string
	}{
		{
			csta.Delivered{Calling: p("+15550100123"), Called: p("8001"), Alerting: p("1001")},
			"from +15550100123 to 8001 at 1001",
		},
		{
			csta.Delivered{Calling: withheld, Called: p("8001"), Alerting: p("1001")},
			"from withheld to 8001 at 1001",
		},
		{
			csta.Established{Calling: p("1002"), Called: p("1001"), Answering: p("1001")},
			"from 1002 to 1001 answered by 1001",
		},
		{csta.QueuedEvent{Calling: p("1"), Called: p("8001"), Queue: p("5001")}, "queue 5001"},
		{csta.HeldEvent{Holding: p("1001")}, "by 1001"},
		{csta.ConnectionCleared{Releasing: p("1001")}, "by 1001"},
		{csta.Transferred{Transferring: p("1001"), TransferredTo: p("1002")}, "by 1001 to 1002"},
		{csta.AgentLoggedOn{AgentEvent: about}, "agent 4001 at 1001 skill 5001"},
		{away, "agent 4001 at 1001 skill 5001 reason 3"},
		{csta.Unknown{Name: "SomethingElse"}, "SomethingElse            17"},
		{
			csta.AgentBusy{AgentEvent: csta.AgentEvent{AgentID: "40\x1b[2J01"}},
			"agent 40 [2J01", // what a terminal could take for a command is not shown
		},
	} {
		l := line{Time: time.Unix(0, 0), Device: "8001", Event: tt.ev.EventName(), Call: "17"}
		if got := l.text(tt.ev); !strings.HasSuffix(got, tt.want) || strings.Contains(got, "\x1b") {
			t.Errorf("%q, want %q at its end", got, tt.want)
		}
	}
}
