package pbx

import (
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// TestAnOriginalCallIsKnownAtTheOtherSwitch: a customer calls 1001, who sends the call on
// to 2001 without asking. The other switch is told who has called whom, in its own ids.
func TestAnOriginalCallIsKnownAtTheOtherSwitch(t *testing.T) {
	st, far := twoStages(t, nil)
	agent := far.told("2001")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "1001", UUI: "order 77"})
	st.answer(at(caller, "1001"))
	_, err := st.s.SingleStepTransferCall(csta.SingleStepTransferCall{
		Active: at(caller, "1001"), To: "2001",
	})
	st.ok(err)
	st.pass(aMoment)
	rings := agent["DeliveredEvent"]
	for path, want := range map[string]string{
		"networkCallingDevice": `{"deviceIdentifier":"+15550100123:CM2::0"}`,
		"networkCalledDevice":  `{"deviceIdentifier":"1001:CM2::0"}`,
		"reason":               "3", // transferred (TSAPI)
	} {
		if got := find(rings, "originalCallInfo", path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	if got := find(rings, "callingDevice"); got != `{"deviceIdentifier":"+15550100123:CM2::0"}` {
		t.Errorf("the caller is %s", got)
	}
	a, b := st.s.State().Calls[0], far.s.State().Calls[0]
	if a.UCID != b.UCID || b.UUI != "order 77" {
		t.Errorf("UCIDs %s and %s, user data %q", a.UCID, b.UCID, b.UUI)
	}
}

// TestForwardedToTheOtherSwitch: 2001 is told that the call was redirected from 1002.
func TestForwardedToTheOtherSwitch(t *testing.T) {
	st, far := twoStages(t, nil)
	st.ok(st.s.SetForwarding(csta.SetForwarding{
		Device: "1002", Activate: true, To: "2001", Type: csta.ForwardImmediate,
	}))
	called := far.told("2001")
	st.call("1001", "1002")
	st.pass(aMoment)
	if got := find(called["DeliveredEvent"], "lastRedirectionDevice"); !strings.Contains(got,
		`"1002:CM2::0"`) {
		t.Errorf("redirected from %s", got)
	}
}

// TestDisplaysNameTheOtherEnd follows what two telephones show, through the answer and a
// transfer at the other switch (ISDN: calling, connected and redirected name).
func TestDisplaysNameTheOtherEnd(t *testing.T) {
	st, far := twoStages(t, func(near, _ *Lab) {
		near.Stations[0].Name, near.Stations[2].Name = "Ada", "Cleo"
	})
	shows := func(of *stage, ext, want string) {
		t.Helper()
		d := of.s.devices[ext]
		var shown *party
		for _, p := range d.parties {
			shown = p
		}
		if got := d.displayFor(of.s, shown); got != want {
			t.Errorf("%s shows %q, want %q", ext, got, want)
		}
	}
	a := st.call("1001", "2001")
	st.pass(aMoment)
	shows(far, "2001", "a= Ada 1001")
	shows(st, "1001", "a= 2001")
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	shows(st, "1001", "a= South 1 2001")

	second := st.consult(a, "1003")
	st.answer(at(second, "1003"))
	_, err := st.s.TransferCall(csta.TransferCall{Held: a, Active: second})
	st.ok(err)
	st.pass(aMoment)
	shows(far, "2001", "a= Cleo 1003")
}

// TestUserDataOfATransferReachesTheOtherSwitch: what is sent with the consultation is
// that of the call from then on.
func TestUserDataOfATransferReachesTheOtherSwitch(t *testing.T) {
	st, far := twoStages(t, nil)
	a := st.call("1001", "2001")
	st.pass(aMoment)
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	r, err := st.s.ConsultationCall(csta.ConsultationCall{
		Existing: a, To: "1003", UserData: &csta.UserData{Text: "gold"},
	})
	st.ok(err)
	st.answer(at(r.Initiated, "1003"))
	_, err = st.s.TransferCall(csta.TransferCall{Held: a, Active: r.Initiated})
	st.ok(err)
	st.pass(aMoment)
	if got := far.s.State().Calls[0].UUI; got != "gold" {
		t.Errorf("the other switch has %q", got)
	}
}

// TestAConferenceOverATie: all three parties of two switches, and who leaves.
func TestAConferenceOverATie(t *testing.T) {
	st, far := twoStages(t, nil)
	a := st.call("1001", "1002")
	st.answer(at(a, "1002"))
	second := st.consult(a, "2001")
	st.pass(aMoment)
	there := at(far.only(), "2001")
	far.answer(there)
	st.pass(aMoment)
	r, err := st.s.ConferenceCall(csta.ConferenceCall{Held: a, Active: second})
	st.ok(err)
	if n := len(st.s.State().Calls[0].Parties); n != 3 {
		t.Errorf("%d parties", n)
	}
	st.clear(at(r.Call, "1001"))
	st.pass(time.Second)
	if n := len(far.s.State().Calls); n != 1 {
		t.Errorf("%d calls at the other switch while 1002 stays", n)
	}
	far.clear(there)
	st.pass(time.Second)
	over(st, far)
}

// TestACallPassesThroughAThirdSwitch: CM1 reaches CM3 by CM2 only.
func TestACallPassesThroughAThirdSwitch(t *testing.T) {
	clock := clock.NewVirtual(start)
	station := func(ext string) []Station { return []Station{{Extension: ext}} }
	labs := []Lab{
		{
			Name: "CM1", Node: 1, Stations: station("1001"),
			TrunkGroups: []TrunkGroup{{Number: 5, Members: 1, To: "CM2"}},
			Uniform:     []dialplan.Uniform{{Number: "3*", TrunkGroup: 5}},
		},
		{
			Name: "CM2", Node: 2,
			TrunkGroups: []TrunkGroup{
				{Number: 5, Members: 1, To: "CM1"}, {Number: 6, Members: 1, To: "CM3"},
			},
			Uniform: []dialplan.Uniform{{Number: "3*", TrunkGroup: 6}},
		},
		{
			Name: "CM3", Node: 3, Stations: station("3001"),
			TrunkGroups: []TrunkGroup{{Number: 6, Members: 1, To: "CM2"}},
		},
	}
	var all []*stage
	var switches []*Switch
	for i, lab := range labs {
		s, err := New(lab, Options{Clock: clock, Place: i})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		switches = append(switches, s)
		all = append(all, &stage{T: t, s: s, clock: clock})
	}
	st, end := all[0], all[2]
	st.ok(Join(switches...))
	a := st.call("1001", "3001")
	st.pass(2 * aMoment)
	end.answer(at(end.only(), "3001"))
	st.pass(2 * aMoment)
	if got := st.s.State().Calls[0].Parties[1].State; got != csta.Connected {
		t.Errorf("the far end is %s", got)
	}
	first, last := st.s.State().Calls[0], end.s.State().Calls[0]
	if first.UCID != last.UCID || last.Calling != "1001:CM3::0" {
		t.Errorf("UCIDs %s and %s, %s calls", first.UCID, last.UCID, last.Calling)
	}
	st.clear(a)
	st.pass(2 * aMoment)
	over(all...)
}
