package tui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

func TestEveryEventCanBeReadAsAWhole(t *testing.T) {
	why := "no microphone: the far end hears silence (" +
		strings.Repeat("dial unix /run/user/1000/pulse/native: no such file; ", 4) + "the end)"
	for _, width := range []int{30, 40, 80} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			m := screen(tui.Options{}, tea.WindowSizeMsg{Width: width, Height: 40},
				tui.StateMsg(state()), tui.NoteMsg{Text: why, Kind: tui.Warning})
			if !strings.Contains(text(m), "e shows them whole") {
				t.Errorf("nothing says how to read what is cut:\n%s", text(m))
			}
			m, _ = typed(m, "e")
			if got := words(text(m)); !strings.Contains(got, words(why)) {
				t.Errorf("it is not shown as a whole:\n%s", text(m))
			}
			if m, _ = typed(m, "e"); strings.Contains(text(m), "all events") {
				t.Errorf("e does not close the list:\n%s", text(m))
			}
		})
	}
}

// words is text without what breaks it into lines.
func words(text string) string { return strings.Join(strings.Fields(text), "") }

func TestTheListOfEventsShowsTheLatestFirstAndScrolls(t *testing.T) {
	m := screen(tui.Options{}, tui.StateMsg(state()))
	for i := range 60 {
		m = feed(m, tui.NoteMsg{Text: fmt.Sprintf("event number %d.", i)})
	}
	m, _ = typed(m, "e")
	if !strings.Contains(text(m), "number 59.") || strings.Contains(text(m), "number 0.") {
		t.Errorf("not the latest:\n%s", text(m))
	}
	m = feed(m, tui.NoteMsg{Text: "event number 60."})
	if !strings.Contains(text(m), "number 60.") {
		t.Errorf("it does not follow:\n%s", text(m))
	}
	m, _ = typed(m, "home")
	if !strings.Contains(text(m), "number 0.") || !strings.Contains(text(m), "(down: more)") {
		t.Errorf("not the first:\n%s", text(m))
	}
	if m, _ = typed(m, "esc"); strings.Contains(text(m), "number 0.") {
		t.Errorf("esc does not close it:\n%s", text(m))
	}
}

func TestARegistrationThatEndedCanBeMadeAgain(t *testing.T) {
	p, a := &phone{}, &microphone{}
	m := screen(tui.Options{Phone: p, Audio: a}, tui.StateMsg(state()), tui.Tick())
	if strings.Contains(text(m), "g register") {
		t.Errorf("offered though nothing has ended:\n%s", text(m))
	}
	const why = "the switch ended the registration: by an administrator"
	a.l.Warning, a.l.Unregistered = why, true
	m = feed(m, tui.Tick(), tui.Tick())
	if strings.Count(text(m), "? "+why) != 1 || !strings.Contains(text(m), "g register again") {
		t.Errorf("not told once, or not offered:\n%s", text(m))
	}
	m, _ = typed(m, "g")
	if len(p.asked) != 1 || p.asked[0] != "register" {
		t.Errorf("asked for %q", p.asked)
	}
	a.l = tui.Levels{}
	if m = feed(m, tui.Tick()); !strings.Contains(text(m), "the station is registered again") {
		t.Errorf("not told:\n%s", text(m))
	}
}

func TestDigitsAreCountedAndNotShown(t *testing.T) {
	p := &phone{}
	m, _ := typed(screen(tui.Options{Phone: p}, tui.StateMsg(talking())), "4", "7", "1", "1")
	if got := text(m); !strings.Contains(got, "4 digits sent into call 179") ||
		strings.Contains(got, "3 digits") || strings.Contains(got, "a digit") {
		t.Errorf("not gathered:\n%s", got)
	}
	m = feed(m, tui.NoteMsg{Text: "something else"})
	m, _ = typed(m, "5")
	if !strings.Contains(text(m), "a digit sent into call 179") {
		t.Errorf("not told:\n%s", text(m))
	}
	for _, digits := range []string{"4711", "digits 5"} {
		if strings.Contains(text(m), digits) {
			t.Errorf("%q is shown:\n%s", digits, text(m))
		}
	}
}

func TestAfterATransferTheCustomerIsTheLastCall(t *testing.T) {
	done := state(queuedCall("179"), answered("179"), held("179"), dialled("180", "1010"),
		ringing("180", "1010"), takenBy("180", "1010"), csta.Transferred{
			PrimaryOld: conn("179", "1001"), SecondaryOld: conn("180", "1001"),
			Transferring: who("1001"), TransferredTo: who("1010"),
		})
	m := screen(tui.Options{}, tui.StateMsg(consulting()), tui.StateMsg(done))
	for _, want := range []string{"last call: from +15550100123", "transferred", "UUI order=17"} {
		if !strings.Contains(text(m), want) {
			t.Errorf("%q is not shown:\n%s", want, text(m))
		}
	}
}

func TestWhatIsKnownOfACallIsToldOnce(t *testing.T) {
	placed := []csta.Event{dialled("3", "1002"), ringing("3", "1002")}
	linked := csta.Delivered{
		CallEvent:  csta.CallEvent{Linkage: csta.Linkage("00001001791428242051")},
		Connection: conn("3", "1002"), Alerting: who("1002"), Calling: who("1001"),
		Called: who("1002"),
	}
	redirected := linked // by nobody, which is news and not worth a line
	redirected.Redirection.Presence = csta.NotRequired
	m := screen(tui.Options{}, tui.StateMsg(state()), tui.StateMsg(state(placed...)),
		tui.StateMsg(state(append(placed, linked)...)),
		tui.StateMsg(state(append(placed, redirected)...)))
	if n := strings.Count(text(m), "UCID 00001001791428242051"); n != 1 {
		t.Errorf("told %d times:\n%s", n, text(m))
	}
}

func TestOnlyNumbersAreDialled(t *testing.T) {
	p := &phone{}
	m, _ := typed(screen(tui.Options{Phone: p}, tui.StateMsg(state())),
		"d", "8", "8", "0", "1", "x", "9", "enter")
	if len(p.asked) != 0 || !strings.Contains(text(m), "8801x9 is no number") ||
		!strings.Contains(text(m), "8801x9 is no number: want digits") {
		t.Errorf("asked for %q:\n%s", p.asked, text(m))
	}
	m, _ = typed(m, "backspace", "backspace", "#", "enter")
	if len(p.asked) != 1 || p.asked[0] != "dial 8801#" {
		t.Errorf("asked for %q:\n%s", p.asked, text(m))
	}
}

func TestAgentKeysAreOfferedWhereTheyDoSomething(t *testing.T) {
	in := func(s csta.AgentState, mode csta.WorkMode, pending csta.AgentState) tui.State {
		out := state()
		out.Agent = tui.Agent{ID: "4001", State: s, Mode: mode, Pending: pending, Since: noon}
		return out
	}
	const busy, acw, ready = csta.AgentBusyState, csta.AgentACWState, csta.AgentReadyState
	for _, tt := range []struct {
		name  string
		state tui.State
		key   string
		want  string // "" where it can be done
	}{
		{"after-call work again", in(acw, csta.AfterCallWork, ""), "w", "after-call work already"},
		{"after-call work that waits", in(busy, csta.AutoIn, acw), "w", "follows the call already"},
		{"after-call work in a call", in(busy, csta.AutoIn, ""), "w", ""},
		{"ready again", in(ready, csta.AutoIn, ""), "r", "ready already"},
		{"ready in a call", in(busy, csta.AutoIn, ""), "r", "ready after the call anyhow"},
		{"ready that waits", in(busy, csta.ManualIn, ready), "r", "ready after the call anyhow"},
		{"what waits is taken back", in(busy, csta.AutoIn, acw), "r", ""},
		{"ready instead of after-call work", in(busy, csta.ManualIn, ""), "r", ""},
		{"ready after after-call work", in(acw, csta.AfterCallWork, ""), "r", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &phone{}
			m, _ := typed(screen(tui.Options{Phone: p}, tui.StateMsg(tt.state)), tt.key)
			if tt.want == "" != (len(p.asked) == 1) || !strings.Contains(text(m), tt.want) {
				t.Errorf("asked for %q, want %q:\n%s", p.asked, tt.want, text(m))
			}
			if len(tt.want) > 48 {
				t.Errorf("%q does not fit into the list of keys", tt.want)
			}
		})
	}
}

// TestTheListOfEventsFitsIntoEveryWindow scrolls in windows that have no room for it.
func TestTheListOfEventsFitsIntoEveryWindow(t *testing.T) {
	m := screen(tui.Options{}, tui.StateMsg(talking()))
	for range 30 {
		m = feed(m, tui.NoteMsg{Text: strings.Repeat("wide 世界 and long ", 9)})
	}
	m, _ = typed(m, "e")
	for width := 1; width <= 50; width += 7 {
		for height := 1; height <= 25; height += 4 {
			m = feed(m, tea.WindowSizeMsg{Width: width, Height: height})
			for _, key := range []string{"home", "down", "end", "up"} {
				m, _ = typed(m, key)
				lines := strings.Split(text(m), "\n")
				if len(lines) > height {
					t.Fatalf("%d lines in %d", len(lines), height)
				}
				for _, line := range lines {
					if ansi.StringWidth(line) > width {
						t.Fatalf("%d cells in %d: %s", ansi.StringWidth(line), width, line)
					}
				}
			}
		}
	}
}
