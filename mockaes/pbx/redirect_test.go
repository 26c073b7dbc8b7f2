package pbx

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// TestARedirectedCallDoesNotComeBack redirects a call from 1018 to a hunt group, and has it
// covered by one, of which 1018 is a member: it is not idle as long as the call rings there
// (CM: a station alerts until it is sure that the call can be redirected).
func TestARedirectedCallDoesNotComeBack(t *testing.T) {
	lab := featureLab()
	lab.HuntGroups[0].Circular = false
	i := slices.IndexFunc(lab.Stations, func(s Station) bool { return s.Extension == "1018" })
	lab.Stations[i].Coverage = []string{"3001"}
	for name, leaves := range map[string]func(*stage, csta.ConnectionID){
		"deflected": func(st *stage, id csta.ConnectionID) {
			st.ok(st.s.DeflectCall(csta.DeflectCall{Target: id, To: "3001"}))
		},
		"covered": func(st *stage, _ csta.ConnectionID) { st.pass(12 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, lab)
			call := at(st.call("1001", "1018"), "1018")
			leaves(st, call)
			if where := st.where(); where != "1001 connected, 1019 alerting" {
				t.Errorf("the call is at %s", where)
			}
		})
	}
	t.Run("nobody else is idle", func(t *testing.T) {
		st := newStage(t, lab)
		st.call("1002", "1019")
		call := at(st.call("1001", "1018"), "1018")
		st.refuses(csta.ResourceBusy, func() error {
			return st.s.DeflectCall(csta.DeflectCall{Target: call, To: "3001"})
		})
		st.pass(time.Minute)
		const want = "1002 connected, 1019 alerting, 1001 connected, 1018 alerting"
		if where := st.where(); where != want {
			t.Errorf("the calls are at %s", where)
		}
	})
}

// TestACallIsNotDeflectedToWhoForwards (CM: a station that forwards its calls is as busy to
// a redirected call as one that talks).
func TestACallIsNotDeflectedToWhoForwards(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.ok(st.s.SetForwarding(csta.SetForwarding{Device: "1003", Activate: true, To: "1004"}))
	call := at(st.call("1001", "1002"), "1002")
	st.refuses(csta.ResourceBusy, func() error {
		return st.s.DeflectCall(csta.DeflectCall{Target: call, To: "1003"})
	})
	for _, back := range []csta.DeviceID{"1001", "1002"} {
		st.refuses(csta.InvalidDestination, func() error {
			return st.s.DeflectCall(csta.DeflectCall{Target: call, To: back})
		})
	}
}

// TestVectorsThatSendACallAroundEndIt (CM: a call is dropped after 10,000 steps, of whatever
// vectors they are).
func TestVectorsThatSendACallAroundEndIt(t *testing.T) {
	lab := withVector("route-to number 8002")
	lab.Vectors[1].Steps = []string{"route-to number 8001"}
	st := newStage(t, lab)
	st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	if where := st.where(); where != "" {
		t.Errorf("the call is at %s", where)
	}
}

// TestTheHistoryOfACallGoesOn deflects a call to and fro: what it has left comes after what
// it left before, each time, up to a hundred devices.
func TestTheHistoryOfACallGoesOn(t *testing.T) {
	st := newStage(t, DefaultLab())
	call := st.call("1001", "1002")
	for i := range 120 {
		here, there := csta.DeviceID("1002"), csta.DeviceID("1003")
		if i%2 == 1 {
			here, there = there, here
		}
		st.ok(st.s.DeflectCall(csta.DeflectCall{Target: at(call, string(here)), To: there}))
		r, err := st.s.SnapshotCall(csta.SnapshotCall{Call: call})
		st.ok(err)
		if want := min(i+1, 100); len(r.History) != want {
			t.Fatalf("after %d deflections the history has %d devices", i+1, len(r.History))
		}
		if i >= 100 {
			continue
		}
		last := r.History[i]
		if !last.Device.Device.Same(here) && !last.Connection.Device.Same(here+":CM1:0.0.0.0:0") {
			t.Fatalf("the call left %s, but the history says %+v", here, last)
		}
	}
}

// TestCoverageOfARouteIsUpToTheStep (Avaya Call Center Elite, operation details for the
// route-to command): with cov y the call is delivered as any other, and the vector is over.
func TestCoverageOfARouteIsUpToTheStep(t *testing.T) {
	busy := func(st *stage) {
		st.call("1011", "7100")
		st.s.devices["1011"].station.calls = st.s.devices["1011"].station.calls[:1]
		st.lines = nil
	}
	for _, test := range []struct {
		name, step string
		before     func(*stage)
		after      time.Duration
		want       string
	}{
		{
			"a busy station's coverage takes the call", "route-to number 1011 with cov y", busy, 0,
			"1012 alerting",
		},
		{
			"without coverage a busy station is passed over", "route-to number 1011 with cov n",
			busy, 0, "1009 alerting",
		},
		{
			"who does not answer is covered", "route-to number 1011 with cov y", func(*stage) {},
			12 * time.Second, "1012 alerting",
		},
		{
			"without coverage it rings on", "route-to number 1011 with cov n", func(*stage) {},
			12 * time.Second, "1011 alerting",
		},
		{
			"a number that is none is passed over either way", "route-to number 6666 with cov y",
			func(*stage) {}, 0, "1009 alerting",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			lab := featureLab()
			lab.Vectors[0].Steps = []string{test.step, "route-to number 1009"}
			st := newStage(t, lab)
			test.before(st)
			st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
			st.pass(test.after)
			want := "+15550100123 connected, " + test.want
			if where := st.where(); !strings.HasSuffix(where, want) {
				t.Errorf("the calls are at %s, want %s", where, want)
			}
		})
	}
	t.Run("a busy station without coverage is heard to be busy", func(t *testing.T) {
		st := newStage(t, withVector("route-to number 1001 with cov y", "route-to number 1009"))
		st.call("1001", "7100")
		st.s.devices["1001"].station.calls = st.s.devices["1001"].station.calls[:1]
		call := st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
		st.wantHeard("then", call.Call, map[string]string{"+15550100123": "busy"})
	})
}
