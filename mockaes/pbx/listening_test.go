package pbx

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

func TestAPartyIsMadeDeafToAnother(t *testing.T) {
	st := newStage(t, DefaultLab())
	for _, ext := range []string{"1001", "1002", "1003"} {
		st.register(ext)
	}
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	r, err := st.s.ConferenceCall(csta.ConferenceCall{
		Held: at(first, "1001"), Active: second,
	})
	st.ok(err)
	one := csta.SelectiveListening{Subject: at(r.Call, "1002"), Selected: at(r.Call, "1003")}
	st.ok(st.s.SelectiveListeningHold(csta.SelectiveListeningHold{Listening: one}))
	st.wantHeard("deaf to one", r.Call.Call, map[string]string{
		"1001": "1002+1003", "1002": "1001", "1003": "1002+1001",
	})
	st.refuses(csta.InvalidObjectState, func() error {
		return st.s.SelectiveListeningHold(csta.SelectiveListeningHold{Listening: one})
	})
	all := csta.SelectiveListening{Subject: at(r.Call, "1002"), All: true}
	st.ok(st.s.SelectiveListeningHold(csta.SelectiveListeningHold{Listening: all}))
	st.wantHeard("deaf to all", r.Call.Call, map[string]string{"1002": "nothing"})
	st.ok(st.s.SelectiveListeningRetrieve(csta.SelectiveListeningRetrieve{Listening: all}))
	st.wantHeard("no longer", r.Call.Call, map[string]string{"1002": "1001+1003"})
}

func TestAToneIsPlayedIntoACall(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.register("1002")
	call := st.call("1001", "1002")
	st.answer(at(call, "1002"))
	st.ok(st.s.GenerateTelephonyTones(csta.GenerateTelephonyTones{
		Target: call, Tone: csta.ToneBeep, Duration: 500,
	}))
	st.wantHeard("during the tone", call.Call, map[string]string{
		"1001": "1002", "1002": "1001+beep",
	})
	st.pass(500 * time.Millisecond)
	st.wantHeard("after the tone", call.Call, map[string]string{"1002": "1001"})
}

func TestAToneThatTheSwitchDoesNotHaveIsRefused(t *testing.T) {
	st := newStage(t, DefaultLab())
	call := st.call("1001", "1002")
	st.answer(at(call, "1002"))
	for _, tone := range []csta.TelephonyTone{"", "whistle", csta.TonePark, "switchSpec7"} {
		var why csta.TelephonyToneReasonCode
		stop, err := st.s.TelephonyTonesEventStart(csta.TelephonyTonesEventStart{
			Device: "1001",
		}, "1", func(ev csta.Event) { why = ev.(csta.TelephonyTonesAborted).Reason })
		st.ok(err)
		st.refuses(csta.InvalidParameterValue, func() error {
			return st.s.GenerateTelephonyTones(csta.GenerateTelephonyTones{
				Target: call, Tone: tone,
			})
		})
		if why != csta.ToneInvalidID {
			t.Errorf("%q: the listener was told %q", tone, why)
		}
		stop()
	}
}

func TestSecurityCodesCanBeCheckedAndChanged(t *testing.T) {
	st := newStage(t, DefaultLab())
	for _, test := range []struct {
		name     string
		old, new csta.Secret
		want     string
	}{
		{"with the wrong code", "000000", "111111", codeRejected},
		{"to one that is too short", "123456", "1", codeRejected},
		{"with the right code", "123456", "654321", codeAccepted},
		{"with what was right before", "123456", "111111", codeRejected},
	} {
		r, err := st.s.ChangeDeviceSecurityCode(csta.ChangeDeviceSecurityCode{
			Device: "1001", Old: test.old, New: test.new,
		})
		st.ok(err)
		if r.Response != test.want {
			t.Errorf("changing %s: %+v, want %s", test.name, r, test.want)
		}
	}
	r, err := st.s.ValidateDeviceSecurityCode(csta.ValidateDeviceSecurityCode{
		Device: "1001", Code: "654321",
	})
	st.ok(err)
	if r.Response != codeAccepted {
		t.Errorf("the new code: %+v", r)
	}
}

func TestNumbersCanBeAskedWhatTheyAre(t *testing.T) {
	st := newStage(t, featureLab())
	for number, want := range map[csta.DeviceID]csta.DeviceName{
		"1001": {Type: csta.StationType, Name: "Ada Keller"},
		"8001": {Type: csta.VDNType, Name: "Sales"},
		"5001": {Type: csta.ACDSplitType, Name: "Sales"},
		"4002": {Type: csta.LogicalAgentType, Name: "Ben Okafor"},
		"7100": {Type: csta.AnnouncementType, Name: "Echo"},
	} {
		got, err := st.s.GetPhysicalDeviceName(csta.GetPhysicalDeviceName{Device: number})
		st.ok(err)
		if got.Type != want.Type || got.Name != want.Name {
			t.Errorf("%s is %+v, want %+v", number, got, want)
		}
	}
	st.login("4001", "1001", csta.AutoIn)
	st.incoming(IncomingCall{To: "5001"})
	st.incoming(IncomingCall{To: "5001"})
	got, err := st.s.GetACDSplit(csta.GetACDSplit{Skill: "5001"})
	st.ok(err)
	if want := (csta.ACDSplit{Available: 0, Queued: 1, LoggedIn: 1}); got != want {
		t.Errorf("the skill: %+v, want %+v", got, want)
	}
	vip := st.incoming(IncomingCall{To: "8001"})
	st.login("4002", "1002", csta.AutoIn)
	st.clear(at(st.call("1003", "7100"), "1003"))
	info, err := st.s.GetCallInformation(csta.GetCallInformation{Device: "1002"})
	st.ok(err)
	if info.StationName != "Ben Okafor" || info.AgentLoginID != "4002" || info.CallID != nil {
		t.Errorf("before the answer of %s: %+v", vip, info)
	}
	clock, err := st.s.GetTimeOfDay(csta.GetTimeOfDay{Switch: "CM1"})
	st.ok(err)
	if clock.Year != 2026 || clock.Month != 3 || clock.Day != 2 || clock.Hour != 9 {
		t.Errorf("the clock: %+v", clock)
	}
}
