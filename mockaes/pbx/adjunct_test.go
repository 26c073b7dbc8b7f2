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

// TestWithoutAnApplicationItsTimeIsPassedOver: an announcement or a wait is the time for the
// application's answer, and there is none to come (Avaya Call Center Elite Feature
// Reference, effects of ASAI link failure on vector processing; 555-230-520 for goto steps).
func TestWithoutAnApplicationItsTimeIsPassedOver(t *testing.T) {
	const caller, there = "+15550100123 connected, ", "1009 alerting"
	for _, test := range []struct {
		name  string
		steps []string
		after time.Duration
		want  string
	}{
		{"the wait", []string{
			"adjunct routing link 1", "wait-time 60 secs hearing ringback",
			"route-to number 1009",
		}, 0, caller + there},
		{"the announcement", []string{
			"adjunct routing link 1", "announcement 7001", "route-to number 1009",
		}, 0, caller + there},
		{"the wait after several links", []string{
			"adjunct routing link 1", "adjunct routing link 2",
			"wait-time 60 secs hearing ringback", "route-to number 1009",
		}, 0, caller + there},
		{"the wait that a goto goes to", []string{
			"adjunct routing link 1", "goto step 4 if unconditionally", "stop",
			"wait-time 60 secs hearing ringback", "route-to number 1009",
		}, 0, caller + there},
		{"no second wait", []string{
			"adjunct routing link 1", "announcement 7001", "wait-time 5 secs hearing ringback",
			"route-to number 1009",
		}, 4 * time.Second, caller + "8001 alerting"},
		{"no wait that comes after another step", []string{
			"adjunct routing link 1", "collect 1 digits", "wait-time 60 secs hearing ringback",
			"route-to number 1009",
		}, 30 * time.Second, caller + "8001 alerting"},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, withVector(test.steps...))
			st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
			st.pass(test.after)
			if where := st.where(); where != test.want {
				t.Errorf("the call is at %s, want %s", where, test.want)
			}
		})
	}
}

// TestAnApplicationThatGivesNoRouteIsNotWaitedFor: its word ends the wait at once, and the
// switch says what was wrong with it.
func TestAnApplicationThatGivesNoRouteIsNotWaitedFor(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer func(*stage, csta.RouteRequest)
		after  time.Duration
		told   []string
	}{
		{"it ends the dialogue", func(st *stage, req csta.RouteRequest) {
			st.ok(st.s.RouteEnd(csta.RouteEnd{Dialogue: req.Dialogue}))
		}, 0, []string{"RouteRequest "}},
		{"it names numbers that are none", func(st *stage, req csta.RouteRequest) {
			st.ok(st.s.RouteSelect(csta.RouteSelect{
				Dialogue: req.Dialogue, Selected: "6666", Alternates: []csta.DeviceID{"nobody"},
			}))
		}, 0, []string{"RouteRequest ", `RouteEnd {"operation":"invalidDestination"}`}},
		{
			"it says nothing", func(*stage, csta.RouteRequest) {}, 5 * time.Second,
			[]string{"RouteRequest ", `RouteEnd {"operation":"routeingTimerExpired"}`},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, asks())
			got := st.listen("8001")
			st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
			test.answer(st, (*got)[0].(csta.RouteRequest))
			st.pass(test.after)
			if where := st.where(); where != "+15550100123 connected, 1009 alerting" {
				t.Errorf("the call is at %s", where)
			}
			var told []string
			for _, ev := range *got {
				why := ""
				if ended, ok := ev.(csta.RouteEnded); ok {
					why = string(ended.Error)
				}
				told = append(told, ev.EventName()+" "+why)
			}
			if diff := cmp.Diff(test.told, told); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNobodyIsAskedAboutACallInAQueue (555-230-520: the step is ignored then).
func TestNobodyIsAskedAboutACallInAQueue(t *testing.T) {
	st := newStage(t, withVector(
		"queue-to skill 5001 pri m", "adjunct routing link 1", "wait-time 60 secs hearing music",
	))
	got := st.listen("8001")
	st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	if len(*got) > 0 {
		t.Errorf("the application was told %v", *got)
	}
	if want := "+15550100123 connected, 8001 alerting, 5001 queued"; st.where() != want {
		t.Errorf("the call is at %s, want %s", st.where(), want)
	}
}
