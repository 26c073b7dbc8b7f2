package main

import (
	"context"
	"errors"
	"io"
	"math"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/tui"
	"github.com/wtiphone/wtiphone/wti"
)

// bridge carries a phone's states to the screen, and the audio's figures. The
// screen may be slower than the phone: it gets the newest state, and the phone never
// waits for it.
type bridge struct {
	station  string
	warnings chan string // for the screen, once it runs
	recorded bool        // both sides are kept in a file

	mu     sync.Mutex
	newest tui.State
	fresh  chan struct{} // room for one
	done   chan struct{}
	wg     sync.WaitGroup

	phone   *phone.Phone // set before the screen starts
	trouble string       // of the audio, guarded by mu
}

func newBridge(station string, warnings []string) *bridge {
	b := &bridge{
		station: station, warnings: make(chan string, maxWarnings),
		fresh: make(chan struct{}, 1), done: make(chan struct{}),
	}
	for _, w := range warnings {
		b.warn(w)
	}
	return b
}

// maxWarnings bounds how many wait for the screen; each kind is told once.
const maxWarnings = 8

// warn has something told on the screen.
func (b *bridge) warn(text string) {
	select {
	case b.warnings <- text:
	default:
	}
}

// update takes a state from the phone's own goroutine.
func (b *bridge) update(u phone.Update) {
	b.mu.Lock()
	b.newest = b.translate(u.State)
	b.trouble = u.State.Media.Trouble
	if name, missing := csta.LicenceIn(b.trouble); missing {
		b.trouble = "no audio: " + csta.Shortage(name)
	}
	b.mu.Unlock()
	select {
	case b.fresh <- struct{}{}:
	default:
	}
}

func (b *bridge) translate(s phone.State) tui.State {
	a := s.Agent
	return tui.State{
		Station: b.station, Board: s.Board, Link: linkOf(s.Link),
		Agent: tui.Agent{
			ID: a.ID, State: a.State, Mode: a.Mode, Reason: a.Reason, Pending: a.Pending,
			Skills: a.Skills, Since: a.Since,
		},
	}
}

func linkOf(l phone.Link) tui.Link {
	link := tui.Link{Status: tui.Connecting, Since: l.Since}
	if cti, down := l.CTIDown(); down {
		link.Cut, link.CutSince = cti.Switch, cti.Since
	}
	for i, err := range l.Missing {
		if i > 0 {
			link.Missing += "; "
		}
		link.Missing += plainly(err)
	}
	switch {
	case l.Lost != nil:
		link.Status, link.Why = tui.Lost, plainly(l.Lost)
	case l.State == wti.Live:
		link.Status = tui.Live
	case l.State == wti.Healing:
		link.Status = tui.Healing
		if l.Why != nil {
			link.Why = broken(l.Why)
		}
	}
	return link
}

// broken is why a connection was lost, for an agent, whom the parts of a program that it
// passed through tell nothing.
func broken(err error) string {
	if errors.Is(err, io.EOF) {
		return "it was closed"
	}
	return strings.TrimPrefix(err.Error(), wti.ErrConnectionLost.Error()+": ")
}

func (b *bridge) attach(d *desk) {
	b.phone = d.phone
	d.phone.SetSource(d.devices.source)
}

// start sends states to the screen until stop is called.
func (b *bridge) start(program *tea.Program) {
	b.wg.Go(func() {
		for {
			select {
			case w := <-b.warnings:
				program.Send(tui.NoteMsg{Text: w, Kind: tui.Warning})
			case <-b.fresh:
				b.mu.Lock()
				state := b.newest
				b.mu.Unlock()
				program.Send(tui.StateMsg(state))
			case <-b.done:
				return
			}
		}
	})
}

func (b *bridge) stop() {
	close(b.done)
	b.wg.Wait()
}

// goToWork logs the agent in and makes it ready, so that calls come without a key.
// What the switch refuses is shown as the screen shows it.
func (b *bridge) goToWork(ctx context.Context, p *phone.Phone) {
	if p.Login(ctx) == nil {
		_ = p.Ready(ctx)
	}
}

// Levels is the audio as it is now, for the screen's meter.
func (b *bridge) Levels() tui.Levels {
	state := b.phone.State()
	stats, ok := b.phone.Stats()
	b.mu.Lock()
	warning := b.trouble
	b.mu.Unlock()
	l := tui.Levels{
		Active: ok && state.Media.Active, Muted: b.phone.Muted(), Warning: warning,
		Unregistered: state.Media.Unregistered,
		Protected:    state.Media.Encryption != "", Recorded: b.recorded,
		In: loudness(stats.LevelHeard), Out: loudness(stats.LevelSent),
		Lost: stats.Lost, Received: stats.Received, Jitter: stats.Jitter, MOS: stats.MOS,
	}
	return l
}

// loudness is a level for the screen, to which silence is minus infinity.
func loudness(dBFS float64) float64 {
	if dBFS <= rtpmedia.SilenceLevel {
		return math.Inf(-1)
	}
	return dBFS
}

// Mute shuts and opens the microphone.
func (b *bridge) Mute(on bool) { b.phone.Mute(on) }
