package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// command is a key and what it does at the moment.
type command struct {
	key key.Binding
	why string // it does nothing now; "" when it does
	dup bool   // another key does the same: not worth the room among the keys
	run func(m Model, pressed string) (Model, tea.Cmd)
}

// newCommand is a command that is shown as one key and may have others. It is
// enabled if there is no reason why not.
func newCommand(
	shown, does, why string, run func(Model, string) (Model, tea.Cmd), more ...string,
) command {
	b := key.NewBinding(key.WithKeys(append(more, shown)...), key.WithHelp(shown, does))
	b.SetEnabled(why == "")
	return command{key: b, why: why, run: run}
}

// commands are all commands, with those first that matter most to an agent. They
// are made from the state, so that what the help says is always true.
func (m Model) commands() []command {
	all := m.callCommands()
	if !m.o.NoAgent {
		all = append(all, m.agentCommands()...)
	}
	return append(all, m.screenCommands()...)
}

func (m Model) callCommands() []command {
	digits := newCommand("0-9*#", "digits", m.cannotType(), Model.typeDigit,
		"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#")
	if m.can().Digits.IsZero() {
		digits.key.SetHelp("0-9*#", "dial")
		digits.dup = true
	}
	hold := "hold"
	if !m.can().Retrieve.IsZero() {
		hold = "retrieve"
	}
	return []command{
		newCommand("a", "answer", m.cannotAnswer(), Model.answer, "enter"),
		newCommand("h", "hang up", m.cannotHangUp(), Model.hangUp),
		newCommand("o", hold, m.cannotHold(), Model.hold),
		newCommand("d", "dial", m.cannotDial(), prompting(dialNumber)),
		newCommand("c", "consult", m.cannotConsult(), prompting(consultNumber)),
		newCommand("t", "transfer", m.cannotTransfer(), Model.transfer),
		newCommand("T", "blind transfer", m.cannotTransferBlindly(), prompting(transferNumber)),
		newCommand("f", "conference", m.cannotConfer(), Model.conference),
		newCommand("s", "swap", m.cannotSwap(), Model.swap),
		newCommand("x", "cancel consultation", m.cannotCancel(), Model.cancel, "esc"),
		digits,
	}
}

func (m Model) agentCommands() []command {
	login := "log in"
	if m.isLoggedIn() {
		login = "log out"
	}
	return []command{
		newCommand("r", "ready", m.cannotBeReady(), Model.ready),
		newCommand("u", "aux", m.cannotWork(), prompting(auxReason)),
		newCommand("w", "after-call work", m.cannotWrapUp(), Model.afterCallWork),
		newCommand("l", login, m.offline(), Model.logInOrOut),
	}
}

func (m Model) screenCommands() []command {
	mute := "mute"
	if m.levels.Muted {
		mute = "unmute"
	}
	help, quit, events := "all keys", "quit", "events"
	switch m.page {
	case keysPage:
		help, quit = "close this list", "quit (ctrl+c at once)"
	case eventsPage:
		events = "close this list"
	}
	all := []command{
		newCommand("m", mute, m.cannotMute(), Model.mute),
		newCommand("g", "register again", m.cannotRegister(), Model.register),
		newCommand("up/down", "choose a call", m.cannotChoose(), Model.choose, "up", "down"),
	}
	if !m.o.Plain { // there every event has been printed as a whole
		all = append(all, newCommand("e", events, "", Model.toggleEvents))
	}
	all = append(all,
		newCommand("?", help, "", Model.toggleHelp),
		newCommand("q", quit, "", Model.quit),
	)
	if m.o.Plain {
		all = append(all, newCommand("i", "how things are", "", Model.tellState))
	}
	return all
}

// prompting is a command that asks for something before it does anything.
func prompting(what asked) func(Model, string) (Model, tea.Cmd) {
	return func(m Model, _ string) (Model, tea.Cmd) { return m.ask(what, ""), nil }
}

// press does what a key is for.
func (m Model) press(k tea.KeyPressMsg) (Model, tea.Cmd) {
	pressed := k.String()
	if pressed == "ctrl+c" {
		return m, tea.Interrupt
	}
	if m.prompt.asks != nothing {
		return m.pressPrompt(k)
	}
	m.notice = NoteMsg{}
	if pressed == "esc" && (m.page != noPage || m.selected != "") {
		m.page, m.selected = noPage, ""
		return m, nil
	}
	if m.page != noPage {
		if next, ok := m.scroll(pressed); ok {
			return next, nil
		}
	}
	for _, c := range m.commands() {
		for _, name := range c.key.Keys() {
			if name != pressed {
				continue
			}
			if !c.key.Enabled() {
				return m.refuse(c.why), nil
			}
			return c.run(m, pressed)
		}
	}
	if k.Text == "" {
		return m, nil // a key without a character, such as one of the shift keys
	}
	return m.refuse("the key " + clean(k.Text) + " does nothing; ? lists all keys"), nil
}
