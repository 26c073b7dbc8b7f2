package phone

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/wti"
)

// Phone is one device under control. It is safe for concurrent use.
type Phone struct {
	o       Options
	log     *slog.Logger
	session *wti.Session
	device  csta.DeviceID
	monitor *wti.Monitor
	audio   *rtpmedia.Session // nil unless the media mode is CLIENT
	mic     *gate             // between Options.Source and the audio
	own     claim             // to the station's audio
	streams csta.ConnectionID // whose audio flows; follow's own
	board   board

	unregistered string // the trouble that a gap told of; follow's own

	lookAt chan struct{} // asks for the agent's state; room for one
	asks   chan struct{} // held by who asks for the agent's state; room for one

	agentMu       sync.Mutex // held while an event or an answer changes the agent's state
	agentTold     uint64     // events about the agent so far
	agentAnswered time.Time  // when the last answer came that was taken

	stop context.CancelFunc
	wg   sync.WaitGroup

	stopStatus func() // nil until the session's status is followed

	idsMu sync.Mutex
	ids   map[string]csta.DeviceID // what GetThirdPartyDeviceId said
}

// Open takes control of a station. The session stays the caller's: it must live
// longer than the phone. The error wraps a [*csta.Fault] where AES refuses, or is a
// [*RegistrationError].
func Open(ctx context.Context, s *wti.Session, o Options) (*Phone, error) {
	o = o.withDefaults()
	if o.Switch == "" || o.Station == "" {
		return nil, fmt.Errorf("phone: switch %q and station %q: both are needed",
			o.Switch, o.Station)
	}
	life, stop := context.WithCancel(context.Background())
	p := &Phone{
		o: o, log: o.Log, session: s, stop: stop, lookAt: make(chan struct{}, 1),
		asks:  make(chan struct{}, 1),
		board: board{notify: o.Notify, waiters: make(map[*waiter]struct{})},
		ids:   make(map[string]csta.DeviceID),
	}
	err := p.open(ctx, life)
	if err != nil {
		_ = p.Close()
		return nil, err
	}
	return p, nil
}

func (p *Phone) open(ctx, life context.Context) error {
	reply, err := wti.Do(ctx, p.session, csta.GetDeviceID{
		SwitchName: p.o.Switch, Extension: p.o.Station, Controllable: true,
	})
	if err != nil {
		return fmt.Errorf("phone: station %s: %w", p.o.Station, err)
	}
	p.device = reply.Device
	p.board.state.Board = calls.New(p.device)
	if p.monitor, err = p.session.Monitor(ctx, csta.MonitorStart{
		Object: csta.MonitorObject{Device: p.device},
	}); err != nil {
		return fmt.Errorf("phone: station %s: %w", p.o.Station, err)
	}
	if err := p.snapshot(ctx); err != nil {
		return err
	}
	// Audio must be ready before the events that start it are followed.
	if err := p.openAudio(); err != nil {
		return err
	}
	p.stopStatus = p.session.OnStatus(func(st wti.Status) {
		st.CTI = p.ownLinks(st.CTI)
		p.board.change(wti.Event{At: st.Since}, func(s *State) { s.Link.Status = st })
	})
	p.wg.Go(func() { p.follow(life) })
	if err := p.register(ctx); err != nil {
		return err
	}
	p.wg.Go(func() { p.followAgent(life) })
	p.refreshAgent()
	return nil
}

// ownLinks are the CTI links of a session that lead to the phone's switch: the others can
// be down without harm.
func (p *Phone) ownLinks(all []wti.CTILink) (own []wti.CTILink) {
	for _, l := range all {
		if strings.EqualFold(l.Switch, p.o.Switch) {
			own = append(own, l)
		}
	}
	return own
}

// maxCalls bounds how many calls of a station are looked into.
const maxCalls = 64

// snapshot reads the calls that were there before the monitor. A server without
// snapshots leaves the board to the events.
func (p *Phone) snapshot(ctx context.Context) error {
	snap, err := wti.Do(ctx, p.session, csta.SnapshotDevice{Device: p.device})
	if isUnsupported(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("phone: station %s: %w", p.o.Station, err)
	}
	parties := make(map[csta.CallID]csta.CallSnapshot)
	for _, c := range snap.Calls()[:min(len(snap.Calls()), maxCalls)] {
		of, err := wti.Do(ctx, p.session, csta.SnapshotCall{Call: c.Connection})
		if err == nil {
			parties[c.Connection.Call] = of
		}
	}
	p.board.change(wti.Event{At: time.Now()}, func(s *State) {
		s.Board, _ = s.Board.Reconcile(snap, parties, time.Now())
	})
	return nil
}

// Device is the station's id, as AES gave it.
func (p *Phone) Device() csta.DeviceID { return p.device }

// follow applies the monitor's events until it ends.
func (p *Phone) follow(ctx context.Context) {
	for ev, err := range p.monitor.Events(ctx) {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			p.board.change(wti.Event{At: time.Now()}, func(s *State) {
				s.Link.Lost = err
				s.Media.Active = false
			})
			p.silence()
			return
		}
		p.apply(ev)
	}
}

// apply makes the next state of an event. Audio follows first, so that whoever
// waits for a state finds the audio as the state says.
func (p *Phone) apply(ev wti.Event) {
	if gap, ok := ev.Event.(wti.Gap); ok {
		p.applyGap(ev, gap)
		return
	}
	media, changed := p.applyMedia(ev)
	turned := p.State().Board.TurnedAway()
	p.agentMu.Lock()
	tells := p.tellsOfAgent(ev)
	p.board.change(ev, func(s *State) {
		s.Board = s.Board.Apply(ev.Event, ev.At)
		if tells {
			s.Agent = s.Agent.apply(ev.Event, p.device, ev.At)
		}
		if changed {
			s.Media = s.Media.after(media, ev.Event)
		}
	})
	p.agentMu.Unlock()
	if now := p.State().Board.TurnedAway(); now > turned {
		p.log.Warn("board is full, a call is not on it", "event", ev.EventName())
	}
	if len(p.State().Board.Calls()) == 0 {
		p.Mute(false) // the next caller is heard and hears
	}
	switch ev.Event.(type) {
	case csta.Established, csta.ConnectionCleared, csta.Transferred, csta.Diverted,
		csta.Delivered:
		p.refreshAgent() // calls change what an agent does
	}
}

// applyGap makes the board right again after events may have been missed, and asks
// for the agent's state. Audio needs nothing: a registration that was made anew
// brings its own events, and one that survived has its stream.
func (p *Phone) applyGap(ev wti.Event, gap wti.Gap) {
	p.log.Warn("events may have been missed", "from", gap.From, "to", gap.To)
	if p.State().Media.Registered && !gap.Resumed {
		p.own.ask() // the session has registered again; the old one's may end now
		p.own.answer(true)
	}
	p.board.change(ev, func(s *State) {
		if gap.Snapshot != nil {
			s.Board, _ = s.Board.Reconcile(*gap.Snapshot, gap.Calls, ev.At)
		}
		s.Link.Missing = nil
		if s.Media.Trouble == p.unregistered {
			s.Media.Trouble, s.Media.Unregistered = "", false // it may be registered by now
		}
		for _, err := range gap.Missing {
			if errors.Is(err, wti.ErrNotRegistered) {
				s.Media.Trouble, p.unregistered = err.Error(), err.Error()
				s.Media.Unregistered = true
			} else {
				s.Link.Missing = append(s.Link.Missing, err)
			}
		}
	})
	p.refreshAgent()
}

// Close gives the station back and waits for everything that was started. The
// session stays open.
func (p *Phone) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if p.session.Status().State == wti.Live {
		p.unregister(ctx)
		if p.monitor != nil {
			_ = p.monitor.Stop(ctx)
		}
	}
	p.stop()
	if p.stopStatus != nil {
		p.stopStatus()
	}
	p.wg.Wait()
	if p.audio != nil {
		return p.audio.Close()
	}
	return nil
}
