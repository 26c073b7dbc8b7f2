package pbx

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

func (st *stage) press(station string, buttons ...string) {
	st.Helper()
	for _, b := range buttons {
		st.says("%s presses %s", station, b)
		st.ok(st.s.ButtonPress(csta.ButtonPress{Device: csta.DeviceID(station), Button: b}))
	}
}

func TestAHandMakesACall(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.watch("1001")
	st.press("1001", "263", "1", "0", "0", "2")
	st.answer(csta.ConnectionID{Call: "1", Device: "1002"})
	st.press("1001", csta.ButtonHold)
	st.press("1001", "263")
	st.says("1001 goes on hook")
	st.ok(st.s.SetHookswitchStatus(csta.SetHookswitchStatus{Device: "1001", OnHook: true}))
	st.compare("hand-call")
}

func TestAHandAnswers(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.watch("1001")
	st.incoming(IncomingCall{From: "+15550100123", To: "1001"})
	st.press("1001", "263")
	st.compare("hand-answer")
}

func TestAHandTransfersAndConfers(t *testing.T) {
	for button, want := range map[string]string{
		csta.ButtonTransfer:   "1002 connected, 1003 connected",
		csta.ButtonConference: "1002 connected, 1001 connected, 1003 connected",
	} {
		t.Run(button, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			st.register("1001")
			st.call("1002", "1001")
			st.press("1001", "263", button, "1", "0", "0", "3")
			st.answer(csta.ConnectionID{Call: "2", Device: "1003"})
			st.press("1001", button)
			if got := st.where(); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestDropTakesOutWhoCameLast(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	_, err := st.s.ConferenceCall(csta.ConferenceCall{
		Held: at(first, "1001"), Active: second,
	})
	st.ok(err)
	st.press("1001", panel.Drop)
	if got := st.where(); got != "1002 connected, 1001 connected" {
		t.Errorf("after the first: %s", got)
	}
	st.press("1001", panel.Drop)
	if got := st.where(); got != "" {
		t.Errorf("after the second: %s", got)
	}
}

func TestANumberThatCouldGoOnIsDialledAfterAWhile(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.press("1001", "263", "9", "5", "5", "5", "1")
	if got := st.where(); got != "1001 initiated" {
		t.Fatalf("before: %s", got)
	}
	st.pass(dialWait)
	if got := st.where(); got != "1001 connected, 95551 alerting" {
		t.Errorf("after: %s", got)
	}
}

func TestATelephoneCanBeLookedAt(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.refuses(csta.InvalidObjectState, func() error {
		_, err := st.s.GetLampMode(csta.GetLampMode{Device: "1001"})
		return err
	})
	st.register("1001")
	call := st.call("1002", "1001")
	st.answer(at(call, "1001"))
	st.call("1003", "1001")

	lamps, err := st.s.GetLampMode(csta.GetLampMode{Device: "1001"})
	st.ok(err)
	var modes []csta.LampMode
	for _, item := range lamps.List {
		modes = append(modes, item.Mode)
	}
	want := []csta.LampMode{csta.LampSteady, csta.LampFlash, csta.LampOff, csta.LampOff}
	if diff := cmp.Diff(want, modes); diff != "" {
		t.Error(diff)
	}
	display, err := st.s.GetDisplay(csta.GetDisplay{Device: "1001"})
	st.ok(err)
	if got := strings.TrimSpace(display.List[0].Contents); got != "a= Ben Okafor 1002" {
		t.Errorf("the display shows %q", got)
	}
	ringers, err := st.s.GetRingerStatus(csta.GetRingerStatus{Device: "1001"})
	st.ok(err)
	hook, err := st.s.GetHookswitchStatus(csta.GetHookswitchStatus{Device: "1001"})
	st.ok(err)
	if ringers.List[0].Mode != csta.Ringing || hook.List[0].OnHook {
		t.Errorf("ringer %+v, hookswitch %+v", ringers.List[0], hook.List[0])
	}
	st.refuses(csta.InvalidButtonIdentifier, func() error {
		return st.s.ButtonPress(csta.ButtonPress{Device: "1001", Button: "9999"})
	})
}

func TestTonesAreCollectedUntilTheCriteriaAreMet(t *testing.T) {
	object := csta.CallObject{Device: "1002"}
	for _, test := range []struct {
		name     string
		criteria csta.ToneRetrievalCriteria
		digits   string
		tones    string
		cause    csta.ToneCollectionCause
	}{
		{
			"three digits",
			csta.ToneRetrievalCriteria{Number: 3},
			"123",
			"123", csta.CharCountReceived,
		},
		{
			"a final character, which is delivered too",
			csta.ToneRetrievalCriteria{FlushCharacter: "#"},
			"42#",
			"42#", csta.FlushCharReceived,
		},
		{
			"no further digit in time",
			csta.ToneRetrievalCriteria{InterdigitTimeout: 2000},
			"7",
			"7", csta.CollectTimeout,
		},
		{
			"no digit at all",
			csta.ToneRetrievalCriteria{InitialTimeout: 2000},
			"",
			"", csta.CollectTimeout,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			st.register("1002")
			var got []csta.TonesRetrieved
			_, err := st.s.Monitor(csta.MonitorStart{
				Object: csta.MonitorObject{Device: "1002"},
			}, "1", func(ev csta.Event) {
				if tones, ok := ev.(csta.TonesRetrieved); ok {
					got = append(got, tones)
				}
			})
			st.ok(err)
			call := st.call("1001", "1002")
			st.answer(at(call, "1002"))
			st.ok(st.s.ToneCollectionStart(csta.ToneCollectionStart{Object: object}))
			test.criteria.Object = object
			st.ok(st.s.ToneRetrievalCriteria(test.criteria))
			if test.digits != "" {
				st.ok(st.s.GenerateDigits(csta.GenerateDigits{
					Target: call, Digits: test.digits,
				}))
			}
			st.pass(2 * time.Second)
			if len(got) != 1 || got[0].Tones != test.tones || got[0].Cause != test.cause {
				t.Errorf("got %+v, want %q for %s", got, test.tones, test.cause)
			}
			st.ok(st.s.ToneCollectionStop(csta.ToneCollectionStop{Object: object}))
		})
	}
}
