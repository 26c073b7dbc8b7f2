package panel

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// What the lamps and the buttons are is from Avaya's sample programs and the DMCC
// constants; see where they are named.
func TestATelephoneShowsItsCalls(t *testing.T) {
	for _, row := range []struct {
		name   string
		calls  []csta.ConnectionState
		lamps  []csta.LampMode
		shown  int
		rings  csta.RingMode
		onHook bool
	}{
		{
			"an idle telephone is dark",
			[]csta.ConnectionState{"", ""},
			[]csta.LampMode{csta.LampOff, csta.LampOff},
			-1, csta.NotRinging, true,
		},
		{
			"one that is called flashes and rings",
			[]csta.ConnectionState{"", csta.Alerting},
			[]csta.LampMode{csta.LampOff, csta.LampFlash},
			1, csta.Ringing, true,
		},
		{
			"the call that is talked to comes first",
			[]csta.ConnectionState{csta.Held, csta.Alerting, csta.Connected},
			[]csta.LampMode{csta.LampFlutter, csta.LampFlash, csta.LampSteady},
			2, csta.Ringing, false,
		},
		{
			"a call that rings comes before one on hold",
			[]csta.ConnectionState{csta.Held, csta.Alerting},
			[]csta.LampMode{csta.LampFlutter, csta.LampFlash},
			1, csta.Ringing, true,
		},
	} {
		p, shown := Of(row.calls, false, Ring{})
		var lamps []csta.LampMode
		for _, item := range p.LampModes("")[:len(row.calls)] {
			lamps = append(lamps, item.Mode)
		}
		if diff := cmp.Diff(row.lamps, lamps); diff != "" {
			t.Errorf("%s: lamps (-want +got):\n%s", row.name, diff)
		}
		if shown != row.shown || p.Ringer().Mode != row.rings || p.OnHook() != row.onHook {
			t.Errorf("%s: shown %d, ringer %s, on hook %v",
				row.name, shown, p.Ringer().Mode, p.OnHook())
		}
	}
}

func TestWhatHasChangedIsTold(t *testing.T) {
	idle, _ := Of([]csta.ConnectionState{""}, false, Ring{})
	called, _ := Of([]csta.ConnectionState{csta.Alerting}, false, Ring{})
	called.Show("a= Ada Keller 1001")
	lit, _ := Of([]csta.ConnectionState{""}, true, Ring{})
	for _, row := range []struct {
		name        string
		before, now Panel
		want        string
	}{
		{
			"the first look tells everything",
			Panel{},
			idle,
			"LampModeEvent LampModeEvent HookswitchEvent RingerStatusEvent DisplayUpdatedEvent",
		},
		{"a panel that stays tells nothing", idle, idle, ""},
		{
			"a call tells what it does", idle, called,
			"LampModeEvent RingerStatusEvent DisplayUpdatedEvent",
		},
		{"a message lights its lamp", idle, lit, "LampModeEvent"},
	} {
		var names []string
		for _, change := range row.now.Changes(row.before, csta.Party("1001")) {
			ev := change(csta.Monitored{CrossRefID: "7"})
			names = append(names, ev.EventName())
		}
		if diff := cmp.Diff(row.want, strings.Join(names, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.name, diff)
		}
	}
}

func TestADisplayHasTwoRowsOfForty(t *testing.T) {
	p, _ := Of([]csta.ConnectionState{csta.Connected}, false, Ring{})
	p.Show("a= " + strings.Repeat("x", 100))
	got := p.Screen().Contents
	if want := "a= " + strings.Repeat("x", 37) + strings.Repeat(" ", 40); got != want {
		t.Errorf("got %q", got)
	}
}

func TestARingerIsKeptSilentForTheCallsThatRing(t *testing.T) {
	r := Ring{Mode: csta.NotRinging}
	r.Settle(true)
	p, _ := Of([]csta.ConnectionState{csta.Alerting}, false, r)
	if got := p.Ringer().Mode; got != csta.NotRinging {
		t.Errorf("it is %s", got)
	}
	r.Settle(false)
	p, _ = Of([]csta.ConnectionState{csta.Alerting}, false, r)
	if got := p.Ringer().Mode; got != csta.Ringing {
		t.Errorf("at the next call it is %s", got)
	}
}
