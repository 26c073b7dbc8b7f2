package pbx

import (
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestPickingUpAndJoiningThatDoesNotFitIsRefused(t *testing.T) {
	joins := func(call csta.ConnectionID, who csta.DeviceID) csta.SingleStepConferenceCall {
		return csta.SingleStepConferenceCall{Active: call, Device: who}
	}
	refuseAll(t, []refusal{
		{"a group pickup by who is in no group", "operation/invalidFeature", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GroupPickupCall, csta.GroupPickupCall{Device: "1001"})
		}},
		{"a group pickup in no group", "operation/invalidDeviceID", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GroupPickupCall, csta.GroupPickupCall{
				Device: "1016", Group: "1002",
			})
		}},
		{"a group pickup where nothing rings", "stateIncompatibility/noCallToAnswer", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GroupPickupCall, csta.GroupPickupCall{Device: "1016"})
		}},
		{"a pickup by who is talking", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.call("1003", "7100")
			return asking((*Switch).DirectedPickupCall, csta.DirectedPickupCall{
				Target: at(st.call("1001", "1002"), "1002"), Device: "1003",
			})
		}},
		{"joining by one who rings", "stateIncompatibility/noActiveCall", func(
			st *stage,
		) func(*Switch) error {
			return asking((*Switch).SingleStepConferenceCall,
				joins(at(st.call("1001", "1002"), "1002"), "1003"))
		}},
		{"joining while talking", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.call("1003", "7100")
			return asking((*Switch).SingleStepConferenceCall,
				joins(st.call("1001", "1002"), "1003"))
		}},
		{"joining in a way that is none", "operation/invalidParameterValue", func(
			st *stage,
		) func(*Switch) error {
			req := joins(st.call("1001", "1002"), "1003")
			req.Participation = "loudly"
			return asking((*Switch).SingleStepConferenceCall, req)
		}},
		{"a seventh who joins", "systemResourceAvailibility/conferenceMemberLimitExceeded", func(
			st *stage,
		) func(*Switch) error {
			call := st.call("1001", "1002")
			for _, who := range []csta.DeviceID{"1003", "1004", "1005", "1006"} {
				_, err := st.s.SingleStepConferenceCall(joins(call, who))
				st.ok(err)
			}
			return asking((*Switch).SingleStepConferenceCall, joins(call, "1007"))
		}},
		{"answering at a bridge that is talking", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.call("1014", "7100")
			return doing((*Switch).AnswerCall, csta.AnswerCall{
				Target: at(st.call("1001", "1015"), "1014"),
			})
		}},
	})
}

func TestFeaturesThatDoNotFitAreRefused(t *testing.T) {
	refuseAll(t, []refusal{
		{"what is on already", "operation/featureAlreadySet", func(*stage) func(*Switch) error {
			return doing((*Switch).SetDoNotDisturb, csta.SetDoNotDisturb{Device: "1001"})
		}},
		{"a lamp that is out already", "operation/featureAlreadySet", func(
			*stage,
		) func(*Switch) error {
			return doing((*Switch).SetMessageWaitingIndicator,
				csta.SetMessageWaitingIndicator{Device: "1001"})
		}},
		{"forwarding that is off already", "operation/featureAlreadySet", func(
			*stage,
		) func(*Switch) error {
			return doing((*Switch).SetForwarding, csta.SetForwarding{Device: "1001"})
		}},
		{"forwarding of a kind that CM lacks", "operation/invalidForwardingType", func(
			*stage,
		) func(*Switch) error {
			return doing((*Switch).SetForwarding, csta.SetForwarding{
				Device: "1001", Type: "forwardBusy", Activate: true, To: "1002",
			})
		}},
		{"forwarding to itself", "operation/invalidForwardingDestination", func(
			*stage,
		) func(*Switch) error {
			return doing((*Switch).SetForwarding, csta.SetForwarding{
				Device: "1001", Activate: true, To: "1001",
			})
		}},
		{"a predictive call from a station", "operation/invalidCallingDeviceID", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).MakePredictiveCall, csta.MakePredictiveCall{
				From: "1001", To: "+15550100123",
			})
		}},
		{"a predictive call to a station", "operation/invalidCalledDeviceID", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).MakePredictiveCall, csta.MakePredictiveCall{
				From: "8001", To: "1001",
			})
		}},
		{"a predictive call without a line", "systemResourceAvailibility/resourceBusy", func(
			st *stage,
		) func(*Switch) error {
			st.incoming(IncomingCall{To: "1001"})
			st.incoming(IncomingCall{To: "1002"})
			return asking((*Switch).MakePredictiveCall, csta.MakePredictiveCall{
				From: "8001", To: "+15550100123",
			})
		}},
		{"a tone while one plays", "systemResourceAvailibility/resourceBusy", func(
			st *stage,
		) func(*Switch) error {
			req := csta.GenerateTelephonyTones{Target: st.call("1001", "7100"), Tone: csta.ToneBeep}
			st.ok(st.s.GenerateTelephonyTones(req))
			return doing((*Switch).GenerateTelephonyTones, req)
		}},
		{"a tone that is too long", "operation/valueOutOfRange", func(
			st *stage,
		) func(*Switch) error {
			return doing((*Switch).GenerateTelephonyTones, csta.GenerateTelephonyTones{
				Target: st.call("1001", "7100"), Tone: csta.ToneBeep, Duration: 10_001,
			})
		}},
		{"digits that are too long", "operation/valueOutOfRange", func(
			st *stage,
		) func(*Switch) error {
			return doing((*Switch).GenerateDigits, csta.GenerateDigits{
				Target: st.call("1001", "7100"), Digits: "1", Duration: 10_001,
			})
		}},
	})
}

func TestQuestionsThatDoNotFitAreRefused(t *testing.T) {
	monitor := func(req csta.MonitorStart) func(*stage) func(*Switch) error {
		return func(*stage) func(*Switch) error {
			return func(s *Switch) error {
				_, err := s.Monitor(req, "1", func(csta.Event) {})
				return err
			}
		}
	}
	refuseAll(t, []refusal{
		{
			"a monitor of a call that is not there", "operation/invalidCallID",
			monitor(csta.MonitorStart{Object: csta.MonitorObject{
				Call: &csta.ConnectionID{Call: "9"},
			}}),
		},
		{
			"a monitor of an announcement", "operation/invalidMonitorObject",
			monitor(csta.MonitorStart{Object: csta.MonitorObject{Device: "7001"}}),
		},
		{"another filter of no monitor", "operation/invalidMonitorCrossRefID", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).ChangeMonitorFilter, csta.ChangeMonitorFilter{CrossRefID: "9"})
		}},
		{"the agents of a station as a skill", "operation/requestIncompatibleWithObject", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GetACDSplit, csta.GetACDSplit{Skill: "1001"})
		}},
		{"the agent at a VDN", "operation/requestIncompatibleWithObject", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GetAgentState, csta.GetAgentState{Device: "8001"})
		}},
		{"the call of a station that has none", "stateIncompatibility/noActiveCall", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GetCall, csta.GetCall{Device: "1001"})
		}},
		{"the UCID of no call", "operation/invalidCallID", func(*stage) func(*Switch) error {
			return asking((*Switch).GetCallLinkageData, csta.GetCallLinkageData{
				Call: csta.ConnectionID{Call: "9"},
			})
		}},
		{"a lamp that the telephone lacks", "operation/invalidLampID", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return asking((*Switch).GetLampMode, csta.GetLampMode{Device: "1001", Lamp: "9"})
		}},
		{"a button that the telephone lacks", "operation/invalidButtonIdentifier", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return asking((*Switch).GetButtonInformation, csta.GetButtonInformation{
				Device: "1001", Button: "9999",
			})
		}},
		{"hanging up what is on hook", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return doing((*Switch).SetHookswitchStatus, csta.SetHookswitchStatus{
				Device: "1001", OnHook: true,
			})
		}},
		{"holding by hand without a call", "stateIncompatibility/noActiveCall", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return doing((*Switch).ButtonPress, csta.ButtonPress{
				Device: "1001", Button: csta.ButtonHold,
			})
		}},
	})
}
