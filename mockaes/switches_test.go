package mockaes_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// twoSites is the default lab as CM1, and CM2 with a 1001 of its own, stations 2001 and
// 2002, and a VDN whose calls wait for skill 5101. 7 and a number of the other switch
// reaches it.
func twoSites() mockaes.Options {
	near := pbx.DefaultLab()
	near.TrunkGroups = append(near.TrunkGroups, pbx.TrunkGroup{Number: 5, Members: 3, To: "CM2"})
	near.Uniform = []dialplan.Uniform{
		{Number: "2*", TrunkGroup: 5},
		{Number: "7*", TrunkGroup: 5, Delete: 1},
	}
	far := pbx.Lab{
		Name: "CM2", Node: 2,
		Stations: []pbx.Station{
			{Extension: "1001", SecurityCode: "123456"},
			{Extension: "2001", SecurityCode: "123456"},
			{Extension: "2002", SecurityCode: "123456"},
		},
		Skills:      []pbx.Skill{{Extension: "5101"}},
		VDNs:        []pbx.VDN{{Extension: "8101", Vector: 1}},
		Vectors:     []pbx.Vector{{Number: 1, Steps: []string{"queue-to skill 5101", "stop"}}},
		TrunkGroups: []pbx.TrunkGroup{{Number: 5, Members: 3, To: "CM1"}, {Number: 1, Members: 2}},
		Uniform: []dialplan.Uniform{
			{Number: "71*", TrunkGroup: 5, Delete: 1}, {Number: "10*", TrunkGroup: 5},
		},
	}
	return mockaes.Options{Lab: &near, Switches: []pbx.Lab{far}}
}

// silentSites is the same without audio.
func silentSites() mockaes.Options {
	o := twoSites()
	o.Silent = true
	return o
}

// decoded is an event as the client would read it.
func decoded[T any](t *testing.T, payload []byte) (ev T) {
	t.Helper()
	if err := csta.Decode(payload, &ev); err != nil {
		t.Fatal(err)
	}
	return ev
}

func TestACallFromOneSwitchToTheOther(t *testing.T) {
	bubble(t, silentSites(), func(t *testing.T, srv *mockaes.Server) {
		near, far := login(t, srv), login(t, srv)
		caller, callee := near.device("1001"), far.device("2001:cm2")
		near.monitor(caller)
		far.monitor(callee)
		near.must("MakeCall", `{"callingDevice":"`+caller+`","calledDirectoryNumber":"2001",`+
			`"userData":{"string":"6f7264657220373"}}`, nil)
		reached := decoded[csta.NetworkReached](t, near.event("NetworkReachedEvent"))
		if got := reached.Interface.Device; got != "T5#1:CM1::0" {
			t.Errorf("the call left by %s", got)
		}
		rings := far.event("DeliveredEvent")
		there := decoded[csta.Delivered](t, rings)
		if there.Calling.Device.Extension() != "1001" && there.Private.TrunkGroup != "5" {
			t.Errorf("%s calls by trunk group %s", there.Calling.Device, there.Private.TrunkGroup)
		}
		here := decoded[csta.Delivered](t, near.event("DeliveredEvent"))
		if here.Linkage != there.Linkage {
			t.Errorf("UCIDs %v and %v", here.Linkage, there.Linkage)
		}
		far.must("AnswerCall", `{"callToBeAnswered":`+connection(t, rings, "connection")+`}`, nil)
		near.event("EstablishedEvent")

		// The consulted party is the other 1001: the call ids of both switches are alike.
		id := connection(t, far.event("EstablishedEvent"), "establishedConnection")
		other := login(t, srv)
		third := other.device("1001:CM2")
		other.monitor(third)
		consulted := far.ask("ConsultationCall",
			`{"existingCall":`+id+`,"consultedDevice":"1001"}`)
		second := connection(t, consulted.Payload, "initiatedCall")
		other.must("AnswerCall", `{"callToBeAnswered":`+
			connection(t, other.event("DeliveredEvent"), "connection")+`}`, nil)
		far.must("TransferCall", `{"heldCall":`+id+`,"activeCall":`+second+`}`, nil)
		far.event("TransferedEvent")
		other.event("TransferedEvent")
		call := srv.Switch().State().Calls[0].Parties[0].Connection
		near.must("ClearConnection", fmt.Sprintf(
			`{"connectionToBeCleared":{"callID":%q,"deviceID":%q}}`, call.Call, call.Device), nil)
		other.event("ConnectionClearedEvent")
		pass(time.Second)
		state := srv.State()
		if n := len(state.Switch.Calls) + len(state.Switches[0].Calls); n != 0 {
			t.Errorf("%d calls are left", n)
		}
	})
}

func TestARequestIsForOneSwitch(t *testing.T) {
	for name, tt := range map[string]struct {
		service, payload string
		want             csta.FaultCode
	}{
		"a device of a switch that is not there": {
			"GetDeviceId", `{"switchName":"CM3","extension":"1001"}`, csta.InvalidDeviceID,
		},
		"a station that only the other switch has": {
			"GetDeviceId", `{"switchName":"CM1","extension":"2001"}`, csta.InvalidDeviceID,
		},
		"a call to an id of the other switch": {
			"MakeCall", `{"callingDevice":"1001:CM1::0","calledDirectoryNumber":"1001:CM2::0"}`,
			csta.InvalidCalledDeviceID,
		},
		"calls of two switches become one": {
			"TransferCall", `{"heldCall":{"callID":"1","deviceID":"1001:CM1::0"},` +
				`"activeCall":{"callID":"1","deviceID":"1001:CM2::0"}}`, csta.InvalidDeviceID,
		},
		"a deflection to an id of the other switch": {
			"DeflectCall", `{"callToBeDiverted":{"callID":"2","deviceID":"1003:CM1::0"},` +
				`"newDestination":"2001:CM2::0"}`, csta.InvalidDestination,
		},
		"the clock of a switch that is not there": {
			"GetTimeOfDay", `{"switchName":"CM3"}`, csta.InvalidDeviceID,
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, silentSites(), func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				// Call 1 of each switch is that of its 1001, on hold at CM1; call 2 of CM1 rings.
				c.must("MakeCall", `{"callingDevice":"1001:CM1::0",`+
					`"calledDirectoryNumber":"7101"}`, nil)
				c.must("HoldCall",
					`{"callToBeHeld":{"callID":"1","deviceID":"1001:CM1::0"}}`, nil)
				c.must("MakeCall", `{"callingDevice":"1001:CM2::0",`+
					`"calledDirectoryNumber":"2001"}`, nil)
				c.must("MakeCall", `{"callingDevice":"1002:CM1::0",`+
					`"calledDirectoryNumber":"1003"}`, nil)
				if got := c.refused(tt.service, tt.payload); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			})
		})
	}
}

func TestTheLinkToOneSwitchIsLost(t *testing.T) {
	bubble(t, silentSites(), func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.must("CallInformationEventsStart", `{}`, nil)
		c.must("SystemRegister", `{"requestTypes":{"systemStatus":true},`+
			`"extensions":{"privateData":{"private":{"SystemRegisterPrivateData":`+
			`{"switchName":"CM1"}}}}}`, nil)
		near, far := c.device("1001"), c.device("1001:CM2")
		kept, lost := c.monitor(near), c.monitor(far)
		if status, body := admin(t, srv, "POST", "/link",
			`{"up":false,"switch":"CM2"}`); status != http.StatusOK {
			t.Fatalf("HTTP %d %s", status, body)
		}
		stopped := decoded[csta.MonitorStopped](t, c.event("MonitorStopEvent"))
		if got := string(stopped.CrossRefID); got != lost || got == kept {
			t.Errorf("monitor %s was ended, want %s", got, lost)
		}
		if down := decoded[csta.LinkDown](t, c.event("LinkDownEvent")); down.Link != "CM2" {
			t.Errorf("link %q is down", down.Link)
		}
		if got := c.refused("SnapshotDevice",
			`{"snapshotObject":"`+far+`"}`); got != csta.ResourceOutOfServe {
			t.Errorf("a device behind the lost link: %s", got)
		}
		c.must("SnapshotDevice", `{"snapshotObject":"`+near+`"}`, nil)
		links := decoded[csta.Links](t, c.ask("GetLinkStatus", `{}`).Payload)
		if len(links.List) != 2 || !links.List[0].Up || links.List[1].Up {
			t.Errorf("links: %+v", links.List)
		}
		c.must("MakeCall", `{"callingDevice":"`+near+`","calledDirectoryNumber":"2001"}`, nil)
		c.event("DeliveredEvent") // the trunk between the switches is no CTI link
		if state := srv.State(); !state.LinkUp || state.Switches[0].LinkUp {
			t.Errorf("links up: %v and %v", state.LinkUp, state.Switches[0].LinkUp)
		}
		if err := srv.SetLinkOf("CM2", true); err != nil {
			t.Fatal(err)
		}
		if up := decoded[csta.LinkUp](t, c.event("LinkUpEvent")); up.Link != "CM2" {
			t.Errorf("link %q is up", up.Link)
		}
		c.monitor(far)
		if err := srv.SetLinkOf("CM3", true); err == nil {
			t.Error("there is a link to CM3")
		}
	})
}

func TestCallersComeInAtTheSwitchThatIsNamed(t *testing.T) {
	bubble(t, silentSites(), func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("2001:CM2"))
		status, body := admin(t, srv, "POST", "/calls",
			`{"to":"2001","from":"+15550100123","switch":"CM2"}`)
		if status != http.StatusOK {
			t.Fatalf("HTTP %d %s", status, body)
		}
		c.event("DeliveredEvent")
		if got := len(srv.SwitchNamed("cm2").State().Calls); got != 1 {
			t.Errorf("CM2 has %d calls", got)
		}
		status, body = admin(t, srv, "POST", "/calls/1/hangup",
			`{"device":"+15550100123:CM2::0"}`)
		if status != http.StatusOK {
			t.Fatalf("HTTP %d %s", status, body)
		}
		c.event("ConnectionClearedEvent")
		if status, _ := admin(t, srv, "POST", "/calls", `{"to":"2001","switch":"CM3"}`); status !=
			http.StatusConflict {
			t.Errorf("HTTP %d for a switch that is not there", status)
		}
		if srv.SwitchNamed("") != nil || srv.SwitchNamed("CM3") != nil {
			t.Error("there is a switch without a name, or CM3")
		}
	})
}

func TestRightsMayBeForOneSwitch(t *testing.T) {
	o := silentSites()
	o.Users = []mockaes.User{
		{Name: "cti", Password: "cti-secret", Devices: []string{"1001:CM2", "1002"}},
	}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.device("1001:CM2")
		c.device("1002")
		if got := c.refused("GetDeviceId",
			`{"switchName":"CM1","extension":"1001"}`); got != csta.PrivilegeViolation {
			t.Errorf("got %s", got)
		}
	})
}

func TestFurtherSwitchesAreChecked(t *testing.T) {
	for name, tt := range map[string]struct {
		want   string
		change func(*mockaes.Options)
	}{
		"without a name": {"needs a name and a node", func(o *mockaes.Options) {
			o.Switches[0].Name = ""
		}},
		"with a mistake": {
			"switch CM2: pbx: lab: station 1001: the number is taken",
			func(o *mockaes.Options) { o.Switches[0].Stations[1].Extension = "1001" },
		},
		"with the name of the first": {"two switches are called", func(o *mockaes.Options) {
			o.Switches[0].Name, o.Switches[0].TrunkGroups, o.Switches[0].Uniform = "CM1", nil, nil
		}},
		"with a trunk that leads nowhere": {`there is no switch "CM2"`, func(o *mockaes.Options) {
			o.Switches = nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			o := silentSites()
			tt.change(&o)
			if err := o.Check(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}
