package tui

import "charm.land/lipgloss/v2"

// styles are how things look. Every one of them has words or signs that say the
// same: colours are those of the terminal's own theme, and may be missing.
type styles struct {
	title lipgloss.Style
	faint lipgloss.Style
	key   lipgloss.Style
	alert lipgloss.Style // wants an answer now
	good  lipgloss.Style
	warn  lipgloss.Style
	bad   lipgloss.Style

	rule     string // one cell of a line across the screen, "" for no lines
	ellipsis string
}

// newStyles are the styles of the screen; plain ones do nothing.
func newStyles(plain bool) styles {
	if plain {
		return styles{ellipsis: "..."}
	}
	base := lipgloss.NewStyle()
	return styles{
		title: base.Bold(true),
		faint: base.Faint(true),
		key:   base.Bold(true),
		alert: base.Bold(true).Reverse(true),
		good:  base.Bold(true).Foreground(lipgloss.Green),
		warn:  base.Foreground(lipgloss.Yellow),
		bad:   base.Bold(true).Foreground(lipgloss.Red),

		rule:     "─",
		ellipsis: "…",
	}
}

// kind is how a note of that kind looks.
func (s styles) kind(k NoteKind) lipgloss.Style {
	switch k {
	case Failure:
		return s.bad
	case Warning:
		return s.warn
	}
	return lipgloss.NewStyle()
}
