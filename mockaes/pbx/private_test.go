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
