package tui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
	"pgregory.net/rapid"
)

// sizes are terminals from a corner of a screen to a whole one.
var sizes = []tea.WindowSizeMsg{
	{Width: 30, Height: 8},
	{Width: 40, Height: 12},
	{Width: 80, Height: 24},
	{Width: 132, Height: 50},
	{Width: 200, Height: 60},
}

// row is the number of the first line that has all the words, -1 if there is none.
func row(screen string, words ...string) int {
	for i, line := range strings.Split(screen, "\n") {
		found := true
		for _, w := range words {
			found = found && strings.Contains(line, w)
		}
		if found {
			return i
		}
	}
	return -1
}

func TestTheActiveCallStandsAboveTheHeldOne(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.Width, size.Height), func(t *testing.T) {
			m := screen(tui.Options{Audio: speech()}, size, tui.Tick(), tui.StateMsg(consulting()))
			active, held := row(text(m), "connected", "180"), row(text(m), "on hold", "179")
			if active < 0 || held >= 0 && held < active || held < 0 && size.Width > 30 {
				t.Errorf("active in line %d, held in line %d:\n%s", active, held, text(m))
			}
			if held < 0 && !strings.Contains(text(m), "(there is more)") {
				t.Errorf("the held call is left out silently:\n%s", text(m))
			}
			if n := row(text(m), "hear", "dBFS"); n < 0 {
				t.Errorf("no audio:\n%s", text(m))
			}
		})
	}
}

func TestResizingWhileItRings(t *testing.T) {
	m := screen(tui.Options{Audio: speech()}, tui.StateMsg(state(
		dialled("180", "1010"), ringing("180", "1010"), takenBy("180", "1010"), queuedCall("179"),
	)))
	for _, size := range append(sizes, sizes[0], sizes[2]) {
		m = feed(m, size)
		if row(text(m), "RINGING: +1555") < 0 || row(text(m), "connected", "180 to") < 0 {
			t.Errorf("%dx%d:\n%s", size.Width, size.Height, text(m))
		}
		if lines := strings.Count(text(m), "\n") + 1; lines != size.Height {
			t.Errorf("%d lines on %d", lines, size.Height)
		}
	}
}

func TestTheListOfAllKeysScrolls(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.Width, size.Height), func(t *testing.T) {
			m := screen(tui.Options{}, size, tui.StateMsg(state()), press("?"))
			all := ""
			for range 100 {
				all += text(m)
				m = feed(m, press("down"))
			}
			for _, want := range []string{
				"answer", "no call rings", "blind transfer", "conference", "log out", "mute",
				"choose a call", "quit",
			} {
				if !strings.Contains(all, want) {
					t.Errorf("%q cannot be reached:\n%s", want, text(m))
				}
			}
			if len(text(m)) < len(all)/101 && !strings.Contains(text(m), "more)") {
				t.Errorf("no mark:\n%s", text(m))
			}
			if m = feed(m, press("esc")); strings.Contains(text(m), "blind transfer") {
				t.Error("it did not close")
			}
		})
	}
}

// TestNothingIsLeftOutWithoutAMark looks for what every screen of some size has to show,
// or else a sign that it is left out.
func TestNothingIsLeftOutWithoutAMark(t *testing.T) {
	ringers := []csta.Event{
		dialled("180", "1010"), ringing("180", "1010"), takenBy("180", "1010"), held("180"),
		dialled("181", "1011"), takenBy("181", "1011"), queuedCall("182"), queuedCall("183"),
	}
	rapid.Check(t, func(t *rapid.T) {
		s := state(ringers[:rapid.IntRange(0, len(ringers)).Draw(t, "events")]...)
		m := screen(tui.Options{Audio: speech()}, tui.Tick(), tui.StateMsg(s), tea.WindowSizeMsg{
			Width:  rapid.IntRange(28, 130).Draw(t, "width"),
			Height: rapid.IntRange(7, 30).Draw(t, "height"),
		})
		shown := ansi.Strip(m.View().Content)
		marked := strings.Contains(shown, "(there is more)")
		for _, c := range s.Board.Calls() {
			if n := row(shown, " "+string(c.ID)+" "); n < 0 && !marked {
				t.Fatalf("call %s is left out:\n%s", c.ID, shown)
			}
		}
		if c, ok := s.Board.Active(); ok && row(shown, " "+string(c.ID)+" ") < 0 {
			t.Fatalf("the active call %s is left out:\n%s", c.ID, shown)
		}
		if !strings.Contains(shown, "? all keys") && !strings.Contains(shown, "? more keys") {
			t.Fatalf("no way to the keys:\n%s", shown)
		}
	})
}
