package calls_test

import (
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

func TestDiffInWords(t *testing.T) {
	busy := csta.Failed{
		CallEvent: told(csta.Connected, csta.CauseBusy), Connection: conn("1", "1002"),
		Failing: who("1002"), Calling: who("1001"),
	}
	consult := []csta.Event{
		established("1", "1002", "1001"), heldBy("1", "1001", csta.CauseConsultation),
		originated("2", "1001", "1003"), established("2", "1001", "1003"),
	}
	for _, test := range []struct {
		name   string
		before []csta.Event
		ev     csta.Event
		want   string
	}{
		{
			"nothing",
			[]csta.Event{delivered("1", "1002", "1001")},
			delivered("1", "1002", "1001"), "",
		},
		{"a call comes", nil, delivered("1", "1002", "1001"), "call 1 from 1002 is ringing"},
		{"it comes from nobody", nil, csta.Delivered{
			Connection: conn("1", "1001"),
			Calling:    csta.ExtendedDeviceID{Presence: csta.Restricted},
		}, "call 1 from withheld is ringing"},
		{
			"it is answered",
			[]csta.Event{delivered("1", "1002", "1001")},
			established("1", "1002", "1001"), "call 1 is connected (was ringing)",
		},
		{
			"the other end rings",
			[]csta.Event{originated("1", "1001", "1002")},
			delivered("1", "1001", "1002"), "1002 joined call 1 (ringing)",
		},
		{"the other end answers", []csta.Event{
			originated("1", "1001", "1002"), delivered("1", "1001", "1002"),
		}, established("1", "1001", "1002"), "1002 in call 1 is connected (was ringing)"},
		{"the other end is busy", []csta.Event{
			originated("1", "1001", "1002"), delivered("1", "1001", "1002"),
		}, busy, "1002 in call 1 is failed (was ringing): busy"},
		{
			"the other end leaves",
			[]csta.Event{established("1", "1002", "1001")},
			cleared("1", "1002"), "1002 left call 1",
		},
		{
			"dialling is over and nobody has answered",
			[]csta.Event{csta.ServiceInitiated{Connection: conn("1", "1001")}},
			delivered("1", "1001", "1002"),
			"call 1 is calling (was dialling); 1002 joined call 1 (ringing); call 1 to 1002",
		},
		{
			"a call is placed", nil, originated("1", "1001", "1002"), "call 1 to 1002 is calling",
		},
		{
			"a call has left the switch when it is first heard of", nil, csta.NetworkReached{
				CallEvent: told(csta.Connected, ""), Connection: conn("1", "T1#2"),
				Calling: who("1001"), Called: who("+1555"),
			}, "call 1 to +1555 is calling",
		},
		{
			"it ends",
			[]csta.Event{established("1", "1002", "1001")},
			cleared("1", "1001"),
			"call 1 from 1002 ended after 1m0s: normalClearing",
		},
		{"it goes elsewhere", []csta.Event{delivered("1", "1002", "1001")}, csta.Diverted{
			CallEvent: told("", csta.CauseRedirected), Connection: conn("1", "1001"),
		}, "call 1 from 1002 went to another device: redirected"},
		{
			"it is transferred",
			[]csta.Event{established("1", "1002", "1001")},
			transferred("1001", "1", "", "1003"),
			"call 1 from 1002 was transferred after 1m0s: transfer",
		},
		{
			"two become one, under the older's id", consult, conferenced("1001", "1", "2", "1003",
				item("1", "1", "1002"), item("1", "2", "1003")),
			"call 1 is connected (was on hold); 1003 joined call 1 (connected); " +
				"call 2 became part of call 1",
		},
		{
			"two become one, under the newer's id", consult, conferenced("1001", "1", "2", "1003",
				item("2", "1", "1002"), item("2", "2", "1003")),
			"call 1 goes on as call 2; call 2 is connected (was on hold); " +
				"1003 joined call 2 (connected)",
		},
		{"more is known", []csta.Event{delivered("1", "1002", "1001")}, csta.Delivered{
			Connection: conn("1", "1001"),
			Private: csta.DeliveredPrivate{ArrivalPrivate: csta.ArrivalPrivate{
				ACDGroup: dev("5001"), Entered: &csta.UserEnteredCode{Data: "42"},
			}},
		}, "call 1 from 1002, skill 5001, digits 42"},
		{"a caller without a name gets one", []csta.Event{csta.Delivered{
			Connection: conn("1", "1001"), Calling: csta.Party(""),
		}, csta.HeldEvent{Connection: csta.ConnectionID{Call: "1"}}}, csta.Retrieved{
			Connection: csta.ConnectionID{Call: "1"}, Retrieving: csta.Party(""),
		}, "unknown in call 1 is connected (was on hold)"},
		{
			"the switch does what the model does not have",
			[]csta.Event{delivered("1", "1002", "1001")},
			retrieved("1", "1001"),
			"call 1 is connected (was ringing); " +
				"call 1: unexpected RetrievedEvent while ringing",
		},
		{
			"a call is heard of when it is already on hold", nil, heldBy("1", "1001", ""),
			"call 1 is on hold; call 1: unexpected HeldEvent of a call not known before",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := play(calls.New(me), test.before...)
			var words []string
			for _, c := range calls.Diff(before, before.Apply(test.ev, second(60))) {
				words = append(words, c.String())
			}
			if got := strings.Join(words, "; "); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}
