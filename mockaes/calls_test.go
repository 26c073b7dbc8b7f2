package mockaes_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// names collects the names of events as they come, until the last is of that name.
func (c *client) names(last string) []string {
	c.t.Helper()
	var names []string
	for {
		frame := c.any()
		names = append(names, frame.Name)
		if frame.Name == last {
			return names
		}
	}
}

// connection takes the id of a connection out of a member of an answer or event.
func connection(t *testing.T, payload []byte, name string) string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(payload, &members); err != nil {
		t.Fatalf("%v: %s", err, payload)
	}
	return string(members[name])
}

func TestTwoStationsTalk(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		a, b := login(t, srv), login(t, srv)
		a.monitor(a.device("1001"))
		b.monitor(b.device("1002"))
		made := a.ask("MakeCall",
			`{"callingDevice":"1001:CM1:0.0.0.0:0","calledDirectoryNumber":"1002"}`)
		mine := connection(t, made.Payload, "callingDevice")
		theirs := connection(t, b.event("DeliveredEvent"), "connection")
		b.must("AnswerCall", `{"callToBeAnswered":`+theirs+`}`, nil)
		a.must("HoldCall", `{"callToBeHeld":`+mine+`}`, nil)
		a.must("RetrieveCall", `{"callToBeRetrieved":`+mine+`}`, nil)
		a.must("ClearConnection", `{"connectionToBeCleared":`+mine+`}`, nil)
		want := []string{
			"ServiceInitiatedEvent", "OriginatedEvent", "DeliveredEvent",
			"EstablishedEvent", "HeldEvent", "RetrievedEvent", "ConnectionClearedEvent",
		}
		if diff := cmp.Diff(want, a.names("ConnectionClearedEvent")); diff != "" {
			t.Errorf("events at the caller (-want +got)\n%s", diff)
		}
		got := a.refused("ClearConnection", `{"connectionToBeCleared":`+mine+`}`)
		if got != csta.NoConnectionToClear {
			t.Errorf("clearing a call that is gone: %s", got)
		}
	})
}

func TestRefusalsFitTheState(t *testing.T) {
	tests := []struct {
		name, service, payload string
		want                   csta.FaultCode
	}{
		{
			"an extension that is not there", "GetDeviceId",
			`{"switchName":"CM1","extension":"1999"}`, csta.InvalidDeviceID,
		},
		{
			"a switch that is not there", "GetDeviceId",
			`{"switchName":"CM2","extension":"1001"}`, csta.InvalidDeviceID,
		},
		{
			"a call from nowhere", "MakeCall",
			`{"callingDevice":"1999:CM1::0","calledDirectoryNumber":"1002"}`,
			csta.InvalidCallingDeviceID,
		},
		{
			"a call that is not there", "AnswerCall",
			`{"callToBeAnswered":{"callID":"9","deviceID":"1001:CM1::0"}}`, csta.InvalidCallID,
		},
		{
			"a monitor that is not there", "MonitorStop",
			`{"monitorCrossRefID":"77"}`, csta.InvalidMonitorCrossRefID,
		},
		{
			"a monitor of nothing", "MonitorStart", `{}`, csta.InvalidDeviceID,
		},
		{
			"a device id that was not asked for", "ReleaseDeviceId",
			`{"device":"1001:CM1:0.0.0.0:0"}`, csta.InvalidDeviceID,
		},
		{"a service that is not known", "Fly", `{}`, csta.ServiceNotSupported},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				if got := c.refused(tt.service, tt.payload); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			})
		})
	}
}

func TestQueueCallReachesAnAgent(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("1001"))
		c.must("SetAgentState", `{"device":"1001:CM1:0.0.0.0:0","requestedAgentState":"loggedOn",`+
			`"agentID":"4001","password":"34333231","extensions":{"privateData":{"private":`+
			`{"SetAgentStatePrivateData":{"workMode":"manualIn"}}}}}`, nil)
		caller, err := srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: "8001"})
		if err != nil {
			t.Fatal(err)
		}
		var arrived csta.Delivered
		if err := csta.Decode(c.event("DeliveredEvent"), &arrived); err != nil {
			t.Fatal(err)
		}
		if arrived.Connection.Call != caller.Call {
			t.Errorf("call %s rang, want %s", arrived.Connection.Call, caller.Call)
		}
		if got := arrived.Private.DistributingVDN.Device.Extension(); got != "8001" {
			t.Errorf("it came by VDN %q", got)
		}
		if got := arrived.Private.ACDGroup.Extension(); got != "5001" {
			t.Errorf("it came by skill %q", got)
		}
	})
}

func TestDeviceIDsBelongToSessions(t *testing.T) {
	const own = `{"switchName":"CM1","extension":"1001"}`
	const shared = `{"switchName":"CM1","extension":"1001","controllableByOtherSessions":true}`
	tests := []struct {
		name          string
		first, second string
		want          csta.FaultCode // of the second
	}{
		{"who does not share keeps it", own, own, csta.ResourceBusy},
		{"sharing takes two", shared, own, csta.ResourceBusy},
		{"sharing takes the first as well", own, shared, csta.ResourceBusy},
		{"both share", shared, shared, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				a, b := login(t, srv), login(t, srv)
				a.must("GetDeviceId", tt.first, nil)
				a.must("GetDeviceId", tt.first, nil) // once more is no harm
				if tt.want == "" {
					b.must("GetDeviceId", tt.second, nil)
					return
				}
				if got := b.refused("GetDeviceId", tt.second); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
				a.must("ReleaseDeviceId", `{"device":"1001:CM1:0.0.0.0:0"}`, nil)
				b.must("GetDeviceId", tt.second, nil)
			})
		})
	}
}

func TestUsersControlTheirDevicesOnly(t *testing.T) {
	o := mockaes.Options{Users: []mockaes.User{
		{Name: "cti", Password: "cti-secret", Devices: []string{"1001", "1003"}},
	}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.device("1001")
		for service, payload := range map[string]string{
			"GetDeviceId":  `{"switchName":"CM1","extension":"1002"}`,
			"MonitorStart": `{"monitorObject":{"deviceObject":"1002:CM1::0"}}`,
			"MakeCall":     `{"callingDevice":"1002:CM1::0","calledDirectoryNumber":"1001"}`,
			"RegisterTerminal": `{"device":"1002:CM1::0",` +
				`"loginInfo":{"password":"123456"}}`,
			"SetAgentState": `{"device":"1002:CM1::0","requestedAgentState":"loggedOn"}`,
		} {
			if got := c.refused(service, payload); got != csta.PrivilegeViolation {
				t.Errorf("%s: got %s", service, got)
			}
		}
		c.must("GetThirdPartyDeviceId", `{"switchName":"CM1","extension":"1002"}`, nil)
		c.must("MakeCall", `{"callingDevice":"1001:CM1::0","calledDirectoryNumber":"1002"}`, nil)
	})
}

func TestWrongSecurityCodeIsAnAnswer(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		var got csta.TerminalRegistered
		frame := c.ask("RegisterTerminal", `{"device":"1001:CM1:0.0.0.0:0","loginInfo":`+
			`{"forceLogin":true,"password":"000000","mediaMode":"NONE","dependencyMode":"MAIN"}}`)
		if err := csta.Decode(frame.Payload, &got); err != nil {
			t.Fatal(err)
		}
		if got.Code == csta.NormalRegister || got.Reason == "" {
			t.Errorf("got code %d, reason %q", got.Code, got.Reason)
		}
	})
}

func TestMonitorsAreLimited(t *testing.T) {
	o := mockaes.Options{Limits: mockaes.Limits{SessionMonitors: 2, Monitors: 3}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		a, b := login(t, srv), login(t, srv)
		const start = `{"monitorObject":{"deviceObject":"1001:CM1::0"}}`
		first := a.monitor("1001:CM1::0")
		a.monitor("1001:CM1::0")
		if got := a.refused("MonitorStart", start); got != csta.ObjectMonitorLimit {
			t.Errorf("the third of a session: %s", got)
		}
		b.monitor("1002:CM1::0")
		if got := b.refused("MonitorStart", start); got != csta.MonitorLimit {
			t.Errorf("the fourth of all: %s", got)
		}
		a.must("MonitorStop", `{"monitorCrossRefID":"`+first+`"}`, nil)
		b.monitor("1001:CM1::0")
		if got := len(srv.State().Sessions); got != 2 {
			t.Errorf("%d sessions", got)
		}
	})
}

func TestSessionsAreLimited(t *testing.T) {
	o := mockaes.Options{Limits: mockaes.Limits{Sessions: 1, Sockets: 2}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		a := login(t, srv)
		b := open(t, srv)
		start := `{"ApplicationID":"x"}`
		if got := a.refused("StartApplicationSession", start); got != csta.MaxNumberSessions {
			t.Errorf("a second session on one socket: %s", got)
		}
		if got := b.refused("StartApplicationSession", start); got != csta.MaxNumberSessions {
			t.Errorf("a second session: %s", got)
		}
		if _, status := dial(t, srv, goodBasic); status != 503 {
			t.Errorf("a third socket: HTTP %d", status)
		}
		_ = a.ws.CloseNow()
		pass(2 * time.Minute)
		b = login(t, srv)
		b.device("1001")
	})
}
