package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// featureLab is the default lab with features at the stations from 1011 on.
func featureLab() Lab {
	lab := DefaultLab()
	station := func(ext string) *Station {
		for i := range lab.Stations {
			if lab.Stations[i].Extension == ext {
				return &lab.Stations[i]
			}
		}
		return nil
	}
	station("1011").Coverage = []string{"1012", "1013"}
	station("1014").Bridges = []string{"1015"}
	station("1016").Pickup = 1
	station("1017").Pickup = 1
	lab.HuntGroups = []HuntGroup{{
		Extension: "3001", Name: "Operators", Members: []string{"1018", "1019"}, Circular: true,
	}}
	return lab
}

func coverage(st *stage) {
	st.watch("1001", "1011", "1012", "1013")
	a := st.call("1001", "1011")
	st.pass(12 * time.Second)
	st.pass(12 * time.Second)
	st.answer(at(a, "1013"))
}

func forwarded(st *stage) {
	st.watch("1001", "1002", "1003")
	st.says("1002 forwards all calls to 1003")
	st.ok(st.s.SetForwarding(csta.SetForwarding{Device: "1002", Activate: true, To: "1003"}))
	st.call("1001", "1002")
}

func huntGroupCall(st *stage) {
	st.call("1002", "3001")
	st.lines = nil
	st.watch("1001", "3001", "1018", "1019")
	st.call("1001", "3001")
}

func silentRecorder(st *stage) {
	st.watch("1001", "1020")
	a := st.call("1001", "1002")
	st.answer(at(a, "1002"))
	st.says("1020 joins silently")
	_, err := st.s.SingleStepConferenceCall(csta.SingleStepConferenceCall{
		Active: a, Device: "1020", Participation: csta.SilentParticipation,
	})
	st.ok(err)
	st.clear(at(a, "1002"))
}

func bridgeAnswers(st *stage) {
	st.watch("1001", "1014", "1015")
	a := st.call("1001", "1015")
	st.answer(at(a, "1014"))
	st.clear(at(a, "1014"))
}

func principalAnswers(st *stage) {
	st.watch("1014", "1015")
	a := st.call("1001", "1015")
	st.answer(at(a, "1015"))
	st.clear(at(a, "1015"))
}

func pickup(st *stage) {
	st.watch("1001", "1016", "1017")
	st.call("1001", "1016")
	st.says("1017 picks up")
	_, err := st.s.GroupPickupCall(csta.GroupPickupCall{Device: "1017"})
	st.ok(err)
}
