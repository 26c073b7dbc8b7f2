package pbx

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

// full gives 1001 as many calls as it can have, and none that it attends to.
func (st *stage) full() {
	st.Helper()
	_, active := st.twoCalls()
	st.hold(active)
}

// allTaken refuses for want of a free appearance (DMCC schema).
const allTaken csta.FaultCode = "systemResourceAvailibility/resourceBusy"

func TestWhoIsFullOrAttendsToATone(t *testing.T) {
	long := &csta.UserData{Text: csta.HexText(make([]byte, 97))}
	press := func(device csta.DeviceID, button string) func(*Switch) error {
		return doing((*Switch).ButtonPress, csta.ButtonPress{Device: device, Button: button})
	}
	// jammed is a call of 1001 with 1002 in which both hear that a third party is busy;
	// another is on hold.
	jammed := func(st *stage) (held, jammed csta.ConnectionID) {
		held = st.call("1001", "7100")
		st.hold(held)
		first := st.call("1001", "1002")
		st.answer(at(first, "1002"))
		r, err := st.s.ConferenceCall(csta.ConferenceCall{
			Held: first, Active: st.consult(first, "+15550190000"),
		})
		st.ok(err)
		st.pass(time.Second)
		return held, r.Call
	}
	refuseAll(t, []refusal{
		{"a pickup without an appearance", allTaken, func(
			st *stage,
		) func(*Switch) error {
			st.full()
			return asking((*Switch).DirectedPickupCall, csta.DirectedPickupCall{
				Target: at(st.call("1004", "1005"), "1005"), Device: "1001",
			})
		}},
		{"joining without an appearance", allTaken, func(
			st *stage,
		) func(*Switch) error {
			st.full()
			return asking((*Switch).SingleStepConferenceCall, csta.SingleStepConferenceCall{
				Active: st.call("1004", "1005"), Device: "1001",
			})
		}},
		{"lifting the handset without an appearance", allTaken, func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.full()
			return doing((*Switch).SetHookswitchStatus, csta.SetHookswitchStatus{Device: "1001"})
		}},
		{"a transfer by hand without an appearance", allTaken, func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.twoCalls()
			return press("1001", csta.ButtonTransfer)
		}},
		{
			"answering at a bridge without an appearance",
			allTaken, func(st *stage) func(*Switch) error {
				st.hold(st.call("1014", "7100"))
				st.s.devices["1014"].station.calls = st.s.devices["1014"].station.calls[:1]
				return doing((*Switch).AnswerCall, csta.AnswerCall{
					Target: at(st.call("1001", "1015"), "1014"),
				})
			},
		},
		{"completing by hand while it is dialled", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.call("1001", "7100")
			st.ok(press("1001", csta.ButtonTransfer)(st.s))
			return press("1001", csta.ButtonTransfer)
		}},
		{"completing by hand with a busy number", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.answer(at(st.call("1001", "1002"), "1002"))
			st.ok(press("1001", csta.ButtonTransfer)(st.s))
			for _, key := range "8003" {
				st.ok(press("1001", string(key))(st.s))
			}
			return press("1001", csta.ButtonTransfer)
		}},
		{
			"completing by hand with the same party", "stateIncompatibility/invalidObjectState",
			func(st *stage) func(*Switch) error {
				st.register("1001")
				st.answer(at(st.call("1001", "1002"), "1002"))
				st.ok(press("1001", csta.ButtonTransfer)(st.s))
				second := st.s.devices["1001"].active().id()
				for _, key := range "1002" {
					st.ok(press("1001", string(key))(st.s))
				}
				st.hold(at(second, "1001"))
				st.ok(st.s.RetrieveCall(csta.RetrieveCall{Target: second}))
				return press("1001", csta.ButtonTransfer)
			},
		},
		{"a transfer by hand of nothing", "stateIncompatibility/noActiveCall", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return press("1001", csta.ButtonTransfer)
		}},
		{"a conference by hand of a dial tone", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.ok(press("1001", "263")(st.s))
			return press("1001", csta.ButtonConference)
		}},
		{"holding a dial tone by hand", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.ok(press("1001", "263")(st.s))
			return press("1001", csta.ButtonHold)
		}},
		{"dropping nothing by hand", "stateIncompatibility/noConnectionToClear", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return press("1001", panel.Drop)
		}},
		{"a digit into nothing", "stateIncompatibility/noActiveCall", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return press("1001", "5")
		}},
		{"a digit into a busy tone", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.call("1001", "8003")
			return press("1001", "5")
		}},
		{"a thirty-first digit", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			st.ok(press("1001", "263")(st.s))
			for range 30 {
				st.ok(press("1001", "9")(st.s))
			}
			return press("1001", "9")
		}},
		{"a button without a number", "operation/invalidButtonIdentifier", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return press("1001", "hold")
		}},
		{"a button that the telephone lacks", "operation/invalidButtonIdentifier", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return press("1001", "-1")
		}},
		{"a ringer that is neither on nor off", "operation/invalidParameterValue", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return doing((*Switch).SetRingerStatus, csta.SetRingerStatus{
				Device: "1001", Mode: "humming",
			})
		}},
		{"the header of a button that is none", "operation/invalidButtonIdentifier", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GetSIPHeader, csta.GetSIPHeader{Device: "1001", Button: "9"})
		}},
		{"the header of no button in particular", "operation/invalidButtonIdentifier", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GetSIPHeader, csta.GetSIPHeader{Device: "1001"})
		}},
		{"the header of an idle appearance", "stateIncompatibility/noActiveCall", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).GetSIPHeader, csta.GetSIPHeader{
				Device: "1001", Button: "263",
			})
		}},
		{"holding a busy tone", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			_, tone := jammed(st)
			return doing((*Switch).HoldCall, csta.HoldCall{Target: tone})
		}},
		{"alternating with a busy tone", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			held, tone := jammed(st)
			return doing((*Switch).AlternateCall, csta.AlternateCall{Held: held, Active: tone})
		}},
		{"a consultation during a busy tone", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			_, tone := jammed(st)
			return asking((*Switch).ConsultationCall, csta.ConsultationCall{
				Existing: tone, To: "1004",
			})
		}},
		{"a transfer into a busy tone", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			held, tone := jammed(st)
			return asking((*Switch).TransferCall, csta.TransferCall{Held: held, Active: tone})
		}},
		{"alternating with a call that is not there", "operation/invalidCallID", func(
			st *stage,
		) func(*Switch) error {
			held, _ := st.twoCalls()
			return doing((*Switch).AlternateCall, csta.AlternateCall{
				Held: held, Active: csta.ConnectionID{Call: "99", Device: "1001"},
			})
		}},
		{"reconnecting from a call that is not there", "operation/invalidCallID", func(
			st *stage,
		) func(*Switch) error {
			held, _ := st.twoCalls()
			return doing((*Switch).ReconnectCall, csta.ReconnectCall{
				Held: held, Active: csta.ConnectionID{Call: "99", Device: "1001"},
			})
		}},
		{
			"a conference of two calls in vectors", "stateIncompatibility/invalidObjectState",
			func(st *stage) func(*Switch) error {
				held := st.call("1001", "8001")
				st.hold(held)
				return asking((*Switch).ConferenceCall, csta.ConferenceCall{
					Held: held, Active: st.call("1001", "8002"),
				})
			},
		},
		{"a consultation with too much user data", "operation/valueOutOfRange", func(
			st *stage,
		) func(*Switch) error {
			return asking((*Switch).ConsultationCall, csta.ConsultationCall{
				Existing: st.call("1001", "7100"), To: "1004", UserData: long,
			})
		}},
		{"a consultation with what is no number", "operation/invalidCalledDeviceID", func(
			st *stage,
		) func(*Switch) error {
			return asking((*Switch).ConsultationCall, csta.ConsultationCall{
				Existing: st.call("1001", "7100"), To: "nobody",
			})
		}},
		{"a blind transfer with too much user data", "operation/valueOutOfRange", func(
			st *stage,
		) func(*Switch) error {
			return asking((*Switch).SingleStepTransferCall, csta.SingleStepTransferCall{
				Active: st.call("1001", "7100"), To: "1004", UserData: long,
			})
		}},
		{"clearing with too much user data", "operation/valueOutOfRange", func(
			st *stage,
		) func(*Switch) error {
			return doing((*Switch).ClearConnection, csta.ClearConnection{
				Target: st.call("1001", "7100"), UserData: long,
			})
		}},
		{"a predictive call with too much user data", "operation/valueOutOfRange", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).MakePredictiveCall, csta.MakePredictiveCall{
				From: "8001", To: "+15550100123", UserData: long,
			})
		}},
		{"a predictive call that rings less than no time", "operation/valueOutOfRange", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).MakePredictiveCall, csta.MakePredictiveCall{
				From: "8001", To: "+15550100123", AlertTime: -1,
			})
		}},
		{"a predictive call that rings for ever", "operation/valueOutOfRange", func(
			*stage,
		) func(*Switch) error {
			return asking((*Switch).MakePredictiveCall, csta.MakePredictiveCall{
				From: "8001", To: "+15550100123", AlertTime: 601,
			})
		}},
	})
}
