package calls_test

import (
	"testing"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// Field observations: what a production client of the same switch has met. Each is
// a requirement.

func TestDeliveredAfterOriginatedKeepsTheOriginalData(t *testing.T) {
	b := play(calls.New(me), originated("1", "1001", "91002"), delivered("1", "1001", "1002"))
	c, _ := b.Call("1")
	if calls.Name(c.Called) != "91002" || c.Incoming {
		t.Errorf("called %s, incoming %v", calls.Name(c.Called), c.Incoming)
	}
}

func TestOnlyTheDroppedConnectionEndsTheOwnPart(t *testing.T) {
	held := play(calls.New(me), established("1", "1002", "1001"), heldBy("1", "1001", ""))
	for _, test := range []struct {
		name string
		ev   csta.ConnectionCleared
		want string
	}{
		{"another is dropped, and the own state is said to be null", csta.ConnectionCleared{
			CallEvent: told(csta.Null, ""), Connection: conn("1", "1002"), Releasing: who("1002"),
		}, "1 hold <-"},
		{"another is dropped by this device", csta.ConnectionCleared{
			Connection: conn("1", "1002"), Releasing: who("1001"),
		}, "1 hold <-"},
		{"this device is dropped by another", csta.ConnectionCleared{
			Connection: conn("1", "1001"), Releasing: who("1002"),
		}, ""},
		{"only the releasing device is named", csta.ConnectionCleared{
			Connection: csta.ConnectionID{Call: "1"}, Releasing: who("1001"),
		}, ""},
		{"nobody is named", csta.ConnectionCleared{
			Connection: csta.ConnectionID{Call: "1"},
		}, "1 hold <- 1002 connected"},
	} {
		t.Run(test.name, func(t *testing.T) { check(t, held.Apply(test.ev, second(9)), test.want) })
	}
}

func TestARecorderStepsInWithoutAnyUserAction(t *testing.T) {
	b := play(calls.New(me), established("1", "1002", "1001"),
		csta.Conferenced{
			PrimaryOld: conn("1", "1900"), Conferencing: who("1900"), Added: who("1900"),
			Connections: []csta.ConnectionListItem{
				item("1", "1", "1001"), item("1", "1", "1002"), item("1", "", "1900"),
			},
			Cause: csta.CauseSilentParticipation,
		})
	check(t, b, "1 connected <- 1002 connected, 1900 connected")
}

func TestARecorderLeavesAHeldCallOnHold(t *testing.T) {
	joins := func(local csta.ConnectionState) csta.Event {
		return csta.Conferenced{
			PrimaryOld: conn("1", "1001"), Conferencing: who("1001"), Added: who("1900"),
			Connections: []csta.ConnectionListItem{
				item("1", "1", "1001"), item("1", "1", "1002"), item("1", "", "1900"),
			},
			Local: local, Cause: csta.CauseSilentParticipation,
		}
	}
	for _, test := range []struct {
		name, want string
		device     csta.DeviceID
		joined     csta.Event
	}{
		{"who holds is told so", "1 hold <- 1002 connected, 1900", me, joins(csta.Held)},
		{"who holds is told nothing", "1 hold <- 1002 connected, 1900", me, joins("")},
		{
			"who is held sees no change", "1 connected -> 1001 hold, 1900", dev("1002"),
			joins(csta.Connected),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := play(calls.New(test.device), originated("1", "1002", "1001"),
				delivered("1", "1002", "1001"), established("1", "1002", "1001"),
				heldBy("1", "1001", ""), test.joined)
			check(t, b, test.want)
		})
	}
}

func TestACallThatReachesTheNetworkLeavesTheDeviceThatForwardedIt(t *testing.T) {
	b := play(calls.New(me), originated("1", "1001", "1002"), delivered("1", "1001", "1002"),
		csta.NetworkReached{
			CallEvent:  told(csta.Connected, csta.CauseCallForwardNoAnswer),
			Connection: conn("1", "+15550100123"), Calling: who("1001"), Called: who("1002"),
			Redirection: csta.Redirection(dev("1002")),
		})
	check(t, b, "1 connected -> +15550100123")
}

func TestANumberThatFailedCanBeCalledAgainInTheSameCall(t *testing.T) {
	b := play(calls.New(me), originated("1", "1001", "+1555"),
		csta.Failed{
			CallEvent: told(csta.Connected, csta.CauseBusy), Connection: conn("1", "+1555"),
			Failing: who("+1555"), Calling: who("1001"), Called: who("+1555"),
		},
		csta.NetworkReached{
			CallEvent: told(csta.Connected, ""), Connection: conn("1", "T1#2"),
			Calling: who("1001"), Called: who("+1555"),
		})
	check(t, b, "1 connected -> +1555 fail, +1555")
	check(t, play(b, cleared("1", "+1555")), "1 connected -> +1555")
	check(t, play(b, cleared("1", "T1#2")), "1 connected -> +1555 fail")
}

func TestTheHistoryOfACallTellsWhoHasLeft(t *testing.T) {
	ev := delivered("1", "1001", "1018").(csta.Delivered)
	ev.Called, ev.Redirection = who("1002"), csta.Redirection(dev("3001"))
	ev.History = []csta.DeviceHistoryItem{{Connection: conn("1", "1002")}}
	b := play(calls.New(me), originated("1", "1001", "1002"), delivered("1", "1001", "1002"), ev)
	check(t, b, "1 connected -> 1018 alerting")
}

func TestADeviceThatTheCallHasComeBackToIsNotLeftBehind(t *testing.T) {
	left := []csta.DeviceHistoryItem{{Connection: conn("1", "5001")}}
	again := csta.QueuedEvent{
		CallEvent: told(csta.Connected, csta.CauseRedirected), Connection: conn("1", "5001"),
		Queue: who("5001"), Calling: who("1001"), Called: who("5001"),
	}
	again.History = append(left, csta.DeviceHistoryItem{Connection: conn("1", "1002")})
	rings := delivered("1", "1001", "1003").(csta.Delivered)
	rings.History = again.History
	b := play(calls.New(me), originated("1", "1001", "5001"), again, rings)
	check(t, b, "1 connected -> 5001 queued, 1003 alerting")
	rings.Connection, rings.Alerting = conn("1", "1004"), who("1004")
	rings.History = append(rings.History, csta.DeviceHistoryItem{Connection: conn("1", "5001")})
	check(t, play(b, rings), "1 connected -> 1003 alerting, 1004 alerting")
}

func TestTheSurvivingCallIsReadFromTheConnections(t *testing.T) {
	consult := []csta.Event{
		established("1", "1002", "1001"),
		heldBy("1", "1001", csta.CauseConsultation),
		originated("2", "1001", "1003"), established("2", "1001", "1003"),
	}
	for _, test := range []struct {
		name     string
		survivor string
	}{
		{"the held call's id lives on", "1"},
		{"the active call's id lives on", "2"},
		{"a third", "3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := play(calls.New(me), consult...).Apply(conferenced("1001", "1", "2", "1003",
				item(test.survivor, "1", "1001"), item(test.survivor, "1", "1002"),
				item(test.survivor, "2", "1003")), second(9))
			check(t, b, test.survivor+" connected <- 1002 connected, 1003 connected")
			c, _ := b.Call(csta.CallID(test.survivor))
			if c.Own.Call != c.ID || !c.Began.Equal(second(0)) {
				t.Errorf("own connection %v, began %v", c.Own, c.Began)
			}
		})
	}
	t.Run("nobody says which: both stay, and a surprise asks for a snapshot", func(t *testing.T) {
		before := play(calls.New(me), consult...)
		b := before.Apply(conferenced("1001", "1", "2", "1003"), second(9))
		check(t, b, "1 hold <- 1002 connected; 2 connected -> 1003 connected")
		if c, _ := b.Call("1"); c.Surprise.IsZero() {
			t.Error("no surprise")
		}
	})
}

func TestTransferEndsBothCallsForWhoTransfers(t *testing.T) {
	b := play(calls.New(me), established("1", "1002", "1001"),
		heldBy("1", "1001", csta.CauseConsultation), originated("2", "1001", "1003"),
		transferred("1001", "1", "2", "1003", item("2", "1", "1002"), item("2", "2", "1003")))
	check(t, b, "")
	if c := b.Ended()[0]; c.Ending != calls.Transferred {
		t.Errorf("ended as %q", c.Ending)
	}
}

func TestTransferJoinsTheOthers(t *testing.T) {
	list := []csta.ConnectionListItem{item("2", "1", "1001"), item("2", "2", "1003")}
	t.Run("for the one who was on hold", func(t *testing.T) {
		b := play(calls.New(me), established("1", "1002", "1001"), heldBy("1", "1002", ""),
			transferred("1002", "1", "2", "1003", list...))
		check(t, b, "2 connected <- 1003")
	})
	t.Run("for the one who was consulted and still rings", func(t *testing.T) {
		b := play(calls.New(me), delivered("2", "1002", "1001"),
			transferred("1002", "1", "2", "1001", item("2", "1", "1003"), item("2", "2", "1001")))
		check(t, b, "2 alerting <- 1003")
		check(t, b.Apply(established("2", "1002", "1001"), second(5)), "2 connected <- 1003")
	})
}

func TestBeingAddedToACallOfOthersBringsItHere(t *testing.T) {
	b := play(calls.New(me), conferenced("1002", "1", "2", "1001",
		item("2", "1", "1002"), item("2", "1", "1003"), item("2", "2", "1001")))
	check(t, b, "2 connected <- 1002 connected, 1003")
}

func TestDivertedTakesTheCallAway(t *testing.T) {
	b := play(calls.New(me), delivered("1", "1002", "1001"), csta.Diverted{
		CallEvent:  told("", csta.CauseRedirected),
		Connection: conn("1", "1001"), Diverting: who("1001"), NewDestination: who("1003"),
	})
	check(t, b, "")
}

func TestTheAnswerToMakeCallComesAtAnyTime(t *testing.T) {
	answer := calls.Placement{
		Connection: csta.ConnectionID{Call: "1", Device: me}, UCID: "00001000011772452800",
		Called: dev("1002"),
	}
	t.Run("before the first event", func(t *testing.T) {
		b := calls.New(me).Placed(answer, noon)
		check(t, b, "1 initiated ->")
		check(t, play(b, originated("1", "1001", "1002"), delivered("1", "1001", "1002")),
			"1 connected -> 1002 alerting")
	})
	t.Run("after it", func(t *testing.T) {
		b := play(calls.New(me), originated("1", "1001", "1002")).Placed(answer, second(1))
		check(t, b, "1 connected ->")
		if c, _ := b.Call("1"); c.UCID != answer.UCID {
			t.Errorf("ucid %q", c.UCID)
		}
	})
	t.Run("after the last one", func(t *testing.T) {
		b := play(calls.New(me), originated("1", "1001", "1002"), cleared("1", "1001"))
		check(t, b.Placed(answer, second(2)), "")
	})
	t.Run("for an id that the switch gives out again", func(t *testing.T) {
		before := answer
		before.UCID = "00001000011772400000"
		b := calls.New(me).Placed(before, noon).Apply(cleared("1", "1001"), second(1))
		check(t, b.Placed(answer, second(2)), "1 initiated ->")
	})
	t.Run("for another device", func(t *testing.T) {
		check(t, calls.New(me).Placed(calls.Placement{Connection: conn("1", "1002")}, noon), "")
	})
}
