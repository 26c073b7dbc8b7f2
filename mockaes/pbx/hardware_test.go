package pbx

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// heard collects the names of a device's events.
func heard(t *testing.T, s *Switch, device csta.DeviceID, req csta.MonitorStart) *[]string {
	t.Helper()
	names := new([]string)
	req.Object = csta.MonitorObject{Device: device}
	if _, err := s.Monitor(req, "1", func(ev csta.Event) {
		*names = append(*names, ev.EventName())
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

func TestAHandChangesWhatItTouchesOnce(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	got := heard(t, st.s, "1001", csta.MonitorStart{})
	change := Hardware{
		SpeakerMuted: new(true), MicrophoneMuted: new(false), SpeakerVolume: new(30),
		MicrophoneGain: new(70), Button: "258", Label: "Hang up",
	}
	st.ok(st.s.Operate("1001", change))
	st.ok(st.s.Operate("1001", change)) // nothing changes
	want := []string{
		"ButtonInformationEvent", "SpeakerMuteEvent", "SpeakerVolumeEvent", "MicrophoneGainEvent",
	}
	if !slices.Equal(*got, want) {
		t.Errorf("told %q, want %q", *got, want)
	}
	buttons, err := st.s.GetButtonInformation(csta.GetButtonInformation{
		Device: "1001", Button: "258",
	})
	if err != nil || len(buttons.List) != 1 || buttons.List[0].Label != "Hang up" {
		t.Errorf("got %+v, %v", buttons, err)
	}
}

func TestWhatAHandCannotDo(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	for _, row := range []struct {
		sentence, station string
		change            Hardware
		want              string
	}{
		{"at a station that nobody sees", "1002", Hardware{SpeakerMuted: new(true)}, "Object"},
		{"at a number that is no station", "8001", Hardware{SpeakerMuted: new(true)}, "request"},
		{"louder than the telephone can", "1001", Hardware{SpeakerVolume: new(101)}, "0 to 100"},
		{"a gain below nothing", "1001", Hardware{MicrophoneGain: new(-1)}, "0 to 100"},
		{"a button that is not there", "1001", Hardware{Button: "999"}, "Button"},
		{
			"a label that fits no button", "1001",
			Hardware{Button: "263", Label: strings.Repeat("x", 41)},
			"at most",
		},
	} {
		err := st.s.Operate(row.station, row.change)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want something about %s", row.sentence, err, row.want)
		}
	}
}

// TestTheEventsOfTheStandardComeOnlyWhenAskedFor: the order is that of ECMA-269.
func TestTheEventsOfTheStandardComeOnlyWhenAskedFor(t *testing.T) {
	const usual = "ServiceInitiatedEvent OriginatedEvent DeliveredEvent"
	for _, row := range []struct {
		sentence string
		standard bool
		filter   csta.MonitorStart
		want     string
	}{
		{"CM does not send them", false, csta.MonitorStart{}, usual},
		{
			"a switch that does has them in their places", true,
			csta.MonitorStart{},
			"ServiceInitiatedEvent DigitsDialedEvent OriginatedEvent OfferedEvent " +
				"DeliveredEvent CallInformationEvent",
		},
		{
			"a filter holds them back as any others", true,
			csta.MonitorStart{}.Wanting(csta.Delivered{}, csta.Offered{}),
			"OfferedEvent DeliveredEvent",
		},
	} {
		lab := DefaultLab()
		lab.Features.ECMAEvents = row.standard
		st := newStage(t, lab)
		got := heard(t, st.s, "1001", row.filter)
		_, err := st.s.MakeCall(csta.MakeCall{From: "1001", To: "1002", Account: "4711"})
		st.ok(err)
		if names := strings.Join(*got, " "); names != row.want {
			t.Errorf("%s: told %s, want %s", row.sentence, names, row.want)
		}
	}
}

func TestAPartyOutsideIsFoundByTheIDThatItWasGiven(t *testing.T) {
	st := newStage(t, DefaultLab())
	var far csta.ConnectionID
	req := csta.MonitorStart{Object: csta.MonitorObject{Device: "1001"}}
	_, err := st.s.Monitor(req, "1", func(ev csta.Event) {
		if told, ok := ev.(csta.Established); ok {
			far = told.Connection
		}
	})
	st.ok(err)
	_, err = st.s.MakeCall(csta.MakeCall{From: "1001", To: "+15550100123"})
	st.ok(err)
	st.pass(time.Minute)
	deaf := csta.SelectiveListening{Subject: at(far, "1001"), Selected: far}
	err = st.s.SelectiveListeningHold(csta.SelectiveListeningHold{Listening: deaf})
	if err != nil {
		t.Errorf("%s: %v", far, err)
	}
	deaf.Selected.Device = "+15550100124"
	if st.s.SelectiveListeningHold(csta.SelectiveListeningHold{Listening: deaf}) == nil {
		t.Error("a number that has no part in the call was found")
	}
}
