package pbx

import (
	"errors"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestQuestionsAboutNobodyAreRefused(t *testing.T) {
	refuseAll(t, []refusal{
		{"a state that agents do not have", "operation/invalidParameterValue", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).SetAgentState, csta.SetAgentState{
				Device: "1001", State: "asleep",
			})
		}},
		{"a monitor of a kind that there is not", "operation/invalidParameterValue", func(
			*stage,
		) func(*Switch) error {
			return func(s *Switch) error {
				_, err := s.Monitor(csta.MonitorStart{
					Object: csta.MonitorObject{Device: "1001"}, Type: "both",
				}, "1", func(csta.Event) {})
				return err
			}
		}},
		{"the time of another switch", "operation/invalidDeviceID", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GetTimeOfDay, csta.GetTimeOfDay{Switch: "CM9"})
		}},
		{"the numbers of another switch", "operation/invalidDeviceID", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).ConvertDialStringToE164, csta.ConvertDialStringToE164{
				Switch: "CM9",
			})
		}},
		{"a group pickup for a stranger", "operation/invalidDeviceID", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GroupPickupCall, csta.GroupPickupCall{
				Device: "1016", Group: "1999",
			})
		}},
		{"being deaf to a stranger", "operation/invalidDeviceID", func(
			st *stage,
		) func(*Switch) error {
			return doing((*Switch).SelectiveListeningHold, csta.SelectiveListeningHold{
				Listening: csta.SelectiveListening{
					Subject:  st.call("1001", "7100"),
					Selected: csta.ConnectionID{Call: "1", Device: "1999"},
				},
			})
		}},
		{"joining a stranger", "operation/invalidDeviceID", func(st *stage) func(*Switch) error {
			return asking((*Switch).SingleStepConferenceCall, csta.SingleStepConferenceCall{
				Active: st.call("1001", "7100"), Device: "1999",
			})
		}},
	})
}

func TestDeviceIDsThatDoNotFitAreRefused(t *testing.T) {
	for _, test := range []struct {
		name, of, number string
		thirdParty       bool
	}{
		{"of another switch", "CM9", "1001", true},
		{"of what is no number", "CM1", "nobody", true},
		{"of an extension that is not there, to control", "CM1", "1999", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			st.refuses(csta.InvalidDeviceID, func() error {
				_, err := st.s.DeviceID(test.of, test.number, test.thirdParty)
				return err
			})
		})
	}
	st := newStage(t, DefaultLab())
	for number, want := range map[string]csta.DeviceID{
		"1001": "1001:CM1:0.0.0.0:0", "1999": "1999:CM1::0", "+15550100123": "+15550100123:CM1::0",
	} {
		if got, err := st.s.DeviceID("cm1", number, true); got != want || err != nil {
			t.Errorf("%s is %s, %v; want %s", number, got, err, want)
		}
	}
}

func TestPeopleOutsideWhoDoNotFitAreRefused(t *testing.T) {
	st := newStage(t, DefaultLab())
	call := st.incoming(IncomingCall{From: "+15550100123", To: "1001"})
	st.refuses(csta.NoCallToAnswer, func() error { return st.s.OutsideAnswer(call) })
	for name, in := range map[string]IncomingCall{
		"a caller whose number is none": {From: "Ada", To: "1001"},
		"more user data than fits":      {To: "1001", UUI: string(make([]byte, 97))},
	} {
		st.Log(name)
		st.refuses(csta.InvalidParameterValue, func() error {
			_, err := st.s.IncomingCall(in)
			return err
		})
	}
	before, err := portrait(st.s)
	st.ok(err)
	nobody := csta.ConnectionID{Call: "9", Device: "+15550100999:CM1::0"}
	for name, err := range map[string]error{
		"answers": st.s.OutsideAnswer(nobody), "hangs up": st.s.OutsideHangUp(nobody),
		"dials": st.s.OutsideDigits(nobody, "1"),
	} {
		if !errors.Is(err, ErrNoParty) {
			t.Errorf("nobody %s: %v", name, err)
		}
	}
	if after, _ := portrait(st.s); after != before {
		t.Error("nobody changed something")
	}
}
