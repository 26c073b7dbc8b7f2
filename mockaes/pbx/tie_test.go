package pbx

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

func twoStages(t *testing.T, change func(near, south *Lab)) (st, far *stage) {
	t.Helper()
	st = newStage(t, DefaultLab())
	near, south := siteLabs()
	if change != nil {
		change(&near, &south)
	}
	return st, st.join(near, south)
}

// TestTieCallsThatCannotBeCompleted holds the causes to those of ISDN (Q.931 §5.3, Q.850):
// the caller is told what the other switch has said, and no line stays in use.
func TestTieCallsThatCannotBeCompleted(t *testing.T) {
	for _, tt := range []struct {
		name  string
		want  csta.EventCause
		to    string
		first func(st, far *stage)
	}{
		{"a busy station there", csta.CauseBusy, "2001", func(_, far *stage) {
			far.s.devices["2001"].station.calls = make([]*party, 1)
			far.call("2001", "2002")
		}},
		{"a number that the other switch does not have", csta.CauseNumberUnallocated, "6000", nil},
		{"an agent there who has not logged in", csta.CauseDestNotObtainable, "4101", nil},
		{"a vector there that is busy", csta.CauseBusy, "8102", nil},
		{"all lines in use here", csta.CauseTrunksBusy, "2001", func(st, _ *stage) {
			g := st.s.group(5)
			g.used = []bool{true}
		}},
		{"all lines in use there", csta.CauseTrunksBusy, "2001", func(_, far *stage) {
			g := far.s.group(7)
			g.used = []bool{true}
		}},
		{
			"the trunk group is out of service here", csta.CauseResources, "2001",
			func(st, _ *stage) { st.s.SetTrunkService(5, false) },
		},
		{
			"the trunk group is out of service there", csta.CauseResources, "2001",
			func(_, far *stage) { far.s.SetTrunkService(7, false) },
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st, far := twoStages(t, nil)
			if tt.first != nil {
				tt.first(st, far)
			}
			before := len(far.s.State().Calls)
			var got csta.EventCause
			_, err := st.s.Monitor(csta.MonitorStart{
				Object: csta.MonitorObject{Device: "1001"},
			}, "1", func(ev csta.Event) {
				if failed, ok := ev.(csta.Failed); ok {
					got = failed.Cause
				}
			})
			st.ok(err)
			a := st.call("1001", tt.to)
			st.pass(4 * time.Second)
			if got != tt.want {
				t.Errorf("the cause is %q, want %q", got, tt.want)
			}
			if n := len(far.s.State().Calls); n != before {
				t.Errorf("the other switch has %d calls, and had %d", n, before)
			}
			st.clear(a)
			if calls := st.s.State().Calls; len(calls) > 0 || len(st.s.ties)+len(far.s.ties) > 0 {
				t.Errorf("what failed is still there: %+v", calls)
			}
		})
	}
}

func TestTieCallsThatEnd(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(st, far *stage, a csta.ConnectionID)
	}{
		{
			"the caller hangs up before the other switch has heard of the call",
			func(st, _ *stage, a csta.ConnectionID) { st.clear(a) },
		},
		{"the caller hangs up while it rings", func(st, _ *stage, a csta.ConnectionID) {
			st.pass(aMoment)
			st.clear(a)
		}},
		{"the caller hangs up after the answer", func(st, far *stage, a csta.ConnectionID) {
			st.pass(aMoment)
			far.answer(at(far.only(), "2001"))
			st.pass(aMoment)
			st.clear(a)
		}},
		{"both hang up at once", func(st, far *stage, a csta.ConnectionID) {
			st.pass(aMoment)
			far.answer(at(far.only(), "2001"))
			st.pass(aMoment)
			far.clear(at(far.only(), "2001"))
			st.clear(a)
		}},
		{"one answers while the other hangs up", func(st, far *stage, a csta.ConnectionID) {
			st.pass(aMoment)
			st.clear(a)
			far.answer(at(far.only(), "2001"))
		}},
		{"the whole call is cleared there", func(st, far *stage, _ csta.ConnectionID) {
			st.pass(aMoment)
			far.answer(at(far.only(), "2001"))
			st.ok(far.s.ClearCall(csta.ClearCall{Target: far.only()}))
		}},
		{
			"it is deflected back to where it came from, and ends there",
			func(st, far *stage, a csta.ConnectionID) {
				st.pass(aMoment)
				st.ok(far.s.DeflectCall(csta.DeflectCall{
					Target: at(far.only(), "2001"), To: "1003",
				}))
				st.pass(aMoment)
				back := st.s.State().Calls[1]
				st.answer(csta.ConnectionID{Call: back.Call, Device: "1003"})
				st.pass(aMoment)
				if got := st.s.State().Calls[0].Parties[1].State; got != csta.Connected {
					st.Errorf("the caller's far end is %s after the answer", got)
				}
				st.clear(csta.ConnectionID{Call: back.Call, Device: "1003"})
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st, far := twoStages(t, nil)
			a := st.call("1001", "2001")
			tt.end(st, far, a)
			st.pass(time.Second)
			over(st, far)
		})
	}
}

func TestATieCallKeepsWhatItIs(t *testing.T) {
	st, far := twoStages(t, nil)
	near, south := st.told("1001"), far.told("2001")
	_, err := st.s.MakeCall(csta.MakeCall{
		From: "1001", To: "2001", UserData: &csta.UserData{Text: "order 77"},
	})
	st.ok(err)
	st.pass(aMoment)
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	here, there := st.s.State().Calls[0], far.s.State().Calls[0]
	if here.UCID != there.UCID || !strings.HasPrefix(here.UCID, "00001") {
		t.Errorf("UCIDs %s and %s, want one of node 1", here.UCID, there.UCID)
	}
	if there.UUI != "order 77" || there.Calling != "1001:CM2::0" {
		t.Errorf("%s calls with %q", there.Calling, there.UUI)
	}
	id := `"` + here.UCID + `"`
	for who, body := range map[string][]byte{
		"the caller": near["EstablishedEvent"], "the called": south["EstablishedEvent"],
	} {
		if got := find(body, "globallyUniqueCallLinkageID"); got != id {
			t.Errorf("%s was told the UCID %s, want %s", who, got, id)
		}
	}

	uui := &csta.UserData{Text: "sold"}
	st.ok(far.s.ClearConnection(csta.ClearConnection{
		Target: at(far.only(), "2001"), UserData: uui,
	}))
	st.pass(aMoment)
	// HexText: 736f6c64 is "sold".
	if got := find(near["ConnectionClearedEvent"], "userData"); !strings.Contains(got, "736f6c64") {
		t.Errorf("with the release came %q", got)
	}
	over(st, far)
}

// TestOneNumberAtBothSwitches: each has a 1001, which the other reaches as 71001.
func TestOneNumberAtBothSwitches(t *testing.T) {
	st, far := twoStages(t, func(near, south *Lab) {
		south.Stations = append(south.Stations, Station{Extension: "1001"})
		far := dialplan.Uniform{Number: "71*", TrunkGroup: 5, Delete: 1}
		near.Uniform = append(near.Uniform, far)
		far.TrunkGroup = 7
		south.Uniform = append(south.Uniform, far)
	})
	st.call("1001", "71001")
	st.pass(aMoment)
	there := far.s.State().Calls[0]
	if there.Calling != "71001:CM2::0" || there.Called != "1001:CM2:0.0.0.0:0" {
		t.Errorf("at CM2 %s calls %s", there.Calling, there.Called)
	}
	far.answer(at(far.only(), "1001"))
	st.pass(aMoment)
	far.hold(at(far.only(), "1001"))
	far.clear(at(far.only(), "1001"))
	st.pass(aMoment)
	over(st, far)
}

func TestACallThatIsForwardedInACircleEnds(t *testing.T) {
	st, far := twoStages(t, nil)
	for s, way := range map[*Switch][2]csta.DeviceID{
		st.s: {"1002", "2002"}, far.s: {"2002", "1002"},
	} {
		st.ok(s.SetForwarding(csta.SetForwarding{
			Device: way[0], Activate: true, To: way[1], Type: csta.ForwardImmediate,
		}))
	}
	a := st.call("1001", "1002")
	st.pass(time.Second)
	if p := st.s.State().Calls[0].Parties[0]; p.State != csta.Fail {
		t.Errorf("the caller is %s", p.State)
	}
	st.clear(a)
	st.pass(time.Second)
	over(st, far)
}

// TestTrunksInACircleAreGivenUp: two stations are in two calls with each other, and both
// transfer one to the other. Nobody is left in what the two switches hold.
func TestTrunksInACircleAreGivenUp(t *testing.T) {
	st, far := twoStages(t, nil)
	first := st.call("1001", "2001")
	st.pass(aMoment)
	one := at(far.only(), "2001")
	far.answer(one)
	st.pass(aMoment)
	second := st.consult(first, "2001")
	st.pass(aMoment)
	two := one
	for _, c := range far.s.State().Calls {
		if c.Call != one.Call {
			two.Call = c.Call
		}
	}
	far.hold(one)
	far.answer(two)
	st.pass(aMoment)
	_, err := st.s.TransferCall(csta.TransferCall{Held: first, Active: second})
	st.ok(err)
	_, err = far.s.TransferCall(csta.TransferCall{Held: one, Active: two})
	st.ok(err)
	st.pass(time.Second)
	over(st, far)
}

func TestDigitsGoOverATieOnce(t *testing.T) {
	st, far := twoStages(t, nil)
	heard := map[string]string{}
	a := st.call("1001", "8103")
	st.pass(aMoment)
	if p := st.s.State().Calls[0].Parties[1]; p.State != csta.Connected {
		t.Errorf("the far end is %s; an announcement answers", p.State)
	}
	st.ok(st.s.GenerateDigits(csta.GenerateDigits{Target: a, Digits: "2003"}))
	st.pass(aMoment)
	there := far.s.State().Calls[0]
	if got := there.Digits; got != "2003" {
		t.Errorf("the vector has %q", got)
	}
	id := csta.ConnectionID{Call: there.Call, Device: "2003"}
	far.answer(id)
	for _, ext := range []string{"1001", "2003"} {
		who := st
		if ext == "2003" {
			who = far
		}
		d := who.s.devices[ext]
		_, err := who.s.Monitor(csta.MonitorStart{
			Object: csta.MonitorObject{Device: csta.DeviceID(ext)},
		}, csta.MonitorCrossRefID(d.ext), func(ev csta.Event) {
			if tone, ok := ev.(csta.ToneDetected); ok {
				heard[ext] += tone.Tone
			}
		})
		st.ok(err)
	}
	st.ok(st.s.GenerateDigits(csta.GenerateDigits{Target: a, Digits: "12"}))
	st.pass(aMoment)
	st.ok(far.s.GenerateDigits(csta.GenerateDigits{Target: id, Digits: "#"}))
	st.pass(aMoment)
	if diff := cmp.Diff(map[string]string{"1001": "#", "2003": "12"}, heard); diff != "" {
		t.Error(diff)
	}
	st.clear(a)
	st.pass(aMoment)
	over(st, far)
}

// TestWhoAnswersIntoAFailureToneGivesUp: one party that was called fails while another
// still rings; when that has answered and all stations have left, nobody is there.
func TestWhoAnswersIntoAFailureToneGivesUp(t *testing.T) {
	st, far := twoStages(t, nil)
	a := st.call("1001", "4101") // an agent who has not logged in
	_, err := st.s.SingleStepConferenceCall(csta.SingleStepConferenceCall{
		Active: a, Device: "1002",
	})
	st.ok(err)
	_, err = st.s.SingleStepTransferCall(csta.SingleStepTransferCall{
		Active: at(a, "1002"), To: "2001",
	})
	st.ok(err)
	st.pass(aMoment)
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	st.clear(a)
	st.pass(toneBear)
	st.pass(aMoment)
	over(st, far)
}
