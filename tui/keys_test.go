package tui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

// carryOut runs a command as Bubble Tea does and gives what it brings to the model.
func carryOut(m tui.Model, cmd tea.Cmd) (tui.Model, []tea.Msg) {
	if cmd == nil {
		return m, nil
	}
	var out []tea.Msg
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			var more []tea.Msg
			m, more = carryOut(m, c)
			out = append(out, more...)
		}
	case tea.QuitMsg, tea.InterruptMsg, tea.RawMsg:
		out = append(out, msg)
	case nil:
	default:
		next, cmd := m.Update(msg)
		return carryOut(next.(tui.Model), cmd)
	}
	return m, out
}

// typed presses keys one after the other and waits for what each leads to.
func typed(m tui.Model, keys ...string) (tui.Model, []tea.Msg) {
	var out []tea.Msg
	for _, k := range keys {
		next, cmd := m.Update(press(k))
		var more []tea.Msg
		m, more = carryOut(next.(tui.Model), cmd)
		out = append(out, more...)
	}
	return m, out
}

func talking() tui.State { return state(queuedCall("179"), answered("179")) }

func onHold() tui.State { return state(queuedCall("179"), answered("179"), held("179")) }

func consulting() tui.State {
	return state(queuedCall("179"), answered("179"), held("179"), dialled("180", "1010"),
		ringing("180", "1010"), takenBy("180", "1010"))
}

func withAgent(s csta.AgentState) tui.State {
	out := state()
	out.Agent = tui.Agent{State: s}
	return out
}

func TestEachKeyAsksForItsVerb(t *testing.T) {
	for _, test := range []struct {
		name  string
		state tui.State
		keys  []string
		want  []string
	}{
		{"a answers", state(queuedCall("179")), []string{"a"}, []string{"answer 179@1001"}},
		{"so does enter", state(queuedCall("179")), []string{"enter"}, []string{"answer 179@1001"}},
		{"h hangs up", talking(), []string{"h"}, []string{"hang up 179@1001"}},
		{"o holds", talking(), []string{"o"}, []string{"hold 179@1001"}},
		{"o retrieves", onHold(), []string{"o"}, []string{"retrieve 179@1001"}},
		{"d dials", state(), []string{"d", "1", "0", "enter"}, []string{"dial 10"}},
		{"a digit begins to dial", state(), []string{"1", "0", "enter"}, []string{"dial 10"}},
		{"esc gives dialling up", state(), []string{"d", "1", "esc", "r"}, nil},
		{"c consults", talking(), []string{"c", "1", "enter"}, []string{"consult 1"}},
		{"t transfers", consulting(), []string{"t"}, []string{"transfer"}},
		{"T transfers blindly", talking(), []string{"T", "1", "enter"}, []string{"blind 1"}},
		{"f makes a conference", consulting(), []string{"f"}, []string{"conference"}},
		{"s swaps", consulting(), []string{"s"}, []string{"swap"}},
		{"x cancels", consulting(), []string{"x"}, []string{"cancel"}},
		{"so does esc", consulting(), []string{"esc"}, []string{"cancel"}},
		{
			"digits go out one by one", talking(),
			[]string{"1", "#"},
			[]string{"digits 1", "digits #"},
		},
		{"r makes ready", withAgent(csta.AgentNotReadyState), []string{"r"}, []string{"ready"}},
		{"u asks for a reason", state(), []string{"u", "3", "enter"}, []string{"aux 3"}},
		{"which may be none", state(), []string{"u", "enter"}, []string{"aux 0"}},
		{"w is after-call work", state(), []string{"w"}, []string{"acw"}},
		{"l logs in", withAgent(csta.AgentNullState), []string{"l"}, []string{"log in"}},
		{"l logs out", state(), []string{"l"}, []string{"log out"}},
		{
			"a chosen call is the one that is meant",
			state(queuedCall("179"), queuedCall("180")),
			[]string{"down", "down", "a"},
			[]string{"answer 180@1001"},
		},
		{
			"from below, too", state(queuedCall("179"), queuedCall("180")),
			[]string{"up", "up", "a"},
			[]string{"answer 179@1001"},
		},
		{
			"until esc", state(queuedCall("179"), queuedCall("180")),
			[]string{"down", "down", "esc", "a"},
			[]string{"answer 179@1001"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &phone{}
			typed(screen(tui.Options{Phone: p}, tui.StateMsg(test.state)), test.keys...)
			if !slices.Equal(p.asked, test.want) {
				t.Errorf("asked for %q, want %q", p.asked, test.want)
			}
		})
	}
}

func TestAKeyAtTheWrongMomentSaysWhy(t *testing.T) {
	connecting := state()
	connecting.Link = tui.Link{}
	for _, test := range []struct {
		name  string
		state tui.State
		key   string
		want  string
	}{
		{"nothing rings", state(), "a", "no call rings"},
		{"nothing to hang up", state(), "h", "there is no call to hang up"},
		{"a ringing call is not hung up", state(queuedCall("1")), "h", "can only be answered"},
		{"nothing to hold", state(), "o", "no call to hold or to retrieve"},
		{"dialling in a call", talking(), "d", "o holds it, c consults"},
		{"nothing to consult about", state(), "c", "only an active call"},
		{"nobody was consulted", talking(), "t", "c does, T goes without"},
		{"there is no call", state(), "t", "no call to transfer"},
		{"the call to transfer is on hold", onHold(), "t", "o takes it back first"},
		{"the call to consult about is on hold", onHold(), "c", "o takes it back first"},
		{"the call to hand on is on hold", onHold(), "T", "o takes it back first"},
		{"the call for a conference is on hold", onHold(), "f", "o takes it back first"},
		{"nobody to confer with", talking(), "f", "c starts one"},
		{"nothing to swap", talking(), "s", "needs an active call and one on hold"},
		{"nothing to cancel", talking(), "x", "no consultation to give up"},
		{"blind transfer in a consultation", consulting(), "T", "t transfers"},
		{"nothing to mute", onHold(), "m", "this phone carries no audio"},
		{"one call cannot be chosen from", talking(), "down", "not two calls"},
		{"ready already", state(), "r", "ready already"},
		{"nobody is logged in", withAgent(csta.AgentNullState), "r", "l logs in"},
		{"not connected", connecting, "d", "not connected to AES yet"},
		{"a key that does nothing", state(), "z", "the key z does nothing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &phone{}
			m, _ := typed(screen(tui.Options{Phone: p}, tui.StateMsg(test.state)), test.key)
			if !strings.Contains(text(m), test.want) {
				t.Errorf("%q is not on the screen:\n%s", test.want, text(m))
			}
			if len(p.asked) != 0 {
				t.Errorf("asked for %q", p.asked)
			}
		})
	}
}

func TestEveryReasonFitsIntoTheListOfKeys(t *testing.T) {
	for _, s := range []tui.State{{}, state(), talking(), onHold(), consulting()} {
		for _, why := range tui.Refusals(screen(tui.Options{}, tui.StateMsg(s))) {
			if len(why) > 48 {
				t.Errorf("%d characters: %s", len(why), why)
			}
		}
	}
}

func TestQuitting(t *testing.T) {
	quit := func(msgs []tea.Msg) bool {
		return slices.Contains(msgs, tea.Msg(tea.QuitMsg{}))
	}
	idle := screen(tui.Options{}, tui.StateMsg(state()))
	if _, out := typed(idle, "q"); !quit(out) {
		t.Error("q does not quit an idle phone")
	}
	busy := screen(tui.Options{}, tui.StateMsg(talking()))
	m, out := typed(busy, "q")
	if quit(out) || !strings.Contains(text(m), "a call is going on") {
		t.Error("q quits in a call without a question")
	}
	again, out := typed(m, "q")
	if quit(out) || strings.Contains(text(again), "a call is going on") {
		t.Error("a second q quits, though any other key than y stays")
	}
	if m, out := typed(m, "n"); quit(out) || strings.Contains(text(m), "a call is going on") {
		t.Error("n quits")
	}
	if _, out := typed(m, "y"); !quit(out) {
		t.Error("y does not quit")
	}
	for _, m := range []tui.Model{idle, busy, m} {
		_, out := typed(m, "ctrl+c")
		if len(out) != 1 || out[0] != (tea.InterruptMsg{}) {
			t.Errorf("ctrl+c: %v", out)
		}
	}
}

func TestMuting(t *testing.T) {
	a := speech()
	m := screen(tui.Options{Audio: a}, tui.Tick(), tui.StateMsg(talking()))
	m, _ = typed(m, "m")
	if !a.Levels().Muted || !strings.Contains(text(m), "MUTED") ||
		!strings.Contains(text(m), "m unmute") {
		t.Errorf("not muted:\n%s", text(m))
	}
	if typed(m, "m"); a.Levels().Muted {
		t.Error("still muted")
	}
}

func TestACommonRefusalIsToldInWordsToo(t *testing.T) {
	for code, want := range map[csta.FaultCode]string{
		csta.InvalidAgentState:      "refused: a call is there, or it is so already (op",
		csta.InvalidAgentPassword:   "refused: the agent's password is another (op",
		csta.InvalidAgentIdentifier: "refused: there is no such agent (op",
		csta.InvalidCalledDeviceID:  "refused: there is no such number (op",
	} {
		p := &phone{err: &csta.Fault{Code: code}}
		m, _ := typed(screen(tui.Options{Phone: p}, tui.StateMsg(state())), "l")
		if !strings.Contains(text(m), "the switch "+want) {
			t.Errorf("%s: want %q in\n%s", code, want, text(m))
		}
	}
}

func TestARefusalIsShown(t *testing.T) {
	p := &phone{err: &csta.Fault{Code: csta.NoCallToAnswer}}
	m, _ := typed(screen(tui.Options{Phone: p}, tui.StateMsg(state(queuedCall("179")))), "a")
	want := "answer call 179: the switch refused: stateIncompatibility/noCallToAnswer"
	if !strings.Contains(text(m), want) {
		t.Errorf("not shown:\n%s", text(m))
	}
	p.err = &csta.Fault{Code: csta.NoLicence(csta.TSAPILicence)}
	m, _ = typed(screen(tui.Options{Phone: p}, tui.StateMsg(state(queuedCall("179")))), "a")
	if !strings.Contains(text(m), "AES has no TSAPI Basic User licence left") {
		t.Errorf("not shown:\n%s", text(m))
	}
	p.err = errors.New("phone: dial 1: no route")
	m, _ = typed(screen(tui.Options{Phone: p}, tui.StateMsg(state())), "d", "1", "enter")
	if !strings.Contains(text(m), "failed: dial 1: dial 1: no route") {
		t.Errorf("not shown:\n%s", text(m))
	}
}
