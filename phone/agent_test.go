package phone_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
)

// TestAnOldAnswerDoesNotUndoAnEvent logs in and goes ready so fast that the answer to a
// question about the agent's state is older than the events that come beside it.
func TestAnOldAnswerDoesNotUndoAnEvent(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		var mu sync.Mutex
		var states []csta.AgentState
		p, done := l.station("1001", phone.Options{
			AgentID: "4001", Password: "4321", Notify: func(u phone.Update) {
				mu.Lock()
				defer mu.Unlock()
				now := u.State.Agent.State
				if n := len(states); n == 0 || states[n-1] != now {
					states = append(states, now)
				}
			},
		})
		defer done()
		for range 200 {
			l.must(p.Login(l.ctx))
			l.must(p.Ready(l.ctx))
			l.await(p, "the agent is ready", func(s phone.State) bool {
				return s.Agent.State == csta.AgentReadyState
			})
			l.must(p.Logout(l.ctx))
			l.await(p, "the agent is gone", func(s phone.State) bool {
				return s.Agent.State == csta.AgentNullState
			})
		}
		mu.Lock()
		defer mu.Unlock()
		for i := 1; i < len(states); i++ {
			from, to := states[i-1], states[i]
			if from == csta.AgentNotReadyState && to == csta.AgentNullState ||
				from == csta.AgentReadyState && to == csta.AgentNotReadyState {
				t.Fatalf("after %d changes the agent went from %s to %s", i, from, to)
			}
		}
	})
}

func TestAWaitInVainSaysWhatThereWasInstead(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", phone.Options{AgentID: "4001", Password: "4321"})
		defer done()
		l.must(p.Login(l.ctx))
		_, err := p.Dial(l.ctx, "1002")
		l.must(err)
		l.await(p, "1002 rings", func(s phone.State) bool {
			c, ok := s.Board.Active()
			return ok && len(c.Parties) == 1 && c.Parties[0].State == csta.Alerting
		})
		ctx, cancel := context.WithTimeout(l.ctx, time.Second)
		defer cancel()
		_, err = p.Await(ctx, func(s phone.State) bool { return len(s.Board.Calls()) == 2 })
		const want = "link live; agent 4001 agentNotReady; call 1 connected, 1002 alerting"
		if !errors.Is(err, context.DeadlineExceeded) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("got %v", err)
		}
	})
}
