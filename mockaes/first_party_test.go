package mockaes_test

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// routed is the default lab with a VDN that asks an application where to go.
func routed() *pbx.Lab {
	lab := pbx.DefaultLab()
	lab.Vectors = append(lab.Vectors, pbx.Vector{Number: 9, Steps: []string{
		"adjunct routing link 1", "wait-time 5 secs hearing silence", "route-to number 1010",
	}})
	lab.VDNs = append(lab.VDNs, pbx.VDN{Extension: "8009", Vector: 9})
	return &lab
}

func TestApplicationsAreAskedForRoutes(t *testing.T) {
	bubble(t, mockaes.Options{Lab: routed()}, func(t *testing.T, srv *mockaes.Server) {
		c, stranger := login(t, srv), login(t, srv)
		c.monitor(c.device("1007"))
		var registered csta.RouteRegistered
		c.must("RouteRegister", `{"routeingDevice":"8009:CM1::0"}`, &registered)
		_, err := srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: "8009"})
		if err != nil {
			t.Fatal(err)
		}
		var asked csta.RouteRequest
		if err := csta.Decode(c.event("RouteRequest"), &asked); err != nil {
			t.Fatal(err)
		}
		answer := `{"crossRefIdentifier":"` + string(asked.Dialogue) + `","routeRegisterReqID":"` +
			string(asked.Register) + `","routeSelected":"1007"}`
		const notYours = csta.InvalidRouteRegistrationCrossRefID
		if got := stranger.refused("RouteSelect", answer); got != notYours {
			t.Errorf("another session's answer: %s", got)
		}
		c.must("RouteSelect", answer, nil)
		var rings csta.Delivered
		if err := csta.Decode(c.event("DeliveredEvent"), &rings); err != nil {
			t.Fatal(err)
		}
		if got := rings.Alerting.Device.Extension(); got != "1007" {
			t.Errorf("it rings at %q", got)
		}
		cancel := `{"routeRegisterReqID":"` + string(asked.Register) + `"}`
		if got := stranger.refused("RouteRegisterCancel", cancel); got != notYours {
			t.Errorf("cancelled by another session: %s", got)
		}
		c.must("RouteRegisterCancel", cancel, nil)
		if got := c.refused("RouteRegisterCancel", cancel); got != notYours {
			t.Errorf("cancelled twice: %s", got)
		}
	})
}

func TestRoutingEndsWithItsSession(t *testing.T) {
	bubble(t, mockaes.Options{Lab: routed()}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		const register = `{"routeingDevice":"8009:CM1::0"}`
		c.must("RouteRegister", register, nil)
		other := login(t, srv)
		if got := other.refused("RouteRegister", register); got != csta.ResourceBusy {
			t.Errorf("registered twice: %s", got)
		}
		c.must("StopApplicationSession", `{}`, nil)
		c.closed()
		other.must("RouteRegister", register, nil)
	})
}

// TestATelephoneByHand makes a call with the hookswitch and the keypad.
func TestATelephoneByHand(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		device := c.device("1001")
		c.monitor(device)
		c.must("RegisterTerminalRequest", `{"device":"`+device+`","loginInfo":`+
			`{"password":"123456","mediaMode":"NONE","dependencyMode":"MAIN"}}`, nil)
		c.must("SetHookswitchStatus", `{"device":"`+device+`","hookswitchOnhook":false}`, nil)
		for _, digit := range []string{"1", "0", "0", "2"} {
			c.must("ButtonPress", `{"device":"`+device+`","button":"`+digit+`"}`, nil)
		}
		var rings csta.Delivered
		if err := csta.Decode(c.event("DeliveredEvent"), &rings); err != nil {
			t.Fatal(err)
		}
		if got := rings.Alerting.Device.Extension(); got != "1002" {
			t.Errorf("it rings at %q", got)
		}
		var hook csta.Hookswitches
		frame := c.ask("GetHookswitchStatus", `{"device":"`+device+`"}`)
		if err := csta.Decode(frame.Payload, &hook); err != nil || len(hook.List) != 1 ||
			hook.List[0].OnHook {
			t.Errorf("%v: the receiver is %s", err, frame.Payload)
		}
	})
}

// TestHastyKeysAreLost presses keys as fast as a program can, and as fast as it should.
func TestHastyKeysAreLost(t *testing.T) {
	tests := []struct {
		name  string
		pause time.Duration
		rings bool
	}{
		{"without a pause", 0, false},
		{"199 ms apart", 199 * time.Millisecond, false},
		{"200 ms apart", 200 * time.Millisecond, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := mockaes.Options{Quirks: []string{"haste=dropped"}}
			bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				device := c.device("1001")
				c.must("RegisterTerminalRequest", `{"device":"`+device+`","loginInfo":`+
					`{"password":"123456","mediaMode":"NONE"}}`, nil)
				c.must("SetHookswitchStatus",
					`{"device":"`+device+`","hookswitchOnhook":false}`, nil)
				for _, digit := range []string{"1", "0", "0", "2"} {
					pass(tt.pause)
					c.must("ButtonPress", `{"device":"`+device+`","button":"`+digit+`"}`, nil)
				}
				rings := false
				for _, call := range srv.Switch().State().Calls {
					rings = rings || call.Called.Extension() == "1002"
				}
				if rings != tt.rings {
					t.Errorf("1002 rings: %v", rings)
				}
			})
		})
	}
}
