package wti_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

func TestAMonitorThatTheServerStopsEndsAndTheRestGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		session, m := watched(t, a, a.options())
		s.peers[0].event("MonitorStop", `{"monitorCrossRefID":"m1","cause":"maintenance"}`)
		if ev, ok := nextEvent(t, m).Event.(csta.MonitorStopped); !ok || ev.Cause != "maintenance" {
			t.Errorf("got %+v, want the event first", ev)
		}
		for _, err := range m.Events(t.Context()) {
			if !errors.Is(err, wti.ErrMonitorStopped) {
				t.Errorf("the stream ended with %v", err)
			}
		}
		if _, err := wti.Do(t.Context(), session, csta.GetDeviceID{}); err != nil {
			t.Errorf("the session suffered: %v", err)
		}
	})
}

func TestAResetThatIsRefusedBecauseTheSessionIsGoneMakesANewOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := false
		s := &site{answers: func(n int, service string, _ gjson.Result) string {
			if service == "ResetApplicationSessionTimer" && n == 1 && gone {
				return `{"errorCode":{"definedError":"invalidSessionID"}}`
			}
			if service == "ResetApplicationSessionTimer" && n == 1 {
				gone = true
				return `{"errorCode":{"definedError":"serverCannotResetSessionTimer"}}`
			}
			return ""
		}}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		begin := time.Now()
		gap := nextEvent(t, m).Event.(wti.Gap)
		if gap.Resumed || !errors.Is(gap.Cause, wti.ErrTerminated) {
			t.Errorf("got %+v", gap)
		}
		if waited := time.Since(begin); waited != 120*time.Second {
			t.Errorf("noticed after %v, want the second third of 180 s: the first refusal is "+
				"no reason to give up", waited)
		}
	})
}

func TestATokenThatHasExpiredIsFollowedByTheCredentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		a.noTokens = true
		s.cut()
		nextEvent(t, m)
		var kinds []string
		for _, h := range a.headers {
			kind, _, _ := strings.Cut(h.Get("Authorization"), " ")
			kinds = append(kinds, kind)
		}
		if got := fmt.Sprint(kinds); got != "[Basic Bearer Basic]" {
			t.Errorf("came with %s", got)
		}
	})
}

func TestWhatTheOldSessionHoldsIsHandedOverIfTheServerOffersThat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: func(n int, service string, _ gjson.Result) string {
			if service == "ResetApplicationSessionTimer" {
				return `{"errorCode":{"definedError":"invalidSessionID"}}`
			}
			return ""
		}}
		s.before = func(p *peer, n int, service string) {
			if service == "TransferMonitorObjects" {
				p.event("TransferMonitorObjectsEvent", `{"monitorCrossRefID":"m2",
 "isFinalResponse":true,"fromSessionID":"S-1","toSessionID":"S-2","monitorObjectDataList":
 [{"monitorObject":{"deviceObject":"1001:CM1::0"},
  "MonitorStartResponse":[{"monitorCrossRefID":"m1"}]}]}`)
			}
		}
		a := newAES(t, s.serve)
		_, m := watched(t, a, a.options())
		s.log = nil
		s.cut()
		if gap := nextEvent(t, m).Event.(wti.Gap); gap.Resumed || gap.Missing != nil {
			t.Errorf("got %+v", gap)
		}
		want := "[2:ResetApplicationSessionTimer 2:StartApplicationSession " +
			"2:MonitorDevice 2:TransferMonitorObjects 2:MonitorStop 2:SnapshotDevice " +
			"2:SnapshotCall]"
		if got := fmt.Sprint(s.log); got != want {
			t.Errorf("asked %s\nwant %s", got, want)
		}
		if got := m.CrossRef(); got != "m1" {
			t.Errorf("the monitor is called %s, want m1, which was handed over", got)
		}
	})
}

func TestAServerThatDropsEveryConnectionIsNotHammered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		s.before = func(p *peer, n int, service string) {
			if n > 1 && service == "SnapshotDevice" {
				time.AfterFunc(time.Millisecond, func() { _ = p.ws.CloseNow() })
			}
		}
		a := newAES(t, s.serve)
		session, _ := watched(t, a, a.options())
		s.cut()
		time.Sleep(time.Minute)
		_ = session.Close()
		synctest.Wait()
		if s.conns > 30 {
			t.Errorf("%d connections in a minute", s.conns)
		}
	})
}

func TestLongEventsForNobodyCostBoundedMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		long := strings.Repeat("x", 900_000)
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(service string, _ gjson.Result) string {
				for range 20 {
					p.event("HeldEvent", `{"monitorCrossRefID":"9","x":"`+long+`"}`)
					p.event("LinkUpEvent", `{"x":"`+long+`"}`)
				}
				return `{"device":"d"}`
			})
		})
		s := a.open(t)
		if _, err := wti.Do(t.Context(), s, csta.GetDeviceID{}); err != nil {
			t.Fatal(err)
		}
		for _, err := range s.Events(t.Context()) {
			if !errors.Is(err, wti.ErrTooSlow) {
				t.Errorf("got %v, want ErrTooSlow: nobody read 18 MB of events", err)
			}
		}
	})
}
