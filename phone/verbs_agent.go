package phone

import (
	"context"
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// Login logs the agent of the options in, in auxiliary work.
func (p *Phone) Login(ctx context.Context) error {
	if p.o.AgentID == "" {
		return fmt.Errorf("phone: log in: no agent id was given")
	}
	return p.setAgent(ctx, "log in", csta.SetAgentState{
		State: csta.LogOn, AgentID: p.o.AgentID, Password: p.o.Password,
		Private: csta.SetAgentPrivate{WorkMode: csta.AuxWork},
	})
}

// Logout logs the agent out.
func (p *Phone) Logout(ctx context.Context) error {
	return p.setAgent(ctx, "log out", csta.SetAgentState{State: csta.LogOff})
}

// Ready makes the agent available for calls. During a call it takes back what waits for
// the call's end.
func (p *Phone) Ready(ctx context.Context) error {
	mode := csta.AutoIn
	if p.o.ManualIn {
		mode = csta.ManualIn
	}
	return p.setAgent(ctx, "ready", csta.SetAgentState{
		State: csta.Ready, Private: csta.SetAgentPrivate{WorkMode: mode, Pending: new(true)},
	})
}

// Aux takes the agent out of the queue, with a reason code; 0 is none. During a
// call the change waits for its end.
func (p *Phone) Aux(ctx context.Context, reason int) error {
	private := csta.SetAgentPrivate{Pending: new(true)}
	if reason != 0 {
		private.Reason = new(reason)
	}
	return p.setAgent(ctx, "aux", csta.SetAgentState{State: csta.NotReady, Private: private})
}

// AfterCallWork gives the agent time to finish what a call left. During a call the
// change waits for its end.
func (p *Phone) AfterCallWork(ctx context.Context) error {
	return p.setAgent(ctx, "after-call work", csta.SetAgentState{
		State:   csta.WorkingAfterCall,
		Private: csta.SetAgentPrivate{Pending: new(true)},
	})
}

// setAgent sends the change and reads back what it led to, so that the state when
// it returns is the switch's own.
func (p *Phone) setAgent(ctx context.Context, verb string, req csta.SetAgentState) error {
	req.Device = p.device
	if req.AgentID == "" {
		req.AgentID = p.State().Agent.ID
	}
	if _, err := wti.Do(ctx, p.session, req); err != nil {
		return fmt.Errorf("phone: %s: %w", verb, err)
	}
	if err := p.askAgent(ctx); err != nil && !isUnsupported(err) {
		return fmt.Errorf("phone: %s: %w", verb, err)
	}
	return nil
}
