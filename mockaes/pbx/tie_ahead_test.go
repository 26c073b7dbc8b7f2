package pbx

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

func TestWhatAnotherSwitchIsToldOfACallThatWaits(t *testing.T) {
	st := newStage(t, DefaultLab())
	far := st.join(overflowLab("8101"))
	far.login("4101", "2001", csta.AutoIn)
	agent := far.told("2001")
	st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	st.pass(5*time.Second + aMoment)
	got := find(agent["DeliveredEvent"], "lookAheadInfo")
	want := `{"type":"vectoringInterflow","priority":"medium","seconds":5,"sourceVDN":"Sales"}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAVectorThatDoesNotDecideIsNotWaitedForLong(t *testing.T) {
	st := newStage(t, DefaultLab())
	far := st.join(overflowLab("8105"))
	st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	st.pass(5*time.Second + aMoment)
	if used := st.s.State().Trunks[1].Used; used != 1 || len(far.s.State().Calls) != 1 {
		t.Errorf("%d lines are in use while the other switch thinks", used)
	}
	st.pass(aheadWait)
	if used := st.s.State().Trunks[1].Used; used != 0 || len(far.s.State().Calls) != 0 {
		t.Errorf("%d lines are in use after T310", used)
	}
	if waiting := st.s.State().Skills[0].Waiting; len(waiting) != 1 {
		t.Errorf("%v wait, want the call to be in its queue still", waiting)
	}
}
