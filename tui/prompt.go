package tui

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// asked is what a prompt asks for.
type asked int

const (
	nothing asked = iota
	dialNumber
	consultNumber
	transferNumber
	auxReason
	quitForSure
)

// prompt is a question to the agent, at the bottom of the screen.
type prompt struct {
	asks asked
	line line
}

// questions are the texts of the prompts.
var questions = map[asked]string{
	dialNumber:     "dial: ",
	consultNumber:  "consult (the call is held): ",
	transferNumber: "transfer without asking, to: ",
	auxReason:      "aux reason (a number, or nothing): ",
	quitForSure:    "a call is going on. Quit all the same? (y/n) ",
}

// dialable is what a number is made of, and what people write between its digits.
const dialable = "0123456789*#+-."

// ask opens a prompt, with something typed into it already.
func (m Model) ask(what asked, typed string) Model {
	m.prompt = prompt{asks: what, line: line{}.insert(typed)}
	m.notice = NoteMsg{}
	return m
}

// pressPrompt gives a key to the open prompt.
func (m Model) pressPrompt(k tea.KeyPressMsg) (Model, tea.Cmd) {
	if m.prompt.asks == quitForSure {
		m.prompt = prompt{}
		if k.String() == "y" || k.String() == "Y" {
			return m, tea.Quit
		}
		return m, nil
	}
	m.notice = NoteMsg{}
	switch k.String() {
	case "esc":
		m.prompt = prompt{}
	case "enter":
		return m.answerPrompt()
	default:
		m.prompt.line, _ = m.prompt.line.press(k)
	}
	return m, nil
}

// answerPrompt does what the prompt was opened for, if that is still possible: the
// calls may have changed while the agent was typing.
func (m Model) answerPrompt() (Model, tea.Cmd) {
	what, text := m.prompt.asks, m.prompt.line.String()
	if what == auxReason {
		m.prompt = prompt{}
		return m.aux(text)
	}
	if strings.TrimSpace(text) == "" {
		return m.refuse("type a number, or press esc"), nil
	}
	if strings.Trim(text, dialable) != "" {
		return m.refuse(text + " is no number: want digits, * and #, + before them"), nil
	}
	m.prompt = prompt{}
	phone := m.o.Phone
	switch what {
	case dialNumber:
		if why := m.cannotDial(); why != "" {
			return m.refuse(why), nil
		}
		return m.start(flight{name: "dial " + text}, func(ctx context.Context) error {
			_, err := phone.Dial(ctx, text)
			return err
		})
	case consultNumber:
		if why := m.cannotConsult(); why != "" {
			return m.refuse(why), nil
		}
		return m.start(flight{name: "consult " + text, conn: m.can().Consult},
			func(ctx context.Context) error {
				_, err := phone.Consult(ctx, text)
				return err
			})
	case transferNumber:
		if why := m.cannotTransferBlindly(); why != "" {
			return m.refuse(why), nil
		}
		return m.start(flight{name: "transfer to " + text, conn: m.can().BlindTransfer},
			func(ctx context.Context) error { return phone.BlindTransfer(ctx, text) })
	}
	return m, nil
}

// aux goes to auxiliary work. Reason codes have one digit or two, as the switch is
// configured (general knowledge of Communication Manager).
func (m Model) aux(text string) (Model, tea.Cmd) {
	code := 0
	if text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 99 {
			return m.refuse("a reason is a number from 0 to 99, not " + text), nil
		}
		code = n
	}
	name := "aux"
	if code != 0 {
		name += " " + strconv.Itoa(code)
	}
	m.wantsAux = true
	phone := m.o.Phone
	return m.start(flight{name: name, group: agentVerb},
		func(ctx context.Context) error { return phone.Aux(ctx, code) })
}
