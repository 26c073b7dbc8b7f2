package phone_test

import (
	"context"
	"net"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// The soak is 10,000 cuts of the socket and 1,000 restarts of AES, in virtual time;
// -short makes it a tenth of that.
func soakSize() (cuts, restarts int) {
	if testing.Short() {
		return 1000, 100
	}
	return 10_000, 1000
}

// footprint is what a process holds when nothing is going on.
type footprint struct {
	heap       int64
	goroutines int
}

func measure() footprint {
	synctest.Wait()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return footprint{int64(m.HeapAlloc), runtime.NumGoroutine()}
}

// healed waits until the session has come back from its nth loss.
func (l *lab) healed(p *phone.Phone, epoch uint64) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.ctx, 10*time.Minute) // of the bubble's time
	defer cancel()
	if _, err := p.Await(ctx, func(s phone.State) bool {
		return s.Link.State == wti.Live && s.Link.Epoch > epoch
	}); err != nil {
		l.t.Fatalf("not healed: %v", err)
	}
}

func TestAPhoneSurvivesThousandsOfCutsAndLeavesNothingBehind(t *testing.T) {
	cuts, _ := soakSize()
	inLab(t, mockaes.Options{Limits: mockaes.Limits{Journal: 64}}, func(l *lab) {
		var gaps atomic.Int64
		o := agentOptions()
		o.Notify = func(u phone.Update) {
			if _, ok := u.Event.Event.(wti.Gap); ok {
				gaps.Add(1)
			}
		}
		p, done := l.station("1001", o)
		defer done()
		l.must(p.Login(l.ctx))
		var before footprint
		for i := range cuts {
			if i == cuts/10 {
				before = measure() // everything that is made once has been made
			}
			epoch := p.State().Link.Epoch
			if i%100 == 99 {
				l.srv.CutSilently() // only the pings can tell
			} else {
				l.srv.Cut()
			}
			l.healed(p, epoch)
		}
		synctest.Wait()
		if got := int(gaps.Load()); got != cuts {
			t.Errorf("%d gaps were told for %d cuts", got, cuts)
		}
		l.await(p, "the agent is still logged in", loggedIn)
		checkFootprint(t, before, measure())
	})
}

func TestAPhoneSurvivesRestartsOfAES(t *testing.T) {
	_, restarts := soakSize()
	synctest.Test(t, func(t *testing.T) {
		o := mockaes.Options{InMemory: true, Limits: mockaes.Limits{Journal: 64}}
		var srv atomic.Pointer[mockaes.Server]
		start := func() {
			s, err := mockaes.Start(o)
			if err != nil {
				t.Fatal(err)
			}
			srv.Store(s)
		}
		start()
		defer func() {
			srv.Load().Close()
			time.Sleep(time.Second)
		}()
		ctx, cancel := context.WithTimeout(context.Background(), 100_000*time.Hour)
		defer cancel()
		l := &lab{t: t, srv: srv.Load(), ctx: ctx}
		l.dial = func(o *wti.Options) {
			o.DialContext = func(ctx context.Context, n, a string) (net.Conn, error) {
				return srv.Load().Dial(ctx, n, a)
			}
		}
		p, done := l.station("1001", phone.Options{})
		defer done()
		var before footprint
		for i := range restarts {
			if i == restarts/10 {
				before = measure()
			}
			epoch := p.State().Link.Epoch
			srv.Load().Close()
			time.Sleep(time.Duration(i%20) * time.Second)
			start()
			l.healed(p, epoch)
		}
		l.srv = srv.Load()
		checkCalls(l, p)
		checkFootprint(t, before, measure())
	})
}

// checkCalls makes a call to see that what was restored works.
func checkCalls(l *lab, p *phone.Phone) {
	l.t.Helper()
	own, err := p.Dial(l.ctx, "7100")
	l.must(err)
	s := l.await(p, "the echo answers", func(s phone.State) bool {
		c, _ := s.Board.Call(own.Call)
		return !c.Answered.IsZero()
	})
	if c, _ := s.Board.Call(own.Call); c.State != csta.Connected {
		l.t.Errorf("the call is %s", c.State)
	}
	l.must(p.HangUp(l.ctx, own))
	l.await(p, "the call has ended", idle)
}

// checkFootprint allows a megabyte: what a heap differs by from one collection to
// the next. A leak of a kilobyte for each loss would be nine of them.
func checkFootprint(t *testing.T, before, after footprint) {
	t.Helper()
	if grown := after.heap - before.heap; grown > 1<<20 {
		t.Errorf("the heap grew by %d KB", grown>>10)
	}
	if after.goroutines > before.goroutines {
		t.Errorf("%d goroutines, and %d before", after.goroutines, before.goroutines)
	}
}
