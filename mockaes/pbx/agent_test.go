package pbx

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// TestWhoDoesNotAnswerKeepsItsWishToBeAway: a change that waits for the end of a call is not
// lost because the call goes to somebody else.
func TestWhoDoesNotAnswerKeepsItsWishToBeAway(t *testing.T) {
	yes, reason := true, 3
	for _, test := range []struct {
		name   string
		wish   csta.SetAgentState
		want   csta.AgentState
		reason *int
	}{
		{"none", csta.SetAgentState{}, csta.AgentNotReadyState, nil},
		{"to be ready", csta.SetAgentState{State: csta.Ready}, csta.AgentNotReadyState, nil},
		{
			"auxiliary work for a reason", csta.SetAgentState{
				State: csta.NotReady, Private: csta.SetAgentPrivate{Reason: &reason},
			}, csta.AgentNotReadyState, &reason,
		},
		{"to be logged off", csta.SetAgentState{State: csta.LogOff}, csta.AgentNullState, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			st.login("4001", "1001", csta.AutoIn)
			st.incoming(IncomingCall{From: "+15550100123", To: "5001"})
			if test.wish.State != "" {
				test.wish.Device, test.wish.Private.Pending = "1001", &yes
				_, err := st.s.SetAgentState(test.wish)
				st.ok(err)
			}
			st.pass(20 * time.Second)
			got := st.s.State().Agents[0]
			if got.State != test.want || !sameReason(got.Reason, test.reason) {
				t.Errorf("the agent is %s, reason %v", got.State, got.Reason)
			}
			if want := "+15550100123 connected, 5001 queued"; st.where() != want {
				t.Errorf("the call is at %s, want %s", st.where(), want)
			}
		})
	}
}

// TestAnAgentIsAskedAbout holds the answers of GetAgentState, GetAgentLogin and GetAcdSplit
// to what an agent does: each of its skills has an entry (DMCC schema).
func TestAnAgentIsAskedAbout(t *testing.T) {
	st := newStage(t, DefaultLab())
	var where []string
	_, err := st.s.Monitor(csta.MonitorStart{Object: csta.MonitorObject{Device: "5002"}}, "1",
		func(ev csta.Event) {
			if ev, ok := ev.(csta.AgentLoginExtensions); ok {
				where = ev.Extensions
			}
		})
	st.ok(err)
	ask := func(device csta.DeviceID, group csta.DeviceID) csta.AgentStateReply {
		t.Helper()
		r, err := st.s.GetAgentState(csta.GetAgentState{Device: device, Group: group})
		st.ok(err)
		return r
	}
	split := func() csta.ACDSplit {
		t.Helper()
		r, err := st.s.GetACDSplit(csta.GetACDSplit{Skill: "5002"})
		st.ok(err)
		return r
	}
	if got := ask("1003", "").Agents[0].Skills[0].State; got != csta.AgentNullState {
		t.Errorf("at a station without an agent: %s", got)
	}
	st.login("4003", "1003", csta.ManualIn)
	for _, device := range []csta.DeviceID{"1003", "4003"} {
		r := ask(device, "")
		if e := r.Agents[0]; e.AgentID != "4003" || !e.LoggedOn || len(e.Skills) != 2 ||
			e.Skills[1].State != csta.AgentReadyState || r.Private.WorkMode != csta.ManualIn {
			t.Errorf("asked about %s: %+v", device, r)
		}
	}
	if e := ask("4003", "5002").Agents[0]; len(e.Skills) != 1 {
		t.Errorf("asked about one skill: %+v", e)
	}
	st.ok(st.s.GetAgentLogin(csta.GetAgentLogin{Skill: "5002"}))
	if diff := cmp.Diff([]string{"1003"}, where); diff != "" {
		t.Error(diff)
	}
	call := st.incoming(IncomingCall{From: "+15550100123", To: "5002"})
	st.incoming(IncomingCall{From: "+15550100124", To: "5002"})
	st.answer(at(call, "1003"))
	r := ask("1003", "")
	if r.Agents[0].Skills[0].State != csta.AgentBusyState || r.Private.TalkState != "onCall" {
		t.Errorf("while talking: %+v", r)
	}
	if got := split(); got != (csta.ACDSplit{Queued: 1, LoggedIn: 1}) {
		t.Errorf("the skill has %+v, want a call that waits and an agent who talks", got)
	}
}
