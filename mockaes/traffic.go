package mockaes

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// DefaultCalled is the number that customers call if [Traffic].To has none: the sales queue
// of the default lab.
const DefaultCalled = "8001"

// Traffic is customers who call in by themselves. Zero fields have defaults.
type Traffic struct {
	To       []string      // the numbers they call, in turn; 8001
	Says     []string      // what they say, in turn; three customers of this package
	First    time.Duration // until the first one calls; 5 s
	Every    time.Duration // between calls on average; 30 s. Times are exponential
	Patience time.Duration // they wait for an answer so long; 3 min
	Talk     time.Duration // they hang up so long after the answer; 0 is never
}

func (t Traffic) withDefaults() Traffic {
	if len(t.To) == 0 {
		t.To = []string{DefaultCalled}
	}
	if len(t.Says) == 0 {
		t.Says = []string{"wav:customer-order", "wav:customer-invoice", "wav:customer-address"}
	}
	if t.First <= 0 {
		t.First = 5 * time.Second
	}
	if t.Every <= 0 {
		t.Every = 30 * time.Second
	}
	if t.Patience <= 0 {
		t.Patience = 3 * time.Minute
	}
	return t
}

// visitors makes the calls of a Traffic. It needs no goroutine of its own: each call
// sets the timer for the next.
type visitors struct {
	server  *Server
	traffic Traffic

	mu    sync.Mutex
	over  bool
	rng   *rand.Rand
	count int
	timer clock.Timer
}

// invite starts the traffic, if there is any.
func (s *Server) invite(t *Traffic) {
	if t == nil {
		return
	}
	s.visitors = &visitors{
		server: s, traffic: t.withDefaults(),
		rng: rand.New(rand.NewPCG(s.opts.Seed, 0)),
	}
	s.visitors.next(s.visitors.traffic.First)
}

func (v *visitors) next(wait time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.over {
		v.timer = v.server.opts.Clock.AfterFunc(wait, v.visit)
	}
}

// visit is one customer, who calls without any lock of ours.
func (v *visitors) visit() {
	v.mu.Lock()
	n, t := v.count, v.traffic
	v.count++
	caller := pbx.IncomingCall{
		From: fmt.Sprintf("+1555010%04d", v.rng.IntN(10000)), To: t.To[n%len(t.To)],
		Says: t.Says[n%len(t.Says)], Patience: t.Patience, Talk: t.Talk,
	}
	wait := time.Duration(v.rng.ExpFloat64() * float64(t.Every))
	over := v.over
	v.mu.Unlock()
	if over {
		return
	}
	if id, err := v.server.Switch().IncomingCall(caller); err != nil {
		v.server.log.Warn("customer could not call", slog.Any("error", err))
	} else {
		v.server.log.Info("customer called", slog.Any("call", id), slog.String("to", caller.To))
	}
	v.next(wait)
}

// stop ends the traffic; calls that are under way go on.
func (v *visitors) stop() {
	if v == nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.over = true
	if v.timer != nil {
		v.timer.Stop()
	}
}
