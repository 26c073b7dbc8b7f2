package pbx

import (
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

func TestAMistakeInTheLabIsNamed(t *testing.T) {
	for _, test := range []struct {
		want string
		edit func(*Lab)
	}{
		{"station 1001: the number is taken", func(l *Lab) {
			l.Stations = append(l.Stations, Station{Extension: "1001"})
		}},
		{`station "ada": not a number`, func(l *Lab) { l.Stations[0].Extension = "ada" }},
		{"agent 4001: no skill \"5009\"", func(l *Lab) {
			l.Agents[0].Skills = []AgentSkill{{Skill: "5009"}}
		}},
		{"VDN 8001: no vector 9", func(l *Lab) { l.VDNs[0].Vector = 9 }},
		{`vector 1: line 2, "queue-to skill 5009": no skill 5009`, func(l *Lab) {
			l.Vectors[0].Steps[1] = "queue-to skill 5009"
		}},
		{`vector: line 1, "anouncement 7001": want a step`, func(l *Lab) {
			l.Vectors[0].Steps[0] = "anouncement 7001"
		}},
		{"trunk group 1: the number is taken", func(l *Lab) {
			l.TrunkGroups = append(l.TrunkGroups, TrunkGroup{Number: 1, Members: 1})
		}},
		{`skill 5001: selection "random"`, func(l *Lab) { l.Skills[0].Selection = "random" }},
		{"announcement 7001: want a sound", func(l *Lab) { l.Announcements[0].Sound = "" }},
		{"node 40000: want 1 to 32767", func(l *Lab) { l.Node = 40000 }},
		{"11 registrations: want 1 to 10", func(l *Lab) { l.Features.Registrations = 11 }},
		{"dial plan {Access:x", func(l *Lab) { l.DialPlan.Access = "x" }},
		{"station 1001: 55 appearances: want 1 to 54", func(l *Lab) {
			l.Stations[0].Appearances = 55
		}},
		{"agent 4001: level 17: want 1 to 16", func(l *Lab) {
			l.Agents[0].Skills[0].Level = 17
		}},
		{"agent 4001: the number is taken", func(l *Lab) { l.Agents[1].ID = "4001" }},
		{"skill 1001: the number is taken", func(l *Lab) { l.Skills[0].Extension = "1001" }},
		{"announcement 1001: the number is taken", func(l *Lab) {
			l.Announcements[0].Extension = "1001"
		}},
		{"VDN 1001: the number is taken", func(l *Lab) { l.VDNs[0].Extension = "1001" }},
		{"hunt group 1001: the number is taken", func(l *Lab) {
			l.HuntGroups = []HuntGroup{{Extension: "1001"}}
		}},
		{`hunt group 3001: no station "8001"`, func(l *Lab) {
			l.HuntGroups = []HuntGroup{{Extension: "3001", Members: []string{"8001"}}}
		}},
		{`coverage of 3001: no number "6666"`, func(l *Lab) {
			l.HuntGroups = []HuntGroup{{Extension: "3001", Coverage: []string{"6666"}}}
		}},
		{`coverage of 1001: no number "6666"`, func(l *Lab) {
			l.Stations[0].Coverage = []string{"6666"}
		}},
		{`coverage of 1001: no number "1001"`, func(l *Lab) {
			l.Stations[0].Coverage = []string{"1001"}
		}},
		{`station 1001: no station "1001" to bridge`, func(l *Lab) {
			l.Stations[0].Bridges = []string{"1001"}
		}},
		{"vector 1: the number is taken", func(l *Lab) { l.Vectors[1].Number = 1 }},
		{`vector 1: line 1, "announcement 8001": no announcement 8001`, func(l *Lab) {
			l.Vectors[0].Steps[0] = "announcement 8001"
		}},
		{"no vector 2 with a step 9", func(l *Lab) {
			l.Vectors[0].Steps[3] = "goto vector 2 @step 9 if unconditionally"
		}},
		{"trunk group 1: want a number from 1 and 1 to 9999 members", func(l *Lab) {
			l.TrunkGroups[0].Members = 10_000
		}},
		{`outside number +1555019*: no answer "maybe"`, func(l *Lab) {
			l.Outside[0].Answer = "maybe"
		}},
		{`outside number +1555019*: no progress "slow"`, func(l *Lab) {
			l.Outside[0].Progress = "slow"
		}},
		{`codec "opus": want g711U or g711A or g722`, func(l *Lab) {
			l.Features.Codecs = []string{"g711U", "opus"}
		}},
		{`media encryption "none": want each once`, func(l *Lab) {
			l.Features.Encryption = []string{"none", "none"}
		}},
		{"conferences of 1: want 2 parties or more", func(l *Lab) {
			l.Features.ConferenceSize = 1
		}},
		{"station 1001: pickup group -1: want one from 1", func(l *Lab) {
			l.Stations[0].Pickup = -1
		}},
		{"station 1001: want no negative time", func(l *Lab) {
			l.Stations[0].CoverAfter = -time.Second
		}},
		{"skill 5001: want no negative times", func(l *Lab) { l.Skills[0].RONA = -1 }},
		{"outside number +1555019*: want no negative times", func(l *Lab) {
			l.Outside[0].Talk = -1
		}},
		{`outside number "+1*2a*": not a number`, func(l *Lab) { l.Outside[0].Number = "+1*2a*" }},
		{"outside number +1555019*: it is there already", func(l *Lab) {
			l.Outside[1].Number = l.Outside[0].Number
		}},
		{`uniform dial plan, "2*": over trunk group 5 twice`, func(l *Lab) {
			l.TrunkGroups = append(l.TrunkGroups, TrunkGroup{Number: 5, Members: 1, To: "CM2"})
			l.Uniform = []dialplan.Uniform{
				{Number: "2*", TrunkGroup: 5},
				{Number: "2*", TrunkGroup: 5},
			}
		}},
		{"registrations of -1s: want no negative time", func(l *Lab) {
			l.Features.RegisterTime = -time.Second
		}},
		{"-1 outstanding registrations", func(l *Lab) {
			l.Features.OutstandingRegistrations = -1
		}},
	} {
		t.Run(test.want, func(t *testing.T) {
			lab := DefaultLab()
			test.edit(&lab)
			_, err := New(lab, Options{})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestCallIDsAndUCIDsAreThoseOfACommunicationManager(t *testing.T) {
	lab := DefaultLab()
	lab.Node = 7
	st := newStage(t, lab)
	for i, want := range []string{"00007000011772442000", "00007000021772442000"} {
		call := st.call("1001", "7100")
		if got := st.s.State().Calls[0].UCID; got != want {
			t.Errorf("call %d: UCID %s, want %s", i+1, got, want)
		}
		st.clear(call)
	}
	if got := start.Unix(); got != 1772442000 {
		t.Errorf("the clock starts at %d", got)
	}
}

func TestCallIDsGoAroundPastThoseInUse(t *testing.T) {
	st := newStage(t, DefaultLab())
	first := st.call("1001", "7100")
	st.s.lastCall = maxCall
	if second := st.call("1002", "7100"); first.Call != "1" || second.Call != "2" {
		t.Errorf("got calls %s and %s, want 1 and 2", first.Call, second.Call)
	}
}
