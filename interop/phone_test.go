//go:build unix

package interop_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// TestAPhoneLivesThroughEveryMood logs an agent in, places a call, keeps it until the
// connection has been lost as often as the mood has it, and hangs up.
func TestAPhoneLivesThroughEveryMood(t *testing.T) {
	t.Parallel()
	each(t, dialects, phoneThrough)
	each(t, failures, phoneThrough)
}

func phoneThrough(t *testing.T, m maker, mood mood) {
	server := m.serve(t, mood.args...)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	session, err := wti.Dial(ctx, server.aes, wti.Options{
		User: "cti", Password: "cti-secret", PingInterval: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	gaps := make(chan struct{}, 100)
	p, err := phone.Open(ctx, session, phone.Options{
		Switch: "CM1", Station: "1001", AgentID: "4001", Password: "4321",
		AgentPoll: 200 * time.Millisecond, // so that there is something to cut
		Notify: func(u phone.Update) {
			if _, ok := u.Event.Event.(wti.Gap); ok {
				gaps <- struct{}{}
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	w := worker{t, ctx, p}
	w.insist("log in", p.Login)
	w.insist("go ready", p.Ready)
	w.reaches("an agent who is ready", func(s phone.State) bool {
		return s.Agent.ID == "4001" && s.Agent.State == csta.AgentReadyState
	})
	own := w.dials(session, "7100")
	w.reaches("a call", func(s phone.State) bool {
		c, ok := s.Board.Active()
		return ok && !c.Answered.IsZero()
	})
	for range mood.breaks {
		select {
		case <-gaps:
		case <-ctx.Done():
			t.Fatalf("no gap was told: %+v", session.Status())
		}
	}
	state := w.reaches("the call and the agent, still there", func(s phone.State) bool {
		c, ok := s.Board.Active()
		return s.Link.State == wti.Live && ok && len(c.Parties) == 1 && s.Agent.ID == "4001"
	})
	if c, _ := state.Board.Active(); c.ID != own.Call {
		t.Errorf("call %s has become %s", own.Call, c.ID)
	}
	w.insist("hang up", func(ctx context.Context) error { return p.HangUp(ctx, own) })
	w.reaches("an empty board", func(s phone.State) bool { return len(s.Board.Calls()) == 0 })
	w.insist("log out", p.Logout)
}

// worker is somebody at a phone who tries again when the connection was lost.
type worker struct {
	t   *testing.T
	ctx context.Context
	p   *phone.Phone
}

// insist asks again when the connection was lost. That what is asked for the second
// time is refused, because the first was carried out, is as good.
func (w worker) insist(what string, do func(context.Context) error) {
	w.t.Helper()
	lost := false
	for {
		err := do(w.ctx)
		_, refused := errors.AsType[*csta.Fault](err)
		switch {
		case err == nil, lost && refused:
			return
		case !errors.Is(err, wti.ErrConnectionLost):
			w.t.Fatalf("%s: %v", what, err)
		}
		lost = true
		w.reaches("a connection", func(s phone.State) bool { return s.Link.State == wti.Live })
	}
}

// dials places a call, and again when the connection was lost and the switch has none: a
// request that had gone out may have been carried out.
func (w worker) dials(session *wti.Session, number string) csta.ConnectionID {
	w.t.Helper()
	for {
		own, err := w.p.Dial(w.ctx, number)
		if err == nil {
			return own
		}
		if !errors.Is(err, wti.ErrConnectionLost) {
			w.t.Fatal(err)
		}
		var there []csta.SnapshotDeviceInfo
		w.insist("look for the call", func(ctx context.Context) error {
			station := w.p.State().Board.Device()
			reply, err := wti.Do(ctx, session, csta.SnapshotDevice{Device: station})
			there = reply.Calls()
			return err
		})
		if len(there) > 0 {
			return there[0].Connection
		}
	}
}

func (w worker) reaches(what string, fits func(phone.State) bool) phone.State {
	w.t.Helper()
	state, err := w.p.Await(w.ctx, fits)
	if err != nil {
		w.t.Fatalf("%s: %v; the agent is %+v, the link %+v", what, err, state.Agent, state.Link)
	}
	return state
}
