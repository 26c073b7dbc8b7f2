package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/calls"
)

// plainWidth is how wide a line may get in plain mode: a screen reader reads one of any
// length, and a terminal breaks it.
const plainWidth = 1000

// printedMsg tells that lines have reached the terminal.
type printedMsg struct{}

// say keeps a note for the screen reader.
func (m Model) say(n NoteMsg) Model { return m.print(noteLine(n)) }

// print keeps lines for the terminal (plain mode).
func (m Model) print(lines ...string) Model {
	if m.o.Plain {
		m.unsaid = append(m.unsaid[:len(m.unsaid):len(m.unsaid)], lines...)
	}
	return m
}

// speak writes what has been kept, a batch at a time so that the order stays. The
// terminal is in raw mode, where a new line needs a carriage return as well; nothing
// else that it could take for a command is ever written, but backspaces.
func (m Model) speak() (Model, tea.Cmd) {
	if !m.o.Plain || m.printing {
		return m, nil
	}
	var b strings.Builder
	if len(m.unsaid) > 0 && m.echoed != "" {
		b.WriteString("\r\n")
		m.echoed = ""
	}
	for _, line := range m.unsaid {
		b.WriteString(line + "\r\n")
	}
	m.unsaid = nil
	m = m.echo(&b)
	if b.Len() == 0 {
		return m, nil
	}
	m.printing = true
	text := b.String()
	return m, tea.Sequence(tea.Raw(text), func() tea.Msg { return printedMsg{} })
}

// echo brings the line that is typed on the terminal from what stands there to what has
// been typed.
func (m Model) echo(b *strings.Builder) Model {
	typed := ""
	if m.prompt.asks != nothing {
		typed = questions[m.prompt.asks] + m.prompt.line.String()
	}
	same := 0
	for same < min(len(typed), len(m.echoed)) && typed[same] == m.echoed[same] {
		same++
	}
	for same > 0 && same < len(typed) && !utf8.RuneStart(typed[same]) {
		same--
	}
	if same == 0 && m.echoed != "" {
		b.WriteString("\r\n" + typed)
	} else {
		b.WriteString(strings.Repeat("\b \b", width(m.echoed[same:])) + typed[same:])
	}
	m.echoed = typed
	return m
}

// tellState prints all that the screen would show.
func (m Model) tellState(string) (Model, tea.Cmd) {
	m = m.read(m.header()...)
	m = m.read(m.linkBanner()...)
	for _, block := range m.callBlocks() {
		m = m.read(block...)
	}
	m = m.read(m.audioLines()...)
	var keys []string
	for _, c := range m.commands() {
		if c.key.Enabled() && !c.dup {
			keys = append(keys, m.keyItem(c))
		}
	}
	return m.print("keys: " + strings.Join(keys, ", ")), nil
}

// tellKeys prints the list of all keys.
func (m Model) tellKeys() Model {
	return m.read(m.helpLines()...)
}

// read prints lines of the screen, without the spaces that make columns.
func (m Model) read(lines ...string) Model {
	for _, line := range lines {
		m = m.print(strings.Join(strings.Fields(line), " "))
	}
	return m
}

// tellAudio says what went wrong with the audio, and in plain mode what else changed about
// it, which the screen shows all the time.
func (m Model) tellAudio(was, now Levels) Model {
	if was.Warning != now.Warning && now.Warning != "" {
		m = m.tell(NoteMsg{Text: now.Warning, Kind: Warning})
	}
	if was.Unregistered && !now.Unregistered {
		m = m.tell(NoteMsg{Text: "the station is registered again"})
	}
	if !m.o.Plain {
		return m
	}
	if was.Active != now.Active {
		text := "the audio has ended"
		if now.Active {
			text = strings.Join(append([]string{"the audio is up"}, m.marks(now)...), ", ")
		}
		m = m.say(NoteMsg{At: m.now, Text: text})
	}
	if was.Muted != now.Muted {
		text := "you are heard again"
		if now.Muted {
			text = "you are MUTED"
		}
		m = m.say(NoteMsg{At: m.now, Text: text})
	}
	return m
}

// tellChosen says which call has been chosen.
func (m Model) tellChosen(c calls.Call) Model {
	line := strings.Join(strings.Fields(m.callLine(c)), " ")
	return m.print("chosen: " + strings.TrimPrefix(line, "> "))
}
