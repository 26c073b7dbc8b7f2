package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

func TestWhatReadsTheSameIsToldOnce(t *testing.T) {
	aux := state()
	aux.Agent.State, aux.Agent.Mode, aux.Agent.Reason = csta.AgentNotReadyState, csta.AutoIn, nil
	polled := aux
	polled.Agent.Mode, polled.Agent.Skills = "", nil
	m := screen(tui.Options{}, tui.StateMsg(state()), tui.StateMsg(aux), tui.StateMsg(polled))
	if n := strings.Count(text(m), "agent 4001: aux"); n != 1 {
		t.Errorf("told %d times:\n%s", n, text(m))
	}
}

func TestLearningTheWorkModeIsNoChange(t *testing.T) {
	ready := state()
	ready.Agent.Mode = csta.AuxWork // as it was before the event
	m := screen(tui.Options{}, tui.StateMsg(withAgent(csta.AgentNotReadyState)),
		tui.StateMsg(ready), tui.StateMsg(state()))
	if n := strings.Count(text(m), "agent 4001: ready"); n != 1 {
		t.Errorf("told %d times:\n%s", n, text(m))
	}
	manual := state()
	manual.Agent.Mode = csta.ManualIn
	if m = feed(m, tui.StateMsg(manual)); !strings.Contains(text(m), ": ready, manual-in") {
		t.Errorf("another mode is not told:\n%s", text(m))
	}
}

func TestWhatWaitsForTheCallToEndIsTold(t *testing.T) {
	pending := talking()
	pending.Agent.Pending = csta.AgentNotReadyState
	m := screen(tui.Options{}, tui.StateMsg(talking()), tui.StateMsg(pending),
		tui.StateMsg(pending))
	if strings.Count(text(m), "agent 4001: after the call: aux") != 1 {
		t.Errorf("not told, or more than once:\n%s", text(m))
	}
}

// taken is a call that rang in vain for ten seconds, and then went elsewhere.
func taken(agent csta.AgentState, since time.Time) tui.State {
	s := state(queuedCall("179"), csta.Diverted{
		CallEvent: csta.CallEvent{Cause: csta.CauseRedirected}, Connection: conn("179", "1001"),
	})
	s.Agent.State, s.Agent.Since = agent, since
	return s
}

func TestRedirectOnNoAnswerIsExplained(t *testing.T) {
	left := noon.Add(-110 * time.Second) // when the call went elsewhere
	const header, note = "call 179 was not answered: r makes ready",
		"call 179 was not answered in time, hence aux: r makes ready"
	for _, tt := range []struct {
		name  string
		after []tui.State
		want  bool
	}{
		{"the agent is in aux at once", []tui.State{
			taken(csta.AgentNotReadyState, left),
		}, true},
		{"the agent is in aux a moment later", []tui.State{
			taken(csta.AgentReadyState, noon.Add(-time.Hour)),
			taken(csta.AgentNotReadyState, left.Add(time.Second)),
		}, true},
		{"the agent went to aux much later", []tui.State{
			taken(csta.AgentNotReadyState, left.Add(time.Minute)),
		}, false},
		{"the agent stays ready", []tui.State{
			taken(csta.AgentReadyState, noon.Add(-time.Hour)),
		}, false},
		{"the call was answered", []tui.State{withAgent(csta.AgentNotReadyState)}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := screen(tui.Options{}, tui.StateMsg(state(queuedCall("179"))))
			for _, s := range tt.after {
				m = feed(m, tui.StateMsg(s), tui.StateMsg(s))
			}
			told := strings.Count(text(m), note)
			if tt.want != (told == 1) || tt.want != strings.Contains(text(m), header) {
				t.Errorf("told %d times:\n%s", told, text(m))
			}
		})
	}
}

func TestWhoAsksForAuxIsNotToldWhy(t *testing.T) {
	m := screen(tui.Options{}, tui.StateMsg(state(queuedCall("179"))))
	m, _ = typed(m, "u", "enter")
	m = feed(m, tui.StateMsg(taken(csta.AgentNotReadyState, noon.Add(-110*time.Second))))
	if strings.Contains(text(m), "r makes ready") {
		t.Errorf("the agent asked for it:\n%s", text(m))
	}
}

func TestTheOwnNumberIsNobodysFirstCaller(t *testing.T) {
	joined := csta.Delivered{
		Connection: conn("179", "1001"), Alerting: who("1001"), Calling: who("1003"),
		Called: who("1001"), Private: csta.DeliveredPrivate{ArrivalPrivate: csta.ArrivalPrivate{
			Original: &csta.OriginalCallInfo{NetworkCaller: who("1001")},
		}},
	}
	m := screen(tui.Options{}, tui.StateMsg(state(joined)))
	if strings.Contains(text(m), "first caller") {
		t.Errorf("it is:\n%s", text(m))
	}
}
