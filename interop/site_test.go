//go:build unix

package interop_test

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// site is a mock AES, and a session that reaches it by way of something that may
// break: with a phone at station 1001, a monitor of 1002, and the session's own
// events, which are three consumers.
type site struct {
	srv     *mockaes.Server
	session *wti.Session
	phone   *phone.Phone

	losses                       atomic.Int64 // as the session's status tells them
	phoneGaps, otherGaps, ownGap atomic.Int64
	heard                        atomic.Int64 // events at 1002
}

// visit opens the session and its consumers at the address of the box before srv.
func visit(t *testing.T, srv *mockaes.Server, aes string, roots *x509.CertPool,
	ping time.Duration,
) *site {
	t.Helper()
	s := &site{srv: srv}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var err error
	s.session, err = wti.Dial(ctx, aes, wti.Options{
		User: "cti", Password: "cti-secret", RootCAs: roots, PingInterval: ping,
		RequestTimeout: 3 * time.Second, MaxBackoff: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.session.Close() })
	live := true
	s.session.OnStatus(func(st wti.Status) {
		if live && st.State == wti.Healing {
			s.losses.Add(1)
		}
		live = st.State == wti.Live
	})
	s.phone, err = phone.Open(ctx, s.session, phone.Options{
		Switch: "CM1", Station: "1001", AgentPoll: time.Hour,
		Notify: func(u phone.Update) { countGap(u.Event.Event, &s.phoneGaps) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.phone.Close() })
	s.follow(ctx, t)
	return s
}

func countGap(ev csta.Event, n *atomic.Int64) {
	if _, ok := ev.(wti.Gap); ok {
		n.Add(1)
	}
}

// follow starts the two consumers besides the phone.
func (s *site) follow(ctx context.Context, t *testing.T) {
	t.Helper()
	reply, err := wti.Do(ctx, s.session, csta.GetThirdPartyDeviceID{
		SwitchName: "CM1", Extension: "1002",
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.session.Monitor(ctx, csta.MonitorStart{
		Object: csta.MonitorObject{Device: reply.Device},
	})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	life, stop := context.WithCancel(context.Background())
	wg.Go(func() {
		for ev := range m.Events(life) {
			countGap(ev.Event, &s.otherGaps)
			s.heard.Add(1)
		}
	})
	wg.Go(func() {
		for ev := range s.session.Events(life) {
			countGap(ev.Event, &s.ownGap)
		}
	})
	t.Cleanup(func() {
		stop()
		wg.Wait()
	})
}

// bustle lets things happen at the station until stop is called: customers call, the
// phone answers, holds, retrieves and hangs up, through whatever state the connection is in.
func (s *site) bustle(t *testing.T) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(25 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			if err := s.step(n); !tolerable(err) {
				t.Errorf("step %d: %v", n, err)
			}
		}
	})
	return func() {
		cancel()
		wg.Wait()
	}
}

func (s *site) step(n int) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	board := s.phone.State().Board
	switch n % 8 {
	case 0, 4:
		from := fmt.Sprintf("+1555010%04d", n)
		_, err := s.srv.Switch().IncomingCall(pbx.IncomingCall{
			From: from, To: "1001", Patience: 300 * time.Millisecond,
		})
		return err
	case 2, 5:
		if c, ok := board.Alerting(); ok {
			return s.phone.Answer(ctx, c.Own)
		}
	case 3:
		if c, ok := board.Active(); ok {
			return s.phone.Hold(ctx, c.Own)
		}
	case 6:
		if c, ok := board.Held(); ok {
			return s.phone.Retrieve(ctx, c.Own)
		}
	case 7:
		if c, ok := board.Active(); ok && n%16 == 7 {
			return s.phone.HangUp(ctx, c.Own)
		}
	}
	return nil
}

// tolerable reports whether a step may fail so: the connection is lost, or what was
// asked is not possible any more.
func tolerable(err error) bool {
	_, refused := errors.AsType[*csta.Fault](err)
	return err == nil || refused || errors.Is(err, wti.ErrConnectionLost) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, pbx.ErrNotTaken) ||
		errors.Is(err, pbx.ErrNoTrunk)
}

// picture is what is going on at a station, in words that can be compared.
type picture map[csta.CallID]string

// shown is the phone's board, and real what the switch has.
func shown(b calls.Board) picture {
	p := make(picture)
	for _, c := range b.Calls() {
		var others []string
		for _, party := range c.Parties {
			others = append(others, fmt.Sprintf("%s %s", party.Connection.Device, party.State))
		}
		p[c.ID] = words(c.State, others)
	}
	return p
}

func (s *site) real() picture {
	p := make(picture)
	for _, c := range s.srv.Switch().State().Calls {
		var others []string
		own := csta.Null
		for _, party := range c.Parties {
			if party.Connection.Device.Same(s.phone.Device()) {
				own = party.State
			} else if !party.Absent {
				others = append(others, fmt.Sprintf("%s %s", party.Connection.Device, party.State))
			}
		}
		if own != csta.Null {
			p[c.Call] = words(own, others)
		}
	}
	return p
}

func words(own csta.ConnectionState, others []string) string {
	slices.Sort(others)
	return fmt.Sprintf("%s; %s", own, strings.Join(others, ", "))
}

// agrees waits until the board is what the switch has, and until every consumer was
// told of every loss, once. least is how many losses there must have been.
func (s *site) agrees(t *testing.T, least int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	right := func() bool {
		n := s.losses.Load()
		return s.session.Status().State == wti.Live && n >= least && s.phoneGaps.Load() == n &&
			s.otherGaps.Load() == n && s.ownGap.Load() == n &&
			maps.Equal(shown(s.phone.State().Board), s.real())
	}
	until(ctx, right)
	if right() {
		return
	}
	t.Errorf("the board and the switch differ:\n%s",
		cmp.Diff(s.real(), shown(s.phone.State().Board)))
	t.Errorf("%d losses (want %d at least), gaps: phone %d, monitor %d, session %d; %+v",
		s.losses.Load(), least, s.phoneGaps.Load(), s.otherGaps.Load(), s.ownGap.Load(),
		s.session.Status())
}

// until looks again and again until it is so or the context ends.
func until(ctx context.Context, so func() bool) bool {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// happens waits for something that has to be.
func happens(t *testing.T, what string, so func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if !until(ctx, so) {
		t.Fatalf("it never came to this: %s", what)
	}
}

// heals waits until the session is live again and things happen at the station.
func (s *site) heals(t *testing.T) {
	t.Helper()
	happens(t, "the session heals", func() bool {
		return s.session.Status().State == wti.Live && s.phoneGaps.Load() == s.losses.Load()
	})
	s.goesOn(t, 3)
}

// goesOn waits for so many calls that the phone has seen end since.
func (s *site) goesOn(t *testing.T, n int) {
	t.Helper()
	seen := make(map[csta.CallID]bool)
	for _, c := range s.phone.State().Board.Ended() {
		seen[c.ID] = true
	}
	old := len(seen)
	happens(t, "the phone follows what happens", func() bool {
		for _, c := range s.phone.State().Board.Ended() {
			seen[c.ID] = true
		}
		return len(seen) >= old+n
	})
}
