package tui

import tea "charm.land/bubbletea/v2"

// Tick is the clock's message.
func Tick() tea.Msg { return tickMsg{} }
