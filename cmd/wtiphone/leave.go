package main

import (
	"context"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// leaveLimit bounds how long closing the phone may take.
const leaveLimit = 5 * time.Second

// leave clears a desk that nobody sits at any more: the agent is logged out, so that no
// customer's call is given to it, and calls whose audio ended with the phone are
// hung up. What AES refuses is left as it is.
func leave(p *phone.Phone, audio bool) {
	ctx, cancel := context.WithTimeout(context.Background(), leaveLimit)
	defer cancel()
	state := p.State()
	if state.Link.State != wti.Live {
		return
	}
	if audio {
		for _, c := range state.Board.Calls() {
			if c.State != csta.Alerting { // that one goes on to somebody else
				_ = p.HangUp(ctx, c.Own)
			}
		}
	}
	switch state.Agent.State {
	case "", csta.AgentNullState:
	default:
		// The calls have to be gone before a switch lets an agent go.
		settled, done := context.WithTimeout(ctx, time.Second)
		_, _ = p.Await(settled, func(s phone.State) bool {
			return s.Agent.State != csta.AgentBusyState
		})
		done()
		_ = p.Logout(ctx)
	}
}
