package csta_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

// unfiltered are the events that no filter of the DMCC schema has a member for.
var unfiltered = map[string]string{
	"ApplicationSessionTerminated": "it belongs to no monitor",
	"MonitorStop":                  "it is the end of a monitor",
	"GenerateTelephonyTonesAbort":  "it belongs to a listener",
	"RouteRegisterAbort":           "it belongs to a registration for routing",
	"RouteRequest":                 "it belongs to a registration for routing",
	"ReRoute":                      "it belongs to a dialogue of routing",
	"RouteUsed":                    "it belongs to a dialogue of routing",
	"RouteEnd":                     "it belongs to a dialogue of routing",
	"SystemStatus":                 "it belongs to a registration for the status",
	"LinkUpEvent":                  "it belongs to a listener",
	"LinkDownEvent":                "it belongs to a listener",
	"SIPHeaderEvent":               "it belongs to a listener",
}

// TestAFilterAsksForWhatIsWanted: the request is that of the DMCC samples, with the
// events that are wanted as true and with invertFilter.
func TestAFilterAsksForWhatIsWanted(t *testing.T) {
	req := csta.MonitorStart{Object: csta.MonitorObject{Device: "5590:CM55:0.0.0.0:0"}}
	got, err := json.Marshal(req.Wanting(csta.Delivered{}, csta.Transferred{},
		csta.MediaStarted{}, csta.MonitorStopped{}))
	const want = `{"monitorObject":{"deviceObject":"5590:CM55:0.0.0.0:0"},` +
		`"requestedMonitorFilter":{"callcontrol":{"delivered":true,"transferred":true}},` +
		`"extensions":{"privateData":{"private":{"AvayaEvents":{"invertFilter":true,` +
		`"mediaControl":{"mediaStarted":true}}}}}}`
	if err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	got, err = json.Marshal(req.Wanting())
	if err != nil || !strings.Contains(string(got), `"requestedMonitorFilter":{}`) {
		t.Errorf("of no event: %s, %v; want a filter that is empty", got, err)
	}
}

func TestEveryEventOfAMonitorCanBeChosenAlone(t *testing.T) {
	for _, info := range csta.Events() {
		ev := csta.DecodeEvent(info.Name, info.Example)
		wanting := csta.MonitorStart{}.Wanting(ev)
		suppressing := csta.MonitorStart{}.Suppressing(ev)
		for _, other := range csta.Events() {
			wanted, known := csta.FilterMember(wanting.Filter, &wanting.Avaya, other.Name)
			held, _ := csta.FilterMember(suppressing.Filter, &suppressing.Avaya, other.Name)
			why := unfiltered[other.Name]
			switch {
			case known == (why != ""):
				t.Fatalf("%s has a member: %v; but %q", other.Name, known, why)
			case (wanted != nil) != (known && other.Name == info.Name):
				t.Errorf("wanting %s: %s is %v", info.Name, other.Name, wanted)
			case (held != nil) != (known && other.Name != info.Name):
				t.Errorf("suppressing all but %s: %s is %v", info.Name, other.Name, held)
			}
		}
	}
}

func TestASuppressingFilterSaysNothingOfWhatAServerNeedNotKnow(t *testing.T) {
	req := csta.MonitorStart{Object: csta.MonitorObject{Device: "1001:CM1::0"}}
	got, err := json.Marshal(req.Suppressing(csta.Delivered{}))
	for _, word := range []string{"invertFilter", "deviceServices", `"delivered"`, "false"} {
		if err != nil || strings.Contains(string(got), word) {
			t.Errorf("%s in %s, %v", word, got, err)
		}
	}
	if req.Filter != nil {
		t.Error("the request that it was made from has changed")
	}
}
