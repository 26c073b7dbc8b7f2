package tui

import "strings"

// keyLines are the keys that do something now, as many as fit into three lines. The
// key for all the others is always among them, and says if there are any. There are none
// below the list of all.
func (m Model) keyLines() []string {
	if m.prompt.asks != nothing {
		return []string{m.promptKeys()}
	}
	if m.page == keysPage {
		return nil
	}
	var now []command
	for _, c := range m.commands() {
		if c.key.Enabled() && !c.dup {
			now = append(now, c)
		}
	}
	if lines := m.flow(m.keyItems(now), "", "  "); len(lines) <= m.keyRoom() {
		return lines
	}
	items := m.keyItems(m.nextFirst(now))
	for n := len(items); n > 0; n-- {
		lines := m.flow(items, "", "  ")
		if len(lines) <= m.keyRoom() {
			return lines
		}
		// The last two, help and quit, stay: what is before them goes.
		at := max(0, len(items)-3)
		items = append(items[:at:at], items[min(at+1, len(items)):]...)
		items[max(0, len(items)-2)] = m.styles.key.Render("?") + " more keys"
	}
	return nil
}

// nextFirst puts what ends a consultation before the others: it is what an agent who
// consults wants next.
func (m Model) nextFirst(all []command) []command {
	if m.cannotTransfer() != "" {
		return all
	}
	var first, rest []command
	for _, c := range all {
		switch c.key.Help().Key {
		case "t", "f", "x":
			first = append(first, c)
		default:
			rest = append(rest, c)
		}
	}
	return append(first, rest...)
}

func (m Model) keyItems(all []command) []string {
	items := make([]string, len(all))
	for i, c := range all {
		items[i] = m.keyItem(c)
	}
	return items
}

// keyRoom is how many lines the keys may take.
func (m Model) keyRoom() int { return min(3, max(1, m.height/8)) }

func (m Model) helpHeight() int { return len(m.keyLines()) }

func (m Model) keyItem(c command) string {
	h := c.key.Help()
	return m.styles.key.Render(h.Key) + " " + h.Desc
}

func (m Model) promptKeys() string {
	if m.prompt.asks == quitForSure {
		return m.styles.key.Render("y") + " quit  " + m.styles.key.Render("any other key") + " stay"
	}
	return m.styles.key.Render("enter") + " do it  " + m.styles.key.Render("esc") + " leave it"
}

// helpLines are all keys, and why some of them do nothing now.
func (m Model) helpLines() []string {
	var lines []string
	for _, c := range m.commands() {
		h := c.key.Help()
		shown := h.Key
		if keys := c.key.Keys(); len(keys) == 2 && keys[1] == shown {
			shown += " " + keys[0]
		}
		text := "  " + m.styles.key.Render(pad(shown, 9)) + pad(h.Desc, 20)
		why := m.styles.faint.Render("(" + c.why + ")")
		switch {
		case c.why == "":
			lines = append(lines, strings.TrimRight(text, " "))
		case width(text)+width(why) <= m.width:
			lines = append(lines, text+why)
		default:
			lines = append(lines, strings.TrimRight(text, " "))
			lines = append(lines, m.flow(strings.Fields("("+c.why+")"), "           ", " ")...)
		}
	}
	return lines
}

// flowWords breaks a sentence into lines.
func (m Model) flowWords(text string) []string {
	return m.flow(strings.Fields(text), "", " ")
}
