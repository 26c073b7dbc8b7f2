package tui

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// quietest is the level at which the meter is empty, in dBFS: below it there is
// nothing but the noise of a line.
const quietest = -60.0

// audioLines are the level meter and what the network does to the audio; nothing
// where the phone carries none.
func (m Model) audioLines() []string {
	l := m.levels
	if m.o.Audio == nil {
		return nil
	}
	var items []string
	switch {
	case m.o.Plain && l.Active:
		items = append(items, "audio is up, "+heardWords(l.In))
		if l.Muted {
			items = append(items, "you are MUTED")
		}
	case l.Active:
		items = append(items, "hear "+m.meter(l.In), "say "+m.said(l))
	default:
		items = append(items, "no audio")
	}
	if l.Active {
		items = append(append(items, m.marks(l)...), m.network(l)...)
	}
	if l.Warning != "" {
		items = append(items, m.styles.bad.Render("! "+clean(l.Warning)))
	}
	indent := "  "
	if m.o.Plain {
		indent = ""
	}
	return m.flow(items, indent, "   ")
}

// audioLine is the same in one line, what matters most first, for a low screen.
func (m Model) audioLine() []string {
	l := m.levels
	if m.o.Audio == nil {
		return nil
	}
	items := []string{"no audio"}
	if l.Active {
		items = []string{"hear " + m.shortMeter(l.In), "say " + m.shortMeter(l.Out)}
		if l.Muted {
			items[1] = "say " + m.styles.warn.Render("MUTED")
		}
		lost := fmt.Sprintf("lost %.1f%%", lossOf(l))
		if lossOf(l) >= 1 {
			items = append([]string{m.styles.warn.Render("! " + lost)}, items...)
		} else {
			items = append(append(items, lost), m.network(l)[1:]...)
		}
		items = append(items, m.marks(l)...)
	}
	if l.Warning != "" {
		items = append([]string{m.styles.bad.Render("! " + clean(l.Warning))}, items...)
	}
	return []string{m.cut(strings.Join(items, "  "), m.width)}
}

// marks are what else is to be known of the audio: who may hear it, and that it is kept.
func (m Model) marks(l Levels) (items []string) {
	recorded, protected := m.styles.warn.Render("REC"), "SRTP"
	if m.o.Plain {
		recorded, protected = "it is recorded", "protected by SRTP"
	}
	if l.Recorded {
		items = append(items, recorded)
	}
	if l.Protected {
		items = append(items, protected)
	}
	return items
}

// shortMeter is a level in numbers.
func (m Model) shortMeter(level float64) string {
	if level > quietest {
		return fmt.Sprintf("%.0f dBFS", level)
	}
	return "silence"
}

func (m Model) said(l Levels) string {
	if l.Muted {
		return m.styles.warn.Render("MUTED")
	}
	return m.meter(l.Out)
}

// meter is a level as a bar and in numbers.
func (m Model) meter(level float64) string {
	cells := 12
	if m.width < 60 {
		cells = 6
	}
	full := 0
	if level > quietest { // false for NaN too
		full = int(math.Round(min(1, 1-level/quietest) * float64(cells)))
	}
	bar := strings.Repeat("#", full) + strings.Repeat(".", cells-full)
	if full == 0 {
		return "[" + bar + "]    silence"
	}
	return fmt.Sprintf("[%s] %3.0f dBFS", bar, level)
}

// heardWords is a level in two words, which changes seldom.
func heardWords(level float64) string {
	if level > quietest {
		return "you hear something"
	}
	return "you hear silence"
}

// lossOf is how much of the audio from the far end was lost, in percent.
func lossOf(l Levels) float64 {
	if all := l.Lost + l.Received; all > 0 {
		return 100 * float64(l.Lost) / float64(all)
	}
	return 0
}

// network is loss, jitter and quality. In plain mode it is only said when it is bad.
func (m Model) network(l Levels) []string {
	loss := lossOf(l)
	if m.o.Plain {
		if loss < 1 {
			return nil
		}
		return []string{fmt.Sprintf("%.0f%% of the audio is lost", loss)}
	}
	lost := fmt.Sprintf("lost %.1f%% of %d", loss, l.Lost+l.Received)
	if loss >= 1 {
		lost = m.styles.warn.Render("! " + lost)
	}
	items := []string{
		lost, fmt.Sprintf("jitter %.1f ms", float64(l.Jitter)/float64(time.Millisecond)),
	}
	if l.MOS != nil {
		items = append(items, fmt.Sprintf("MOS %.1f", *l.MOS))
	}
	return items
}
