package calls_test

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// A gap can swallow the answer that says which call a consultation is about.
func TestAConsultationIsKnownAgainAfterAGap(t *testing.T) {
	const station = csta.DeviceID("1001:CM1:0.0.0.0:0")
	call := func(id csta.CallID, own csta.ConnectionState) csta.SnapshotDeviceInfo {
		return csta.SnapshotDeviceInfo{
			Connection: csta.ConnectionID{Call: id, Device: station},
			State:      csta.CallState{Connections: []csta.ConnectionState{own, csta.Connected}},
		}
	}
	from := func(d csta.DeviceID) csta.CallSnapshot {
		return csta.CallSnapshot{Calling: csta.Party(d)}
	}
	rows := []struct {
		what                      string
		held, active              csta.DeviceID // who placed the call
		transfer, swap, canCancel bool
	}{
		{"the active call was placed here", "+15550100", station, true, true, true},
		{
			"the held call was placed here: the two were swapped", station, "+15550100", true, true,
			false,
		},
		{"both calls came in", "+15550100", "+15550200", false, true, false},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			var snap csta.DeviceSnapshot
			snap.Data.Calls = []csta.SnapshotDeviceInfo{
				call("1", csta.Held), call("2", csta.Connected),
			}
			parties := map[csta.CallID]csta.CallSnapshot{
				"1": from(row.held), "2": from(row.active),
			}
			b, _ := calls.New(station).Reconcile(snap, parties, time.Time{})
			v := b.Can()
			if v.Transfer != row.transfer || v.Conference != row.transfer || v.Swap != row.swap ||
				v.Cancel != row.canCancel {
				t.Errorf("got %+v", v)
			}
		})
	}
}
