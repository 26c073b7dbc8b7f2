package phone_test

import (
	"cmp"
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lab is a mock AES in memory, inside a bubble where time costs nothing.
type lab struct {
	t    *testing.T
	srv  *mockaes.Server
	ctx  context.Context
	dial func(o *wti.Options) // changes how sessions are opened; nil for not at all
	rest *mailboxes           // sessions go over REST; nil for WebSockets
}

func inLab(t *testing.T, o mockaes.Options, f func(l *lab)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o.InMemory = true
		srv, err := mockaes.Start(o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			srv.Close()
			time.Sleep(time.Second) // net/http lingers where it has not read all of a body
		})
		ctx, cancel := context.WithTimeout(context.Background(), 10_000*time.Hour)
		defer cancel()
		f(&lab{t: t, srv: srv, ctx: ctx})
	})
}

// session opens a session that is closed when the returned function is called.
func (l *lab) session() *wti.Session {
	l.t.Helper()
	o := wti.Options{
		User: mockaes.DefaultUser.Name, Password: mockaes.DefaultUser.Password,
		DialContext: l.srv.Dial,
	}
	if l.dial != nil {
		l.dial(&o)
	}
	address := l.srv.WTI
	if l.rest != nil {
		address = l.srv.REST
		o.REST = l.rest.open()
	}
	s, err := wti.Dial(l.ctx, address, o)
	if err != nil {
		l.t.Fatal(err)
	}
	return s
}

// station opens a phone; close it with its session by the returned function.
func (l *lab) station(number string, o phone.Options) (*phone.Phone, func()) {
	l.t.Helper()
	s := l.session()
	p := l.stationOf(s, number, o)
	return p, func() { _, _ = p.Close(), s.Close() }
}

// stationOf opens a phone in a session, at CM1 unless the options say otherwise.
func (l *lab) stationOf(s *wti.Session, number string, o phone.Options) *phone.Phone {
	l.t.Helper()
	o.Switch, o.Station, o.SecurityCode = cmp.Or(o.Switch, "CM1"), number, "123456"
	o.Listen = l.srv.ListenPacket
	p, err := phone.Open(l.ctx, s, o)
	if err != nil {
		l.t.Fatal(err)
	}
	return p
}

// customer calls in from outside.
func (l *lab) customer(to string) csta.ConnectionID {
	l.t.Helper()
	id, err := l.srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: to})
	if err != nil {
		l.t.Fatal(err)
	}
	return id
}

func (l *lab) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// await waits for a state, for a minute of the bubble's time at the most.
func (l *lab) await(p *phone.Phone, what string, fits func(phone.State) bool) phone.State {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.ctx, time.Minute)
	defer cancel()
	s, err := p.Await(ctx, fits)
	if err != nil {
		l.t.Fatalf("waiting until %s: %v; calls %v", what, err, s.Board.Calls())
	}
	return s
}

func alerting(s phone.State) bool { _, ok := s.Board.Alerting(); return ok }

func idle(s phone.State) bool { return len(s.Board.Calls()) == 0 }

func agentIs(want csta.AgentState) func(phone.State) bool {
	return func(s phone.State) bool { return s.Agent.State == want }
}

func active(p *phone.Phone) calls.Call {
	c, _ := p.State().Board.Active()
	return c
}

func isFault(err error, code csta.FaultCode) bool {
	f, ok := errors.AsType[*csta.Fault](err)
	return ok && f.Code == code
}

func linked(s phone.State) bool { return s.Link.State == wti.Live }

func loggedIn(s phone.State) bool { return s.Agent.ID == "4001" }

func transferable(s phone.State) bool { return s.Board.Can().Transfer }
