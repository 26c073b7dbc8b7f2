package wti_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

const oneCall = `{"crossRefIDorSnapshotData":{"snapshotData":{"snapshotDeviceResponseInfo":[
 {"connectionIdentifier":{"callID":"7","deviceID":"1001:CM1::0"},
  "localCallState":{"compoundCallState":{"localConnectionState":["connected","connected"]}}}]}}}`

// site is an AES whose sessions a test can break. Each connection is a conversation
// of its own; answers holds what differs from the ordinary.
type site struct {
	log     []string // what was asked, with the number of the connection
	conns   int
	peers   []*peer
	answers func(conn int, service string, payload gjson.Result) string
	before  func(p *peer, conn int, service string)
}

func (s *site) serve(p *peer) {
	s.conns++
	n := s.conns
	s.peers = append(s.peers, p)
	p.follow(func(service string, payload gjson.Result) string {
		s.log = append(s.log, fmt.Sprintf("%d:%s", n, service))
		if s.before != nil {
			s.before(p, n, service)
		}
		if text := s.answers(n, service, payload); text != "" {
			return text
		}
		return s.ordinary(n, service)
	})
}

func (s *site) ordinary(n int, service string) string {
	switch service {
	case "StartApplicationSession":
		return fmt.Sprintf(`{"sessionID":"S-%d","token":"t%d","actualSessionDuration":180}`, n, n)
	case "MonitorDevice":
		return fmt.Sprintf(`{"monitorCrossRefID":"m%d"}`, n)
	case "SnapshotDevice":
		return oneCall
	case "GetDeviceId":
		return `{"device":"1001:CM1::0"}`
	case "RegisterTerminalRequest":
		return `{"device":"1001:CM1::0","code":1}`
	}
	return `{}`
}

func refuse(int, string, gjson.Result) string { return "" }

func (s *site) cut() { _ = s.peers[len(s.peers)-1].ws.CloseNow() }

// watched opens a session with a device, a registration and a monitor.
func watched(t *testing.T, a *aes, o wti.Options) (*wti.Session, *wti.Monitor) {
	t.Helper()
	s, err := wti.Dial(t.Context(), "ws://aes", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := wti.Do(t.Context(), s, csta.GetDeviceID{Extension: "1001"}); err != nil {
		t.Fatal(err)
	}
	m, err := s.Monitor(t.Context(), csta.MonitorStart{
		Object: csta.MonitorObject{Device: "1001:CM1::0"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wti.Do(t.Context(), s, csta.RegisterTerminal{Device: "1001:CM1::0"}); err != nil {
		t.Fatal(err)
	}
	return s, m
}

func nextEvent(t *testing.T, m *wti.Monitor) wti.Event {
	t.Helper()
	for ev, err := range m.Events(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		return ev
	}
	return wti.Event{}
}

func TestASessionThatStillLivesIsResumedByAResetOfItsTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		session, m := watched(t, a, a.options())
		s.log = nil
		s.cut()
		gap, ok := nextEvent(t, m).Event.(wti.Gap)
		if !ok || !gap.Resumed || gap.Snapshot == nil || len(gap.Snapshot.Calls()) != 1 {
			t.Fatalf("got %+v, want a gap of a resumed session with a snapshot", gap)
		}
		want := "[2:ResetApplicationSessionTimer 2:SnapshotDevice 2:SnapshotCall]"
		if got := fmt.Sprint(s.log); got != want {
			t.Errorf("asked %s, want %s", got, want)
		}
		if got := a.headers[1].Get("Authorization"); got != "Bearer t1" {
			t.Errorf("came back with %q, want the token", got)
		}
		if st := session.Status(); st.State != wti.Live || st.Epoch != 2 || st.Why != nil {
			t.Errorf("got status %+v", st)
		}
		if m.CrossRef() != "m1" {
			t.Errorf("the monitor is called %s, want m1 as before", m.CrossRef())
		}
	})
}

func TestASessionThatIsGoneIsBuiltAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: func(n int, service string, _ gjson.Result) string {
			switch service {
			case "ResetApplicationSessionTimer":
				return `{"errorCode":{"definedError":"invalidSessionID"}}`
			case "TransferMonitorObjects":
				return `{"CSTAErrorCode":{"operation":"serviceNotSupported"}}`
			}
			return ""
		}}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		s.log = nil
		s.cut()
		gap := nextEvent(t, m).Event.(wti.Gap)
		if gap.Resumed || gap.Missing != nil || gap.Snapshot == nil {
			t.Errorf("got %+v", gap)
		}
		want := "[2:ResetApplicationSessionTimer 2:StartApplicationSession " +
			"2:MonitorDevice 2:TransferMonitorObjects 2:MonitorStop 2:GetDeviceId " +
			"2:MonitorDevice 2:RegisterTerminalRequest 2:SnapshotDevice 2:SnapshotCall]"
		if got := fmt.Sprint(s.log); got != want {
			t.Errorf("asked %s\nwant %s", got, want)
		}
		s.peers[1].event("HeldEvent", `{"monitorCrossRefID":"m1","cause":"late"}`)
		s.peers[1].event("HeldEvent", `{"monitorCrossRefID":"m2","cause":"now"}`)
		if ev := nextEvent(t, m).Event.(csta.HeldEvent); ev.Cause != "now" {
			t.Errorf("got %+v, want the event of the new monitor", ev)
		}
	})
}

func TestARequestInFlightSaysThatItMayHaveBeenCarriedOutAndIsNotRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		s.before = func(p *peer, _ int, service string) {
			if service == "AnswerCall" {
				_ = p.ws.CloseNow()
			}
		}
		a := newAES(t, s.serve)
		session, m := watched(t, a, a.options())
		_, err := wti.Do(t.Context(), session, csta.AnswerCall{})
		lost, ok := errors.AsType[*wti.LostError](err)
		if !ok || !lost.Sent || !errors.Is(err, wti.ErrConnectionLost) {
			t.Errorf("got %v", err)
		}
		nextEvent(t, m)
		asked := slices.DeleteFunc(slices.Clone(s.log), func(l string) bool {
			return !strings.HasSuffix(l, ":AnswerCall")
		})
		if fmt.Sprint(asked) != "[1:AnswerCall]" {
			t.Errorf("asked %v", asked)
		}
	})
}

func TestWhileASessionHealsRequestsFailAtOnceAndCloseIsPossible(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		session, m := watched(t, a, a.options())
		_ = a.Close()
		healing := make(chan error, 100) // what is said of the link meanwhile
		defer session.OnStatus(func(st wti.Status) {
			if st.State == wti.Healing {
				healing <- st.Why
			}
		})()
		s.cut()
		time.Sleep(time.Minute)
		why := <-healing
		if !errors.Is(why, wti.ErrConnectionLost) || strings.Contains(why.Error(), "request") {
			t.Errorf("got %v, though nobody had sent a request", why)
		}
		_, err := wti.Do(t.Context(), session, csta.AnswerCall{})
		lost, ok := errors.AsType[*wti.LostError](err)
		if !ok || lost.Sent {
			t.Errorf("got %v, want an error that says nothing was sent", err)
		}
		st := session.Status()
		if st.State != wti.Healing || time.Since(st.Since) < 59*time.Second || st.Tries < 5 ||
			st.Tries > 60 || st.Why == nil {
			t.Errorf("got %+v, want healing for a minute with ever longer pauses", st)
		}
		_ = session.Close()
		for _, err := range m.Events(t.Context()) {
			if !errors.Is(err, wti.ErrClosed) {
				t.Errorf("the monitor ended with %v", err)
			}
		}
	})
}

func TestCredentialsThatAreRefusedEndTheHealing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		o := a.options()
		session, m := watched(t, a, o)
		a.password = "changed"
		s.cut()
		for _, err := range m.Events(t.Context()) {
			if !errors.Is(err, wti.ErrUnauthorized) {
				t.Errorf("the monitor ended with %v", err)
			}
		}
		if st := session.Status(); st.State != wti.Lost || !errors.Is(st.Why, wti.ErrUnauthorized) {
			t.Errorf("got %+v", st)
		}
	})
}

func TestAServerThatEndsTheSessionGetsANewOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		s.peers[0].event("ApplicationSessionTerminated",
			`{"sessionID":"S-1","sessionTermReason":{"definedTermReason":"sessionTimerExpired"}}`)
		gap := nextEvent(t, m).Event.(wti.Gap)
		if gap.Resumed || !errors.Is(gap.Cause, wti.ErrTerminated) {
			t.Errorf("got %+v", gap)
		}
		if got := a.headers[1].Get("Authorization"); !strings.HasPrefix(got, "Basic ") {
			t.Errorf("came back with %q, want the credentials", got)
		}
	})
}

func TestAnEventThatTheSnapshotHasIsNotDeliveredAfterIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		s.before = func(p *peer, n int, service string) {
			if n == 2 && service == "SnapshotDevice" {
				p.event("DeliveredEvent", `{"monitorCrossRefID":"m1"}`)
				p.event("MediaStartEvent", `{"monitorCrossRefID":"m1"}`)
			}
		}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		s.cut()
		if gap, ok := nextEvent(t, m).Event.(wti.Gap); !ok {
			t.Errorf("got %T, want the gap first", gap)
		}
		if ev := nextEvent(t, m).Event; ev.EventName() != "MediaStartEvent" {
			t.Errorf("got %T, want what no snapshot has", ev)
		}
	})
}

func TestEventsDuringTheSnapshotMakeTheSessionLookAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		looks := 0
		s.before = func(p *peer, n int, service string) {
			if service == "SnapshotCall" {
				if looks++; looks == 1 {
					p.event("HeldEvent", `{"monitorCrossRefID":"m1"}`)
				}
			}
		}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		s.cut()
		if _, ok := nextEvent(t, m).Event.(wti.Gap); !ok || looks != 2 {
			t.Errorf("looked %d times, want 2", looks)
		}
		if st := len(drain(m)); st != 0 {
			t.Errorf("%d events after the gap, want none", st)
		}
	})
}

// drain returns what is in line without waiting for more.
func drain(m *wti.Monitor) (got []wti.Event) {
	synctest.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	for ev, err := range m.Events(ctx) {
		if err != nil {
			return got
		}
		got = append(got, ev)
	}
	return got
}

func TestTheStandbyIsUsedWhenTheFirstIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a, b := newAES(t, s.serve), newAES(t, s.serve)
		o := a.options()
		o.Standby = []string{"ws://standby"}
		o.DialContext = fork(a, b)
		session, m := watched(t, a, o)
		_ = a.Close()
		s.cut()
		gap := nextEvent(t, m).Event.(wti.Gap)
		if got := session.Status().Address; gap.Resumed || !strings.Contains(got, "standby") {
			t.Errorf("at %s, resumed %v", got, gap.Resumed)
		}
	})
}

func TestASilentSocketIsNoticedByItsPings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var frozen atomic.Bool
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		o := a.options()
		o.DialContext = freezing(a, &frozen)
		session, m := watched(t, a, o)
		begin := time.Now()
		frozen.Store(true)
		gap := nextEvent(t, m).Event.(wti.Gap)
		if waited := time.Since(begin); waited > 40*time.Second {
			t.Errorf("noticed after %v", waited)
		}
		if !gap.Resumed || session.Status().Epoch != 2 {
			t.Errorf("got %+v, %+v", gap, session.Status())
		}
	})
}
