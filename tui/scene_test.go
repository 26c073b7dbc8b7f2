package tui_test

import (
	"context"
	"math"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/tui"
)

// The station of these tests is 1001, and its agent 4001.
const me = csta.DeviceID("1001:CM1:0.0.0.0:0")

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func dev(ext string) csta.DeviceID { return csta.DeviceID(ext + ":CM1:0.0.0.0:0") }

func who(ext string) csta.ExtendedDeviceID { return csta.Party(dev(ext)) }

func conn(call, ext string) csta.ConnectionID {
	return csta.ConnectionID{Call: csta.CallID(call), Device: dev(ext)}
}

// The events of the scenes below.
func queuedCall(call string) csta.Event {
	return csta.Delivered{
		CallEvent: csta.CallEvent{
			Linkage:  csta.Linkage("00001001791428242051"),
			UserData: &csta.UserData{Text: "order=17"},
		},
		Connection: conn(call, "1001"), Alerting: who("1001"),
		Calling: csta.Party("+15550100123"), Called: who("8001"),
		Redirection: csta.Redirection(dev("8001")),
		Private: csta.DeliveredPrivate{ArrivalPrivate: csta.ArrivalPrivate{
			ACDGroup: dev("5001"), DistributingVDN: who("8001"),
			Entered: &csta.UserEnteredCode{Data: "42"},
		}},
	}
}

func answered(call string) csta.Event {
	return csta.Established{
		Connection: conn(call, "1001"), Answering: who("1001"),
		Calling: csta.Party("+15550100123"), Called: who("8001"),
	}
}

func held(call string) csta.Event {
	return csta.HeldEvent{
		CallEvent:  csta.CallEvent{Cause: csta.CauseConsultation},
		Connection: conn(call, "1001"), Holding: who("1001"),
	}
}

func dialled(call, to string) csta.Event {
	return csta.Originated{
		Connection: conn(call, "1001"), Calling: who("1001"), Called: who(to),
	}
}

func ringing(call, to string) csta.Event {
	return csta.Delivered{
		Connection: conn(call, to), Alerting: who(to), Calling: who("1001"), Called: who(to),
	}
}

func takenBy(call, to string) csta.Event {
	return csta.Established{
		Connection: conn(call, to), Answering: who(to), Calling: who("1001"), Called: who(to),
	}
}

func cleared(call string) csta.Event {
	return csta.ConnectionCleared{
		CallEvent:  csta.CallEvent{Cause: csta.CauseNormalClearing},
		Connection: conn(call, "1001"), Releasing: who("1001"),
	}
}

// board is a board after events that came ten seconds apart, from two minutes before
// noon on.
func board(events ...csta.Event) calls.Board {
	b := calls.New(me)
	for i, ev := range events {
		b = b.Apply(ev, noon.Add(-2*time.Minute+10*time.Second*time.Duration(i)))
	}
	return b
}

// state is a live phone with an agent who is ready.
func state(events ...csta.Event) tui.State {
	return tui.State{
		Station: "1001", Name: "Alice Moore", Board: board(events...),
		Link: tui.Link{Status: tui.Live, Since: noon.Add(-time.Hour)},
		Agent: tui.Agent{
			ID: "4001", State: csta.AgentReadyState, Mode: csta.AutoIn,
			Skills: []csta.DeviceID{dev("5001"), dev("5002")}, Since: noon.Add(-5 * time.Minute),
		},
	}
}

// microphone is an Audio that shows what it is told to.
type microphone struct {
	mu sync.Mutex
	l  tui.Levels
}

func (a *microphone) Levels() tui.Levels {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.l
}

func (a *microphone) Mute(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.l.Muted = on
}

func speech() *microphone {
	mos := 4.3
	return &microphone{l: tui.Levels{
		Active: true, In: -23, Out: math.Inf(-1), Lost: 3, Received: 1197,
		Jitter: 1200 * time.Microsecond, MOS: &mos,
	}}
}

// phone is a Phone that writes down what it is asked, and agrees unless it is told
// not to.
type phone struct {
	mu    sync.Mutex
	asked []string
	err   error
	done  chan string // each request, when it has been made; nil for nobody
}

func (p *phone) ask(what string) error {
	p.mu.Lock()
	p.asked = append(p.asked, what)
	err := p.err
	p.mu.Unlock()
	if p.done != nil {
		p.done <- what
	}
	return err
}

func (p *phone) Dial(_ context.Context, to string) (csta.ConnectionID, error) {
	return csta.ConnectionID{}, p.ask("dial " + to)
}

func (p *phone) Consult(_ context.Context, to string) (csta.ConnectionID, error) {
	return csta.ConnectionID{}, p.ask("consult " + to)
}

func (p *phone) Answer(_ context.Context, id csta.ConnectionID) error {
	return p.ask("answer " + id.String())
}

func (p *phone) HangUp(_ context.Context, id csta.ConnectionID) error {
	return p.ask("hang up " + id.String())
}

func (p *phone) Hold(_ context.Context, id csta.ConnectionID) error {
	return p.ask("hold " + id.String())
}

func (p *phone) Retrieve(_ context.Context, id csta.ConnectionID) error {
	return p.ask("retrieve " + id.String())
}

func (p *phone) BlindTransfer(_ context.Context, to string) error { return p.ask("blind " + to) }
func (p *phone) Digits(_ context.Context, d string) error         { return p.ask("digits " + d) }
func (p *phone) Transfer(context.Context) error                   { return p.ask("transfer") }
func (p *phone) Conference(context.Context) error                 { return p.ask("conference") }
func (p *phone) Cancel(context.Context) error                     { return p.ask("cancel") }
func (p *phone) Swap(context.Context) error                       { return p.ask("swap") }
func (p *phone) Register(context.Context) error                   { return p.ask("register") }
func (p *phone) Login(context.Context) error                      { return p.ask("log in") }
func (p *phone) Logout(context.Context) error                     { return p.ask("log out") }
func (p *phone) Ready(context.Context) error                      { return p.ask("ready") }
func (p *phone) AfterCallWork(context.Context) error              { return p.ask("acw") }

func (p *phone) Aux(_ context.Context, reason int) error {
	return p.ask("aux " + string(rune('0'+reason)))
}

// screen is a model at noon.
func screen(o tui.Options, msgs ...tea.Msg) tui.Model {
	if o.Phone == nil {
		o.Phone = &phone{}
	}
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	return feed(tui.New(o), msgs...)
}

// feed gives messages to a model and forgets the commands.
func feed(m tui.Model, msgs ...tea.Msg) tui.Model {
	for _, msg := range msgs {
		next, _ := m.Update(msg)
		m = next.(tui.Model)
	}
	return m
}

// press is a key as a terminal sends it.
func press(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if len(name) == 6 && name[:5] == "ctrl+" {
		return tea.KeyPressMsg{Code: rune(name[5]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// text is the screen without its colours.
func text(m tui.Model) string { return ansi.Strip(m.View().Content) }
