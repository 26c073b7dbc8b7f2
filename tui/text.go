package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// width is how many cells a text takes on the terminal.
func width(text string) int { return ansi.StringWidth(text) }

// cut is text in at most w cells.
func (m Model) cut(text string, w int) string {
	if w <= 0 {
		return ""
	}
	return ansi.Truncate(text, w, m.styles.ellipsis)
}

// fit puts one text to the left and one to the right of a line. The right one stays
// whole.
func (m Model) fit(left, right string) string {
	if m.o.Plain && right != "" {
		return m.cut(left+", "+right, m.width)
	}
	right = m.cut(right, m.width)
	room := m.width - width(right)
	if right != "" {
		room--
	}
	left = m.cut(left, room)
	if right == "" {
		return left
	}
	return left + strings.Repeat(" ", m.width-width(left)-width(right)) + right
}

// flow puts items side by side into lines, each line behind an indentation. An item
// is never broken, but cut if it is longer than a line.
func (m Model) flow(items []string, indent, gap string) []string {
	var lines []string
	for _, item := range items {
		item = m.cut(item, m.width-width(indent))
		last := len(lines) - 1
		if last >= 0 && width(lines[last])+width(gap)+width(item) <= m.width {
			lines[last] += gap + item
		} else {
			lines = append(lines, indent+item)
		}
	}
	return lines
}

// pad fills a text up to w cells.
func pad(text string, w int) string {
	return text + strings.Repeat(" ", max(0, w-width(text)))
}

// span is a duration for people: 2:31, or 1:02:31. In plain mode it is in minutes,
// so that a screen reader does not read a clock aloud.
func (m Model) span(since time.Time) string {
	if since.IsZero() {
		return ""
	}
	return m.duration(m.now.Sub(since))
}

func (m Model) duration(d time.Duration) string {
	s := max(0, int(d/time.Second))
	switch {
	case m.o.Plain && s < 60:
		return "under a minute"
	case m.o.Plain:
		return fmt.Sprintf("%d min", s/60)
	case s >= 3600:
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
