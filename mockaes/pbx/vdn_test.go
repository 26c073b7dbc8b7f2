package pbx

import (
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// withVector is the default lab with another vector behind 8001.
func withVector(steps ...string) Lab {
	lab := DefaultLab()
	lab.Vectors[0].Steps = steps
	return lab
}

// where says which devices a call is at now, and how.
func (st *stage) where() string {
	var at []string
	for _, c := range st.s.State().Calls {
		for _, p := range c.Parties {
			at = append(at, p.Connection.Device.Extension()+" "+string(p.State))
		}
	}
	return strings.Join(at, ", ")
}

func TestVectorsDoWhatTheirStepsSay(t *testing.T) {
	const caller = "+15550100123 connected, "
	for _, test := range []struct {
		name  string
		steps []string
		dial  string // by the caller, after a second
		after time.Duration
		want  string
	}{
		{
			"a route to a station",
			[]string{"route-to number 1005 with cov n"},
			"", 0,
			caller + "1005 alerting",
		},
		{
			"a route that cannot be taken is passed over",
			[]string{"route-to number 6666", "route-to number 1006"},
			"", 0,
			caller + "1006 alerting",
		},
		{
			"a route to the digits that were collected",
			[]string{"collect 4 digits after announcement 7002", "route-to digits"},
			"1007",
			time.Second, caller + "1007 alerting",
		},
		{
			"digits that came before they were asked for",
			[]string{
				"wait-time 5 secs hearing ringback", "collect 4 digits", "route-to digits",
			},
			"1008", 6 * time.Second, caller + "1008 alerting",
		},
		{
			"a number sign ends the digits",
			[]string{
				"collect 8 digits", "route-to number 1009 if digits = 42", "busy",
			},
			"42#", 2 * time.Second, caller + "1009 alerting",
		},
		{
			"no digits in time", []string{
				"collect 1 digits", "route-to number 1010 if digits = none", "busy",
			}, "", 11 * time.Second, caller + "1010 alerting",
		},
		{
			"a full queue is gone around", []string{
				"goto step 4 if calls-queued in skill 5001 >= 1", "queue-to skill 5001", "stop",
				"busy",
			}, "", 0, caller + "8001 alerting, 5001 queued",
		},
		{
			"nobody is staffed", []string{
				"goto step 3 if staffed-agents in skill 5001 < 1", "queue-to skill 5001",
				"route-to number 1002",
			}, "", 0, caller + "1002 alerting",
		},
		{
			"the time of day", []string{
				"goto step 3 if time-of-day is mon 08:00 to fri 17:00", "busy",
				"route-to number 1003",
			}, "", 0, caller + "1003 alerting",
		},
		{
			"another vector",
			[]string{"goto vector 4 @step 1 if unconditionally"},
			"",
			4 * time.Second, "",
		},
		{
			"the end of the vector without a queue", []string{
				"wait-time 2 secs hearing silence",
			}, "", 2 * time.Second, "",
		},
		{
			"steps that go round without time are stopped", []string{
				"goto step 1 if unconditionally",
			}, "", 0, "",
		},
		{
			"two queues",
			[]string{"queue-to skill 5001", "queue-to skill 5002", "stop"},
			"", 0,
			caller + "8001 alerting, 5001 queued, 5002 queued",
		},
		{
			"a queue that is checked", []string{
				"check skill 5001 pri h if available-agents > 0", "route-to number 1004",
			}, "", 0, caller + "1004 alerting",
		},
		{
			"a number outside",
			[]string{"route-to number +15550100999"},
			"", 4 * time.Second,
			caller + "+15550100999 connected",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, withVector(test.steps...))
			id := st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
			st.pass(time.Second)
			if test.dial != "" {
				st.ok(st.s.OutsideDigits(id, test.dial))
			}
			st.pass(test.after)
			if got := st.where(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestQueuesServeByPriorityThenByAge(t *testing.T) {
	lab := DefaultLab()
	lab.Vectors[0].Steps = []string{"queue-to skill 5001 pri l"}
	lab.Vectors[1].Steps = []string{"queue-to skill 5001 pri h"}
	st := newStage(t, lab)
	first := st.incoming(IncomingCall{To: "8001"})
	st.incoming(IncomingCall{To: "8001"})
	high := st.incoming(IncomingCall{To: "8002"})
	st.login("4001", "1001", csta.AutoIn)
	if got := len(st.s.State().Skills[0].Waiting); got != 2 {
		t.Fatalf("%d calls wait, want 2", got)
	}
	st.answer(at(high, "1001"))
	st.clear(at(high, "1001"))
	st.answer(at(first, "1001"))
}

func TestTheAgentWhoHasBeenIdleLongestIsNext(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	st.login("4002", "1002", csta.AutoIn)
	first := st.incoming(IncomingCall{To: "5001"})
	st.answer(at(first, "1001"))
	st.clear(at(first, "1001"))
	second := st.incoming(IncomingCall{To: "5001"})
	st.answer(at(second, "1002"))
}

func TestTheBestLevelIsNextWhereTheSkillSaysSo(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4003", "1003", csta.AutoIn) // level 2 at 5002
	st.login("4010", "1010", csta.AutoIn) // level 1
	call := st.incoming(IncomingCall{To: "5002"})
	st.answer(at(call, "1010"))
}

func TestAgentsWithACallOfTheirOwnAreNotDisturbed(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	own := st.call("1001", "1002")
	st.incoming(IncomingCall{To: "5001"})
	if got := len(st.s.State().Skills[0].Waiting); got != 1 {
		t.Fatalf("%d calls wait, want 1", got)
	}
	st.clear(own)
	if got := st.where(); !strings.Contains(got, "1001 alerting") {
		t.Errorf("after the own call: %s", got)
	}
}

func TestTimedAfterCallWorkEndsByItself(t *testing.T) {
	lab := DefaultLab()
	lab.Skills[0].TimedACW = 30 * time.Second
	st := newStage(t, lab)
	st.login("4001", "1001", csta.AutoIn)
	call := st.incoming(IncomingCall{To: "5001"})
	st.answer(at(call, "1001"))
	st.clear(at(call, "1001"))
	if got := st.s.State().Agents[0].State; got != csta.AgentACWState {
		t.Errorf("after the call: %s", got)
	}
	st.pass(30 * time.Second)
	if got := st.s.State().Agents[0].State; got != csta.AgentReadyState {
		t.Errorf("after 30 s: %s", got)
	}
}

func TestADirectAgentCallWaitsForItsAgent(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AuxWork)
	st.login("4002", "1002", csta.AutoIn)
	made, err := st.s.MakeCall(csta.MakeCall{
		From: "1010", To: "4001",
		Private: csta.MakeCallOptions{Call: csta.CallPrivateData{
			Type: csta.DirectAgent, ACDGroup: "5001",
		}},
	})
	st.ok(err)
	if got := st.where(); got != "1010 connected, 5001 queued" {
		t.Fatalf("while 4001 is away: %s", got)
	}
	st.agent("1001", csta.Ready, csta.SetAgentPrivate{})
	st.answer(at(made.Connection, "1001"))
}

func TestAForcedLogOffLeavesTheCall(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	call := st.incoming(IncomingCall{To: "5001"})
	st.answer(at(call, "1001"))
	if !st.s.ForceLogOff("4001") || st.s.ForceLogOff("4001") {
		t.Error("an agent is logged off once")
	}
	if st.s.State().Agents[0].State != csta.AgentNullState || len(st.s.State().Calls) != 1 {
		t.Errorf("got %+v", st.s.State())
	}
	st.clear(at(call, "1001"))
}
