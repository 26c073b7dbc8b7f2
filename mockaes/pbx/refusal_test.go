package pbx

import (
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

// refusal is a request that does not fit, after what has to come before it. The code
// is that of the DMCC schema (UniversalFailure) for what is wrong.
type refusal struct {
	name string
	want csta.FaultCode
	set  func(st *stage) (request func(*Switch) error)
}

// refuseAll holds each refusal to its code, and to leaving everything as it was.
func refuseAll(t *testing.T, refusals []refusal) {
	t.Helper()
	for _, test := range refusals {
		t.Run(test.name, func(t *testing.T) {
			lab := featureLab()
			lab.TrunkGroups[0].Members = 2
			st := newStage(t, lab)
			request := test.set(st)
			st.refuses(test.want, func() error { return request(st.s) })
		})
	}
}

// asking makes a request of a service that answers with more than a fault.
func asking[Req, Reply any](
	do func(*Switch, Req) (Reply, error), req Req,
) func(*Switch) error {
	return func(s *Switch) error {
		_, err := do(s, req)
		return err
	}
}

// doing is asking for a service that answers with nothing else.
func doing[Req any](do func(*Switch, Req) error, req Req) func(*Switch) error {
	return func(s *Switch) error { return do(s, req) }
}

// twoCalls gives 1001 a call on hold and an active one, and no more appearances.
func (st *stage) twoCalls() (held, active csta.ConnectionID) {
	st.Helper()
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	st.s.devices["1001"].station.calls = st.s.devices["1001"].station.calls[:2]
	return at(first, "1001"), second
}

func TestCallControlThatDoesNotFitIsRefused(t *testing.T) {
	refuseAll(t, []refusal{
		{
			"a call with every appearance taken", "systemResourceAvailibility/resourceBusy",
			func(st *stage) func(*Switch) error {
				_, active := st.twoCalls()
				st.hold(active)
				return asking((*Switch).MakeCall, csta.MakeCall{From: "1001", To: "1004"})
			},
		},
		{
			"a consultation with every appearance taken",
			"systemResourceAvailibility/resourceBusy",
			func(st *stage) func(*Switch) error {
				_, active := st.twoCalls()
				return asking((*Switch).ConsultationCall, csta.ConsultationCall{
					Existing: active, To: "1004",
				})
			},
		},
		{
			"a direct agent call to who is not logged in", "operation/invalidDestination",
			func(*stage) func(*Switch) error {
				return asking((*Switch).MakeCall, directCall("4001", "5001"))
			},
		},
		{
			"a direct agent call for a skill that the agent lacks", "operation/invalidAgentGroup",
			func(st *stage) func(*Switch) error {
				st.login("4001", "1002", csta.AutoIn)
				return asking((*Switch).MakeCall, directCall("4001", "5002"))
			},
		},
		{
			"retrieving while another call is active", "stateIncompatibility/invalidObjectState",
			func(st *stage) func(*Switch) error {
				held, _ := st.twoCalls()
				return doing((*Switch).RetrieveCall, csta.RetrieveCall{Target: held})
			},
		},
		{
			"holding what has failed", "stateIncompatibility/noActiveCall",
			func(st *stage) func(*Switch) error {
				return doing((*Switch).HoldCall, csta.HoldCall{Target: st.call("1001", "6666")})
			},
		},
		{
			"clearing a VDN's connection", "stateIncompatibility/noConnectionToClear",
			func(st *stage) func(*Switch) error {
				call := st.call("1001", "8001")
				return doing((*Switch).ClearConnection, csta.ClearConnection{
					Target: at(call, "8001"),
				})
			},
		},
		{
			"clearing a call that is not there", "stateIncompatibility/noCallToClear",
			func(*stage) func(*Switch) error {
				return doing((*Switch).ClearCall, csta.ClearCall{
					Target: csta.ConnectionID{Call: "9", Device: "1001"},
				})
			},
		},
		{
			"deflecting to what is no number", "operation/invalidDestination",
			func(st *stage) func(*Switch) error {
				call := st.call("1001", "1002")
				return doing((*Switch).DeflectCall, csta.DeflectCall{
					Target: at(call, "1002"), To: "nobody",
				})
			},
		},
		{
			"deflecting to a station that is busy", "systemResourceAvailibility/resourceBusy",
			func(st *stage) func(*Switch) error {
				st.call("1003", "1004")
				st.call("1005", "1004")
				call := st.call("1001", "1002")
				return doing((*Switch).DeflectCall, csta.DeflectCall{
					Target: at(call, "1002"), To: "1004",
				})
			},
		},
		{
			"alternating the calls of two devices", "operation/invalidConnectionID",
			func(st *stage) func(*Switch) error {
				held, active := st.twoCalls()
				return doing((*Switch).AlternateCall, csta.AlternateCall{
					Held: held, Active: at(active, "1003"),
				})
			},
		},
		{
			"alternating with a call that is on hold as well", "stateIncompatibility/noActiveCall",
			func(st *stage) func(*Switch) error {
				held, active := st.twoCalls()
				st.hold(active)
				return doing((*Switch).AlternateCall, csta.AlternateCall{
					Held: held, Active: active,
				})
			},
		},
		{
			"reconnecting the calls of two devices", "operation/invalidConnectionID",
			func(st *stage) func(*Switch) error {
				held, active := st.twoCalls()
				return doing((*Switch).ReconnectCall, csta.ReconnectCall{
					Held: held, Active: at(active, "1003"),
				})
			},
		},
		{
			"reconnecting from a call that is on hold", "stateIncompatibility/noActiveCall",
			func(st *stage) func(*Switch) error {
				held, active := st.twoCalls()
				st.hold(active)
				return doing((*Switch).ReconnectCall, csta.ReconnectCall{
					Held: held, Active: active,
				})
			},
		},
		{
			"a conference of two calls with one and the same party",
			"stateIncompatibility/invalidObjectState",
			func(st *stage) func(*Switch) error {
				first := st.call("1001", "1002")
				st.answer(at(first, "1002"))
				second := st.consult(first, "1002")
				return asking((*Switch).ConferenceCall, csta.ConferenceCall{
					Held: first, Active: second,
				})
			},
		},
		{
			"a transfer to a number that is busy", "stateIncompatibility/noActiveCall",
			func(st *stage) func(*Switch) error {
				first := st.call("1001", "1002")
				st.answer(at(first, "1002"))
				second := st.consult(first, "6666")
				return asking((*Switch).TransferCall, csta.TransferCall{
					Held: first, Active: second,
				})
			},
		},
		{
			"a blind transfer to what is no number", "operation/invalidDestination",
			func(st *stage) func(*Switch) error {
				call := st.call("1001", "7100")
				return asking((*Switch).SingleStepTransferCall, csta.SingleStepTransferCall{
					Active: call, To: "nobody",
				})
			},
		},
		{
			"a blind transfer of an announcement", "stateIncompatibility/invalidObjectState",
			func(st *stage) func(*Switch) error {
				call := st.call("1001", "7100")
				return asking((*Switch).SingleStepTransferCall, csta.SingleStepTransferCall{
					Active: call, To: "1002",
				})
			},
		},
	})
}

func directCall(agent, skill csta.DeviceID) csta.MakeCall {
	req := csta.MakeCall{From: "1001", To: agent}
	req.Private.Call = csta.CallPrivateData{Type: csta.DirectAgent, ACDGroup: skill}
	return req
}
