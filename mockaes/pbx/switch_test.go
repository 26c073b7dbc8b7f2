package pbx

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

func TestTheRealClockMovesCallsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(DefaultLab(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.IncomingCall(IncomingCall{To: "8001", Patience: 10 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if got := len(s.State().Skills[0].Waiting); got != 1 {
			t.Errorf("%d calls wait after the announcement, want 1", got)
		}
		time.Sleep(6 * time.Second)
		synctest.Wait()
		if got := len(s.State().Calls); got != 0 {
			t.Errorf("%d calls after the caller's patience, want 0", got)
		}
		s.Close()
	})
}

func TestAClosedSwitchDoesNothingOnItsOwn(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.incoming(IncomingCall{To: "8001", Patience: 10 * time.Second})
	st.s.Close()
	st.clock.Advance(time.Hour)
	if got := len(st.s.State().Calls); got != 1 {
		t.Errorf("%d calls, want the one that was there", got)
	}
	if _, waits := st.clock.Next(); waits {
		t.Error("timers are left on the clock")
	}
	st.ok(st.s.ClearCall(csta.ClearCall{Target: csta.ConnectionID{Call: "1"}}))
}

func TestManyPeopleUseTheSwitchAtOnce(t *testing.T) {
	s, err := New(DefaultLab(), Options{Clock: clock.NewVirtual(start)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var wg sync.WaitGroup
	for i := range 10 {
		from := csta.DeviceID(fmt.Sprint(1001 + i))
		to := csta.DeviceID(fmt.Sprint(1011 + i))
		wg.Go(func() {
			for range 50 {
				made, err := s.MakeCall(csta.MakeCall{From: from, To: to})
				if err != nil {
					t.Error(err)
					return
				}
				_ = s.AnswerCall(csta.AnswerCall{Target: at(made.Connection, string(to))})
				_ = s.State()
				_ = s.ClearConnection(csta.ClearConnection{Target: made.Connection})
			}
		})
	}
	wg.Wait()
	if got := len(s.State().Calls); got != 0 {
		t.Errorf("%d calls are left", got)
	}
}
