package tui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/tui"
)

func TestTheCallsMayChangeWhileTheAgentTypes(t *testing.T) {
	p := &phone{}
	m, _ := typed(screen(tui.Options{Phone: p}, tui.StateMsg(talking())), "c", "1", "2")
	m = feed(m, tui.StateMsg(state())) // the customer has hung up meanwhile
	m, _ = typed(m, "enter")
	if len(p.asked) != 0 || !strings.Contains(text(m), "only an active call") {
		t.Errorf("asked for %q:\n%s", p.asked, text(m))
	}
}

func TestPrompts(t *testing.T) {
	m := screen(tui.Options{}, tui.StateMsg(state()))
	m, _ = typed(m, "d", "enter")
	if !strings.Contains(text(m), "dial: ") {
		t.Error("an empty number closed the prompt")
	}
	m = feed(m, tea.PasteMsg{Content: " +1 (555) 010-0123\r\n"})
	if !strings.Contains(text(m), "dial: +1555010-0123\n") {
		t.Errorf("pasted:\n%s", text(m))
	}
	if c := m.View().Cursor; c == nil || c.X != len("dial: +1555010-0123") || c.Y != 22 {
		t.Errorf("cursor: %+v", c)
	}
	m, _ = typed(m, "esc", "u", "x", "enter")
	if !strings.Contains(text(m), "a reason is a number from 0 to 99, not x") {
		t.Errorf("reason:\n%s", text(m))
	}
}

func TestEditing(t *testing.T) {
	for _, test := range []struct {
		name string
		keys string
		want string
		at   int
	}{
		{"typing", "1 2 3", "123", 3},
		{"in the middle", "1 3 left 2", "123", 2},
		{"backspace", "1 2 backspace", "1", 1},
		{"backspace at the beginning", "1 home backspace", "1", 0},
		{"delete", "1 2 home delete", "2", 0},
		{"delete at the end", "1 delete", "1", 1},
		{"to the end and on", "1 home end right 2", "12", 2},
		{"kill what is before", "1 2 left ctrl+u", "2", 0},
		{"kill what is behind", "1 2 left ctrl+k", "1", 1},
		{"a key that is not for editing", "1 up", "1", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			var keys []tea.KeyPressMsg
			for k := range strings.FieldsSeq(test.keys) {
				keys = append(keys, press(k))
			}
			if got, at := tui.Edit(keys...); got != test.want || at != test.at {
				t.Errorf("got %q at %d, want %q at %d", got, at, test.want, test.at)
			}
		})
	}
}
