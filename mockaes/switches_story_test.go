package mockaes_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// TestTwoSitesAreRepeatable: customers whom CM1 offers to CM2 leave the same journal in
// two runs with one seed.
func TestTwoSitesAreRepeatable(t *testing.T) {
	run := func(seed uint64) (journal []byte) {
		clock := clock.NewVirtual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		o := silentSites()
		o.Seed, o.Clock = seed, clock
		o.Traffic = &mockaes.Traffic{Every: 10 * time.Second, Patience: 20 * time.Second}
		o.Lab.Uniform = append(o.Lab.Uniform, dialplan.Uniform{Number: "8101", TrunkGroup: 5})
		o.Lab.Vectors[0].Steps = []string{
			"queue-to skill 5001", "route-to number 8101 with cov n if unconditionally",
			"wait-time 5 secs hearing music", "goto step 2 if unconditionally",
		}
		bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
			c := login(t, srv)
			heard := listen(c)
			for _, device := range []string{"8001:CM1", "5001:CM1", "8101:CM2", "5101:CM2"} {
				c.send("MonitorStart", `{"monitorObject":{"deviceObject":"`+device+`::0"}}`)
				synctest.Wait()
			}
			clock.Advance(3 * time.Minute)
			synctest.Wait()
			journal, _ = json.Marshal(srv.Journal(0))
			_ = c.ws.CloseNow()
			if frames := <-heard; len(frames) < 50 {
				t.Errorf("only %d frames came", len(frames))
			}
			if n := len(srv.SwitchNamed("CM2").State().Calls); n == 0 {
				t.Error("no customer waits at CM2")
			}
		})
		return journal
	}
	if first, second := run(7), run(7); !bytes.Equal(first, second) {
		t.Errorf("two runs with one seed differ:\n%s\n%s", first, second)
	}
}

// TestRoutersOfTwoSwitches: one session routes for both switches, whose registrations and
// questions have ids of their own.
func TestRoutersOfTwoSwitches(t *testing.T) {
	o := silentSites()
	o.Lab = routed()
	o.Lab.TrunkGroups = append(o.Lab.TrunkGroups, twoSites().Lab.TrunkGroups[1])
	far := &o.Switches[0]
	far.Vectors = append(far.Vectors, pbx.Vector{Number: 9, Steps: []string{
		"adjunct routing link 1", "wait-time 5 secs hearing silence",
	}})
	far.VDNs = append(far.VDNs, pbx.VDN{Extension: "8009", Vector: 9})
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("1007"))
		c.monitor(c.device("2002:CM2"))
		var near, south csta.RouteRegistered
		c.must("RouteRegister", `{"routeingDevice":"8009:CM1::0"}`, &near)
		c.must("RouteRegister", `{"extensions":{"privateData":{"private":`+
			`{"RouteRegisterPrivateData":{"switchNameList":"CM2"}}}}}`, &south)
		if near.Register == south.Register {
			t.Fatalf("both registrations are %s", near.Register)
		}
		for name, to := range map[string]string{"CM1": "1007", "CM2": "2002"} {
			_, err := srv.SwitchNamed(name).IncomingCall(pbx.IncomingCall{To: "8009"})
			if err != nil {
				t.Fatal(err)
			}
			asked := decoded[csta.RouteRequest](t, c.event("RouteRequest"))
			if got := asked.Routeing.Device.SwitchName(); got != name {
				t.Errorf("%s asks, want %s", got, name)
			}
			// RouteEnd and RouteReject may leave out the registration.
			if name == "CM2" {
				c.must("RouteEnd", `{"crossRefIdentifier":"`+string(asked.Dialogue)+`"}`, nil)
				continue
			}
			c.must("RouteSelect", `{"crossRefIdentifier":"`+string(asked.Dialogue)+
				`","routeRegisterReqID":"`+string(asked.Register)+
				`","routeSelected":"`+to+`"}`, nil)
			rings := decoded[csta.Delivered](t, c.event("DeliveredEvent"))
			if got := rings.Alerting.Device.Extension(); got != to {
				t.Errorf("it rings at %s", got)
			}
		}
		if err := srv.SetLinkOf("CM2", false); err != nil {
			t.Fatal(err)
		}
		gone := decoded[csta.RouteRegisterAbort](t, c.event("RouteRegisterAbortEvent"))
		if gone.Register != south.Register {
			t.Errorf("registration %s was ended, want %s", gone.Register, south.Register)
		}
		c.must("RouteRegisterCancel",
			`{"routeRegisterReqID":"`+string(near.Register)+`"}`, nil)
	})
}
