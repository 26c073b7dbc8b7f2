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
	consults := consulting()
	consults.Agent.State, consults.Agent.Pending = csta.AgentBusyState, csta.AgentACWState
	lost := talking()
	lost.Link = tui.Link{Status: tui.Lost, Since: noon.Add(-12 * time.Second), Why: "read: EOF"}
	busy := state(dialled("181", "1002"), csta.Failed{
		CallEvent:  csta.CallEvent{Cause: csta.CauseBusy},
		Connection: conn("181", "1002"), Failing: who("1002"),
	})
	after := state(queuedCall("179"), answered("179"), cleared("179"))
	after.Agent.State, after.Agent.Since = csta.AgentACWState, noon.Add(-90*time.Second)
	hear := tui.Options{Audio: speech()}
	rings, talks := state(queuedCall("179")), talking()
	show := func(o tui.Options, s tui.State, then ...tea.Msg) tui.Model {
		return feed(screen(o, tui.Tick(), tui.StateMsg(s)), then...)
	}
	return map[string]tui.Model{
		"starting":      screen(tui.Options{}),
		"idle":          show(tui.Options{}, state()),
		"ringing":       show(tui.Options{}, rings),
		"talking":       show(hear, talks),
		"consulting":    show(hear, consults),
		"busy":          show(tui.Options{}, busy),
		"afterwards":    show(tui.Options{}, after),
		"lost":          show(tui.Options{}, lost),
		"dialling":      show(tui.Options{}, state(), press("d"), press("1"), press("0")),
		"waiting":       show(tui.Options{}, rings, press("a")),
		"wrong moment":  show(tui.Options{}, state(), press("h")),
		"help":          show(tui.Options{}, rings, press("?")),
		"events":        show(tui.Options{}, lost, press("e")),
		"without agent": show(tui.Options{NoAgent: true}, state()),
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
