package mockaes_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
)

// sessionMonitor starts a monitor for lists, as DMCC clients in the field do.
const sessionMonitor = `{"monitorObject":{"deviceObject":""},"extensions":{"privateData":` +
	`{"private":{"AvayaEvents":{"invertFilter":true,"deviceServices":{` +
	`"getDeviceIdList":true,"getMonitorList":true,"transferMonitorObjects":true}}}}}}`

func TestMonitorsAreHandedOn(t *testing.T) {
	o := mockaes.Options{Quirks: []string{"resume=no"}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		lost := open(t, srv)
		old, _ := lost.start()
		ref := lost.monitor(lost.device("1001"))
		lost.must("RegisterTerminalRequest", `{"device":"1001:CM1:0.0.0.0:0","loginInfo":`+
			`{"password":"123456","mediaMode":"NONE"}}`, nil)
		srv.Cut()
		lost.closed()

		c := open(t, srv)
		id, _ := c.start()
		c.must("MonitorStart", sessionMonitor, nil)
		c.must("TransferMonitorObjects",
			`{"fromSessionID":"`+old+`","toSessionID":"`+id+`"}`, nil)
		var moved csta.MonitorObjectsTransferred
		if err := csta.Decode(c.event("TransferMonitorObjectsEvent"), &moved); err != nil {
			t.Fatal(err)
		}
		if len(moved.Monitors) != 1 || !moved.Final || moved.From != old || moved.To != id ||
			string(moved.Monitors[0].Monitors[0].CrossRefID) != ref {
			t.Errorf("got %+v", moved)
		}
		c.must("MakeCall", `{"callingDevice":"1001:CM1::0","calledDirectoryNumber":"1002"}`, nil)
		var began csta.Originated
		if err := csta.Decode(c.event("OriginatedEvent"), &began); err != nil {
			t.Fatal(err)
		}
		if string(began.CrossRefID) != ref {
			t.Errorf("the event is for monitor %s, want %s", began.CrossRefID, ref)
		}
		var released csta.TerminalReleased
		frame := c.ask("UnregisterTerminal", `{"device":"1001:CM1:0.0.0.0:0"}`)
		if err := csta.Decode(frame.Payload, &released); err != nil || released.Code != 1 {
			t.Errorf("the registration was not handed on: %s", frame.Payload)
		}
		c.must("ReleaseDeviceId", `{"device":"1001:CM1:0.0.0.0:0"}`, nil)
		c.must("MonitorStop", `{"monitorCrossRefID":"`+ref+`"}`, nil)
	})
}

func TestSessionsOfOthersAreNotHandedOn(t *testing.T) {
	o := mockaes.Options{Users: []mockaes.User{
		mockaes.DefaultUser, {Name: "other", Password: "secret"},
	}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		a := open(t, srv)
		id, _ := a.start()
		b, _ := dial(t, srv, basic("other", "secret"))
		own, _ := b.start()
		for service, payload := range map[string]string{
			"TransferMonitorObjects": `{"fromSessionID":"` + id + `","toSessionID":"` + own + `"}`,
			"GetMonitorList":         `{"sessionID":"` + id + `"}`,
			"GetDeviceIdList":        `{"sessionID":"` + id + `"}`,
		} {
			if got := b.refused(service, payload); got != csta.InvalidSessionID {
				t.Errorf("%s: got %s", service, got)
			}
		}
		frame := b.ask("GetSessionIdList", `{}`)
		if text := string(frame.Payload); strings.Contains(text, id) ||
			!strings.Contains(text, own) {
			t.Errorf("the list is %s", text)
		}
	})
}

func TestListsOfWhatASessionHolds(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		id, _ := c.start()
		c.must("MonitorStart", sessionMonitor, nil)
		c.monitor(c.device("1002"))
		c.monitor(c.device("1001"))
		c.must("GetDeviceIdList", `{"sessionID":"`+id+`"}`, nil)
		var devices csta.DeviceIDList
		if err := csta.Decode(c.event("GetDeviceIdListEvent"), &devices); err != nil {
			t.Fatal(err)
		}
		want := []csta.DeviceID{"1001:CM1:0.0.0.0:0", "1002:CM1:0.0.0.0:0"}
		if diff := cmp.Diff(want, devices.Devices); diff != "" {
			t.Errorf("devices (-want +got)\n%s", diff)
		}
		c.must("GetMonitorList", `{}`, nil)
		var monitors csta.MonitorList
		if err := csta.Decode(c.event("GetMonitorListEvent"), &monitors); err != nil {
			t.Fatal(err)
		}
		if len(monitors.Monitors) != 2 || monitors.Monitors[0].Object.Device != want[1] {
			t.Errorf("got %+v", monitors.Monitors)
		}
		c.must("CleanupSession", `{}`, nil)
		if got := srv.State().Sessions[0]; len(got.Monitors)+len(got.Devices) > 0 {
			t.Errorf("after the clean-up it holds %v and %v", got.Monitors, got.Devices)
		}
		c.monitor(c.device("1001")) // the session itself lives on
	})
}

func TestLinkToTheSwitch(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		ref := c.monitor(c.device("1001"))
		c.must("CallInformationEventsStart", `{"linkUp":true,"linkDown":true}`, nil)
		c.must("SystemRegister", `{"requestTypes":{"systemStatus":true}}`, nil)
		admin(t, srv, "POST", "/link", `{"up":false}`)
		var stopped csta.MonitorStopped
		if err := csta.Decode(c.event("MonitorStop"), &stopped); err != nil {
			t.Fatal(err)
		}
		if string(stopped.CrossRefID) != ref {
			t.Errorf("monitor %s was stopped, want %s", stopped.CrossRefID, ref)
		}
		var down csta.LinkDown
		if err := csta.Decode(c.event("LinkDownEvent"), &down); err != nil || down.Link != "CM1" {
			t.Errorf("%v: link %q is down", err, down.Link)
		}
		var status csta.SystemStatus
		if err := csta.Decode(c.event("SystemStatus"), &status); err != nil ||
			status.Status != csta.SystemDisabled {
			t.Errorf("%v: the system is %s", err, status.Status)
		}
		for service, payload := range map[string]string{
			"MakeCall":     `{"callingDevice":"1001:CM1::0","calledDirectoryNumber":"1002"}`,
			"GetDeviceId":  `{"switchName":"CM1","extension":"1001"}`,
			"MonitorStart": `{"monitorObject":{"deviceObject":"1001:CM1::0"}}`,
		} {
			if got := c.refused(service, payload); got != csta.ResourceOutOfServe {
				t.Errorf("%s: got %s", service, got)
			}
		}
		c.must("ResetApplicationSessionTimer", `{}`, nil) // is AES's own affair
		srv.SetLink(true)
		c.event("LinkUpEvent")
		c.monitor("1001:CM1::0")
	})
}
