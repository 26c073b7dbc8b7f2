package pbx

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

func TestFiltersInBothPolarities(t *testing.T) {
	yes, no := true, false
	delivered := &csta.MonitorFilter{CallControl: &csta.CallControlFilter{
		Delivered: &yes, Established: &no,
	}}
	everything := []string{"DeliveredEvent", "EstablishedEvent", "ConnectionClearedEvent"}
	for _, test := range []struct {
		name     string
		suppress bool // the switch reads true as 'do not send'
		req      csta.MonitorStart
		want     []string
	}{
		{"no filter: everything", false, csta.MonitorStart{}, everything},
		{"no filter: everything, in plain CSTA too", true, csta.MonitorStart{}, everything},
		{
			"true is wanted", false,
			csta.MonitorStart{Filter: delivered},
			[]string{"DeliveredEvent"},
		},
		{
			"true is unwanted, in plain CSTA", true,
			csta.MonitorStart{Filter: delivered},
			[]string{"EstablishedEvent", "ConnectionClearedEvent"},
		},
		{
			"true is wanted with invertFilter", true,
			csta.MonitorStart{
				Filter: delivered, Avaya: csta.AvayaEvents{Invert: &yes},
			},
			[]string{"DeliveredEvent"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			lab := DefaultLab()
			lab.Features.FilterSuppresses = test.suppress
			st := newStage(t, lab)
			var got []string
			test.req.Object.Device = "1002"
			_, err := st.s.Monitor(test.req, "1", func(ev csta.Event) {
				got = append(got, ev.EventName())
			})
			st.ok(err)
			call := st.call("1001", "1002")
			st.answer(at(call, "1002"))
			st.clear(at(call, "1002"))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMonitorOfACallEndsWithIt(t *testing.T) {
	st := newStage(t, DefaultLab())
	call := st.call("1001", "1002")
	var got []string
	_, err := st.s.Monitor(csta.MonitorStart{Object: csta.MonitorObject{Call: &call}}, "7",
		func(ev csta.Event) { got = append(got, ev.EventName()) })
	st.ok(err)
	st.clear(call)
	want := []string{
		"ConnectionClearedEvent", "ConnectionClearedEvent", "CallClearedEvent", "MonitorStop",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAStoppedMonitorIsSilent(t *testing.T) {
	st := newStage(t, DefaultLab())
	told := 0
	stop, err := st.s.Monitor(csta.MonitorStart{
		Object: csta.MonitorObject{Device: "8001"}, Type: csta.CallMonitor,
	}, "1", func(csta.Event) { told++ })
	st.ok(err)
	st.incoming(IncomingCall{To: "8001"})
	stop()
	before := told
	st.clear(st.call("1001", "8001"))
	if before == 0 || told != before {
		t.Errorf("told %d times, then %d", before, told-before)
	}
}

func TestTheChoicesOfFeatures(t *testing.T) {
	lab := DefaultLab()
	lab.Features = Features{DivertedToAll: true, MergeKeepsActive: true, OnlyLogins: true}
	st := newStage(t, lab)
	st.watch("1001", "1002", "1003", "5001")
	st.login("4001", "1001", csta.AutoIn)
	call := st.call("1001", "1002")
	st.says("1002 deflects to 1003")
	st.ok(st.s.DeflectCall(csta.DeflectCall{Target: at(call, "1002"), To: "1003"}))
	st.answer(at(call, "1003"))
	second := st.consult(call, "1002")
	st.answer(at(second, "1002"))
	st.says("1001 transfers")
	_, err := st.s.TransferCall(csta.TransferCall{Held: call, Active: second})
	st.ok(err)
	st.compare("features")
}
