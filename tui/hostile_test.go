package tui_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
	"pgregory.net/rapid"
)

func TestTextFromTheNetworkIsMadeHarmless(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"text is kept", "Zoë Ångström 山田", "Zoë Ångström 山田"},
		{"colours", "\x1b[31mred\x1b[0m", "red"},
		{"the window's title", "a\x1b]0;owned\ab", "ab"},
		{"the clipboard", "a\x1b]52;c;cm0gLXJmIC8=\x1b\\b", "ab"},
		{"a sequence without an end", "a\x1b]0;never ends", "a"},
		{"control characters of one byte", "a\u009b31mb", "a31mb"},
		{"the bell and backspaces", "a\a\b\b\bb", "ab"},
		{"lines", "a\r\nb\tc\u2028d", "a  b c d"},
		{"turned direction", "user\u202egnp.exe\u2066x", "usergnp.exex"},
		{"invisible characters", "a\u200b\u2060\ufeffb", "ab"},
		{"bytes that are no text", "a\xff\xfeb", "a?b"},
		{"a pile of accents", "a" + strings.Repeat("\u0301", 50), "a\u0301\u0301"},
		{"nothing but noise", "\x00\x01\x02", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := tui.Clean(test.in); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got := tui.Clean(strings.Repeat("x", 1<<20)); len(got) > 400 {
		t.Errorf("%d characters are left of a million", len(got))
	}
}

// sgr is the only kind of escape sequence that the screen itself uses.
var sgr = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// evil is in turn every text that a switch or a caller can choose.
func evil(text string) tui.State {
	id := csta.DeviceID(text)
	s := state(csta.Delivered{
		CallEvent: csta.CallEvent{
			Cause: csta.EventCause(text), UserData: &csta.UserData{Text: csta.HexText(text)},
			Linkage: csta.Linkage(text),
		},
		Connection: csta.ConnectionID{Call: csta.CallID(text), Device: me},
		Calling:    csta.Party(id), Called: csta.Party(id),
		Redirection: csta.Redirection(id + "1"),
		Private: csta.DeliveredPrivate{ArrivalPrivate: csta.ArrivalPrivate{
			ACDGroup: id, DistributingVDN: csta.Party(id),
			Entered:  &csta.UserEnteredCode{Data: text},
			Original: &csta.OriginalCallInfo{NetworkCaller: csta.Party(id + "2")},
		}},
	}, csta.Established{
		Connection: csta.ConnectionID{Call: csta.CallID(text), Device: id + "3"},
	})
	s.Station, s.Name, s.Agent.ID = text, text, text
	s.Agent.Skills = []csta.DeviceID{id}
	s.Agent.State, s.Agent.Pending = csta.AgentState(text), csta.AgentState(text)
	s.Link.Why = text
	return s
}

func TestNothingHostileReachesTheTerminal(t *testing.T) {
	const text = "A\x1b]52;c;eA==\a\x1b[2J\x1b[31m\r\n\u202eB\u009b6n"
	for _, size := range []tea.WindowSizeMsg{{Width: 120, Height: 40}, {Width: 30, Height: 10}} {
		m := screen(tui.Options{Notify: true, Bell: true}, size)
		next, cmd := m.Update(tui.StateMsg(evil(text)))
		m = feed(next.(tui.Model), tui.NoteMsg{Text: text, Kind: tui.Failure},
			press("a"), press("?"), press("?"), press("x"))
		view := m.View()
		rest := sgr.ReplaceAllString(view.Content, "")
		for _, r := range strings.ReplaceAll(rest, "\n", "") + view.WindowTitle {
			if !unicode.IsPrint(r) {
				t.Fatalf("%U reaches the terminal:\n%q", r, rest)
			}
		}
		for _, ring := range bells(cmd) {
			if n := strings.Count(ring, "\x1b"); ring != "\a" && n != 1 {
				t.Errorf("notification: %q", ring)
			}
		}
	}
}

func TestTheScreenNeverOverflows(t *testing.T) {
	events := []csta.Event{
		queuedCall("179"), answered("179"), held("179"), dialled("180", "1010"),
		ringing("180", "1010"), takenBy("180", "1010"), queuedCall("181"), cleared("179"),
	}
	keys := []string{
		"a", "h", "o", "d", "c", "t", "u", "?", "x", "esc", "up", "down", "1", "q", "enter", "z",
		"e", "g",
	}
	rapid.Check(t, func(t *rapid.T) {
		o := tui.Options{}
		if rapid.Bool().Draw(t, "audio") {
			o.Audio = speech()
		}
		size := tea.WindowSizeMsg{
			Width:  rapid.IntRange(0, 130).Draw(t, "width"),
			Height: rapid.IntRange(0, 30).Draw(t, "height"),
		}
		m := screen(o, size, tui.Tick())
		for _, what := range rapid.SliceOfN(rapid.IntRange(0, 40), 0, 12).Draw(t, "steps") {
			if what < len(events) {
				m = feed(m, tui.StateMsg(state(events[:what+1]...)))
				continue
			}
			m = feed(m, press(keys[what%len(keys)]))
		}
		lines := strings.Split(m.View().Content, "\n")
		if len(lines) > max(1, size.Height) {
			t.Fatalf("%d lines on %d", len(lines), size.Height)
		}
		for _, l := range lines {
			if w := ansi.StringWidth(l); w > max(1, size.Width) {
				t.Fatalf("a line of %d cells on %d: %q", w, size.Width, l)
			}
		}
	})
}

func TestManyCallsAreCutOffAndSaidSo(t *testing.T) {
	var events []csta.Event
	for i := range 12 {
		events = append(events, queuedCall(fmt.Sprint(100+i)))
	}
	m := screen(tui.Options{Audio: speech()}, tui.Tick(), tui.StateMsg(state(events...)))
	for _, want := range []string{"(there is more)", "audio", "? all keys"} {
		if !strings.Contains(text(m), want) {
			t.Errorf("%q is not shown:\n%s", want, text(m))
		}
	}
}
