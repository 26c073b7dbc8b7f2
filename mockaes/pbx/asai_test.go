package pbx

import (
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

// What a Communication Manager refuses and takes here is in the DEFINITY CallVisor ASAI
// Technical Reference (Lucent, 555-230-220, 1998): AES asks the switch in its words.

// wrongState refuses what does not fit the state of a call (DMCC schema).
const wrongState csta.FaultCode = "stateIncompatibility/invalidObjectState"

func TestWhatTheSwitchRefusesOfAnAdjunct(t *testing.T) {
	refuseAll(t, []refusal{
		{"an agent who logs in while talking", "systemResourceAvailibility/resourceBusy", func(
			st *stage,
		) func(*Switch) error {
			st.call("1001", "7100")
			return asking((*Switch).SetAgentState, csta.SetAgentState{
				Device: "1001", State: csta.LogOn, AgentID: "4001", Password: "4321",
			})
		}},
		{"a vector as a party of a conference", wrongState, func(
			st *stage,
		) func(*Switch) error {
			first := st.call("1001", "1002")
			st.answer(at(first, "1002"))
			return asking((*Switch).ConferenceCall, csta.ConferenceCall{
				Held: first, Active: st.consult(first, "8001"),
			})
		}},
		{
			"a transfer of a call that rings to one that rings", wrongState,
			func(st *stage) func(*Switch) error {
				first := st.call("1001", "1002")
				return asking((*Switch).TransferCall, csta.TransferCall{
					Held: first, Active: st.consult(first, "1003"),
				})
			},
		},
		{"joining a call in a vector", wrongState, func(
			st *stage,
		) func(*Switch) error {
			return asking((*Switch).SingleStepConferenceCall, csta.SingleStepConferenceCall{
				Active: st.call("1001", "8001"), Device: "1002",
			})
		}},
		{"a call during a call that is dialled", wrongState, func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.ok(st.s.ButtonPress(csta.ButtonPress{Device: "1001", Button: "263"}))
			st.ok(st.s.ButtonPress(csta.ButtonPress{Device: "1001", Button: "9"}))
			return asking((*Switch).MakeCall, csta.MakeCall{From: "1001", To: "1002"})
		}},
		{"retrieving during a call that is dialled", wrongState, func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			held := st.call("1001", "7100")
			st.hold(held)
			st.ok(st.s.ButtonPress(csta.ButtonPress{Device: "1001", Button: "264"}))
			st.ok(st.s.ButtonPress(csta.ButtonPress{Device: "1001", Button: "9"}))
			return doing((*Switch).RetrieveCall, csta.RetrieveCall{Target: held})
		}},
	})
}

func TestARecorderMayJoinACallInAVector(t *testing.T) {
	st := newStage(t, DefaultLab())
	_, err := st.s.SingleStepConferenceCall(csta.SingleStepConferenceCall{
		Active: st.call("1001", "8001"), Device: "1020",
		Participation: csta.SilentParticipation,
	})
	st.ok(err)
}

func TestDialToneIsUsedForACall(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.ok(st.s.SetHookswitchStatus(csta.SetHookswitchStatus{Device: "1001"}))
	heard := st.s.State().Calls[0].Call
	call := st.call("1001", "1002")
	if call.Call != heard {
		t.Errorf("the call is %s, want %s, which had dial tone", call.Call, heard)
	}
	if want := "1001 connected, 1002 alerting"; st.where() != want {
		t.Errorf("the call is at %s, want %s", st.where(), want)
	}
}

func TestDialToneEndsWhenACallIsRetrieved(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	held := st.call("1001", "7100")
	st.hold(held)
	st.ok(st.s.SetHookswitchStatus(csta.SetHookswitchStatus{Device: "1001"}))
	st.ok(st.s.RetrieveCall(csta.RetrieveCall{Target: held}))
	if want := "1001 connected, 7100 connected"; st.where() != want {
		t.Errorf("the calls are at %s, want %s", st.where(), want)
	}
}

func TestTheDropButtonPassesOverWhoJoinedByASingleStep(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	call := st.call("1001", "1002")
	st.answer(at(call, "1002"))
	_, err := st.s.SingleStepConferenceCall(csta.SingleStepConferenceCall{
		Active: call, Device: "1003",
	})
	st.ok(err)
	st.ok(st.s.ButtonPress(csta.ButtonPress{Device: "1001", Button: panel.Drop}))
	if want := "1001 connected, 1003 connected"; st.where() != want {
		t.Errorf("the call is at %s, want %s", st.where(), want)
	}
}
