package wti_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

func routeRequest(register, dialogue, caller string) string {
	return fmt.Sprintf(`{"routeRegisterReqID":%q,"crossRefIdentifier":%q,
 "callingDevice":{"deviceIdentifier":%q},"routedCall":{"callID":"5"}}`, register, dialogue, caller)
}

func TestARouteHandlerIsAFunctionAndOutlivesAReconnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said []string
		s := &site{answers: func(n int, service string, payload gjson.Result) string {
			switch service {
			case "ResetApplicationSessionTimer", "TransferMonitorObjects":
				return `{"errorCode":{"definedError":"invalidSessionID"}}`
			case "RouteRegister":
				return fmt.Sprintf(`{"routeRegisterReqID":"R%d"}`, n)
			case "RouteSelect", "RouteEnd":
				said = append(said, strings.Join([]string{
					service, payload.Get("routeRegisterReqID").Str,
					payload.Get("crossRefIdentifier").Str, payload.Get("routeSelected").Str,
				}, " "))
			}
			return ""
		}}
		a := newAES(t, s.serve)
		session, m := watched(t, a, a.options())
		_, err := session.Route(t.Context(), csta.RouteRegister{Device: "8001:CM1::0"},
			func(_ context.Context, req csta.RouteRequest) (csta.RouteSelect, error) {
				if req.Calling.Device == "+1" {
					return csta.RouteSelect{}, errors.New("nobody wants this caller")
				}
				return csta.RouteSelect{Selected: "1002:CM1::0"}, nil
			})
		if err != nil {
			t.Fatal(err)
		}
		s.peers[0].event("RouteRequest", routeRequest("R1", "d1", "+15550100"))
		synctest.Wait()
		s.peers[0].event("RouteRequest", routeRequest("R1", "d2", "+1"))
		synctest.Wait()
		s.cut()
		if gap := nextEvent(t, m).Event.(wti.Gap); gap.Missing != nil {
			t.Errorf("missing %v", gap.Missing)
		}
		s.peers[1].event("RouteRequest", routeRequest("R2", "d3", "+15550100"))
		synctest.Wait()
		want := []string{
			"RouteSelect R1 d1 1002:CM1::0", "RouteEnd R1 d2 ", "RouteSelect R2 d3 1002:CM1::0",
		}
		if !slices.Equal(said, want) {
			t.Errorf("said %q, want %q", said, want)
		}
	})
}

func TestARequestThatNobodyHandlesIsAnEventOfTheSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		session, _ := watched(t, a, a.options())
		s.peers[0].event("RouteRequest", routeRequest("R9", "d1", "+15550100"))
		for ev, err := range session.Events(t.Context()) {
			if req, ok := ev.Event.(csta.RouteRequest); !ok || req.Dialogue != "d1" || err != nil {
				t.Errorf("got %+v, %v", ev.Event, err)
			}
			break
		}
	})
}
