package pbx

import (
	"errors"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

func TestTwoCallersWithOneNumberCanBeJoined(t *testing.T) {
	st := newStage(t, DefaultLab())
	first := st.incoming(IncomingCall{From: "+15550100200", To: "1001"})
	st.answer(at(first, "1001"))
	st.hold(at(first, "1001"))
	second := st.incoming(IncomingCall{From: "+15550100200", To: "1001"})
	st.answer(at(second, "1001"))
	r, err := st.s.TransferCall(csta.TransferCall{
		Held: at(first, "1001"), Active: at(second, "1001"),
	})
	st.ok(err)
	if a, b := r.Connections[0].New, r.Connections[1].New; a == b {
		t.Errorf("both callers are %s", a)
	}
	st.ok(st.s.OutsideHangUp(second))
	if calls := st.s.State().Calls; len(calls) > 0 {
		t.Errorf("calls are left: %+v", calls)
	}
}

func TestAnImpatientCallerOnABusyToneHangsUpOnce(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.incoming(IncomingCall{To: "8003", Patience: time.Minute})
	st.pass(toneBear)
	if calls := st.s.State().Calls; len(calls) > 0 {
		t.Errorf("calls are left: %+v", calls)
	}
	st.incoming(IncomingCall{To: "1001"})
	st.pass(time.Minute)
	if got := len(st.s.State().Calls); got != 1 {
		t.Errorf("%d calls, want the second caller to stay", got)
	}
}

func TestCallsFromOutsideThatCannotBeTaken(t *testing.T) {
	lab := DefaultLab()
	lab.Stations[0].Appearances = 1
	lab.TrunkGroups[0].Members = 2
	st := newStage(t, lab)
	st.incoming(IncomingCall{To: "1001"})
	for _, test := range []struct {
		name string
		want error
		in   IncomingCall
	}{
		{"to a busy station", ErrNotTaken, IncomingCall{To: "1001"}},
		{"to an agent who is not there", ErrNotTaken, IncomingCall{To: "4001"}},
		{"by a trunk group that is not", ErrNoTrunk, IncomingCall{To: "1002", TrunkGroup: 9}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := st.s.IncomingCall(test.in); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	st.incoming(IncomingCall{To: "1002"})
	if _, err := st.s.IncomingCall(IncomingCall{To: "1003"}); !errors.Is(err, ErrNoTrunk) {
		t.Errorf("with all lines in use: %v", err)
	}
}

func TestOutsidePartiesBehaveAsTheLabSays(t *testing.T) {
	lab := DefaultLab()
	lab.Outside = append(lab.Outside, Outside{
		Number: "+15550160000", After: 10 * time.Second, Talk: 20 * time.Second,
	})
	st := newStage(t, lab)
	for number, want := range map[string]csta.ConnectionState{
		"+15550100123": csta.Connected, "+15550190000": csta.Fail,
		"+15550180000": csta.Alerting, "+15550170000": csta.Fail,
		"+15550160000": csta.Alerting,
	} {
		call := st.call("1001", number)
		st.pass(5 * time.Second)
		if got := st.s.State().Calls[0].Parties[1].State; got != want {
			t.Errorf("%s is %s after five seconds, want %s", number, got, want)
		}
		st.clear(call)
	}
	st.call("1001", "+15550160000")
	st.pass(31 * time.Second)
	if calls := st.s.State().Calls; len(calls) > 0 {
		t.Errorf("the party should have hung up: %+v", calls)
	}
}

func TestPatienceEndsWhenSomebodyAnswers(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	caller := st.incoming(IncomingCall{
		To: "8001", Patience: 10 * time.Second, Talk: time.Minute,
	})
	st.pass(5 * time.Second)
	st.answer(at(caller, "1001"))
	st.pass(50 * time.Second)
	if got := len(st.s.State().Calls); got != 1 {
		t.Fatalf("%d calls after 50 s of talk", got)
	}
	st.pass(10 * time.Second)
	if got := len(st.s.State().Calls); got != 0 {
		t.Errorf("%d calls after a minute of talk", got)
	}
}

func TestACallerWithoutANumberIsKnownByItsLine(t *testing.T) {
	st := newStage(t, DefaultLab())
	if got := st.incoming(IncomingCall{To: "1001"}); got.Device != "T1#1:CM1::0" {
		t.Errorf("got %s", got.Device)
	}
}
