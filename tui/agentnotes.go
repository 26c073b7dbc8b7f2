package tui

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// tellAgent says what changed about the agent, in the words of the screen: what they
// leave out did not change for a person.
func (m Model) tellAgent(was, now State) Model {
	a := now.Agent
	if a.State != csta.AgentNotReadyState {
		m.wantsAux = m.wantsAux && was.Agent.State != csta.AgentNotReadyState
	}
	if m.o.NoAgent || a.State == "" {
		return m
	}
	who := "agent " + cmp.Or(a.ID, was.Agent.ID) + ": "
	known := was.Agent
	if known.Mode != csta.AutoIn && known.Mode != csta.ManualIn {
		known.Mode = a.Mode // an event says ready and not how: to learn that is no change
	}
	same := agentWords(known) == agentWords(a) && known.ID == a.ID
	if !same && (was.Agent.State != "" || loggedOn(a)) {
		m = m.tell(NoteMsg{Text: who + agentWords(a)})
	}
	if a.Pending != "" && a.Pending != was.Agent.Pending {
		m = m.tell(NoteMsg{Text: who + pendingWords(a.Pending)})
	}
	c, taken := m.unanswered(now)
	if _, told := m.unanswered(was); taken && !told {
		m = m.tell(NoteMsg{Kind: Warning, Text: fmt.Sprintf(
			"call %s was not answered in time, hence aux: r makes ready", c.ID)})
	}
	return m
}

func loggedOn(a Agent) bool { return a.State != csta.AgentNullState }

// atOnce is how far apart two reports of the switch may be that have one cause.
const atOnce = 3 * time.Second

// unanswered is the call for which the switch put the agent into aux: it rang, was not
// answered and went elsewhere, and nobody here had asked for aux. No event says that one
// is the reason of the other (Communication Manager: redirect on no answer).
func (m Model) unanswered(s State) (calls.Call, bool) {
	if s.Agent.State != csta.AgentNotReadyState || m.wantsAux {
		return calls.Call{}, false
	}
	ended := s.Board.Ended()
	i := slices.IndexFunc(ended, func(c calls.Call) bool {
		return c.Ending == calls.Diverted && c.Incoming && c.Answered.IsZero() &&
			c.Ended.Sub(s.Agent.Since).Abs() <= atOnce
	})
	if i < 0 {
		return calls.Call{}, false
	}
	return ended[i], true
}
