package filter

import (
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestAFilterDecides(t *testing.T) {
	yes, no := true, false
	calls := func(delivered *bool) csta.MonitorFilter {
		return csta.MonitorFilter{CallControl: &csta.CallControlFilter{Delivered: delivered}}
	}
	standard := calls(&yes)
	asked := csta.MonitorStart{Filter: &standard}
	inverted := csta.MonitorStart{Filter: &standard, Avaya: csta.AvayaEvents{Invert: &yes}}
	private := csta.MonitorStart{Avaya: csta.AvayaEvents{
		MediaControl: &csta.MediaControlFilter{Started: &yes},
	}}
	for _, row := range []struct {
		name   string
		filter Filter
		ev     csta.Event
		want   bool
	}{
		{"no filter passes everything", Filter{}, csta.Delivered{}, true},
		{"and in plain CSTA too", New(csta.MonitorStart{}, true), csta.Delivered{}, true},
		{"true asks for an event", New(asked, false), csta.Delivered{}, true},
		{"what a filter is silent on is false", New(asked, false), csta.Established{}, false},
		{"true holds an event back in plain CSTA", New(asked, true), csta.Delivered{}, false},
		{"invertFilter asks for it there too", New(inverted, true), csta.Delivered{}, true},
		{"what no member speaks of passes", New(asked, false), csta.MonitorStopped{}, true},
		{"an Avaya member is a filter alone", New(private, false), csta.Delivered{}, false},
		{"and asks for its own events", New(private, false), csta.MediaStarted{}, true},
		{
			"a new standard part counts",
			New(asked, false).With(calls(&no)),
			csta.Delivered{},
			false,
		},
		{
			"and leaves the Avaya part",
			New(private, false).With(calls(&no)),
			csta.MediaStarted{},
			true,
		},
	} {
		if got := row.filter.Passes(row.ev); got != row.want {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}
