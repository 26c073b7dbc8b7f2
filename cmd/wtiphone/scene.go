package main

import (
	"context"
	"fmt"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/wti"
)

// The tones by which the people of the story are told apart.
const (
	customerTone  = 440
	agentTone     = 1200
	colleagueTone = 700
)

// scene is the people of the story and what they hear.
type scene struct {
	srv              *mockaes.Server
	open             closers
	agent, colleague *phone.Phone
	heard, overheard *ear // by the agent, by the colleague
	customer         csta.ConnectionID
}

// station opens a phone of the story with a session of its own.
func (s *scene) station(ctx context.Context, number, agent string, tone float64,
) (*phone.Phone, *ear, error) {
	p := builtinMock()
	session, err := wti.Dial(ctx, s.srv.WTI, wti.Options{User: p.User, Password: p.password})
	if err != nil {
		return nil, nil, err
	}
	s.open = append(s.open, session)
	local, err := phone.LocalAddress(hostOf(s.srv.WTI))
	if err != nil {
		return nil, nil, err
	}
	heard := &ear{}
	opened, err := phone.Open(ctx, session, phone.Options{
		Switch: p.Switch, Station: number, SecurityCode: p.stationCode,
		Media: csta.MediaClient, Address: local,
		Source: rtpmedia.Tone(tone, -12), Sink: rtpmedia.SinkAt(heard, rtpmedia.SampleRate),
		AgentID: agent, Password: csta.HexSecret(p.agentPassword),
	})
	if err != nil {
		return nil, nil, err
	}
	s.open = append(s.open, opened)
	return opened, heard, nil
}

func (s *scene) arrive(ctx context.Context, t *teller) error {
	if err := t.tell(ctx, "open the stations", "1001 and 1002 are registered with audio",
		func(ctx context.Context) (seen string, err error) {
			s.agent, s.heard, err = s.station(ctx, demoStation, demoAgent, agentTone)
			if err != nil {
				return "", err
			}
			s.colleague, s.overheard, err = s.station(ctx, demoColleague, "", colleagueTone)
			return "both are", err
		}); err != nil {
		return err
	}
	if err := t.tell(ctx, "log in", "agent 4001 is in auxiliary work",
		s.agentBecomes(s.agent.Login, csta.AgentNotReadyState)); err != nil {
		return err
	}
	return t.tell(ctx, "go ready", "agent 4001 is ready",
		s.agentBecomes(s.agent.Ready, csta.AgentReadyState))
}

// agentBecomes does something and waits until the switch says that the agent's
// state is the one that it should lead to.
func (s *scene) agentBecomes(do func(context.Context) error, want csta.AgentState,
) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		if err := do(ctx); err != nil {
			return "", err
		}
		state, err := s.agent.Await(ctx, func(st phone.State) bool {
			return st.Agent.State == want
		})
		return fmt.Sprintf("%s %s", state.Agent.ID, state.Agent.State), err
	}
}

func (s *scene) takeCall(ctx context.Context, t *teller) error {
	var ringing calls.Call
	if err := t.tell(ctx, "a customer calls 8001", "the agent's phone rings",
		func(ctx context.Context) (seen string, err error) {
			s.customer, err = s.srv.Switch().IncomingCall(pbx.IncomingCall{
				From: "+15550100123", To: demoQueue, Says: fmt.Sprintf("tone:%d@-12", customerTone),
			})
			if err != nil {
				return "", err
			}
			state, err := s.agent.Await(ctx, func(st phone.State) bool {
				_, ok := st.Board.Alerting()
				return ok
			})
			ringing, _ = state.Board.Alerting()
			return fmt.Sprintf("%s by %s", ringing.Calling.Device.Extension(),
				ringing.VDN.Extension()), err
		}); err != nil {
		return err
	}
	if err := t.tell(ctx, "answer", "the call is connected, the agent is busy",
		func(ctx context.Context) (string, error) {
			if err := s.agent.Answer(ctx, ringing.Own); err != nil {
				return "", err
			}
			return s.becomes(ctx, s.agent, csta.Connected)
		}); err != nil {
		return err
	}
	return t.tell(ctx, "hear the customer", fmt.Sprintf("%d Hz", customerTone),
		func(ctx context.Context) (string, error) { return s.heard.hears(ctx, customerTone) })
}

// becomes waits until the oldest call at a phone is in a state.
func (s *scene) becomes(ctx context.Context, p *phone.Phone, want csta.ConnectionState,
) (string, error) {
	state, err := p.Await(ctx, func(st phone.State) bool {
		all := st.Board.Calls()
		return len(all) > 0 && all[0].State == want
	})
	if all := state.Board.Calls(); len(all) > 0 {
		return string(all[0].State), err
	}
	return "no call", err
}

func (s *scene) holdAndRetrieve(ctx context.Context, t *teller) error {
	if err := t.tell(ctx, "hold", "the call is held and the agent hears nothing",
		func(ctx context.Context) (string, error) {
			active, _ := s.agent.State().Board.Active()
			if err := s.agent.Hold(ctx, active.Own); err != nil {
				return "", err
			}
			if seen, err := s.becomes(ctx, s.agent, csta.Held); err != nil {
				return seen, err
			}
			return s.heard.hearsNothingOrEnds(ctx, s.agent)
		}); err != nil {
		return err
	}
	return t.tell(ctx, "retrieve", fmt.Sprintf("connected, %d Hz again", customerTone),
		func(ctx context.Context) (string, error) {
			held, _ := s.agent.State().Board.Held()
			if err := s.agent.Retrieve(ctx, held.Own); err != nil {
				return "", err
			}
			return s.heard.hears(ctx, customerTone)
		})
}

func (s *scene) consultAndTransfer(ctx context.Context, t *teller) error {
	if err := t.tell(ctx, "consult 1002", "the customer waits, the colleague's phone rings",
		func(ctx context.Context) (string, error) {
			if _, err := s.agent.Consult(ctx, demoColleague); err != nil {
				return "", err
			}
			return s.becomes(ctx, s.colleague, csta.Alerting)
		}); err != nil {
		return err
	}
	if err := t.tell(ctx, "the colleague answers", "agent and colleague hear each other",
		s.talkToColleague); err != nil {
		return err
	}
	if err := t.tell(ctx, "transfer", "the agent is out of the call",
		func(ctx context.Context) (string, error) {
			if err := s.agent.Transfer(ctx); err != nil {
				return "", err
			}
			state, err := s.agent.Await(ctx, func(st phone.State) bool {
				return len(st.Board.Calls()) == 0
			})
			return fmt.Sprintf("%d calls at 1001", len(state.Board.Calls())), err
		}); err != nil {
		return err
	}
	return t.tell(ctx, "the colleague hears the customer", fmt.Sprintf("%d Hz", customerTone),
		func(ctx context.Context) (string, error) { return s.overheard.hears(ctx, customerTone) })
}

func (s *scene) talkToColleague(ctx context.Context) (string, error) {
	ringing, _ := s.colleague.State().Board.Alerting()
	if err := s.colleague.Answer(ctx, ringing.Own); err != nil {
		return "", err
	}
	there, err := s.overheard.hears(ctx, agentTone)
	if err != nil {
		return "colleague: " + there, err
	}
	here, err := s.heard.hears(ctx, colleagueTone)
	return fmt.Sprintf("agent: %s, colleague: %s", here, there), err
}

func (s *scene) wrapUp(ctx context.Context, t *teller) error {
	if err := t.tell(ctx, "wrap up", "agent 4001 is in after-call work",
		s.agentBecomes(s.agent.AfterCallWork, csta.AgentACWState)); err != nil {
		return err
	}
	if err := t.tell(ctx, "ready again", "agent 4001 is ready",
		s.agentBecomes(s.agent.Ready, csta.AgentReadyState)); err != nil {
		return err
	}
	if err := t.tell(ctx, "the customer hangs up", "the colleague's call ends too",
		func(ctx context.Context) (string, error) {
			if err := s.hangUpCustomer(); err != nil {
				return "", err
			}
			state, err := s.colleague.Await(ctx, func(st phone.State) bool {
				return len(st.Board.Calls()) == 0
			})
			return fmt.Sprintf("%d calls at 1002", len(state.Board.Calls())), err
		}); err != nil {
		return err
	}
	return t.tell(ctx, "log out", "nobody is logged in at 1001",
		s.agentBecomes(s.agent.Logout, csta.AgentNullState))
}

// hangUpCustomer finds the customer by the device: transfers have changed the call.
func (s *scene) hangUpCustomer() error {
	active, ok := s.colleague.State().Board.Active()
	if !ok {
		return fmt.Errorf("the colleague is in no call")
	}
	return s.srv.Switch().OutsideHangUp(csta.ConnectionID{
		Call: active.ID, Device: s.customer.Device,
	})
}
