package tui_test

import (
	"bytes"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/teatest/v2"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

// patience is how long a journey may take before it counts as stuck.
const patience = 20 * time.Second

// A journey runs the whole program: the agent presses keys, the phone is asked, and
// the switch's answer to that comes as another state.
func TestJourneys(t *testing.T) {
	ready := state()
	aux := withAgent(csta.AgentNotReadyState)
	for _, test := range []struct {
		verb   string
		before tui.State
		keys   []string
		asked  string
		after  tui.State
		want   string
	}{
		{
			"answer", state(queuedCall("179")),
			[]string{"a"},
			"answer 179@1001", talking(),
			"connected  call 179 from +15550100123 to 8001",
		},
		{
			"hang up", talking(),
			[]string{"h"},
			"hang up 179@1001",
			state(queuedCall("179"), answered("179"), cleared("179")),
			"last call: from +15550100123",
		},
		{
			"hold", talking(),
			[]string{"o"},
			"hold 179@1001", onHold(),
			"on hold    call 179 from +1555",
		},
		{
			"retrieve", onHold(),
			[]string{"o"},
			"retrieve 179@1001", talking(),
			"connected  call 179 from",
		},
		{
			"dial", ready,
			[]string{"d", "1", "0", "1", "0", "enter"},
			"dial 1010",
			state(dialled("180", "1010"), ringing("180", "1010")), "calling    call 180 to 1010",
		},
		{
			"consult", talking(),
			[]string{"c", "1", "0", "1", "0", "enter"},
			"consult 1010",
			consulting(), "connected  call 180 to 1010",
		},
		{"transfer", consulting(), []string{"t"}, "transfer", ready, "no calls"},
		{"blind transfer", talking(), []string{"T", "9", "enter"}, "blind 9", ready, "no calls"},
		{
			"conference", consulting(),
			[]string{"f"},
			"conference", talking(),
			"connected  call 179 from",
		},
		{"swap", consulting(), []string{"s"}, "swap", talking(), "connected  call 179 from"},
		{"cancel", consulting(), []string{"x"}, "cancel", talking(), "connected  call 179 from"},
		{"digits", talking(), []string{"5"}, "digits 5", talking(), "a digit sent into call 179"},
		{"ready", aux, []string{"r"}, "ready", ready, "agent 4001  ready, auto-in"},
		{"aux", ready, []string{"u", "3", "enter"}, "aux 3", aux, "agent aux"},
		{
			"after-call work", ready,
			[]string{"w"},
			"acw", withAgent(csta.AgentACWState),
			"agent after-call work",
		},
		{"log in", withAgent(csta.AgentNullState), []string{"l"}, "log in", ready, "agent 4001"},
		{
			"log out", ready,
			[]string{"l"},
			"log out", withAgent(csta.AgentNullState),
			"agent not logged in",
		},
	} {
		t.Run(test.verb, func(t *testing.T) {
			p := &phone{done: make(chan string, 1)}
			now := func() time.Time { return noon }
			program := teatest.NewTestModel(t, tui.New(tui.Options{Phone: p, Now: now}))
			program.Send(tui.StateMsg(test.before))
			for _, k := range test.keys {
				program.Send(press(k))
			}
			select {
			case got := <-p.done:
				if got != test.asked {
					t.Errorf("asked for %q, want %q", got, test.asked)
				}
			case <-time.After(patience):
				t.Fatal("the phone was not asked for anything")
			}
			program.Send(tui.StateMsg(test.after))
			program.Send(tea.QuitMsg{})
			last := program.FinalModel(t, teatest.WithFinalTimeout(patience)).(tui.Model)
			if !bytes.Contains([]byte(text(last)), []byte(test.want)) {
				t.Errorf("%q is not on the screen:\n%s", test.want, text(last))
			}
		})
	}
}
