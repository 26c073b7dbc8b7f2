package pbx

import (
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestRoutesThatDoNotFitAreRefused(t *testing.T) {
	long := &csta.UserData{Text: csta.HexText(make([]byte, 97))}
	for _, test := range []struct {
		name string
		want csta.FaultCode
		ask  func(*Switch, csta.RouteRequest) error
	}{
		{"a route in no dialogue", csta.InvalidRouteingCrossRefID, func(
			s *Switch, _ csta.RouteRequest,
		) error {
			return s.RouteSelect(csta.RouteSelect{Dialogue: "9", Selected: "1005"})
		}},
		{"a route by another registration", csta.InvalidRouteRegistrationCrossRefID, func(
			s *Switch, req csta.RouteRequest,
		) error {
			return s.RouteSelect(csta.RouteSelect{
				Dialogue: req.Dialogue, Register: "999", Selected: "1005",
			})
		}},
		{"a route with too much user data", csta.ValueOutOfRange, func(
			s *Switch, req csta.RouteRequest,
		) error {
			return s.RouteSelect(csta.RouteSelect{
				Dialogue: req.Dialogue, Selected: "1005",
				Private: csta.RouteSelectPrivate{UserData: long},
			})
		}},
		{"a direct agent call to who is away", csta.InvalidDestination, func(
			s *Switch, req csta.RouteRequest,
		) error {
			return s.RouteSelect(csta.RouteSelect{
				Dialogue: req.Dialogue, Selected: "4002",
				Private: csta.RouteSelectPrivate{DirectAgent: "5001"},
			})
		}},
		{"a direct agent call for what the agent cannot do", csta.InvalidAgentGroup, func(
			s *Switch, req csta.RouteRequest,
		) error {
			return s.RouteSelect(csta.RouteSelect{
				Dialogue: req.Dialogue, Selected: "4001",
				Private: csta.RouteSelectPrivate{DirectAgent: "5002"},
			})
		}},
		{"the end of no dialogue", csta.InvalidRouteingCrossRefID, func(
			s *Switch, _ csta.RouteRequest,
		) error {
			return s.RouteEnd(csta.RouteEnd{Dialogue: "9"})
		}},
		{"an end by another registration", csta.InvalidRouteRegistrationCrossRefID, func(
			s *Switch, req csta.RouteRequest,
		) error {
			return s.RouteEnd(csta.RouteEnd{Dialogue: req.Dialogue, Register: "999"})
		}},
		{"a rejection of nothing", csta.InvalidRouteingCrossRefID, func(
			s *Switch, _ csta.RouteRequest,
		) error {
			return s.RouteReject(csta.RouteReject{Dialogue: "9"})
		}},
		{"the end of a registration that is none", csta.InvalidRouteRegistrationCrossRefID, func(
			s *Switch, _ csta.RouteRequest,
		) error {
			return s.RouteRegisterCancel(csta.RouteRegisterCancel{Register: "999"})
		}},
		{"a second router of a VDN", csta.ResourceBusy, func(s *Switch, _ csta.RouteRequest) error {
			_, _, err := s.RouteRegister(csta.RouteRegister{Device: "8001"}, func(csta.Event) {})
			return err
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, asks())
			st.login("4001", "1001", csta.AuxWork)
			got := st.listen("8001")
			st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
			req := (*got)[0].(csta.RouteRequest)
			told := len(*got)
			st.refuses(test.want, func() error { return test.ask(st.s, req) })
			if len(*got) > told {
				t.Errorf("the router was told %v", (*got)[told:])
			}
		})
	}
}

func TestARejectedCallEnds(t *testing.T) {
	st := newStage(t, asks())
	got := st.listen("8001")
	st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	req := (*got)[0].(csta.RouteRequest)
	st.ok(st.s.RouteReject(csta.RouteReject{Dialogue: req.Dialogue, Register: req.Register}))
	if calls := st.s.State().Calls; len(calls) > 0 {
		t.Errorf("there is still %+v", calls)
	}
	st.refuses(csta.InvalidRouteingCrossRefID, func() error {
		return st.s.RouteReject(csta.RouteReject{Dialogue: req.Dialogue})
	})
}
