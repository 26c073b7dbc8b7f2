package pbx

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// asks is a lab whose VDN 8001 asks an application, and falls back after 5 s.
func asks() Lab {
	return withVector(
		"adjunct routing link 1", "wait-time 5 secs hearing ringback", "route-to number 1009",
	)
}

// listen registers a router of VDN 8001 and keeps what it is sent.
func (st *stage) listen(vdn csta.DeviceID) *[]csta.Event {
	st.Helper()
	var got []csta.Event
	_, stop, err := st.s.RouteRegister(csta.RouteRegister{Device: vdn},
		func(ev csta.Event) { got = append(got, ev) })
	st.ok(err)
	st.Cleanup(stop)
	return &got
}

func TestACallGoesWhereTheApplicationSays(t *testing.T) {
	st := newStage(t, asks())
	got := st.listen("8001")
	st.incoming(IncomingCall{From: "+15550100123", To: "8001", UUI: "vip"})
	req, ok := (*got)[0].(csta.RouteRequest)
	if !ok || req.Calling.Device.Extension() != "+15550100123" ||
		req.Private.UserData.Text != "vip" || req.Private.TrunkGroup != "1" {
		t.Fatalf("got %+v", (*got)[0])
	}
	yes := true
	st.ok(st.s.RouteSelect(csta.RouteSelect{
		Dialogue: req.Dialogue, Register: req.Register, WantUsed: &yes,
		Selected: "6666", Alternates: []csta.DeviceID{"1005"},
	}))
	if where := st.where(); where != "+15550100123 connected, 1005 alerting" {
		t.Errorf("the call is at %s", where)
	}
	var names []string
	for _, ev := range *got {
		names = append(names, ev.EventName())
	}
	if diff := cmp.Diff([]string{"RouteRequest", "RouteUsed", "RouteEnd"}, names); diff != "" {
		t.Error(diff)
	}
	st.refuses(csta.InvalidRouteingCrossRefID, func() error {
		return st.s.RouteSelect(csta.RouteSelect{Dialogue: req.Dialogue, Selected: "1006"})
	})
}

func TestACallGoesOnWithoutAnAnswer(t *testing.T) {
	for name, answer := range map[string]func(*stage, csta.RouteRequest){
		"silence": func(*stage, csta.RouteRequest) {},
		"refusal": func(st *stage, req csta.RouteRequest) {
			st.ok(st.s.RouteEnd(csta.RouteEnd{Dialogue: req.Dialogue}))
		},
		"a number that is none": func(st *stage, req csta.RouteRequest) {
			st.ok(st.s.RouteSelect(csta.RouteSelect{Dialogue: req.Dialogue, Selected: "6666"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, asks())
			got := st.listen("")
			st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
			answer(st, (*got)[0].(csta.RouteRequest))
			st.pass(5 * time.Second)
			if where := st.where(); where != "+15550100123 connected, 1009 alerting" {
				t.Errorf("the call is at %s", where)
			}
		})
	}
}

func TestNobodyIsAskedWhenNobodyListens(t *testing.T) {
	st := newStage(t, asks())
	st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	st.pass(5 * time.Second)
	if where := st.where(); where != "+15550100123 connected, 1009 alerting" {
		t.Errorf("the call is at %s", where)
	}
}

func TestADeviceHasOneRouter(t *testing.T) {
	st := newStage(t, asks())
	st.listen("8001")
	st.refuses(csta.ResourceBusy, func() error {
		_, _, err := st.s.RouteRegister(csta.RouteRegister{Device: "8001"}, func(csta.Event) {})
		return err
	})
	st.refuses(csta.InvalidDeviceID, func() error {
		_, _, err := st.s.RouteRegister(csta.RouteRegister{Device: "1001"}, func(csta.Event) {})
		return err
	})
}
