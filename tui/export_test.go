package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Tick is the clock's message.
func Tick() tea.Msg { return tickMsg{} }

// UntilTick is the time to the next one.
func UntilTick(m Model) time.Duration { return m.untilTick() }

// Clean is what happens to text from the network.
func Clean(text string) string { return clean(text) }

// Refusals are the reasons why keys do nothing.
func Refusals(m Model) []string {
	var why []string
	for _, c := range m.commands() {
		if c.why != "" {
			why = append(why, c.why)
		}
	}
	return why
}

// Edit presses keys in an empty line and returns what it holds and its cursor.
func Edit(keys ...tea.KeyPressMsg) (string, int) {
	var l line
	for _, k := range keys {
		l, _ = l.press(k)
	}
	return l.String(), l.at
}
