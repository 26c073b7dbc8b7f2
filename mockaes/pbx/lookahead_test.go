package pbx

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// sentOn is a call that a switch in another town has kept waiting for 1 min 5 s.
var sentOn = csta.LookAheadInfo{
	Type: csta.VectoringInterflow, Priority: csta.PriorityHigh, Minutes: 1, Seconds: 5,
	SourceVDN: "8700",
}

// wantAhead is the lookAheadInfo of the DMCC schema: type, priority, hours, minutes,
// seconds, sourceVDN.
const wantAhead = `{"type":"vectoringInterflow","priority":"high","minutes":1,"seconds":5,` +
	`"sourceVDN":"8700"}`

// told keeps the events of a device by name, as JSON.
func (st *stage) told(device string) map[string]json.RawMessage {
	got := map[string]json.RawMessage{}
	_, err := st.s.Monitor(csta.MonitorStart{
		Object: csta.MonitorObject{Device: csta.DeviceID(device)},
	}, csta.MonitorCrossRefID("json "+device), func(ev csta.Event) {
		body, err := json.Marshal(ev)
		st.ok(err)
		got[ev.EventName()] = body
	})
	st.ok(err)
	return got
}

// find is the member of a JSON object with a name, at any depth; "" if there is none.
func find(body json.RawMessage, names ...string) string {
	for _, name := range names {
		body = memberOf(body, name)
	}
	return string(body)
}

func memberOf(body json.RawMessage, name string) json.RawMessage {
	var o map[string]json.RawMessage
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil {
		for _, item := range list {
			if found := memberOf(item, name); found != nil {
				return found
			}
		}
		return nil
	}
	if json.Unmarshal(body, &o) != nil {
		return nil
	}
	if v, ok := o[name]; ok {
		return v
	}
	for _, v := range o {
		if found := memberOf(v, name); found != nil {
			return found
		}
	}
	return nil
}

func TestWhatAnotherSwitchSaysOfACallIsToldWithIt(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	vdn, station, third := st.told("8001"), st.told("1001"), st.told("1003")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8001", LookAhead: &sentOn})
	st.pass(4 * time.Second)
	st.answer(at(caller, "1001"))
	for who, body := range map[string]json.RawMessage{
		"the VDN": vdn["DeliveredEvent"], "the agent": station["DeliveredEvent"],
		"the agent who answered": station["EstablishedEvent"],
	} {
		if got := find(body, "lookAheadInfo"); got != wantAhead {
			t.Errorf("%s was told %q of %s", who, got, body)
		}
	}

	second := st.consult(at(caller, "1001"), "1003")
	if got := find(third["DeliveredEvent"], "lookAheadInfo"); got != "" {
		t.Errorf("the consulted party was told %q: that call came from nowhere", got)
	}
	r, err := st.s.TransferCall(csta.TransferCall{Active: second, Held: at(caller, "1001")})
	st.ok(err)
	moved := third["TransferedEvent"]
	if got := find(moved, "originalCallInfo", "lookAheadInfo"); got != wantAhead {
		t.Errorf("with the transfer came %q, in %s", got, moved)
	}
	st.answer(at(r.Call, "1003"))
	if got := find(third["EstablishedEvent"], "lookAheadInfo"); got != wantAhead {
		t.Errorf("after the transfer: %q", got)
	}
}

func TestARouterIsToldWhatAnotherSwitchSays(t *testing.T) {
	lab := DefaultLab()
	lab.Vectors[0].Steps = []string{"adjunct routing link 1", "wait-time 4 secs hearing ringback"}
	st := newStage(t, lab)
	var asked csta.RouteRequest
	_, stop, err := st.s.RouteRegister(csta.RouteRegister{Device: "8001"}, func(ev csta.Event) {
		asked, _ = ev.(csta.RouteRequest)
	})
	st.ok(err)
	defer stop()
	st.incoming(IncomingCall{To: "8001", LookAhead: &sentOn})
	if diff := cmp.Diff(&sentOn, asked.Private.LookAhead); diff != "" {
		t.Error(diff)
	}
}

func TestWhatAnotherSwitchSaysIsCheckedAndSaved(t *testing.T) {
	lab := DefaultLab()
	lab.TrunkGroups = append(lab.TrunkGroups, TrunkGroup{Number: 2, Members: 1, Analog: true})
	st := newStage(t, lab)
	for name, test := range map[string]struct {
		want  csta.FaultCode
		group int
		edit  func(*csta.LookAheadInfo)
	}{
		"no type": {
			csta.InvalidParameterValue, 1, func(l *csta.LookAheadInfo) { l.Type = "" },
		},
		"a priority that is none": {
			csta.InvalidParameterValue, 1, func(l *csta.LookAheadInfo) { l.Priority = "urgent" },
		},
		"sixty seconds": {
			csta.ValueOutOfRange, 1, func(l *csta.LookAheadInfo) { l.Seconds = 60 },
		},
		"a line that cannot say so": {
			csta.InvalidParameterValue, 2, func(*csta.LookAheadInfo) {},
		},
	} {
		t.Run(name, func(t *testing.T) {
			said := sentOn
			test.edit(&said)
			st.refuses(test.want, func() error {
				_, err := st.s.IncomingCall(IncomingCall{
					To: "1001", TrunkGroup: test.group, LookAhead: &said,
				})
				return err
			})
		})
	}
	call := st.incoming(IncomingCall{To: "1001", LookAhead: &sentOn})
	saved, err := st.s.Save()
	st.ok(err)
	again, err := Restore(saved, Options{Clock: st.clock})
	st.ok(err)
	defer again.Close()
	if diff := cmp.Diff(&sentOn, again.calls[call.Call].lookAhead); diff != "" {
		t.Error(diff)
	}
}
