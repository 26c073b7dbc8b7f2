package pbx

import (
	"slices"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// The expectations are the members that the DMCC schema gives each event.

func TestTheAgentAndTheUserDataOfAnOriginatedCallArePrivateData(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4003", "1003", csta.AuxWork)
	caller, called := st.told("1003"), st.told("1004")
	made, err := st.s.MakeCall(csta.MakeCall{
		From: "1003", To: "1004", UserData: &csta.UserData{Text: "case 7"},
	})
	st.ok(err)
	st.answer(at(made.Connection, "1004"))
	st.hold(made.Connection)
	body := caller["OriginatedEvent"]
	if got := find(body, "OriginatedEventPrivateData", "logicalAgent"); got != `"4003"` {
		t.Errorf("the agent is %s in %s", got, body)
	}
	const hex = `"636173652037"` // "case 7"
	if got := find(body, "OriginatedEventPrivateData", "userData", "string"); got != hex {
		t.Errorf("the user data are %s in %s", got, body)
	}
	if got := find(called["DeliveredEvent"], "userData", "string"); got != hex {
		t.Errorf("the called party was told %s", called["DeliveredEvent"])
	}
	for _, name := range []string{"ServiceInitiatedEvent", "HeldEvent"} {
		for _, member := range []string{"userData", "deviceHistory"} {
			if body := caller[name]; body == nil || find(body, member) != "" {
				t.Errorf("%s has no member %s: %s", name, member, body)
			}
		}
	}
}

func TestATransferListsTheTrunksOfThoseWhoStay(t *testing.T) {
	lab := DefaultLab()
	lab.TrunkGroups = append(lab.TrunkGroups, TrunkGroup{Number: 7, Members: 4})
	st := newStage(t, lab)
	st.login("4001", "1001", csta.AutoIn)
	third := st.told("1003")
	st.incoming(IncomingCall{From: "+15550100124", To: "1010", TrunkGroup: 7})
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "5001", TrunkGroup: 7})
	st.answer(at(caller, "1001"))
	second := st.consult(at(caller, "1001"), "1003")
	_, err := st.s.TransferCall(csta.TransferCall{Active: second, Held: at(caller, "1001")})
	st.ok(err)
	body := third["TransferedEvent"]
	const want = `[{"connection_asn":{"callID":"2","deviceID":"+15550100123:CM1::0"},` +
		`"trunkGroup":"7","trunkMember":"2"}]`
	if got := find(body, "TransferredEventPrivateData", "trunkList"); got != want {
		t.Errorf("the trunks are %s, want %s, in %s", got, want, body)
	}
	if got := find(body, "distributingDevice"); got != `{"deviceIdentifier":"5001:CM1:0.0.0.0:0"}` {
		t.Errorf("the distributing device is %s", got)
	}
}

func TestAVDNThatStillHasTheCallHasNotDistributedIt(t *testing.T) {
	lab := featureLab()
	st := newStage(t, lab)
	first := st.call("1001", "1002")
	st.answer(at(first, "1002"))
	three, err := st.s.ConferenceCall(csta.ConferenceCall{
		Held: first, Active: st.consult(first, "1015"),
	})
	st.ok(err)
	second := st.consult(three.Call, "8001")
	bridge := st.told("1014")
	r, err := st.s.TransferCall(csta.TransferCall{Held: three.Call, Active: second})
	st.ok(err)
	st.answer(at(r.Call, "1014"))
	body := bridge["EstablishedEvent"]
	if got := find(body, "distributingVDN"); body == nil || got != "" {
		t.Errorf("the bridge was told that %s sent the call: %s", got, body)
	}
}

func TestWhatACallHasGoneThroughIsKeptWithTheOriginalCall(t *testing.T) {
	st := newStage(t, featureLab())
	third := st.told("1003")
	call := st.call("1001", "1011")
	st.pass(12 * time.Second) // the default of CoverAfter
	st.answer(at(call, "1012"))
	second := st.consult(at(call, "1012"), "1003")
	_, err := st.s.TransferCall(csta.TransferCall{Active: second, Held: at(call, "1012")})
	st.ok(err)
	body := third["TransferedEvent"]
	got := find(body, "originalCallInfo", "deviceHistory", "oldDeviceID")
	if got != `{"numberDialed":"1011:CM1:0.0.0.0:0"}` {
		t.Errorf("the original call was at %s, in %s", got, body)
	}
	var event struct {
		History []csta.DeviceHistoryItem `json:"deviceHistory"`
	}
	st.ok(csta.Decode(body, &event))
	var left []string
	for _, item := range event.History {
		left = append(left, item.Connection.String()+" "+string(item.Cause))
	}
	want := []string{"1@1011 redirected", "1@1012 transfer"}
	if !slices.Equal(left, want) {
		t.Errorf("the call has left %q, want %q", left, want)
	}
}

func TestABlindTransferComesWhereItsEventSays(t *testing.T) {
	for _, to := range []csta.DeviceID{"3001", "5001", "1011"} {
		t.Run(string(to), func(t *testing.T) {
			lab := featureLab()
			lab.HuntGroups[0].Members = []string{"1001", "1018"}
			st := newStage(t, lab)
			st.login("4001", "1001", csta.AutoIn) // idle the longest, but for the call
			st.login("4002", "1003", csta.AutoIn)
			call := st.call("1002", "1001")
			st.answer(at(call, "1001"))
			r, err := st.s.SingleStepTransferCall(csta.SingleStepTransferCall{
				Active: at(call, "1001"), To: to,
			})
			st.ok(err)
			var said, rings []string
			for _, item := range r.Connections {
				said = append(said, item.New.Device.Extension())
			}
			for _, p := range st.s.State().Calls[0].Parties {
				rings = append(rings, p.Connection.Device.Extension())
			}
			if !slices.Equal(said, rings) {
				t.Errorf("the event and the answer say %q, and there are %q", said, rings)
			}
		})
	}
}

func TestASkillHandsOnACallThatWasMadeToIt(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	st.lines = nil
	st.watch("5001", "5001*", "1001")
	call := st.incoming(IncomingCall{From: "+15550100123", To: "5001"})
	st.answer(at(call, "1001"))
	st.holds([]claim{
		{"a skill's monitor is told that the call leaves it", []string{
			"5001 Diverted 1@5001 L=null redirected to 1001",
		}, nil},
		{"a call monitor of the skill follows the call to its end", []string{
			"5001* Delivered 1@1001", "5001* Established 1@1001",
		}, nil},
		{"the agent is told of the skill", []string{
			"1001 Delivered 1@1001 L=alerting newCall +15550100123>5001 from 5001 " +
				"trunk 1/1 acd 5001",
		}, nil},
	})
}

func TestABusyAgentSaysWhatFollows(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	events := st.told("5001")
	call := st.incoming(IncomingCall{To: "5001"})
	yes := true
	st.agent("1001", csta.NotReady, csta.SetAgentPrivate{Pending: &yes})
	st.answer(at(call, "1001"))
	body := events["AgentBusyEvent"]
	if got := find(body, "pendingAgentState"); got != `"agentNotReady"` {
		t.Errorf("what follows is %s, in %s", got, body)
	}
}

func TestTheAnswerToAPredictiveCallHasAReason(t *testing.T) {
	st := newStage(t, DefaultLab())
	var reasons []csta.ReasonCode
	_, err := st.s.Monitor(csta.MonitorStart{
		Object: csta.MonitorObject{Device: "8001"}, Type: csta.CallMonitor,
	}, "1", func(ev csta.Event) {
		if answered, ok := ev.(csta.Established); ok {
			reasons = append(reasons, answered.Private.Reason)
		}
	})
	st.ok(err)
	st.login("4001", "1001", csta.AutoIn)
	made, err := st.s.MakePredictiveCall(csta.MakePredictiveCall{From: "8001", To: "+15550100777"})
	st.ok(err)
	st.pass(8 * time.Second)
	st.answer(at(made.Connection, "1001"))
	if want := []csta.ReasonCode{"answerNormal", ""}; !slices.Equal(reasons, want) {
		t.Errorf("got %q, want %q: the customer's answer, then the agent's", reasons, want)
	}
}

// TestWhatIsKnownOfACallerGoesWithIt: what the caller entered, the user data and who called
// come with every event of arrival, over a conference and a transfer (DMCC schema:
// originalCallInfo).
func TestWhatIsKnownOfACallerGoesWithIt(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4006", "1006", csta.AutoIn)
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8002", UUI: "order 77"})
	ucid := st.s.State().Calls[0].UCID
	st.ok(st.s.OutsideDigits(caller, "1"))
	st.answer(at(caller, "1006"))
	three, err := st.s.ConferenceCall(csta.ConferenceCall{
		Held: at(caller, "1006"), Active: st.consult(at(caller, "1006"), "1003"),
	})
	st.ok(err)
	st.answer(at(three.Call, "1003"))
	st.clear(at(three.Call, "1006"))
	last := st.told("1004")
	second := st.consult(at(three.Call, "1003"), "1004")
	_, err = st.s.TransferCall(csta.TransferCall{Held: at(three.Call, "1003"), Active: second})
	st.ok(err)
	body := last["TransferedEvent"]
	for what, want := range map[string]string{
		"data": `"1"`, "collectVDN": `"8002:CM1:0.0.0.0:0"`,
		"globallyUniqueCallLinkageID": `"` + ucid + `"`,
	} {
		if got := find(body, "originalCallInfo", what); got != want {
			t.Errorf("%s is %s, want %s, in %s", what, got, want, body)
		}
	}
	state := st.s.State().Calls[0]
	if state.UUI != "order 77" || state.Digits != "1" || state.UCID != ucid {
		t.Errorf("the call is %+v", state)
	}
}
