package tui_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

// dead is a Phone whose switch never answers.
type dead struct{ *phone }

func (d dead) Answer(ctx context.Context, _ csta.ConnectionID) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestASwitchThatDoesNotAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := screen(tui.Options{Phone: dead{&phone{}}}, tui.StateMsg(state(queuedCall("179"))))
		m, _ = typed(m, "a")
		if !strings.Contains(text(m), "answer call 179: the switch did not answer within 10s") {
			t.Errorf("not shown:\n%s", text(m))
		}
	})
}

func TestAVerbThatWaitsIsShownAndNotRepeated(t *testing.T) {
	p := &phone{}
	m := screen(tui.Options{Phone: p}, tui.StateMsg(state(queuedCall("179"))))
	next, answer := m.Update(press("a"))
	m = next.(tui.Model)
	for _, want := range []string{"RINGING", "(answer asked for)", "switch: answer call 179"} {
		if !strings.Contains(text(m), want) {
			t.Errorf("%q is not shown:\n%s", want, text(m))
		}
	}
	next, again := m.Update(press("a"))
	m = next.(tui.Model)
	if again != nil || !strings.Contains(text(m), "wait: answer call 179 has not been answered") {
		t.Errorf("a second time:\n%s", text(m))
	}
	m, _ = carryOut(m, answer)
	if strings.Contains(text(m), "asked for") || strings.Contains(text(m), "waiting for") {
		t.Errorf("still waiting:\n%s", text(m))
	}
	if !strings.Contains(text(m), "RINGING") {
		t.Error("the state was guessed: only the switch says that the call is connected")
	}
}

func TestHangingUpDoesNotWaitForOtherVerbs(t *testing.T) {
	p := &phone{}
	m := screen(tui.Options{Phone: p}, tui.StateMsg(talking()))
	next, _ := m.Update(press("o"))
	typed(next.(tui.Model), "h")
	if !slices.Equal(p.asked, []string{"hang up 179@1001"}) {
		t.Errorf("asked for %q", p.asked)
	}
}

func TestDigitsKeepTheirOrder(t *testing.T) {
	p := &phone{}
	m := screen(tui.Options{Phone: p}, tui.StateMsg(talking()))
	next, first := m.Update(press("1"))
	m = feed(next.(tui.Model), press("2"), press("3"))
	carryOut(m, first)
	if !slices.Equal(p.asked, []string{"digits 1", "digits 23"}) {
		t.Errorf("asked for %q", p.asked)
	}

	p = &phone{err: &csta.Fault{Code: csta.NoActiveCall}}
	m = screen(tui.Options{Phone: p}, tui.StateMsg(talking()))
	next, first = m.Update(press("1"))
	carryOut(feed(next.(tui.Model), press("2")), first)
	if !slices.Equal(p.asked, []string{"digits 1"}) {
		t.Errorf("after a refusal: %q", p.asked)
	}
}

// bells are the sounds and notifications among what a command brings.
func bells(cmd tea.Cmd) []string {
	var out []string
	_, msgs := carryOut(screen(tui.Options{}), cmd)
	for _, msg := range msgs {
		if raw, ok := msg.(tea.RawMsg); ok {
			out = append(out, raw.Msg.(string))
		}
	}
	return out
}

func TestItRings(t *testing.T) {
	for _, test := range []struct {
		name string
		o    tui.Options
		want []string
	}{
		{"with a bell", tui.Options{Bell: true}, []string{"\a"}},
		{
			"with a notification",
			tui.Options{Notify: true},
			[]string{"\x1b]9;wtiphone: call from +15550100123\a"},
		},
		{"silently", tui.Options{}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := screen(test.o, tui.StateMsg(state()))
			next, cmd := m.Update(tui.StateMsg(state(queuedCall("179"))))
			if got := bells(cmd); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			m = next.(tui.Model)
			if title := m.View().WindowTitle; title != "RINGING +15550100123 - wtiphone" {
				t.Errorf("title: %s", title)
			}
			if _, cmd := m.Update(tui.StateMsg(state(queuedCall("179")))); bells(cmd) != nil {
				t.Error("the same call rings as another one")
			}
		})
	}
}

func TestItRingsUntilItIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := screen(tui.Options{Bell: true, Now: time.Now}, tui.StateMsg(state(queuedCall("179"))))
		next, clock := m.Update(tui.Tick())
		m = next.(tui.Model)
		rung := func(d time.Duration) (n int) {
			for end := time.Now().Add(d); time.Now().Before(end); {
				if batch, ok := clock().(tea.BatchMsg); ok { // the clock goes on, and the bell
					n += len(bells(batch[1]))
					batch[0]()
				}
				next, clock = m.Update(tui.Tick())
				m = next.(tui.Model)
			}
			return n
		}
		if n := rung(10 * time.Second); n != 3 {
			t.Errorf("rang %d times in 10 s, want 3", n)
		}
		m = feed(m, tui.StateMsg(talking()))
		if n := rung(10 * time.Second); n != 0 {
			t.Errorf("rang %d times after it was answered", n)
		}
	})
}

func TestTheClock(t *testing.T) {
	at := noon.Add(900 * time.Millisecond)
	now := func() time.Time { return at }
	idle := screen(tui.Options{Now: now}, tui.StateMsg(state()))
	if d := tui.UntilTick(idle); d != 100*time.Millisecond {
		t.Errorf("to the full second: %v", d)
	}
	at = noon
	for _, test := range []struct {
		name string
		o    tui.Options
		want time.Duration
	}{
		{"once a second", tui.Options{}, time.Second},
		{"five times while the meter moves", tui.Options{Audio: speech()}, 200 * time.Millisecond},
		{"not for a silent line", tui.Options{Audio: &microphone{}}, time.Second},
		{"and not for a screen reader", tui.Options{Audio: speech(), Plain: true}, time.Second},
	} {
		test.o.Now = now
		m := screen(test.o, tui.Tick(), tui.StateMsg(talking()))
		if d := tui.UntilTick(m); d != test.want {
			t.Errorf("%s: %v, want %v", test.name, d, test.want)
		}
	}
}

func TestAnAnswerToAKeyGoesAway(t *testing.T) {
	at := noon
	m := screen(tui.Options{Now: func() time.Time { return at }}, tui.StateMsg(state()))
	m, _ = typed(m, "h")
	at = noon.Add(11 * time.Second)
	if m = feed(m, tui.Tick()); !strings.Contains(text(m), "no call to hang up") {
		t.Error("gone too early")
	}
	at = noon.Add(13 * time.Second)
	if m = feed(m, tui.Tick()); strings.Contains(text(m), "no call to hang up") {
		t.Error("still there")
	}
}

func TestWhatHappenedIsListed(t *testing.T) {
	m := screen(tui.Options{}, tui.StateMsg(state()))
	away, reason := state(queuedCall("179")), 3
	away.Agent.State, away.Agent.Reason = csta.AgentNotReadyState, &reason
	lost := state(queuedCall("179"))
	lost.Link = tui.Link{Status: tui.Lost, Since: noon, Why: "no answer"}
	m = feed(m, tui.StateMsg(away), tui.StateMsg(state(queuedCall("179"), answered("179"))),
		tui.NoteMsg{Text: "audio goes to 192.0.2.7", At: noon.Add(-time.Minute)},
		tui.StateMsg(lost))
	for _, want := range []string{
		"12:00:00   linked to AES",
		"12:00:00   agent 4001: aux, reason 3",
		"12:00:00   call 179 from +15550100123 is ringing",
		"12:00:00   call 179 is connected (was ringing)",
		"11:59:00   audio goes to 192.0.2.7",
		"12:00:00 ! the link to AES is lost: no answer",
	} {
		if !strings.Contains(text(m), want) {
			t.Errorf("%q is not shown:\n%s", want, text(m))
		}
	}
}

func TestAChosenCallThatEndedIsForgotten(t *testing.T) {
	p := &phone{}
	m := screen(tui.Options{Phone: p}, tui.StateMsg(state(queuedCall("179"), queuedCall("180"))))
	m, _ = typed(m, "up")
	if !strings.Contains(text(m), "> RINGING") {
		t.Errorf("no mark:\n%s", text(m))
	}
	m = feed(m, tui.StateMsg(state(queuedCall("179"))))
	typed(m, "a")
	if !slices.Equal(p.asked, []string{"answer 179@1001"}) {
		t.Errorf("asked for %q", p.asked)
	}
}
