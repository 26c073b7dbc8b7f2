package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/csta"
)

// group says which verbs wait for one another.
type group int

const (
	callVerb group = iota
	hangUpVerb
	digitVerb
	agentVerb
)

// flight is a verb that waits for the switch to answer.
type flight struct {
	id    int
	name  string // as in "answer call 1"
	group group
	conn  csta.ConnectionID // what it is done to, zero for none

	digits int // how many are sent
}

// doneMsg tells that the switch answered a verb, or did not.
type doneMsg struct {
	id  int
	err error
}

// start asks the switch for something, unless something of the same group waits for
// an answer already.
func (m Model) start(f flight, ask func(context.Context) error) (Model, tea.Cmd) {
	if i := slices.IndexFunc(m.flights, func(o flight) bool { return o.group == f.group }); i >= 0 {
		return m.refuse("wait: " + m.flights[i].name + " has not been answered yet"), nil
	}
	m.flown++
	f.id = m.flown
	m.flights = append(slices.Clip(m.flights), f)
	m = m.print(m.now.Format("15:04:05 ") + "asked for: " + clean(f.name))
	timeout := m.o.Timeout
	return m, func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		return doneMsg{id: f.id, err: ask(ctx)}
	}
}

// done takes a verb off the list and says what went wrong with it.
func (m Model) done(msg doneMsg) (Model, tea.Cmd) {
	i := slices.IndexFunc(m.flights, func(f flight) bool { return f.id == msg.id })
	if i < 0 {
		return m, nil
	}
	f := m.flights[i]
	m.flights = slices.Delete(slices.Clone(m.flights), i, i+1)
	if msg.err != nil {
		if f.group == digitVerb {
			m.digits = "" // what follows makes no sense without them
		}
		why := f.name + ": " + reason(msg.err, m.o.Timeout)
		if cut := m.state.Link.Cut; cut != "" {
			why += " (the CTI link of AES to " + cut + " is down)"
		}
		return m.tell(NoteMsg{Text: why, Kind: Failure}), nil
	}
	if f.group == digitVerb {
		m = m.tellDigits(f)
		if m.digits != "" {
			return m.sendDigits("")
		}
	}
	return m, nil
}

// reason is an error in words. Which program part it passed through is of no use to
// an agent.
func reason(err error, timeout time.Duration) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "the switch did not answer within " + timeout.String()
	}
	if fault, ok := errors.AsType[*csta.Fault](err); ok {
		if name, missing := fault.Licence(); missing {
			return csta.Shortage(name)
		}
		return "the switch refused: " + inWords(fault)
	}
	return strings.TrimPrefix(err.Error(), "phone: ")
}

// inWords is what the commonest refusals mean to an agent, who knows none of CSTA's names;
// these stand behind, where a narrow screen cuts first.
func inWords(fault *csta.Fault) string {
	words := ""
	switch fault.Code {
	case csta.InvalidAgentState:
		words = "a call is there, or it is so already"
	case csta.InvalidAgentIdentifier:
		words = "there is no such agent"
	case csta.InvalidAgentPassword:
		words = "the agent's password is another"
	case csta.InvalidDestination, csta.InvalidCalledDeviceID:
		words = "there is no such number"
	default:
		return fault.Error()
	}
	return words + " (" + fault.Error() + ")"
}

// sendDigits sends digits into the active call, those that wait first. One request
// at a time keeps them in order.
func (m Model) sendDigits(more string) (Model, tea.Cmd) {
	m.digits += more
	if slices.ContainsFunc(m.flights, func(f flight) bool { return f.group == digitVerb }) {
		return m, nil
	}
	digits := m.digits
	m.digits = ""
	phone := m.o.Phone
	f := flight{name: "digits", group: digitVerb, conn: m.can().Digits, digits: len(digits)}
	return m.start(f, func(ctx context.Context) error { return phone.Digits(ctx, digits) })
}

// tellDigits counts the digits that have been sent into a call, those that follow one
// another in one note. They are not shown: they may be a PIN.
func (m Model) tellDigits(f flight) Model {
	last := len(m.log) - 1
	if last >= 0 && !m.o.Plain && m.log[last].digits > 0 && m.log[last].call == f.conn.Call {
		f.digits += m.log[last].digits
		m.log = m.log[:last]
	}
	text := fmt.Sprintf("%d digits sent into call %s", f.digits, f.conn.Call)
	if f.digits == 1 {
		text = "a digit sent into call " + string(f.conn.Call)
	}
	return m.tell(NoteMsg{Text: text, digits: f.digits, call: f.conn.Call})
}
