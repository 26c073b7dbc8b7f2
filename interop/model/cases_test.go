package model

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// TestCases are the stories in which a board once was not what there was.
func TestCases(t *testing.T) {
	for name, story := range map[string]func(*script){
		"a recorder joins a call on hold": func(w *script) {
			c := w.call("1001", "1002")
			w.answer(c, "1002")
			w.must(w.s.HoldCall(csta.HoldCall{Target: part(c, "1001")}))
			w.join(c, "1001", "1003")
		},
		"a recorder joins a call that rings and whose caller holds": func(w *script) {
			c := w.call("1001", "1002")
			w.must(w.s.HoldCall(csta.HoldCall{Target: part(c, "1001")}))
			w.join(c, "1001", "1003")
		},
		"a number outside is called again into a call that it speaks in": func(w *script) {
			c := w.call("1001", "1003")
			w.answer(c, "1003")
			const outside = "+15550100123"
			made, err := w.s.ConsultationCall(csta.ConsultationCall{
				Existing: part(c, "1001"), To: outside,
			})
			w.must(err)
			moved, err := w.s.TransferCall(csta.TransferCall{
				Held: part(c, "1001"), Active: made.Initiated,
			})
			w.must(err)
			w.pass(3 * time.Second)
			w.join(moved.Call, outside+":CM1::0", "1001")
			_, err = w.s.SingleStepTransferCall(csta.SingleStepTransferCall{
				Active: part(moved.Call, "1001"), To: outside,
			})
			w.must(err)
			w.check()
			w.pass(3 * time.Second)
		},
		"who deflects to a hunt group has left": func(w *script) {
			c := w.call("1001", "1002")
			w.must(w.s.DeflectCall(csta.DeflectCall{Target: part(c, "1002"), To: "3001"}))
		},
		"who transfers to its own hunt group is not the next in it": func(w *script) {
			c := w.call("1001", "1018")
			w.answer(c, "1018")
			_, err := w.s.SingleStepTransferCall(csta.SingleStepTransferCall{
				Active: part(c, "1018"), To: "3001",
			})
			w.must(err)
		},
		"a call that waits at a skill is not answered by an agent of it": func(w *script) {
			_, err := w.s.SetAgentState(csta.SetAgentState{
				Device: "1002", State: csta.LogOn, AgentID: "4004", Password: "4321",
				Private: csta.SetAgentPrivate{WorkMode: csta.AutoIn},
			})
			w.must(err)
			c := w.call("1001", "5002")
			made, err := w.s.ConsultationCall(csta.ConsultationCall{
				Existing: part(c, "1001"), To: "5002",
			})
			w.must(err)
			_, err = w.s.ConferenceCall(csta.ConferenceCall{
				Held: part(c, "1001"), Active: made.Initiated,
			})
			w.must(err)
			w.pass(20 * time.Second)
		},
		"an agent answers a call that waits at its skill as well": func(w *script) {
			_, err := w.s.SetAgentState(csta.SetAgentState{
				Device: "1001", State: csta.LogOn, AgentID: "4003", Password: "4321",
				Private: csta.SetAgentPrivate{WorkMode: csta.AutoIn},
			})
			w.must(err)
			c := w.call("1002", "5002")
			made, err := w.s.ConsultationCall(csta.ConsultationCall{
				Existing: part(c, "1002"), To: "5002",
			})
			w.must(err)
			r, err := w.s.ConferenceCall(csta.ConferenceCall{
				Held: part(c, "1002"), Active: made.Initiated,
			})
			w.must(err)
			w.answer(r.Call, "1001")
		},
		"a bridge answers in a conference that was transferred to a VDN": func(w *script) {
			c := w.call("1003", "1004")
			w.answer(c, "1004")
			w.must(w.s.HoldCall(csta.HoldCall{Target: part(c, "1003")}))
			three, err := w.s.ConferenceCall(csta.ConferenceCall{
				Held: part(c, "1003"), Active: w.call("1003", "1001"),
			})
			w.must(err)
			w.must(w.s.HoldCall(csta.HoldCall{Target: three.Call}))
			r, err := w.s.TransferCall(csta.TransferCall{
				Held: three.Call, Active: w.call("1003", "8001"),
			})
			w.must(err)
			w.answer(r.Call, "1007")
		},
		"a call is picked up that was transferred while it rang": func(w *script) {
			c := w.call("1002", "1008")
			w.answer(c, "1008")
			made, err := w.s.ConsultationCall(csta.ConsultationCall{
				Existing: part(c, "1002"), To: "1001",
			})
			w.must(err)
			r, err := w.s.TransferCall(csta.TransferCall{
				Held: part(c, "1002"), Active: made.Initiated,
			})
			w.must(err)
			_, err = w.s.DirectedPickupCall(csta.DirectedPickupCall{
				Target: part(r.Call, "1001"), Device: "1003",
			})
			w.must(err)
		},
		"a bridge answers, and the caller consults already": func(w *script) {
			c := w.call("1002", "1001")
			_, err := w.s.ConsultationCall(csta.ConsultationCall{
				Existing: part(c, "1002"), To: "1003",
			})
			w.must(err)
			w.answer(c, "1007")
		},
		"a number that failed is called again in the same call": func(w *script) {
			const nobody = "+15550170000"
			c := w.call("1001", nobody)
			w.must(w.s.HoldCall(csta.HoldCall{Target: part(c, "1001")}))
			w.join(c, "1001", "1002")
			w.pass(400 * time.Millisecond)
			_, err := w.s.SingleStepTransferCall(csta.SingleStepTransferCall{
				Active: part(c, "1002"), To: nobody,
			})
			w.must(err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := &script{newWorld(t, pbx.Features{})}
			story(w)
			w.check()
			w.checkSnapshots()
			w.everybodyLeaves()
			w.check()
		})
	}
}

// script is a world in which all that is asked for has to work.
type script struct{ *world }

func part(id csta.ConnectionID, ext csta.DeviceID) csta.ConnectionID {
	return csta.ConnectionID{Call: id.Call, Device: ext}
}

func (w *script) must(err error) {
	if err != nil {
		w.Fatalf("%v", err)
	}
}

func (w *script) call(from, to csta.DeviceID) csta.ConnectionID {
	made, err := w.s.MakeCall(csta.MakeCall{From: from, To: to})
	w.must(err)
	return made.Connection
}

func (w *script) answer(c csta.ConnectionID, ext csta.DeviceID) {
	w.must(w.s.AnswerCall(csta.AnswerCall{Target: part(c, ext)}))
}

func (w *script) join(c csta.ConnectionID, ext, by csta.DeviceID) {
	_, err := w.s.SingleStepConferenceCall(csta.SingleStepConferenceCall{
		Active: part(c, ext), Device: by, Participation: csta.SilentParticipation,
	})
	w.must(err)
}
