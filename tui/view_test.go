package tui_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

// scenes are the screens that are compared with recorded ones.
func scenes() map[string]tui.Model {
	consulting := state(queuedCall("179"), answered("179"), held("179"), dialled("180", "1010"),
		ringing("180", "1010"), takenBy("180", "1010"))
	consulting.Agent.State, consulting.Agent.Pending = csta.AgentBusyState, csta.AgentACWState
	lost := state(queuedCall("179"), answered("179"))
	lost.Link = tui.Link{Status: tui.Lost, Since: noon.Add(-12 * time.Second), Why: "read: EOF"}
	busy := state(dialled("181", "1002"), csta.Failed{
		CallEvent:  csta.CallEvent{Cause: csta.CauseBusy},
		Connection: conn("181", "1002"), Failing: who("1002"),
	})
	after := state(queuedCall("179"), answered("179"), cleared("179"))
	after.Agent.State, after.Agent.Since = csta.AgentACWState, noon.Add(-90*time.Second)
	hear := tui.Options{Audio: speech()}
	tick := tui.Tick
	return map[string]tui.Model{
		"starting":      screen(tui.Options{}),
		"idle":          screen(tui.Options{}, tui.StateMsg(state())),
		"ringing":       screen(tui.Options{}, tui.StateMsg(state(queuedCall("179")))),
		"talking":       screen(hear, tick(), tui.StateMsg(state(queuedCall("179"), answered("179")))),
		"consulting":    screen(hear, tick(), tui.StateMsg(consulting)),
		"busy":          screen(tui.Options{}, tui.StateMsg(busy)),
		"afterwards":    screen(tui.Options{}, tui.StateMsg(after)),
		"lost":          screen(tui.Options{}, tui.StateMsg(lost)),
		"dialling":      screen(tui.Options{}, tui.StateMsg(state()), press("d"), press("1"), press("0")),
		"waiting":       screen(tui.Options{}, tui.StateMsg(state(queuedCall("179"))), press("a")),
		"wrong moment":  screen(tui.Options{}, tui.StateMsg(state()), press("h")),
		"help":          screen(tui.Options{}, tui.StateMsg(state(queuedCall("179"))), press("?")),
		"without agent": screen(tui.Options{NoAgent: true}, tui.StateMsg(state())),
		"plain": screen(tui.Options{Plain: true, Audio: speech()}, tick(),
			tui.StateMsg(state(queuedCall("179"), answered("179")))),
	}
}

func TestViews(t *testing.T) {
	for _, size := range []tea.WindowSizeMsg{
		{Width: 40, Height: 24}, {Width: 80, Height: 24}, {Width: 120, Height: 32},
	} {
		for name, m := range scenes() {
			t.Run(fmt.Sprintf("%s %d", name, size.Width), func(t *testing.T) {
				golden.RequireEqual(t, text(feed(m, size))+"\n")
			})
		}
	}
}
