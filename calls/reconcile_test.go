package calls_test

import (
	"testing"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// at is one call in a snapshot of the device.
func at(call string, states ...csta.ConnectionState) csta.SnapshotDeviceInfo {
	return csta.SnapshotDeviceInfo{
		Connection: csta.ConnectionID{Call: csta.CallID(call), Device: me},
		State:      csta.CallState{Connections: states},
	}
}

func snapshot(list ...csta.SnapshotDeviceInfo) csta.DeviceSnapshot {
	return csta.DeviceSnapshot{Data: csta.DeviceSnapshotData{Calls: list}}
}

func part(call, ext string, state csta.ConnectionState) csta.SnapshotCallInfo {
	return csta.SnapshotCallInfo{
		Device: who(ext), Connection: conn(call, ext), State: state,
	}
}

func inCall(ucid string, list ...csta.SnapshotCallInfo) csta.CallSnapshot {
	return csta.CallSnapshot{
		Data: csta.CallSnapshotData{Parties: list}, Linkage: csta.Linkage(ucid),
	}
}

type callSnapshots = map[csta.CallID]csta.CallSnapshot

func TestReconcile(t *testing.T) {
	talking := play(calls.New(me), established("1", "1002", "1001"))
	for _, test := range []struct {
		name    string
		before  calls.Board
		snap    csta.DeviceSnapshot
		parties callSnapshots
		want    string
	}{
		{
			"nothing was missed", talking, snapshot(at("1", csta.Connected)), nil,
			"1 connected <- 1002 connected",
		},
		{"the call ended unseen", talking, snapshot(), nil, ""},
		{
			"the call is listed, but this device has no part in it", talking,
			snapshot(at("1", csta.Null, csta.Connected)), nil, "",
		},
		{
			"the call was put on hold unseen", talking, snapshot(at("1", csta.Held)), nil,
			"1 hold <- 1002 connected",
		},
		{
			"the state is not told: it stays", talking, snapshot(at("1")), nil,
			"1 connected <- 1002 connected",
		},
		{
			"the state is told among the parties only", calls.New(me), snapshot(at("1")),
			callSnapshots{"1": inCall("", part("1", "1001", csta.Held))},
			"1 hold ->",
		},
		{
			"a call came unseen", talking,
			snapshot(at("1", csta.Connected), at("2", csta.Alerting)), nil,
			"1 connected <- 1002 connected; 2 alerting <-",
		},
		{
			"who takes part is what the call's snapshot says", talking,
			snapshot(at("1", csta.Connected)),
			callSnapshots{"1": inCall("",
				part("1", "1001", csta.Connected), part("1", "1003", csta.Held),
				part("1", "1004", csta.Null))},
			"1 connected <- 1003 hold",
		},
		{
			"a snapshot of a call without anybody in it tells nothing", talking,
			snapshot(at("1", csta.Connected)),
			callSnapshots{"1": {}},
			"1 connected <- 1002 connected",
		},
		{
			"a bridged device is listed twice", calls.New(me),
			snapshot(at("1", csta.Connected), at("1", csta.Alerting)), nil, "1 connected ->",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, changes := test.before.Reconcile(test.snap, test.parties, second(60))
			check(t, got, test.want)
			if same := describe(test.before) == test.want; same != (len(changes) == 0) {
				t.Errorf("changes: %v", changes)
			}
		})
	}
}

func TestReconcileKeepsWhatIsKnown(t *testing.T) {
	before := play(calls.New(me), established("1", "1002", "1001"))
	b, _ := before.Reconcile(snapshot(at("1", csta.Connected)), callSnapshots{
		"1": inCall("", part("1", "1001", csta.Connected), part("1", "1002", csta.Connected)),
	}, second(60))
	c, _ := b.Call("1")
	if !c.Began.Equal(second(0)) || !c.Answered.Equal(second(0)) || !c.Since.Equal(second(0)) ||
		!c.Incoming || !c.Parties[0].Since.Equal(second(0)) {
		t.Errorf("%+v", c)
	}
}

func TestReconcileKnowsACallAgain(t *testing.T) {
	const ucid, other = "00001000011772452800", "00001000091772452900"
	before := calls.New(me).Apply(csta.Established{
		CallEvent:  csta.CallEvent{Linkage: csta.Linkage(ucid)},
		Connection: conn("1", "1001"), Calling: who("1002"),
	}, noon)
	t.Run("by its universal id, when it was merged into another", func(t *testing.T) {
		b, changes := before.Reconcile(snapshot(at("9", csta.Connected)),
			callSnapshots{"9": inCall(ucid)}, second(60))
		c, _ := b.Call("9")
		if !c.Began.Equal(noon) || c.Own.Call != "9" || len(c.Formerly) != 1 {
			t.Errorf("%+v", c)
		}
		if len(changes) != 1 || changes[0].Kind != calls.Renamed {
			t.Errorf("changes: %v", changes)
		}
	})
	t.Run("and another call that has got its id for what it is", func(t *testing.T) {
		b, changes := before.Reconcile(snapshot(at("1", csta.Connected)),
			callSnapshots{"1": inCall(other)}, second(60))
		if c, _ := b.Call("1"); !c.Began.Equal(second(60)) {
			t.Errorf("%+v", c)
		}
		if len(changes) != 2 || changes[0].Kind != calls.Ended ||
			changes[1].Kind != calls.Appeared {
			t.Errorf("changes: %v", changes)
		}
		if c := b.Ended()[0]; c.UCID != ucid || c.Ending != calls.Missing {
			t.Errorf("ended: %+v", c)
		}
	})
}

func TestAnAnswerThatWasMissedIsDatedToTheSnapshot(t *testing.T) {
	b := play(calls.New(me), delivered("1", "1002", "1001"))
	b, _ = b.Reconcile(snapshot(at("1", csta.Connected)), nil, second(60))
	if c, _ := b.Call("1"); !c.Answered.Equal(second(60)) {
		t.Errorf("answered %v", c.Answered)
	}
}
