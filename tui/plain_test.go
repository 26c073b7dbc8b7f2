package tui_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/teatest/v2"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

// plainly runs the program on a terminal that can only print and returns all that it
// wrote. A step is a message for it, or a text to wait for.
func plainly(t *testing.T, o tui.Options, steps ...any) string {
	t.Helper()
	o.Phone, o.Plain = &phone{}, true
	o.Now = func() time.Time { return noon }
	program := teatest.NewTestModel(t, tui.New(o),
		teatest.WithProgramOptions(tea.WithoutRenderer()))
	var out bytes.Buffer
	for _, step := range steps {
		text, waits := step.(string)
		if !waits {
			program.Send(step)
			continue
		}
		teatest.WaitFor(t, io.TeeReader(program.Output(), &out), func([]byte) bool {
			return bytes.Contains(out.Bytes(), []byte(text))
		}, teatest.WithDuration(patience))
	}
	program.Send(tea.QuitMsg{})
	program.WaitFinished(t, teatest.WithFinalTimeout(patience))
	return out.String()
}

func TestPlainModePrintsEveryChangeAsALine(t *testing.T) {
	away := state(queuedCall("179"), answered("179"), cleared("179"))
	away.Agent.State = csta.AgentACWState
	got := plainly(t, tui.Options{Audio: speech()}, tui.Tick(),
		tui.StateMsg(state()), tui.StateMsg(state(queuedCall("179"))), press("h"),
		press("a"), tui.StateMsg(talking()), press("m"), press("d"), press("c"), press("1"),
		"held): 1", tui.NoteMsg{Text: "something else"}, "something", press("0"), "held): 10",
		press("esc"), press("q"), "(y/n)", press("n"), tui.StateMsg(away), press("i"),
		"how things are\r\n")
	want := `12:00:00 the audio is up
12:00:00 linked to AES
12:00:00 agent 4001: ready, auto-in
i tells how things are, ? lists all keys, q quits
12:00:00 call 179 from +15550100123 is ringing
12:00:00 note: a ringing call can only be answered
12:00:00 asked for: answer call 179
12:00:00 call 179 is connected (was ringing)
12:00:00 you are MUTED
12:00:00 note: a call is active: o holds it, c consults
consult (the call is held): 1
12:00:00 something else
consult (the call is held): 10
a call is going on. Quit all the same? (y/n) ` + `
12:00:00 call 179 from +15550100123 ended after 10s: normalClearing
12:00:00 agent 4001: after-call work
wtiphone 1001 Alice Moore, link live 60 min
agent 4001 after-call work 5 min skills 5001 5002
no calls
last call: from +15550100123 to 8001, ended at 11:58:20, under a minute
VDN 8001 skill 5001 digits 42 UUI order=17
audio is up, you hear something you are MUTED
keys: d dial, r ready, u aux, l log out, m unmute, ? all keys, q quit, i how things are
`
	if got = strings.ReplaceAll(got, "\r\n", "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPlainModeWritesNoEscapeSequences(t *testing.T) {
	const text = "A\x1b]52;c;eA==\a\x1b[2J\x1b[31m\r\n\u202eB\u009b6n"
	got := plainly(t, tui.Options{Audio: speech()}, tui.Tick(),
		tea.WindowSizeMsg{Width: 20, Height: 5}, tui.StateMsg(evil(text)),
		tui.NoteMsg{Text: text, Kind: tui.Failure}, press("a"), press("?"), press("i"),
		press("d"), tea.PasteMsg{Content: text}, press("backspace"), press("esc"),
		tui.NoteMsg{Text: "the end"}, "the end")
	for _, r := range got {
		if !unicode.IsPrint(r) && !strings.ContainsRune("\r\n\b", r) {
			t.Fatalf("%U reaches the terminal:\n%q", r, got)
		}
	}
}

// TestPlainModeEditsInPlace types as a terminal without a cursor shows it.
func TestPlainModeEditsInPlace(t *testing.T) {
	got := plainly(t, tui.Options{}, tui.StateMsg(state()), press("d"), press("1"), press("2"),
		"dial: 12", press("backspace"), press("3"), "3")
	line := got[strings.LastIndex(got, "\n")+1:]
	if shown := strings.ReplaceAll(line, "2\b \b", ""); shown != "dial: 13" {
		t.Errorf("%q", line)
	}
}
