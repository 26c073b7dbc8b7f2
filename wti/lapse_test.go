package wti_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// deaf is an AES that leaves the requests of a service unanswered on its first
// connection; pings it answers, as a WebSocket library does by itself.
func deaf(s *site, to string) func(*peer) {
	return func(p *peer) {
		s.conns++
		n := s.conns
		p.follow(func(service string, _ gjson.Result) string {
			if n == 1 && service == to {
				return ""
			}
			return s.ordinary(n, service)
		})
	}
}

func TestASessionWhoseTimerCannotBeResetIsHealedWhenItMustBeOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{}
		a := newAES(t, deaf(s, "ResetApplicationSessionTimer"))
		session := a.open(t)
		m, err := session.Monitor(t.Context(), csta.MonitorStart{
			Object: csta.MonitorObject{Device: "1001:CM1::0"},
		})
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		gap, ok := nextEvent(t, m).Event.(wti.Gap)
		if waited := time.Since(begin); !ok || waited != 180*time.Second {
			t.Errorf("got %+v after %v, want a gap after 180 s", gap, waited)
		}
		if gap.Cause == nil || !strings.Contains(gap.Cause.Error(), "timer") {
			t.Errorf("the gap's cause is %v", gap.Cause)
		}
	})
}

func TestAResetThatIsAnsweredLateDoesNotEndTheSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		resets := 0
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(service string, _ gjson.Result) string {
				if resets++; resets%2 != 0 { // every second gets through
					return ""
				}
				return `{"actualSessionDuration":180}`
			})
		})
		session := a.open(t)
		time.Sleep(20 * time.Minute)
		if st := session.Status(); st.Epoch != 1 || st.State != wti.Live {
			t.Errorf("got %+v, want the first connection still live", st)
		}
	})
}

func TestAServerThatHangsUpOnTheFarewellIsNotComeBackTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(service string, _ gjson.Result) string {
				_ = p.ws.CloseNow()
				return ""
			})
		})
		session := a.open(t)
		_ = session.Close()
		synctest.Wait()
		if n := len(a.headers); n != 1 {
			t.Errorf("%d connections were made, want the first alone", n)
		}
		if err := session.Err(); err != wti.ErrClosed {
			t.Errorf("the session ended with %v", err)
		}
	})
}
