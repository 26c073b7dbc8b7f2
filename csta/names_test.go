package csta_test

import (
	"fmt"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestAnEventIsKnownByAnyOfItsNames(t *testing.T) {
	rows := map[string][]string{
		"DeliveredEvent":               {"Delivered", "delivered", "DELIVEREDEVENT"},
		"TransferedEvent":              {"TransferredEvent", "Transferred", "Transfered"},
		"ApplicationSessionTerminated": {"ApplicationSessionTerminatedEvent"},
		"MonitorStop":                  {"MonitorStop", "MonitorStopEvent"},
		"RouteEnd":                     {"RouteEnd", "RouteEndEvent"},
	}
	for want, names := range rows {
		for _, name := range names {
			if got := csta.DecodeEvent(name, nil); got.EventName() != want {
				t.Errorf("%s was taken for %T", name, got)
			}
		}
	}
}

func TestNoTwoEventsShareAName(t *testing.T) {
	for _, e := range csta.Events() {
		if got := csta.DecodeEvent(e.Name, nil); got.EventName() != e.Name {
			t.Errorf("%s was taken for %T", e.Name, got)
		}
	}
}

func TestAServiceIsFoundByAnyOfItsNames(t *testing.T) {
	rows := map[string][]string{
		"MakeCall":                {"MakeCall", "makecall", "MakeCallRequest", "MakeCallResponse"},
		"StartApplicationSession": {"StartApplicationSessionPosResponse"},
		"RegisterTerminalRequest": {"RegisterTerminal", "RegisterTerminalResponse"},
		"GetDeviceId":             {"GetDeviceID"},
	}
	for want, names := range rows {
		for _, name := range names {
			if got, ok := csta.FindService(name); !ok || got.Name != want {
				t.Errorf("%s was taken for %q, want %s", name, got.Name, want)
			}
		}
	}
	if got, ok := csta.FindService("MakeTea"); ok {
		t.Errorf("MakeTea was taken for %s", got.Name)
	}
	for _, s := range csta.Services() {
		if got, ok := csta.FindService(s.Name); !ok || got.Name != s.Name {
			t.Errorf("%s was taken for %q", s.Name, got.Name)
		}
	}
}

func ExampleDecodeEvent() {
	payload := []byte(`{"monitorCrossRefID": 1, "alertingDevice": "1001:CM1::0",
		"connection": {"callId": 179, "deviceID": "1001:CM1:0.0.0.0:0"}, "trunkGroup": "7"}`)
	switch ev := csta.DecodeEvent("Delivered", payload).(type) {
	case csta.Delivered:
		fmt.Println(ev.Connection, ev.Alerting.Device.Extension(), ev.Private.TrunkGroup)
	case csta.Unknown:
		fmt.Println(ev.Name, ev.Err)
	}
	// Output: 179@1001 1001 7
}

func ExampleFindService() {
	service, _ := csta.FindService("answercall")
	fmt.Println(service.Name, "-", service.Sentence)
	fmt.Println(string(service.Example))
	// Output:
	// AnswerCall - Connects an alerting connection.
	// {
	//   "callToBeAnswered": {"callID": "179", "deviceID": "1001:CM1:0.0.0.0:0"}
	// }
}
