package tui

import (
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
