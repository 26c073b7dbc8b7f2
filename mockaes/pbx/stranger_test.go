package pbx

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

// asked are the services that speak of a device, by name: each asks about the one that it
// is given.
var asked = map[string]func(s *Switch, id csta.DeviceID) error{}

// ask puts a service that answers with a fault only among those that are asked.
func ask[Req any](name string, do func(*Switch, Req) error, of func(csta.DeviceID) Req) {
	asked[name] = func(s *Switch, id csta.DeviceID) error { return do(s, of(id)) }
}

// askFor is ask for a service that answers with more than a fault.
func askFor[Req, Reply any](
	name string, do func(*Switch, Req) (Reply, error), of func(csta.DeviceID) Req,
) {
	asked[name] = func(s *Switch, id csta.DeviceID) error {
		_, err := do(s, of(id))
		return err
	}
}

// mine is ask for a service that asks who wants it.
func mine[Req any](name string, do func(*Switch, Req, any) error, of func(csta.DeviceID) Req) {
	asked[name] = func(s *Switch, id csta.DeviceID) error { return do(s, of(id), "me") }
}

// tells is ask for a service that tells of something until it is stopped.
func tells[Req any](
	name string, do func(*Switch, Req, string, func(csta.Event)) (func(), error),
	of func(csta.DeviceID) Req,
) {
	asked[name] = func(s *Switch, id csta.DeviceID) error {
		_, err := do(s, of(id), "1", func(csta.Event) {})
		return err
	}
}

// fill makes a request whose first device, or whose first connection's, is the one that
// is given: that is whom a service acts for (DMCC schema).
func fill[Req any](id csta.DeviceID) Req {
	var req Req
	v := reflect.ValueOf(&req).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i).Addr().Interface().(type) {
		case *csta.DeviceID:
			*f = id
			return req
		case *csta.ConnectionID:
			*f = csta.ConnectionID{Call: "1", Device: id}
			return req
		case *csta.CallObject:
			f.Device = id
			return req
		case *csta.SelectiveListening:
			f.Subject = csta.ConnectionID{Call: "1", Device: id}
			return req
		}
	}
	panic(v.Type().String() + " is about no device")
}

// connections are the services that are asked about a connection.
var connections = map[string]bool{
	"AnswerCall": true, "ClearConnection": true, "HoldCall": true, "RetrieveCall": true,
	"DeflectCall": true, "AlternateCall": true, "ReconnectCall": true, "TransferCall": true,
	"ConferenceCall": true, "ConsultationCall": true, "SingleStepTransferCall": true,
	"SingleStepConferenceCall": true, "GenerateDigits": true, "SendDTMFTone": true,
	"GenerateTelephonyTones": true, "SelectiveListeningHold": true,
	"SelectiveListeningRetrieve": true, "MediaStart": true, "MediaStop": true,
}

// notAsked are the methods that take a request and do not refuse a device.
var notAsked = map[string]string{
	"ClearCall":           "the call alone says what is meant",
	"GetCallLinkageData":  "the call alone says what is meant",
	"SnapshotCall":        "the call alone says what is meant",
	"ChangeMonitorFilter": "is about a monitor", "DeleteMessage": "is about a file",
	"RouteRegisterCancel": "is about a registration", "RouteSelect": "is about a dialogue",
	"RouteEnd": "is about a dialogue", "RouteReject": "is about a dialogue",
	"ConvertDialStringToE164": "is about the switch",
	"ConvertE164ToDialString": "is about the switch",
	"GetTimeOfDay":            "is about the switch",
	"Register":                "refuses with a code in its answer",
	"Unregister":              "refuses with a code in its answer",
}

func TestEveryServiceIsAskedOfAStranger(t *testing.T) {
	var names []string
	for m := range reflect.TypeFor[*Switch]().Methods() {
		if m.Type.NumIn() > 1 && strings.HasSuffix(m.Type.In(1).PkgPath(), "/csta") &&
			m.Type.In(1).Kind() == reflect.Struct && !strings.HasPrefix(m.Name, "Outside") {
			names = append(names, m.Name)
		}
	}
	for _, name := range names {
		if asked[name] == nil && notAsked[name] == "" {
			t.Errorf("nobody asks %s about a device that is not there", name)
		}
	}
	for name := range asked {
		if !slices.Contains(names, name) {
			t.Errorf("there is no %s", name)
		}
	}
}

// TestAStrangerIsRefused asks every service about devices that are not what it wants. The
// caller of a new call has a code of its own (DMCC schema).
func TestAStrangerIsRefused(t *testing.T) {
	for name, about := range asked {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, featureLab())
			st.answer(at(st.call("1001", "1002"), "1002"))
			for _, stranger := range []struct {
				what string
				id   csta.DeviceID
				want csta.FaultCode
			}{
				{"an extension that is not there", "1999", csta.InvalidDeviceID},
				{"no extension", "", csta.InvalidDeviceID},
				{"a device of another switch", "1001:CM9:0.0.0.0:0", csta.InvalidDeviceID},
			} {
				if name == "MakeCall" || name == "MakePredictiveCall" {
					stranger.want = csta.InvalidCallingDeviceID
				}
				if name == "RouteRegister" && stranger.id == "" {
					continue // asks about all VDNs
				}
				st.Log(stranger.what)
				st.refuses(stranger.want, func() error { return about(st.s, stranger.id) })
			}
		})
	}
}

// takesOthers are the devices besides stations that a service can be asked about.
var takesOthers = map[string][]csta.DeviceID{
	"SnapshotDevice":        others,
	"GetPhysicalDeviceName": others,
	"Monitor":               {"8001", "5001", "3001", "4001"},
	"GetAgentState":         {"4001"},
	"GetAgentLogin":         {"5001"},
	"GetACDSplit":           {"5001"},
	"RouteRegister":         {"8001"},
	"MakePredictiveCall":    {"8001"},
}

// others are a VDN, a skill, a hunt group, an agent and an announcement.
var others = []csta.DeviceID{"8001", "5001", "3001", "4001", "7001"}

// TestWhatIsNoStationIsRefused asks the services for stations about everything else. A
// device that has no part in a call has no connection in it.
func TestWhatIsNoStationIsRefused(t *testing.T) {
	want := map[string]csta.FaultCode{
		"MakeCall": csta.InvalidCallingDeviceID, "MakePredictiveCall": csta.InvalidCallingDeviceID,
		"RouteRegister": csta.InvalidDeviceID, "Monitor": csta.InvalidMonitorObject,
		"ClearConnection": csta.NoConnectionToClear,
	}
	for name, about := range asked {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, featureLab())
			st.answer(at(st.call("1001", "1002"), "1002"))
			code := cmp.Or(want[name], csta.RequestIncompatible)
			if want[name] == "" && connections[name] {
				code = csta.InvalidConnectionID
			}
			for _, id := range others {
				if !slices.Contains(takesOthers[name], id) {
					st.refuses(code, func() error { return about(st.s, id) })
				}
			}
		})
	}
}
