package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// tickMsg is the clock.
type tickMsg struct{}

// Update takes a message in. It decides; all work is done by the commands that it
// returns.
func (m Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.now = m.o.Now()
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		if !m.o.Plain {
			m.width, m.height = max(msg.Width, 1), max(msg.Height, 1)
		}
	case tea.KeyPressMsg:
		m, cmd = m.press(msg)
	case tea.PasteMsg:
		m = m.paste(msg.Content)
	case StateMsg:
		m, cmd = m.changed(State(msg))
	case NoteMsg:
		m = m.tell(msg)
	case doneMsg:
		m, cmd = m.done(msg)
	case tickMsg:
		m, cmd = m.tick()
	case printedMsg:
		m.printing = false
	}
	var speak tea.Cmd
	m, speak = m.speak()
	return m, tea.Batch(cmd, speak)
}

// wait is a command that lasts until the clock next matters.
func (m Model) wait() tea.Cmd {
	return tea.Tick(m.untilTick(), func(time.Time) tea.Msg { return tickMsg{} })
}

// untilTick is the time to the next full second, or less while the meter moves.
func (m Model) untilTick() time.Duration {
	d := m.now.Truncate(time.Second).Add(time.Second).Sub(m.now)
	if m.metering() && !m.o.Plain {
		d = min(d, meterTime)
	}
	return d
}

// tick reads the meter, rings, and lets old answers go.
func (m Model) tick() (Model, tea.Cmd) {
	m = m.listen()
	if m.notice.Text != "" && m.now.Sub(m.notice.At) > noticeTime {
		m.notice = NoteMsg{}
	}
	next := m.wait()
	if _, rings := m.state.Board.Alerting(); !rings || m.now.Sub(m.rang) < ringTime {
		return m, next
	}
	m.rang = m.now
	return m, tea.Batch(next, m.bell())
}

// listen reads the meter.
func (m Model) listen() Model {
	if m.o.Audio == nil {
		return m
	}
	was := m.levels
	m.levels = m.o.Audio.Levels()
	return m.tellAudio(was, m.levels)
}

func (m Model) bell() tea.Cmd {
	if !m.o.Bell {
		return nil
	}
	return tea.Raw("\a")
}

// changed shows another state and says what is different.
func (m Model) changed(now State) (Model, tea.Cmd) {
	was := m.state
	m.state = now
	m = m.tellLink(was.Link, now.Link)
	first := !m.seen
	m.seen = true
	for _, change := range calls.Diff(was.Board, now.Board) {
		kind := Info
		if change.Kind == calls.Surprised || change.To == csta.Fail {
			kind = Warning
		}
		text := change.String()
		if change.Kind == calls.Informed && m.hasTold(text) {
			continue // what is new is nothing that is told
		}
		m = m.tell(NoteMsg{Text: text, Kind: kind})
	}
	m = m.tellAgent(was, now)
	if first {
		m = m.print("i tells how things are, ? lists all keys, q quits")
	}
	if _, ok := now.Board.Call(m.selected); !ok {
		m.selected = ""
	}
	for _, c := range now.Board.Calls() {
		before, _ := was.Board.Call(c.ID)
		if c.State == csta.Alerting && before.State != csta.Alerting {
			m.rang = m.now
			return m, tea.Batch(m.bell(), m.notify(c))
		}
	}
	return m, nil
}

// notify asks the terminal to tell of a call where it cannot be seen.
func (m Model) notify(c calls.Call) tea.Cmd {
	if !m.o.Notify {
		return nil
	}
	return tea.Raw(ansi.Notify(m.o.Title + ": call from " + name(c.Calling)))
}

func (m Model) tellLink(was, now Link) Model {
	if now.Missing != "" && now.Missing != was.Missing {
		m = m.tell(NoteMsg{Text: "not restored: " + now.Missing, Kind: Warning})
	}
	if was.Status == now.Status && m.seen {
		return m.tellCut(was, now)
	}
	switch now.Status {
	case Live:
		return m.tell(NoteMsg{Text: "linked to AES"})
	case Healing:
		return m.tell(NoteMsg{
			Text: "the link to AES is lost and is being made anew" + after(now.Why), Kind: Warning,
		})
	case Lost:
		return m.tell(NoteMsg{Text: "the link to AES is lost" + after(now.Why), Kind: Failure})
	}
	return m
}

// tellCut says that AES lost its link to the switch, or has it back.
func (m Model) tellCut(was, now Link) Model {
	switch {
	case was.Cut == now.Cut:
		return m
	case now.Cut == "":
		return m.tell(NoteMsg{Text: "the CTI link of AES to " + was.Cut + " is up again"})
	}
	return m.tell(NoteMsg{
		Text: "the CTI link of AES to " + now.Cut + " is down: the switch cannot be asked",
		Kind: Warning,
	})
}

func after(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// tell puts a note on the list of what happened, and, if it is bad news, where the
// answers to keys stand.
func (m Model) tell(n NoteMsg) Model {
	n.Text = clean(n.Text)
	if n.At.IsZero() {
		n.At = m.now
	}
	if n.Kind == Failure {
		m.notice = n
	}
	m.log = append(m.log[max(0, len(m.log)-logged+1):len(m.log):len(m.log)], n)
	return m.say(n)
}

// hasTold reports whether a note of that text is on the list.
func (m Model) hasTold(text string) bool {
	text = clean(text)
	return slices.ContainsFunc(m.log, func(n NoteMsg) bool { return n.Text == text })
}

// refuse says why a key does nothing.
func (m Model) refuse(why string) Model {
	m.notice = NoteMsg{At: m.now, Text: clean(why), Kind: Warning}
	return m.say(m.notice)
}

// paste puts text from the terminal's clipboard into the open prompt.
func (m Model) paste(text string) Model {
	if m.prompt.asks == nothing || m.prompt.asks == quitForSure {
		return m.refuse("there is nowhere to paste to: d asks for a number to dial")
	}
	m.prompt.line = m.prompt.line.insert(clean(text))
	return m
}
