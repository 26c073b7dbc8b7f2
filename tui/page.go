package tui

import (
	"math"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// page is a list that takes the place of the calls until it is closed.
type page int

const (
	noPage page = iota
	keysPage
	eventsPage
)

// pageLines are the heading and the lines of the page that is open.
func (m Model) pageLines() (title string, lines []string) {
	if m.page == eventsPage {
		return "all events", m.eventLines()
	}
	return "all keys", m.helpLines()
}

// pageSection is the part of the page that fits, and where it is.
func (m Model) pageSection(room int) []string {
	title, all := m.pageLines()
	if len(all)+1 <= room || room < 2 {
		return m.section(title, all)
	}
	from := m.pageFrom(len(all), room-1)
	switch end := from + room - 1; {
	case from > 0 && end < len(all):
		title += " (more above and below)"
	case from > 0:
		title += " (up: more)"
	default:
		title += " (down: more)"
	}
	return m.section(title, all[from:from+room-1])
}

// pageFrom is the first line of the page that is shown.
func (m Model) pageFrom(lines, room int) int {
	return max(0, min(m.scrolled, lines-room))
}

// scroll moves the page; ok is false for any other key.
func (m Model) scroll(pressed string) (_ Model, ok bool) {
	room := m.pageRoom() - 1
	_, all := m.pageLines()
	last := max(0, len(all)-room)
	at := m.pageFrom(len(all), room)
	switch pressed {
	case "up":
		at--
	case "down":
		at++
	case "pgup", "b":
		at -= room
	case "pgdown", "space":
		at += room
	case "home":
		at = 0
	case "end":
		at = last
	default:
		return m, false
	}
	m.scrolled = max(0, min(at, last))
	return m, true
}

// pageRoom is how many lines a page has, with its heading.
func (m Model) pageRoom() int {
	return m.height - len(m.footer()) - len(m.header()) - len(m.banner())
}

func (m Model) toggleHelp(string) (Model, tea.Cmd) {
	if m.o.Plain {
		return m.tellKeys(), nil
	}
	return m.turn(keysPage, 0), nil
}

// toggleEvents shows the events whole, the latest at the bottom.
func (m Model) toggleEvents(string) (Model, tea.Cmd) {
	return m.turn(eventsPage, math.MaxInt), nil
}

// turn opens a page at a line, or closes it if it is open.
func (m Model) turn(to page, at int) Model {
	if m.page == to {
		to = noPage
	}
	m.page, m.scrolled = to, at
	return m
}

// eventLines are all notes, broken into lines and not cut.
func (m Model) eventLines() []string {
	const stamp = len("15:04:05   ")
	lines := make([]string, 0, len(m.log))
	for _, n := range m.log {
		text := ansi.Wrap(n.Text, max(1, m.width-stamp), "")
		for i, part := range strings.Split(text, "\n") {
			lead := strings.Repeat(" ", stamp)
			if i == 0 {
				lead = m.noteLead(n)
			}
			lines = append(lines, lead+m.styles.kind(n.Kind).Render(part))
		}
	}
	return lines
}

// noteLead is what stands before a note: its time, and a mark for how much it matters.
func (m Model) noteLead(n NoteMsg) string {
	mark := "  "
	switch n.Kind {
	case Failure:
		mark = "! "
	case Warning:
		mark = "? "
	}
	return m.styles.faint.Render(n.At.Format("15:04:05")) + " " + m.styles.kind(n.Kind).Render(mark)
}
