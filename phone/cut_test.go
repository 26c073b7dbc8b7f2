package phone_test

import (
	"context"
	"errors"
	"iter"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// scissors cuts a client's connection at its nth read or write, counted over all
// of its connections. 0 never cuts.
type scissors struct {
	at    int64
	place place
	ops   atomic.Int64
}

// place is where in an operation the cut is: before the first byte, which then goes
// neither way; behind half of them; or behind the last, of which the other side, or the
// client itself, knows nothing yet.
type place string

var places = []place{"before", "inside", "after"}

func (s *scissors) dial(next func(context.Context, string, string) (net.Conn, error),
) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := next(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &cuttable{Conn: c, s: s}, nil
	}
}

type cuttable struct {
	net.Conn
	s *scissors
}

// snips counts an operation and reports whether it is the one.
func (c *cuttable) snips() bool { return c.s.ops.Add(1) == c.s.at }

// share is how much of so many bytes comes before the cut.
func (p place) share(n int) int {
	switch p {
	case "before":
		return 0
	case "inside":
		return n / 2
	}
	return n
}

var errCut = errors.New("the connection was cut")

func (c *cuttable) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.snips() {
		return n, err
	}
	_ = c.Conn.Close()
	if n = c.s.place.share(n); n == 0 {
		return 0, errCut
	}
	return n, nil
}

func (c *cuttable) Write(b []byte) (int, error) {
	if !c.snips() {
		return c.Conn.Write(b)
	}
	n := c.s.place.share(len(b))
	if n > 0 {
		n, _ = c.Conn.Write(b[:n])
	}
	_ = c.Conn.Close()
	if n < len(b) {
		return n, errCut
	}
	return n, nil
}

// conversation is a queue call with hold, consultation and transfer, held by a
// person who looks at the board and tries again when a verb was lost on the way.
type conversation struct {
	l    *lab
	p    *phone.Phone
	sent map[string]int // how often each service was asked for, by the person
}

// until does something, and again after a loss, until the state is the one wanted.
func (c *conversation) until(what, service string, want func(phone.State) bool,
	do func() error,
) {
	c.l.t.Helper()
	for range 5 {
		c.l.await(c.p, "the link lives", linked)
		synctest.Wait()
		if want(c.p.State()) {
			return // a lost request had been carried out after all
		}
		c.sent[service]++
		err := do()
		switch {
		case errors.Is(err, wti.ErrConnectionLost), errors.Is(err, phone.ErrNothingToDo):
			continue
		case err != nil:
			c.l.t.Fatalf("%s: %v", what, err)
		}
		c.l.await(c.p, what, want)
		return
	}
	c.l.t.Fatalf("%s: in vain", what)
}

func (c *conversation) hold() {
	ctx, p := c.l.ctx, c.p
	connected := func(s phone.State) bool { _, ok := s.Board.Active(); return ok }
	c.until("the agent is logged in", "SetAgentState",
		loggedIn, func() error { return p.Login(ctx) })
	c.until("the agent is ready", "SetAgentState", agentIs(csta.AgentReadyState),
		func() error { return p.Ready(ctx) })
	c.l.customer("8001")
	c.l.await(p, "it rings", alerting)
	c.until("the call is answered", "AnswerCall", connected, func() error {
		call, _ := p.State().Board.Alerting()
		return p.Answer(ctx, call.Own)
	})
	c.until("the call is held", "HoldCall",
		func(s phone.State) bool { _, ok := s.Board.Held(); return ok },
		func() error { return p.Hold(ctx, active(p).Own) })
	c.until("the call is retrieved", "RetrieveCall", connected, func() error {
		held, _ := p.State().Board.Held()
		return p.Retrieve(ctx, held.Own)
	})
	c.until("the colleague is asked", "ConsultationCall",
		func(s phone.State) bool { return len(s.Board.Calls()) == 2 },
		func() error { _, err := p.Consult(ctx, "7100"); return err })
	c.l.await(p, "a transfer is possible", transferable)
	c.until("the call is transferred", "TransferCall", idle,
		func() error { return p.Transfer(ctx) })
}

// TestACutAnywhereLeavesTheBoardRight cuts the socket before, inside and after each of
// the operations of the conversation in turn.
func TestACutAnywhereLeavesTheBoardRight(t *testing.T) {
	cutAnywhere(t, hold)
}

func cutAnywhere(t *testing.T, hold func(*testing.T, *scissors)) {
	clean := &scissors{}
	hold(t, clean)
	operations := clean.ops.Load()
	if operations < 50 {
		t.Fatalf("the conversation took %d operations: too few to be one", operations)
	}
	step := int64(1)
	if testing.Short() {
		step = 7
	}
	for _, where := range places {
		t.Run(string(where), func(t *testing.T) {
			for at := int64(8); at < operations; at += step { // before that is no session
				hold(t, &scissors{at: at, place: where})
				if t.Failed() {
					t.Fatalf("cut at operation %d of %d", at, operations)
				}
			}
		})
	}
}

// hold holds the conversation over connections that are cut, and checks what is left.
func hold(t *testing.T, s *scissors) {
	inLab(t, mockaes.Options{}, func(l *lab) { l.hold(s) })
}

func holdOverREST(t *testing.T, s *scissors) {
	inRESTLab(t, func(l *lab) { l.hold(s) })
}

func (l *lab) hold(s *scissors) {
	var all consumers
	o := agentOptions()
	o.Notify = func(u phone.Update) { all.heard("the phone", u.Event) }
	l.dial = func(o *wti.Options) { o.DialContext = s.dial(l.srv.Dial) }
	session, p, ok := openOrLose(l, o)
	l.t.Cleanup(func() { _ = session.Close() })
	if !ok {
		return // the cut came before there was a phone
	}
	l.t.Cleanup(func() { _ = p.Close() })
	all.follow(l, "the session", session.Events(l.ctx))
	if other, err := session.Monitor(l.ctx, csta.MonitorStart{
		Object: csta.MonitorObject{Device: "1003:CM1:0.0.0.0:0"},
	}); err == nil {
		all.follow(l, "another monitor", other.Events(l.ctx))
	} else if !errors.Is(err, wti.ErrConnectionLost) {
		l.t.Error(err)
	}
	late := session.Status().Epoch // a loss of before is not the other monitor's
	c := &conversation{l: l, p: p, sent: make(map[string]int)}
	c.hold()
	time.Sleep(time.Minute)
	synctest.Wait()
	all.compare(l.t, session.Status().Epoch, late)
	compare(l, p)
	c.askedOnce()
}

// consumers count the gaps that each of them is told of.
type consumers struct {
	mu   sync.Mutex
	gaps map[string]int
}

func (all *consumers) heard(who string, ev wti.Event) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.gaps == nil {
		all.gaps = make(map[string]int)
	}
	n := 0
	if _, ok := ev.Event.(wti.Gap); ok {
		n = 1
	}
	all.gaps[who] += n
}

func (all *consumers) follow(l *lab, who string, events iter.Seq2[wti.Event, error]) {
	all.heard(who, wti.Event{})
	go func() { // it ends with the session
		for ev, err := range events {
			if err == nil {
				all.heard(who, ev)
			}
		}
	}()
}

// compare checks that there was one gap for each loss. A cut that came before a consumer
// was there, or while it came, may be told to it or not.
func (all *consumers) compare(t *testing.T, epoch, late uint64) {
	t.Helper()
	all.mu.Lock()
	defer all.mu.Unlock()
	for who, n := range all.gaps {
		least := int(epoch - 1)
		if who == "another monitor" {
			least = int(epoch - late)
		}
		if n < least || n > int(epoch-1) {
			t.Errorf("%s was told of %d gaps, there were %d losses", who, n, epoch-1)
		}
	}
}

// openOrLose opens a phone; a cut while it is being opened is an error that says so.
func openOrLose(l *lab, o phone.Options) (*wti.Session, *phone.Phone, bool) {
	session := l.session()
	o.Switch, o.Station = "CM1", "1001"
	p, err := phone.Open(l.ctx, session, o)
	if err != nil && !errors.Is(err, wti.ErrConnectionLost) {
		l.t.Errorf("open: %v", err)
	}
	return session, p, err == nil
}

// compare holds the board against the switch itself.
func compare(l *lab, p *phone.Phone) {
	snap, err := l.srv.Switch().SnapshotDevice(csta.SnapshotDevice{Device: p.Device()})
	l.must(err)
	want := make(map[csta.CallID]csta.ConnectionState)
	for _, c := range snap.Calls() {
		want[c.Connection.Call] = c.State.Local()
	}
	got := make(map[csta.CallID]csta.ConnectionState)
	for _, c := range p.State().Board.Calls() {
		got[c.ID] = c.State
	}
	if diff := cmp.Diff(want, got); diff != "" {
		l.t.Errorf("board and switch differ: %s", diff)
	}
	agents, err := l.srv.Switch().GetAgentState(csta.GetAgentState{Device: p.Device()})
	l.must(err)
	if got, want := p.State().Agent.State, agents.Agents[0].Skills[0].State; got != want {
		l.t.Errorf("the agent is shown as %s and is %s", got, want)
	}
}

// askedOnce checks that no request reached the switch more often than the person
// sent it.
func (c *conversation) askedOnce() {
	seen := make(map[string]int)
	for _, e := range c.l.srv.Journal(0) {
		if e.Kind == "request" {
			seen[e.Name]++
		}
	}
	for service, n := range c.sent {
		if seen[service] > n {
			c.l.t.Errorf("%s was sent %d times and arrived %d times", service, n, seen[service])
		}
	}
}
