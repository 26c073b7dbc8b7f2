package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// What each key does. That it can be done has been made sure of.

func (m Model) answer(string) (Model, tea.Cmd) {
	return m.onCall("answer", m.can().Answer, callVerb, m.o.Phone.Answer)
}

func (m Model) hangUp(string) (Model, tea.Cmd) {
	return m.onCall("hang up", m.can().HangUp, hangUpVerb, m.o.Phone.HangUp)
}

func (m Model) hold(string) (Model, tea.Cmd) {
	if v := m.can(); v.Hold.IsZero() {
		return m.onCall("retrieve", v.Retrieve, callVerb, m.o.Phone.Retrieve)
	}
	return m.onCall("hold", m.can().Hold, callVerb, m.o.Phone.Hold)
}

// onCall starts a verb for one connection.
func (m Model) onCall(
	verb string, conn csta.ConnectionID, g group,
	ask func(context.Context, csta.ConnectionID) error,
) (Model, tea.Cmd) {
	return m.start(flight{name: verb + " call " + string(conn.Call), group: g, conn: conn},
		func(ctx context.Context) error { return ask(ctx, conn) })
}

func (m Model) transfer(string) (Model, tea.Cmd) { return m.onPair("transfer", m.o.Phone.Transfer) }

func (m Model) conference(string) (Model, tea.Cmd) {
	return m.onPair("conference", m.o.Phone.Conference)
}

func (m Model) swap(string) (Model, tea.Cmd) { return m.onPair("swap", m.o.Phone.Swap) }

func (m Model) cancel(string) (Model, tea.Cmd) {
	return m.onPair("cancel consultation", m.o.Phone.Cancel)
}

// onPair starts a verb for the held and the active call.
func (m Model) onPair(name string, ask func(context.Context) error) (Model, tea.Cmd) {
	return m.start(flight{name: name, conn: m.can().Active}, ask)
}

// typeDigit sends a digit into the active call, or begins to dial with it.
func (m Model) typeDigit(digit string) (Model, tea.Cmd) {
	if m.can().Digits.IsZero() {
		return m.ask(dialNumber, digit), nil
	}
	return m.sendDigits(digit)
}

func (m Model) ready(string) (Model, tea.Cmd) {
	return m.start(flight{name: "ready", group: agentVerb}, m.o.Phone.Ready)
}

func (m Model) afterCallWork(string) (Model, tea.Cmd) {
	return m.start(flight{name: "after-call work", group: agentVerb}, m.o.Phone.AfterCallWork)
}

func (m Model) logInOrOut(string) (Model, tea.Cmd) {
	if m.isLoggedIn() {
		return m.start(flight{name: "log out", group: agentVerb}, m.o.Phone.Logout)
	}
	return m.start(flight{name: "log in", group: agentVerb}, m.o.Phone.Login)
}

func (m Model) register(string) (Model, tea.Cmd) {
	return m.start(flight{name: "register"}, m.o.Phone.Register)
}

func (m Model) mute(string) (Model, tea.Cmd) {
	m.o.Audio.Mute(!m.levels.Muted)
	return m.listen(), nil
}

// choose moves the mark to the call above or below; without a mark, to the last or
// the first.
func (m Model) choose(pressed string) (Model, tea.Cmd) {
	list := m.ordered()
	i := slices.IndexFunc(list, func(c calls.Call) bool { return c.ID == m.selected })
	switch {
	case pressed == "down" && i < 0:
		i = 0
	case pressed == "down":
		i = (i + 1) % len(list)
	case i < 0:
		i = len(list) - 1
	default:
		i = (i + len(list) - 1) % len(list)
	}
	m.selected = list[i].ID
	return m.tellChosen(list[i]), nil
}

// quit ends the program, after a question if there are calls.
func (m Model) quit(string) (Model, tea.Cmd) {
	if len(m.state.Board.Calls()) > 0 {
		return m.ask(quitForSure, ""), nil
	}
	return m, tea.Quit
}
