package pbx

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// sequences are the event sequences B1 to B16 that are expected of a Communication
// Manager, each from the view of every monitored party.
var sequences = map[string]func(*stage){
	"B01-basic-call":            basicCall,
	"B02-over-a-trunk":          overATrunk,
	"B02-over-an-analog-trunk":  overAnAnalogTrunk,
	"B03-busy":                  busy,
	"B03-unknown-number":        unknownNumber,
	"B03-no-circuit":            noCircuit,
	"B04-caller-gives-up":       callerGivesUp,
	"B04-coverage":              coverage,
	"B04-forwarded":             forwarded,
	"B04-hunt-group":            huntGroupCall,
	"B05-hold-and-retrieve":     holdAndRetrieve,
	"B06-consult-and-cancel":    consultAndCancel,
	"B06-alternate":             alternate,
	"B07-consult-transfer":      consultTransfer,
	"B07-transfer-while-rings":  transferWhileRings,
	"B08-blind-transfer":        blindTransfer,
	"B09-conference":            conference,
	"B09-silent-recorder":       silentRecorder,
	"B10-queue-call":            queueCall,
	"B10-waits-for-agent":       waitsForAgent,
	"B10-digits":                collectsDigits,
	"B11-abandoned-in-queue":    abandonedInQueue,
	"B12-redirect-on-no-answer": redirectOnNoAnswer,
	"B13-bridge-answers":        bridgeAnswers,
	"B13-principal-answers":     principalAnswers,
	"B14-pickup":                pickup,
	"B15-deflect":               deflect,
	"B16-agent-states":          agentStates,
	"B17-tie-call":              tieCall,
	"B17-tie-busy":              tieBusy,
	"B17-tie-transfer":          tieTransfer,
	"B17-look-ahead":            lookAheadAccepted,
	"B17-look-ahead-refused":    lookAheadRefused,
}

// TestSequences plays each sequence, holds it to what is known of it (claims), and
// compares all of it with the ladder in testdata, so that no change goes unseen.
func TestSequences(t *testing.T) {
	for name, play := range sequences {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, featureLab())
			play(st)
			st.holds(claims[name])
			st.compare(name)
		})
	}
}

func basicCall(st *stage) {
	st.watch("1001", "1002")
	a := st.call("1001", "1002")
	st.answer(at(a, "1002"))
	st.clear(a)
}

func overATrunk(st *stage) {
	st.watch("1001")
	a := st.call("1001", "+15550100123")
	st.pass(5 * time.Second)
	st.clear(a)
}

func overAnAnalogTrunk(st *stage) {
	st.watch("1001")
	st.s.trunks[0].lab.Analog = true
	a := st.call("1001", "+15550100123")
	st.pass(5 * time.Second)
	st.clear(a)
}

func noCircuit(st *stage) {
	st.watch("1001")
	st.says("the trunk group goes out of service")
	st.s.SetTrunkService(1, false)
	a := st.call("1001", "+15550100123")
	st.clear(a)
}

func busy(st *stage) {
	st.watch("1001", "1002")
	st.call("1002", "1003")
	st.call("1004", "1002")
	st.lines = nil
	a := st.call("1001", "1002")
	st.clear(a)
}

func unknownNumber(st *stage) {
	st.watch("1001")
	a := st.call("1001", "6666")
	st.clear(a)
}

func callerGivesUp(st *stage) {
	st.watch("1001", "1002")
	a := st.call("1001", "1002")
	st.clear(a)
}

func holdAndRetrieve(st *stage) {
	st.watch("1001", "1002")
	a := st.call("1001", "1002")
	st.answer(at(a, "1002"))
	st.hold(a)
	st.says("1001 retrieves")
	st.ok(st.s.RetrieveCall(csta.RetrieveCall{Target: a}))
}

func consultAndCancel(st *stage) {
	st.watch("1001", "1002", "1003")
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	st.says("1001 reconnects")
	st.ok(st.s.ReconnectCall(csta.ReconnectCall{Active: second, Held: at(first, "1001")}))
}

func alternate(st *stage) {
	st.watch("1001", "1002", "1003")
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	st.says("1001 alternates")
	st.ok(st.s.AlternateCall(csta.AlternateCall{Active: second, Held: at(first, "1001")}))
}

func consultTransfer(st *stage) {
	st.watch("1001", "1002", "1003")
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	st.says("1001 transfers")
	r, err := st.s.TransferCall(csta.TransferCall{Active: second, Held: at(first, "1001")})
	st.ok(err)
	st.clear(at(r.Call, "1002"))
}

func transferWhileRings(st *stage) {
	st.watch("1001", "1003")
	first := st.incoming(IncomingCall{From: "+15550100123", To: "1001"})
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.says("1001 transfers")
	r, err := st.s.TransferCall(csta.TransferCall{Active: second, Held: at(first, "1001")})
	st.ok(err)
	st.answer(at(r.Call, "1003"))
}

func blindTransfer(st *stage) {
	st.watch("1001", "1002", "1003")
	a := st.call("1002", "1001")
	st.answer(at(a, "1001"))
	st.says("1001 transfers to 1003 without asking")
	r, err := st.s.SingleStepTransferCall(csta.SingleStepTransferCall{
		Active: at(a, "1001"), To: "1003",
	})
	st.ok(err)
	st.answer(at(r.Call, "1003"))
}

func conference(st *stage) {
	st.watch("1001", "1002", "1003")
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	st.says("1001 makes a conference")
	r, err := st.s.ConferenceCall(csta.ConferenceCall{Active: second, Held: at(first, "1001")})
	st.ok(err)
	st.clear(at(r.Call, "1001"))
	st.clear(at(r.Call, "1002"))
}

func queueCall(st *stage) {
	st.login("4001", "1001", csta.ManualIn)
	st.lines = nil
	st.watch("8001", "5001", "1001", "8001*")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8001", UUI: "order 77"})
	st.pass(4 * time.Second)
	st.answer(at(caller, "1001"))
	st.says("the caller hangs up")
	st.ok(st.s.OutsideHangUp(caller))
}

func waitsForAgent(st *stage) {
	st.watch("8001", "5001", "1001", "8001*")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	st.pass(10 * time.Second)
	st.login("4001", "1001", csta.AutoIn)
	st.answer(at(caller, "1001"))
	st.clear(at(caller, "1001"))
}

func collectsDigits(st *stage) {
	st.login("4006", "1006", csta.AutoIn)
	st.lines = nil
	st.watch("8002", "1006")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8002"})
	st.pass(2 * time.Second)
	st.says("the caller dials 1")
	st.ok(st.s.OutsideDigits(caller, "1"))
	st.answer(at(caller, "1006"))
}

func abandonedInQueue(st *stage) {
	st.watch("8001", "5001", "8001*")
	st.incoming(IncomingCall{From: "+15550100123", To: "8001", Patience: 30 * time.Second})
	st.pass(30 * time.Second)
}

func redirectOnNoAnswer(st *stage) {
	st.login("4001", "1001", csta.AutoIn)
	st.lines = nil
	st.watch("5001", "1001", "1002")
	st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	st.pass(24 * time.Second)
	st.login("4002", "1002", csta.AutoIn)
}

func deflect(st *stage) {
	st.watch("1001", "1002", "1003")
	a := st.call("1001", "1002")
	st.says("1002 deflects to 1003")
	st.ok(st.s.DeflectCall(csta.DeflectCall{Target: at(a, "1002"), To: "1003"}))
	st.answer(at(a, "1003"))
}

func agentStates(st *stage) {
	st.watch("5001", "5002", "1003")
	st.login("4003", "1003", csta.AuxWork)
	reason := 3
	st.agent("1003", csta.Ready, csta.SetAgentPrivate{WorkMode: csta.ManualIn})
	st.agent("1003", csta.NotReady, csta.SetAgentPrivate{Reason: &reason})
	st.agent("1003", csta.WorkingAfterCall, csta.SetAgentPrivate{})
	st.agent("1003", csta.LogOff, csta.SetAgentPrivate{})
}
