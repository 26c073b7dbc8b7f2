package pbx

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// talk lets 1002 call 1001, who answers; a third call from 1003 rings at 1001.
func talk(st *stage) (first, ringing csta.ConnectionID) {
	first = st.call("1002", "1001")
	st.answer(at(first, "1001"))
	ringing = st.call("1003", "1001")
	return at(first, "1001"), at(ringing, "1001")
}

func TestARequestThatDoesNotFitIsRefused(t *testing.T) {
	stranger := csta.ConnectionID{Call: "1", Device: "1019"}
	for _, test := range []struct {
		name string
		want csta.FaultCode
		ask  func(s *Switch, talking, ringing csta.ConnectionID) error
	}{
		{
			"a call from a device that does not exist", csta.InvalidCallingDeviceID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.MakeCall(csta.MakeCall{From: "1999", To: "1002"})
				return err
			},
		},
		{
			"a call from a VDN", csta.InvalidCallingDeviceID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.MakeCall(csta.MakeCall{From: "8001", To: "1002"})
				return err
			},
		},
		{
			"a call to what is not a number", csta.InvalidCalledDeviceID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.MakeCall(csta.MakeCall{From: "1005", To: "Ada"})
				return err
			},
		},
		{
			"a call to a number of another switch", csta.InvalidCalledDeviceID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.MakeCall(csta.MakeCall{From: "1005", To: "1002:CM9:0.0.0.0:0"})
				return err
			},
		},
		{
			"a call by somebody who is talking", csta.InvalidObjectState,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.MakeCall(csta.MakeCall{From: "1001", To: "1005"})
				return err
			},
		},
		{
			"user data beyond 96 bytes", csta.ValueOutOfRange,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.MakeCall(csta.MakeCall{
					From: "1005", To: "1006",
					UserData: &csta.UserData{Text: csta.HexText(make([]byte, 97))},
				})
				return err
			},
		},
		{
			"answering what is answered", csta.NoCallToAnswer,
			func(s *Switch, talking, _ csta.ConnectionID) error {
				return s.AnswerCall(csta.AnswerCall{Target: talking})
			},
		},
		{
			"answering while talking", csta.InvalidObjectState,
			func(s *Switch, _, ringing csta.ConnectionID) error {
				return s.AnswerCall(csta.AnswerCall{Target: ringing})
			},
		},
		{
			"answering a call that never was", csta.InvalidCallID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				return s.AnswerCall(csta.AnswerCall{
					Target: csta.ConnectionID{Call: "999", Device: "1001"},
				})
			},
		},
		{
			"answering at a device that is not in the call", csta.InvalidConnectionID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				return s.AnswerCall(csta.AnswerCall{Target: stranger})
			},
		},
		{
			"answering at a device that does not exist", csta.InvalidDeviceID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				return s.AnswerCall(csta.AnswerCall{
					Target: csta.ConnectionID{Call: "1", Device: "1999"},
				})
			},
		},
		{
			"holding what rings", csta.NoActiveCall,
			func(s *Switch, _, ringing csta.ConnectionID) error {
				return s.HoldCall(csta.HoldCall{Target: ringing})
			},
		},
		{
			"retrieving what is not held", csta.NoHeldCall,
			func(s *Switch, talking, _ csta.ConnectionID) error {
				return s.RetrieveCall(csta.RetrieveCall{Target: talking})
			},
		},
		{
			"clearing what rings", csta.InvalidConnectionState,
			func(s *Switch, _, ringing csta.ConnectionID) error {
				return s.ClearConnection(csta.ClearConnection{Target: ringing})
			},
		},
		{
			"clearing a connection of somebody else's call", csta.NoConnectionToClear,
			func(s *Switch, _, _ csta.ConnectionID) error {
				return s.ClearConnection(csta.ClearConnection{Target: stranger})
			},
		},
		{
			"deflecting what is answered", csta.InvalidConnectionState,
			func(s *Switch, talking, _ csta.ConnectionID) error {
				return s.DeflectCall(csta.DeflectCall{Target: talking, To: "1005"})
			},
		},
		{
			"deflecting to nowhere", csta.InvalidDestination,
			func(s *Switch, _, ringing csta.ConnectionID) error {
				return s.DeflectCall(csta.DeflectCall{Target: ringing, To: "6666"})
			},
		},
		{
			"transferring without a held call", csta.NoHeldCall,
			func(s *Switch, talking, ringing csta.ConnectionID) error {
				_, err := s.TransferCall(csta.TransferCall{Held: ringing, Active: talking})
				return err
			},
		},
		{
			"sending digits that are none", csta.InvalidParameterValue,
			func(s *Switch, talking, _ csta.ConnectionID) error {
				return s.GenerateDigits(csta.GenerateDigits{Target: talking, Digits: "1x"})
			},
		},
		{
			"a snapshot of a call that is not", csta.InvalidCallID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.SnapshotCall(csta.SnapshotCall{Call: csta.ConnectionID{Call: "99"}})
				return err
			},
		},
		{
			"a snapshot of a device that is not", csta.InvalidDeviceID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.SnapshotDevice(csta.SnapshotDevice{Device: "1999"})
				return err
			},
		},
		{
			"a monitor of a device that is not", csta.InvalidDeviceID,
			func(s *Switch, _, _ csta.ConnectionID) error {
				_, err := s.Monitor(csta.MonitorStart{
					Object: csta.MonitorObject{Device: "1999"},
				}, "1", func(csta.Event) {})
				return err
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			talking, ringing := talk(st)
			st.refuses(test.want, func() error { return test.ask(st.s, talking, ringing) })
		})
	}
}

// refuses holds a refusal to its code, and to leaving everything as it was: nothing has
// changed, and no monitor was told of anything.
func (st *stage) refuses(want csta.FaultCode, ask func() error) {
	st.Helper()
	before, bad := portrait(st.s)
	st.ok(bad)
	told := len(st.lines)
	err := ask()
	fault, ok := errors.AsType[*csta.Fault](err)
	if !ok || fault.Code != want {
		st.Errorf("got %v, want %s", err, want)
	}
	after, bad := portrait(st.s)
	st.ok(bad)
	if diff := cmp.Diff(before, after); diff != "" {
		st.Errorf("the refusal changed the state:\n%s", diff)
	}
	if len(st.lines) > told {
		st.Errorf("of the refusal was told:\n%s", strings.Join(st.lines[told:], "\n"))
	}
}

func TestAgentRequestsThatDoNotFitAreRefused(t *testing.T) {
	on := csta.SetAgentState{
		Device: "1001", State: csta.LogOn, AgentID: "4001", Password: "4321",
	}
	tooHigh := 100
	for _, test := range []struct {
		name string
		want csta.FaultCode
		edit func(*csta.SetAgentState)
	}{
		{"an agent nobody knows", csta.InvalidAgentIdentifier, func(r *csta.SetAgentState) {
			r.AgentID = "4999"
		}},
		{"a wrong password", csta.InvalidAgentPassword, func(r *csta.SetAgentState) {
			r.Password = "1234"
		}},
		{"a station that is taken", csta.InvalidAgentState, func(r *csta.SetAgentState) {
			r.Device = "1010"
		}},
		{
			"an agent who is logged in elsewhere", csta.InvalidAgentState,
			func(r *csta.SetAgentState) { r.AgentID = "4010" },
		},
		{"a change without an agent", csta.InvalidAgentState, func(r *csta.SetAgentState) {
			r.State, r.AgentID = csta.Ready, ""
		}},
		{"a mode that is none", csta.InvalidParameterValue, func(r *csta.SetAgentState) {
			r.Private.WorkMode = "asleep"
		}},
		{"a reason beyond 99", csta.ValueOutOfRange, func(r *csta.SetAgentState) {
			r.Private.Reason = &tooHigh
		}},
		{"ready twice", csta.InvalidAgentState, func(r *csta.SetAgentState) {
			*r = csta.SetAgentState{Device: "1010", State: csta.Ready}
		}},
		{"another agent's change", csta.InvalidAgentIdentifier, func(r *csta.SetAgentState) {
			*r = csta.SetAgentState{Device: "1010", State: csta.NotReady, AgentID: "4001"}
		}},
		{"a skill that is none", csta.InvalidAgentGroup, func(r *csta.SetAgentState) {
			r.Group = "1002"
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			st.login("4010", "1010", csta.AutoIn)
			req := on
			test.edit(&req)
			st.refuses(test.want, func() error {
				_, err := st.s.SetAgentState(req)
				return err
			})
		})
	}
}

func TestAChangeDuringACallMustWait(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	caller := st.incoming(IncomingCall{To: "5001"})
	st.answer(at(caller, "1001"))
	req := csta.SetAgentState{Device: "1001", State: csta.NotReady}
	st.refuses(csta.InvalidAgentState, func() error {
		_, err := st.s.SetAgentState(req)
		return err
	})

	yes := true
	req.Private.Pending = &yes
	r, err := st.s.SetAgentState(req)
	st.ok(err)
	if r.Pending != csta.AgentNotReadyState || r.Private.Pending == nil || !*r.Private.Pending {
		t.Errorf("got %+v, want agentNotReady to be pending", r)
	}
	if got := st.s.State().Agents[0].State; got != csta.AgentBusyState {
		t.Errorf("during the call: %s, want agentBusy", got)
	}
	st.clear(at(caller, "1001"))
	if got := st.s.State().Agents[0].State; got != csta.AgentNotReadyState {
		t.Errorf("after the call: %s, want agentNotReady", got)
	}
}

func TestASeventhPartyIsRefused(t *testing.T) {
	st := newStage(t, DefaultLab())
	call := st.call("1002", "1001")
	st.answer(at(call, "1001"))
	for _, next := range []string{"1003", "1004", "1005", "1006"} {
		second := st.consult(at(call, "1001"), next)
		st.answer(at(second, next))
		r, err := st.s.ConferenceCall(csta.ConferenceCall{
			Held: at(call, "1001"), Active: second,
		})
		st.ok(err)
		call = r.Call
	}
	second := st.consult(at(call, "1001"), "1007")
	st.answer(at(second, "1007"))
	st.refuses(csta.ConferenceLimit, func() error {
		_, err := st.s.ConferenceCall(csta.ConferenceCall{
			Held: at(call, "1001"), Active: second,
		})
		return err
	})
}

func TestAFailedCallCannotBeMerged(t *testing.T) {
	st := newStage(t, DefaultLab())
	first := st.call("1001", "1002")
	st.answer(at(first, "1002"))
	second := st.consult(first, "1003")
	st.answer(at(second, "1003"))
	_, err := st.s.SingleStepTransferCall(csta.SingleStepTransferCall{
		Active: at(first, "1002"), To: "8003",
	})
	st.ok(err)
	st.refuses(csta.InvalidObjectState, func() error {
		_, err := st.s.TransferCall(csta.TransferCall{Held: first, Active: second})
		return err
	})
}

func TestTheLastAppearanceIsForWhatTheStationBegins(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.call("1001", "1004")
	st.incoming(IncomingCall{To: "1004"})
	third := st.call("1002", "1003")
	if _, err := st.s.IncomingCall(IncomingCall{To: "1004"}); err == nil {
		t.Error("a third call rings at three appearances")
	}
	_, err := st.s.SingleStepConferenceCall(csta.SingleStepConferenceCall{
		Active: third, Device: "1004",
	})
	st.ok(err)
}
