package pbx

import (
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// siteLabs are two switches with a tie trunk between them: CM1 has the feature lab, CM2
// stations 2001 to 2006, agents 4101 and 4102, skill 5101 and VDNs 8101 to 8105.
func siteLabs() (near, far Lab) {
	near = featureLab()
	near.TrunkGroups = append(near.TrunkGroups, TrunkGroup{
		Number: 5, Name: "To CM2", Members: 4, To: "CM2", ToGroup: 7,
	})
	near.Uniform = []dialplan.Uniform{
		{Number: "2*", TrunkGroup: 5},
		{Number: "41*", TrunkGroup: 5},
		{Number: "81*", TrunkGroup: 5},
		{Number: "6000", TrunkGroup: 5}, // which CM2 does not have
	}
	far = Lab{
		Name: "CM2", Node: 2,
		TrunkGroups: []TrunkGroup{
			{Number: 1, Members: 2}, {Number: 7, Members: 4, To: "CM1", ToGroup: 5},
		},
		Uniform: []dialplan.Uniform{{Number: "1*", TrunkGroup: 7}, {Number: "8001", TrunkGroup: 7}},
		Skills:  []Skill{{Extension: "5101", Name: "Sales South"}},
		Announcements: []Announcement{
			{Extension: "7201", Sound: "wav:welcome", Length: 4 * time.Second},
		},
		VDNs: []VDN{
			{Extension: "8101", Name: "Sales South", Vector: 1},
			{Extension: "8102", Name: "Full", Vector: 2},
			{Extension: "8103", Name: "Asks", Vector: 3},
			{Extension: "8104", Name: "Closed", Vector: 4},
			{Extension: "8105", Name: "Undecided", Vector: 5},
		},
		Vectors: []Vector{
			{Number: 1, Steps: []string{
				"queue-to skill 5101", "wait-time 30 secs hearing music", "stop",
			}},
			{Number: 2, Steps: []string{"busy"}},
			{Number: 3, Steps: []string{
				"collect 4 digits after announcement 7201", "route-to digits with cov y",
			}},
			{Number: 4, Steps: []string{"disconnect"}},
			{Number: 5, Steps: []string{"wait-time 60 secs hearing silence", "stop"}},
		},
	}
	for i := 2001; i <= 2006; i++ {
		far.Stations = append(far.Stations, Station{
			Extension: fmt.Sprint(i), Name: fmt.Sprintf("South %d", i-2000), SecurityCode: "123456",
		})
	}
	for _, id := range []string{"4101", "4102"} {
		far.Agents = append(far.Agents, Agent{
			ID: id, Password: "4321", Skills: []AgentSkill{{Skill: "5101"}},
		})
	}
	return near, far
}

// twoSites makes the stage's switch one of two; the record is of both.
func (st *stage) twoSites() (far *stage) {
	near, south := siteLabs()
	return st.join(near, south)
}

func (st *stage) join(near, south Lab) (far *stage) {
	st.Helper()
	st.s.Close()
	far = &stage{
		T: st.T, clock: st.clock, media: &ear{heard: map[csta.CallID][]Heard{}}, near: st,
	}
	var err error
	st.s, err = New(near, Options{Clock: st.clock, Media: st.media})
	st.ok(err)
	st.Cleanup(st.s.Close)
	far.s, err = New(south, Options{Clock: st.clock, Media: far.media, Place: 1})
	st.ok(err)
	st.Cleanup(far.s.Close)
	st.ok(Join(st.s, far.s))
	return far
}

// only is the one call that there is.
func (st *stage) only() csta.ConnectionID {
	st.Helper()
	calls := st.s.State().Calls
	if len(calls) != 1 {
		st.Fatalf("%s has %d calls, want one: %+v", st.s.lab.Name, len(calls), calls)
	}
	return csta.ConnectionID{Call: calls[0].Call}
}

// over holds both sites to have no call and no line in use.
func over(sites ...*stage) {
	for _, st := range sites {
		st.Helper()
		state := st.s.State()
		if len(state.Calls) > 0 {
			st.Errorf("%s: calls are left: %+v", st.s.lab.Name, state.Calls)
		}
		for _, g := range state.Trunks {
			if g.Used > 0 {
				st.Errorf("%s: trunk group %d: %d lines are left in use",
					st.s.lab.Name, g.Number, g.Used)
			}
		}
		if n := len(st.s.ties); n > 0 {
			st.Errorf("%s: %d ends of tie trunks are left", st.s.lab.Name, n)
		}
	}
}

const aMoment = 50 * time.Millisecond // in which a message gets to the other switch

func tieCall(st *stage) {
	far := st.twoSites()
	st.watch("1001")
	far.watch("2001")
	st.says("1001 calls 2001")
	_, err := st.s.MakeCall(csta.MakeCall{
		From: "1001", To: "2001", UserData: &csta.UserData{Text: "order 77"},
	})
	st.ok(err)
	st.pass(aMoment)
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	far.clear(at(far.only(), "2001"))
	st.pass(aMoment)
	over(st, far)
}

func tieBusy(st *stage) {
	far := st.twoSites()
	far.s.devices["2001"].station.calls = far.s.devices["2001"].station.calls[:1]
	far.call("2001", "2002")
	st.lines = nil
	st.watch("1001")
	far.watch("2001")
	a := st.call("1001", "2001")
	st.pass(aMoment)
	st.clear(a)
	far.clear(at(far.only(), "2001"))
	over(st, far)
}

func tieTransfer(st *stage) {
	far := st.twoSites()
	st.watch("1001")
	far.watch("2001")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "1001", UUI: "order 77"})
	st.answer(at(caller, "1001"))
	second := st.consult(at(caller, "1001"), "2001")
	st.pass(aMoment)
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	st.says("1001 transfers")
	_, err := st.s.TransferCall(csta.TransferCall{Active: second, Held: at(caller, "1001")})
	st.ok(err)
	st.pass(aMoment)
	st.says("the caller hangs up")
	st.ok(st.s.OutsideHangUp(caller))
	st.pass(aMoment)
	over(st, far)
}

// overflowLab sends what waits for CM1's agents to a number of CM2.
func overflowLab(to string) (near, south Lab) {
	near, south = siteLabs()
	near.Vectors[0].Steps = []string{
		"queue-to skill 5001 pri m", "wait-time 5 secs hearing ringback",
		"route-to number " + to + " with cov n if unconditionally",
		"wait-time 20 secs hearing music", "goto step 3 if unconditionally",
	}
	return near, south
}

func lookAheadAccepted(st *stage) {
	far := st.join(overflowLab("8101"))
	far.login("4101", "2001", csta.AutoIn)
	st.lines = nil
	st.watch("8001", "5001")
	far.watch("8101", "2001")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	st.pass(5*time.Second + aMoment)
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	st.says("the caller hangs up")
	st.ok(st.s.OutsideHangUp(caller))
	st.pass(aMoment)
	over(st, far)
}

func lookAheadRefused(st *stage) {
	far := st.join(overflowLab("8102"))
	st.watch("8001", "5001", "1001")
	far.watch("8102")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	st.pass(5*time.Second + aMoment)
	st.login("4001", "1001", csta.AutoIn)
	st.answer(at(caller, "1001"))
	st.says("the caller hangs up")
	st.ok(st.s.OutsideHangUp(caller))
	over(st, far)
}
