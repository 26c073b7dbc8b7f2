package wti_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

func TestASessionCanBeComeBackToByItsID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: func(n int, service string, payload gjson.Result) string {
			switch {
			case service == "ResetApplicationSessionTimer":
				return `{"errorCode":{"definedError":"serverCannotResetSessionTimer"}}`
			case service == "StartApplicationSession" && payload.Get("SessionID").Str == "S-1":
				return `{"sessionID":"S-1","token":"again","actualSessionDuration":180}`
			}
			return ""
		}}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		s.log = nil
		s.cut()
		if gap := nextEvent(t, m).Event.(wti.Gap); !gap.Resumed || gap.Missing != nil {
			t.Errorf("got %+v, want the old session", gap)
		}
		want := "[2:ResetApplicationSessionTimer 2:StartApplicationSession 2:SnapshotDevice " +
			"2:SnapshotCall]"
		if got := fmt.Sprint(s.log); got != want {
			t.Errorf("asked %s\nwant  %s", got, want)
		}
	})
}

func TestThePausesBetweenAttemptsGrowAndAreRandom(t *testing.T) {
	pauses := func(t *testing.T) (all []time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			s := &site{answers: refuse}
			a := newAES(t, s.serve)
			o := a.options()
			var tried []time.Time
			o.DialContext = func(ctx context.Context, n, address string) (net.Conn, error) {
				tried = append(tried, time.Now())
				return a.dial(ctx, n, address)
			}
			session, _ := watched(t, a, o)
			_ = a.Close()
			time.Sleep(10 * time.Second) // it has been steady
			s.cut()
			time.Sleep(10 * time.Minute)
			_ = session.Close()
			for i := 2; i < len(tried); i++ {
				// The old token and the credentials are tried one after the other.
				if pause := tried[i].Sub(tried[i-1]); pause > 0 {
					all = append(all, pause)
				}
			}
		})
		return all
	}
	one, two := pauses(t), pauses(t)
	bound := wti.DefaultBackoff
	for i, pause := range one {
		if pause < bound/10 || pause > bound+bound/10 {
			t.Errorf("pause %d is %v, want between %v and %v", i+1, pause, bound/10, bound+bound/10)
		}
		bound = min(2*bound, wti.DefaultMaxBackoff)
	}
	if len(one) < 15 || fmt.Sprint(one[:10]) == fmt.Sprint(two[:10]) {
		t.Errorf("two clients pause alike, or give up:\n%v\n%v", one, two)
	}
}

func TestARegistrationThatWasEndedIsNotTakenBack(t *testing.T) {
	for _, ended := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			s := &site{answers: func(_ int, service string, _ gjson.Result) string {
				if service == "ResetApplicationSessionTimer" {
					return `{"errorCode":{"definedError":"invalidSessionID"}}`
				}
				return ""
			}}
			a := newAES(t, s.serve)
			_, m := watched(t, a, a.options())
			if ended {
				s.peers[0].event("TerminalUnregisteredEvent",
					`{"monitorCrossRefID":"m1","device":"1001:CM1::0","code":2,"reason":"taken"}`)
				nextEvent(t, m)
			}
			s.log = nil
			s.cut()
			nextEvent(t, m)
			synctest.Wait()
			if again := strings.Contains(fmt.Sprint(s.log), "RegisterTerminal"); again == ended {
				t.Errorf("ended by force: %v; registered again: %v", ended, again)
			}
		})
	}
}

func TestAServerThatReadsNothingIsGivenUpByTheWritesDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		conns := 0
		s := &site{answers: refuse}
		a := newAES(t, func(p *peer) {
			if conns++; conns == 1 {
				p.start()
				<-release // nothing is read any more, and nothing buffered on a pipe
				return
			}
			s.serve(p)
		})
		session := a.open(t)
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		_, err := wti.Do(ctx, session, csta.GetDeviceID{Extension: "1001"})
		if waited := time.Since(begin); !errors.Is(err, wti.ErrConnectionLost) ||
			waited > wti.DefaultRequestTimeout {
			t.Errorf("got %v after %v", err, waited)
		}
		close(release)
	})
}

func TestWhatCameBeforeALossIsToldBeforeItsGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		tell := func(cause string) {
			s.peers[len(s.peers)-1].event("HeldEvent",
				`{"monitorCrossRefID":"m1","cause":"`+cause+`"}`)
			synctest.Wait()
		}
		for i := range 3 { // nobody reads meanwhile
			tell(fmt.Sprintf("before %d", i))
			s.cut()
			time.Sleep(10 * time.Second)
			synctest.Wait()
			tell(fmt.Sprintf("after %d", i))
		}
		var got []string
		for _, ev := range drain(m) {
			if held, ok := ev.Event.(csta.HeldEvent); ok {
				got = append(got, string(held.Cause))
			} else {
				got = append(got, ev.EventName())
			}
		}
		want := "before 0, Gap, after 0, before 1, Gap, after 1, before 2, Gap, after 2"
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("got  %s\nwant %s", text, want)
		}
	})
}

func TestDialTakesTheNextAddressIfTheFirstIsNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a, b := newAES(t, s.serve), newAES(t, s.serve)
		_ = a.Close()
		o := a.options()
		o.Standby = []string{"ws://standby"}
		o.DialContext = fork(a, b)
		session, err := wti.Dial(t.Context(), "ws://aes", o)
		if err != nil {
			t.Fatal(err)
		}
		defer session.Close()
		if got := session.Status().Address; !strings.Contains(got, "standby") {
			t.Errorf("it is at %s", got)
		}
	})
}

func TestMoreEventsThanAMonitorMayLagBehindWhileItHealsAreGivenUpOpenly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		s.before = func(p *peer, n int, service string) {
			if n == 2 && service == "SnapshotDevice" {
				for range 20 {
					p.event("MediaStartEvent", `{"monitorCrossRefID":"m1"}`)
				}
			}
		}
		a := newAES(t, s.serve)
		o := a.options()
		o.Buffer = 10
		session, m := watched(t, a, o)
		s.cut()
		synctest.Wait()
		for ev, err := range m.Events(t.Context()) {
			if !errors.Is(err, wti.ErrTooSlow) {
				t.Errorf("got %+v, %v", ev, err)
			}
			break
		}
		if _, err := wti.Do(t.Context(), session, csta.GetDeviceID{}); err != nil {
			t.Errorf("the session suffered: %v", err)
		}
	})
}

func TestNoMoreRegistrationsAreOutstandingThanTheSwitchTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		var mu sync.Mutex
		waiting, most, total := 0, 0, 0
		a := newAES(t, func(p *peer) {
			if s.conns == 0 {
				s.serve(p)
				return
			}
			for {
				header, payload := p.next()
				service := header.Get("request").Str
				switch service {
				case "":
					return
				case "ResetApplicationSessionTimer":
					p.reply(header, `{"errorCode":{"definedError":"invalidSessionID"}}`)
					continue
				case "RegisterTerminalRequest":
				default:
					p.reply(header, s.ordinary(2, service))
					continue
				}
				mu.Lock()
				total++
				waiting++
				most = max(most, waiting)
				mu.Unlock()
				time.AfterFunc(time.Second, func() {
					mu.Lock()
					waiting--
					mu.Unlock()
					device := payload.Get("device").Raw
					p.reply(header, fmt.Sprintf(`{"device":%s,"code":1}`, device))
				})
			}
		})
		session, m := watched(t, a, a.options())
		for i := range 30 {
			device := csta.DeviceID(fmt.Sprintf("%d:CM1::0", 2001+i))
			_, err := wti.Do(t.Context(), session, csta.RegisterTerminal{Device: device})
			if err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(10 * time.Second) // it has been steady
		s.cut()
		nextEvent(t, m)
		mu.Lock()
		defer mu.Unlock()
		if total != 31 || most > 10 {
			t.Errorf("%d registrations of 31, up to %d at a time, want 10 at most", total, most)
		}
	})
}
