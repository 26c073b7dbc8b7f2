package tui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/wtiphone/wtiphone/calls"
)

func TestALinkThatHealsIsShownAndKeysSaySo(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	m := New(Options{Now: func() time.Time { return at }})
	next, _ := m.Update(StateMsg(State{
		Board: calls.New("1001"), Link: Link{Status: Live, Since: at},
	}))
	next, _ = next.Update(StateMsg(State{
		Board: calls.New("1001"),
		Link:  Link{Status: Healing, Since: at, Why: "connection reset"},
	}))
	screen := ansi.Strip(next.(Model).View().Content)
	for _, want := range []string{"LINK HEALING", "connection reset", "as they were"} {
		if !strings.Contains(screen, want) {
			t.Errorf("the screen does not say %q:\n%s", want, screen)
		}
	}
	if got := next.(Model).offline(); !strings.Contains(got, "made anew") {
		t.Errorf("a key says %q", got)
	}
}

func TestACTILinkThatIsDownIsShownAndFailuresSaySo(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, plain := range []bool{false, true} {
		m := New(Options{Now: func() time.Time { return at }, Plain: plain})
		up := State{Board: calls.New("1001"), Link: Link{Status: Live, Since: at}}
		down := up
		down.Link.Cut, down.Link.CutSince = "CM1", at.Add(-12*time.Second)
		next, _ := m.Update(StateMsg(up))
		next, _ = next.Update(StateMsg(down))
		screen := shown(next.(Model))
		for _, want := range []string{
			"link live, CTI LINK DOWN", "CTI link of AES to CM1 is down since 03:03:53",
			"as they were then",
		} {
			if !strings.Contains(strings.Join(strings.Fields(screen), " "), want) {
				t.Errorf("the screen does not say %q:\n%s", want, screen)
			}
		}
		now, _ := next.(Model).start(flight{name: "hold"}, nil)
		now, _ = now.done(doneMsg{id: 1, err: errors.New("refused")})
		if got := now.notice.Text; got != "hold: refused (the CTI link of AES to CM1 is down)" {
			t.Errorf("a failure says %q", got)
		}
		next, _ = next.Update(StateMsg(up))
		if got := next.(Model).log; !strings.Contains(got[len(got)-1].Text, "is up again") {
			t.Errorf("the log ends with %q", got[len(got)-1].Text)
		}
		if screen = shown(next.(Model)); strings.Contains(screen, "DOWN") {
			t.Errorf("it is still shown:\n%s", screen)
		}
	}
}

// shown is what the screen shows; in plain mode, what its key prints in its place.
func shown(m Model) string {
	if !m.o.Plain {
		return ansi.Strip(m.View().Content)
	}
	m.unsaid = nil
	m, _ = m.tellState("")
	return strings.Join(m.unsaid, "\n")
}
