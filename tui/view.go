package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/csta"
)

// View draws the screen; there is none in plain mode.
func (m Model) View() tea.View {
	if m.o.Plain {
		return tea.NewView("")
	}
	lines, at := m.lines()
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.WindowTitle = m.windowTitle()
	if m.prompt.asks != nothing && at >= 0 {
		v.Cursor = tea.NewCursor(m.cursor(), at)
	}
	return v
}

// lines is the screen, no longer and no wider than the terminal, and the line that a
// prompt is on.
func (m Model) lines() (lines []string, prompt int) {
	foot := m.footer()
	top := append(m.header(), m.banner()...)
	room := max(0, m.height-len(foot))
	top = m.clip(top, room)
	if m.page != noPage {
		lines = append(top, m.pageSection(room-len(top))...)
	} else {
		lines = append(top, m.body(room-len(top))...)
	}
	lines = m.clip(lines, room)
	for len(lines) < room {
		lines = append(lines, "")
	}
	lines = append(lines, foot...)
	lines = lines[max(0, len(lines)-m.height):]
	for i, l := range lines {
		lines[i] = m.cut(l, m.width)
	}
	return lines, len(lines) - m.helpHeight() - 1
}

// clip cuts a list of lines off, and says so.
func (m Model) clip(lines []string, room int) []string {
	if len(lines) <= room || room == 0 {
		return lines[:min(room, len(lines))]
	}
	return append(lines[:room-1:room-1], m.styles.faint.Render(" "+moreMark))
}

// section puts a line with a name above others.
func (m Model) section(title string, lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return append([]string{m.rule(title)}, lines...)
}

// rule is a line across the screen with a name in it.
func (m Model) rule(title string) string {
	text := strings.Repeat(m.styles.rule, 2) + " " + title + " "
	text += strings.Repeat(m.styles.rule, max(0, m.width-width(text)))
	return m.styles.faint.Render(text)
}

// logLines are the last notes, the latest at the bottom; the heading tells how to read
// those that are cut.
func (m Model) logLines(room int) []string {
	room = min(room-1, len(m.log)) // one line is the section's
	if room <= 0 {
		return nil
	}
	title := "events"
	var lines []string
	for _, n := range m.log[len(m.log)-room:] {
		line := m.noteLead(n) + m.styles.kind(n.Kind).Render(n.Text)
		if width(line) > m.width {
			title = "events (e shows them whole)"
		}
		lines = append(lines, line)
	}
	return m.section(title, lines)
}

// footer is what waits for the switch, the prompt or the answer to a key, and the
// keys.
func (m Model) footer() []string {
	var lines []string
	if len(m.flights) > 0 {
		var names []string
		for _, f := range m.flights {
			names = append(names, clean(f.name))
		}
		lines = append(lines, m.styles.warn.Render(
			"waiting for the switch: "+strings.Join(names, ", ")))
	}
	switch {
	case m.prompt.asks != nothing:
		lines = append(append(lines, m.noticeLine()...), m.promptLine())
	case m.notice.Text != "":
		lines = append(lines, m.noticeLine()...)
	case !m.isLow():
		lines = append(lines, "") // what is above it stays where it is
	}
	return append(lines, m.keyLines()...)
}

// noticeLine is the answer to the last key, if there is one.
func (m Model) noticeLine() []string {
	if m.notice.Text == "" {
		return nil
	}
	return []string{m.styles.kind(m.notice.Kind).Render(
		kindWords(m.notice.Kind) + m.notice.Text)}
}

// promptLine is the prompt with what has been typed. Where both do not fit, the end
// is what counts.
func (m Model) promptLine() string {
	text := questions[m.prompt.asks] + m.prompt.line.String()
	if width(text) < m.width {
		return text
	}
	for text != "" && width(text)+width(m.styles.ellipsis) >= m.width {
		text = string([]rune(text)[1:])
	}
	return m.styles.ellipsis + text
}

// cursor is the column in which a character would be typed.
func (m Model) cursor() int {
	behind := width(string(m.prompt.line.text[m.prompt.line.at:]))
	return max(0, width(m.promptLine())-behind)
}

// windowTitle says what matters most, for whoever looks at another window.
func (m Model) windowTitle() string {
	what := clean(m.state.Station)
	if c, ok := m.state.Board.Alerting(); ok {
		what = "RINGING " + name(c.Calling)
	} else if c, ok := m.state.Board.Active(); ok {
		what = callWords(c) + " " + name(c.Peer())
	} else if c, ok := m.state.Board.Held(); ok {
		what = stateWords(csta.Held) + " " + name(c.Peer())
	} else if m.state.Link.Status == Lost || m.state.Link.Status == Healing {
		what = "LINK LOST"
	}
	return strings.TrimSpace(what + " - " + m.o.Title)
}
