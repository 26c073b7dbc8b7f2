package pbx

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// reached are the events about a call to the outside, with the progress that is in them.
func (st *stage) reached(to string) (told []string, call csta.ConnectionID) {
	st.Helper()
	_, err := st.s.Monitor(csta.MonitorStart{
		Object: csta.MonitorObject{Device: "1001"},
	}, "1", func(ev csta.Event) {
		switch ev := ev.(type) {
		case csta.NetworkReached:
			told = append(told, fmt.Sprintf("reached %s %s %s",
				ev.Cause, ev.Private.Location, ev.Private.Description))
		case csta.Delivered, csta.Established, csta.Failed:
			told = append(told, ev.EventName())
		}
	})
	st.ok(err)
	call = st.call("1001", to)
	st.pass(5 * time.Second)
	return told, call
}

// TestWhatTheNetworkReports holds NetworkReached to the ASAI reference (555-230-220): an ISDN
// trunk reports each PROGRESS message (Cut-Through), others their seizure. The descriptions
// are those of Q.931's progress indicators 1, 2 and 8.
func TestWhatTheNetworkReports(t *testing.T) {
	const seized = "reached newCall  "
	for _, test := range []struct {
		name   string
		number Outside
		analog bool
		byWord bool // NetworkReached is for progress only
		want   []string
		hears  string
	}{
		{
			"a digital far end signals all",
			Outside{},
			false, false,
			[]string{seized, "DeliveredEvent", "EstablishedEvent"},
			"+15550100123",
		},
		{
			"it reports no progress",
			Outside{},
			false, true,
			[]string{"DeliveredEvent", "EstablishedEvent"},
			"+15550100123",
		},
		{
			"a call that leaves ISDN is answered without having been delivered",
			Outside{Progress: OffISDN},
			false, true,
			[]string{"reached networkSignal publicRemote callOffISDN", "EstablishedEvent"},
			"+15550100123",
		},
		{
			"seizure and progress are two reports",
			Outside{Progress: FarNotISDN},
			false, false,
			[]string{
				seized, "reached networkSignal publicRemote destNotISDN", "EstablishedEvent",
			},
			"+15550100123",
		},
		{
			"a busy tone in the band is to be heard, and nothing fails",
			Outside{Progress: InBand, Answer: IsBusy},
			false, true,
			[]string{"reached networkSignal publicRemote inband"},
			"busy",
		},
		{
			"what is said of a number that is none is to be heard, and nothing fails",
			Outside{Progress: OffISDN, Answer: Unallocated},
			false, true,
			[]string{"reached networkSignal publicRemote callOffISDN"},
			"intercept",
		},
		{
			"who does not answer is not delivered either",
			Outside{Progress: OffISDN, Answer: NeverAnswer},
			false, true,
			[]string{"reached networkSignal publicRemote callOffISDN"},
			"ringback",
		},
		{
			"an analog trunk reports its seizure, whatever the network says",
			Outside{Progress: OffISDN},
			true, true,
			[]string{seized},
			"+15550100123",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			lab := DefaultLab()
			test.number.Number = "+15550100123"
			lab.Outside = []Outside{test.number}
			lab.TrunkGroups[0].Analog = test.analog
			lab.Features.ReachedByProgress = test.byWord
			st := newStage(t, lab)
			st.register("1001")
			told, call := st.reached("+15550100123")
			if diff := cmp.Diff(test.want, told); diff != "" {
				t.Error(diff)
			}
			st.wantHeard("in the end", call.Call, map[string]string{"1001": test.hears})
			st.clear(call)
			if calls := st.s.State().Calls; len(calls) > 0 {
				t.Errorf("when 1001 has hung up, there is %+v", calls)
			}
		})
	}
}
