package calls_test

import (
	"testing"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// The rows follow the sequences of a Communication Manager as the device's own
// monitor reports them, and what a production client has met in the field.
func TestApplyFollowsACall(t *testing.T) {
	for _, test := range []struct {
		name   string
		events []csta.Event
		want   string
	}{
		{"going off hook", []csta.Event{
			csta.ServiceInitiated{Connection: conn("1", "1001"), Device: who("1001")},
		}, "1 initiated ->"},
		{"an outgoing call rings at the other end", []csta.Event{
			originated("1", "1001", "1002"), delivered("1", "1001", "1002"),
		}, "1 connected -> 1002 alerting"},
		{"an outgoing call is answered", []csta.Event{
			originated("1", "1001", "1002"), delivered("1", "1001", "1002"),
			established("1", "1001", "1002"),
		}, "1 connected -> 1002 connected"},
		{"a destination that answers at once is never delivered to", []csta.Event{
			originated("1", "1001", "8001"), established("1", "1001", "8001"),
		}, "1 connected -> 8001 connected"},
		{"an incoming call rings here", []csta.Event{
			delivered("1", "1002", "1001"),
		}, "1 alerting <- 1002 connected"},
		{"a station that answers by itself may skip the ringing", []csta.Event{
			established("1", "1002", "1001"),
		}, "1 connected <- 1002 connected"},
		{"hold and retrieve", []csta.Event{
			established("1", "1002", "1001"), heldBy("1", "1001", ""), retrieved("1", "1001"),
		}, "1 connected <- 1002 connected"},
		{"being put on hold leaves the own state alone", []csta.Event{
			established("1", "1002", "1001"), heldBy("1", "1002", ""),
		}, "1 connected <- 1002 hold"},
		{"the own connection is cleared", []csta.Event{
			established("1", "1002", "1001"), cleared("1", "1001"),
		}, ""},
		{"the other end leaves first: the own connection is still there", []csta.Event{
			established("1", "1002", "1001"), cleared("1", "1002"),
		}, "1 connected <-"},
		{"a busy destination leaves the caller with a tone", []csta.Event{
			originated("1", "1001", "1002"),
			csta.Failed{
				CallEvent:  told(csta.Connected, csta.CauseBusy),
				Connection: conn("1", "1002"), Failing: who("1002"), Calling: who("1001"),
			},
		}, "1 connected -> 1002 fail"},
		{"a call out of the switch: nothing is known of the far end", []csta.Event{
			originated("1", "1001", "2125550100"),
			csta.NetworkReached{
				Connection: conn("1", "T1#2"), Calling: who("1001"), Called: who("2125550100"),
			},
		}, "1 connected -> 2125550100"},
		{"a call through a VDN and a queue ends up at one agent", []csta.Event{
			originated("1", "1001", "8001"), delivered("1", "1001", "8001"),
			csta.QueuedEvent{
				Connection: conn("1", "5001"), Queue: who("5001"),
				Redirection: csta.Redirection(dev("8001")),
			},
			csta.Delivered{
				Connection: conn("1", "1002"), Alerting: who("1002"), Calling: who("1001"),
				Redirection: csta.Redirection(dev("8001")),
				Private: csta.DeliveredPrivate{
					ArrivalPrivate: csta.ArrivalPrivate{ACDGroup: dev("5001")},
				},
			},
		}, "1 connected -> 1002 alerting"},
		{"the whole call is cleared", []csta.Event{
			established("1", "1002", "1001"),
			csta.CallCleared{Call: conn("1", "")},
		}, ""},
		{"missing the first event of an own call is made up for by the next", []csta.Event{
			delivered("1", "1001", "1002"),
		}, "1 connected -> 1002 alerting"},
	} {
		t.Run(test.name, func(t *testing.T) {
			check(t, play(calls.New(me), test.events...), test.want)
		})
	}
}

func TestWhatDoesNotConcernTheDeviceChangesNothing(t *testing.T) {
	busy := play(calls.New(me), established("1", "1002", "1001"))
	for _, test := range []struct {
		name string
		ev   csta.Event
	}{
		{"an event that has no type", csta.Unknown{Name: "BridgedEvent"}},
		{"an event about an agent", csta.AgentReady{}},
		{"a call between two others", delivered("7", "1002", "1003")},
		{"the same extension at another switch", csta.Delivered{
			Connection: csta.ConnectionID{Call: "7", Device: "1001:CM2:0.0.0.0:0"},
		}},
		{"a call that failed because this device is busy", csta.Failed{
			CallEvent:  told(csta.Fail, csta.CauseBusy),
			Connection: conn("7", "1001"), Failing: who("1001"), Calling: who("1003"),
		}},
		{"a stray clear", cleared("7", "1001")},
		{"a connection without a call", csta.Established{Answering: who("1001")}},
		{"a conference of calls that are not known here", conferenced("1002", "7", "8", "1003")},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := busy.Apply(test.ev, second(9)); !got.Equal(busy) {
				t.Errorf("got %q, want %q", describe(got), describe(busy))
			}
		})
	}
}

func TestAnIncomingCallTellsWhereItComesFrom(t *testing.T) {
	b := calls.New(me).Apply(csta.Delivered{
		CallEvent: csta.CallEvent{
			Linkage:  csta.Linkage("00001001791428242051"),
			UserData: &csta.UserData{Text: "order=17"},
		},
		Connection: conn("179", "1001"), Alerting: who("1001"),
		Calling: csta.Party("2125550100"), Called: who("8001"),
		Redirection: csta.Redirection(dev("8001")),
		Private: csta.DeliveredPrivate{ArrivalPrivate: csta.ArrivalPrivate{
			ACDGroup: dev("5001"), DistributingVDN: who("8001"),
			Entered:  &csta.UserEnteredCode{Data: "1#"},
			Original: &csta.OriginalCallInfo{NetworkCaller: csta.Party("2125550199")},
		}},
	}, noon)
	c, ok := b.Alerting()
	if !ok {
		t.Fatal("nothing rings")
	}
	got := []string{
		c.UCID, c.UUI, c.Digits, c.VDN.Extension(), c.Skill.Extension(),
		calls.Name(c.Calling), calls.Name(c.Called), c.Redirection.Device.Extension(),
		calls.Name(c.Origin), calls.Name(c.Peer()),
	}
	want := []string{
		"00001001791428242051", "order=17", "1#", "8001", "5001",
		"2125550100", "8001", "8001", "2125550199", "2125550100",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("fact %d: got %q, want %q", i, got[i], want[i])
		}
	}
}

func TestTheUserDataOfAnOwnCallAreAvayasPart(t *testing.T) {
	b := calls.New(me).Apply(csta.Originated{
		Connection: conn("1", "1001"), Calling: who("1001"), Called: who("1002"),
		Private: csta.OriginatedPrivate{UserData: &csta.UserData{Text: "case 7"}},
	}, noon)
	if c, _ := b.Call("1"); c.UUI != "case 7" {
		t.Errorf("the user data are %q", c.UUI)
	}
}

func TestTimesOfACall(t *testing.T) {
	b := play(calls.New(me), delivered("1", "1002", "1001"), delivered("1", "1002", "1001"),
		established("1", "1002", "1001"), heldBy("1", "1001", ""))
	c, _ := b.Call("1")
	if !c.Began.Equal(second(0)) || !c.Answered.Equal(second(2)) || !c.Since.Equal(second(3)) {
		t.Errorf("began %v, answered %v, held since %v", c.Began, c.Answered, c.Since)
	}
	out := play(calls.New(me), originated("1", "1001", "1002"), delivered("1", "1001", "1002"),
		established("1", "1001", "1002"))
	if c, _ := out.Call("1"); !c.Answered.Equal(second(2)) || !c.Since.Equal(second(0)) {
		t.Errorf("answered %v, connected since %v", c.Answered, c.Since)
	}
}

func TestAnEndedCallIsRemembered(t *testing.T) {
	b := calls.New(me)
	for range 12 {
		b = play(b, delivered("1", "1002", "1001"), csta.Diverted{
			CallEvent:  told(csta.Null, csta.CauseRedirected),
			Connection: conn("1", "1001"), Diverting: who("1001"), NewDestination: who("1003"),
		})
	}
	check(t, b, "")
	ended := b.Ended()
	if len(ended) != 8 {
		t.Fatalf("%d ended calls are remembered, want 8", len(ended))
	}
	c := ended[0]
	if c.Ending != calls.Diverted || c.Cause != csta.CauseRedirected || !c.Incoming ||
		c.State != csta.Null || !c.Ended.Equal(second(1)) {
		t.Errorf("ended call: %+v", c)
	}
}

func TestABoardIsAValue(t *testing.T) {
	b := play(calls.New(me), established("1", "1002", "1001"))
	list := b.Calls()
	list[0].State, list[0].Parties[0].State = csta.Fail, csta.Fail
	check(t, b, "1 connected <- 1002 connected")

	one := b.Apply(delivered("2", "1003", "1001"), second(5))
	two := b.Apply(delivered("3", "1003", "1001"), second(5))
	check(t, one, "1 connected <- 1002 connected; 2 alerting <- 1003 connected")
	check(t, two, "1 connected <- 1002 connected; 3 alerting <- 1003 connected")
}
