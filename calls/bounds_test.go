package calls_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

const desk = csta.DeviceID("1001:CM1:0.0.0.0:0")

func deliveredTo(device csta.DeviceID, call int) csta.Event {
	return csta.Delivered{
		Connection: csta.ConnectionID{Call: csta.CallID(strconv.Itoa(call)), Device: device},
		Alerting:   csta.Party(device), Calling: csta.Party("2000"),
	}
}

func TestABoardHoldsSoManyCallsAndCountsTheOthers(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	b := calls.New(desk)
	for i := range calls.MaxCalls + 10 {
		b = b.Apply(deliveredTo(desk, i), at)
	}
	if got := len(b.Calls()); got != calls.MaxCalls || b.TurnedAway() != 10 {
		t.Errorf("%d calls, %d turned away", got, b.TurnedAway())
	}
	if _, ok := b.Call("0"); !ok {
		t.Error("the first call had to go for one that came later")
	}
	b = b.Apply(csta.ConnectionCleared{
		Connection: csta.ConnectionID{Call: "0", Device: desk}, Releasing: csta.Party(desk),
	}, at)
	b = b.Apply(deliveredTo(desk, 1<<20), at)
	if _, ok := b.Call("1048576"); !ok || b.TurnedAway() != 10 {
		t.Errorf("there was no room where a call had ended; %d turned away", b.TurnedAway())
	}
}

func TestASnapshotWithTooManyCallsIsTakenAsFarAsThereIsRoom(t *testing.T) {
	var list []csta.SnapshotDeviceInfo
	for i := range calls.MaxCalls + 3 {
		list = append(list, csta.SnapshotDeviceInfo{
			Connection: csta.ConnectionID{Call: csta.CallID(strconv.Itoa(i)), Device: desk},
			State:      csta.CallState{Connections: []csta.ConnectionState{csta.Alerting}},
		})
	}
	snap := csta.DeviceSnapshot{Data: csta.DeviceSnapshotData{Calls: list}}
	b, _ := calls.New(desk).Reconcile(snap, nil, time.Time{})
	if got := len(b.Calls()); got != calls.MaxCalls || b.TurnedAway() != 3 {
		t.Errorf("%d calls, %d turned away", got, b.TurnedAway())
	}
}

func TestACallHasABoundedNumberOfParties(t *testing.T) {
	b := calls.New(desk).Apply(deliveredTo(desk, 7), time.Time{})
	for i := range 1000 {
		b = b.Apply(deliveredTo(csta.DeviceID(strconv.Itoa(5000+i)), 7), time.Time{})
	}
	if c, _ := b.Call("7"); len(c.Parties) == 0 || len(c.Parties) > 256 {
		t.Errorf("%d parties", len(c.Parties))
	}
}
