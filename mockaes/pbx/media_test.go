package pbx

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// register gives a station a terminal that carries its own audio.
func (st *stage) register(ext string) {
	st.Helper()
	req := csta.RegisterTerminal{
		Device: csta.DeviceID(ext), Login: csta.LoginInfo{Password: "123456"},
		Media: &csta.MediaInfo{RTP: csta.IPAddress{Address: "192.0.2.7", Port: 5000}},
	}
	req.Login.MediaMode, req.Login.DependencyMode = csta.MediaClient, csta.Main
	if r := st.s.register(req, ext); r.Code != csta.NormalRegister {
		st.Fatalf("register %s: %+v", ext, r)
	}
}

func (st *stage) wantHeard(when string, call csta.CallID, want map[string]string) {
	st.Helper()
	for ext, sound := range want {
		if got := st.media.hears(call, ext); got != sound {
			st.Errorf("%s: %s hears %s, want %s", when, ext, got, sound)
		}
	}
}

func TestWhoHearsWhat(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.register("1002")
	st.register("1003")
	call := st.call("1001", "1002")
	st.wantHeard("while it rings", call.Call, map[string]string{
		"1001": "ringback", "1002": "no stream",
	})
	st.answer(at(call, "1002"))
	st.wantHeard("when it is answered", call.Call, map[string]string{
		"1001": "1002", "1002": "1001",
	})
	st.hold(call)
	st.wantHeard("on hold", call.Call, map[string]string{
		"1001": "no stream", "1002": "music",
	})
	st.ok(st.s.RetrieveCall(csta.RetrieveCall{Target: call}))
	second := st.consult(call, "1003")
	st.answer(at(second, "1003"))
	st.wantHeard("consulting", second.Call, map[string]string{
		"1001": "1003", "1003": "1001",
	})
	r, err := st.s.ConferenceCall(csta.ConferenceCall{Held: call, Active: second})
	st.ok(err)
	st.wantHeard("in a conference", r.Call.Call, map[string]string{
		"1001": "1002+1003", "1002": "1001+1003", "1003": "1001+1002",
	})
	st.clear(at(r.Call, "1002"))
	st.wantHeard("when one has left", r.Call.Call, map[string]string{
		"1001": "1003", "1003": "1001",
	})
	st.clear(at(r.Call, "1001"))
	if len(st.media.heard) > 0 || len(st.media.open) > 0 {
		t.Errorf("after the call: %v, open %v", st.media.heard, st.media.open)
	}
}

func TestWhatACallerHearsInAVector(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	caller := st.incoming(IncomingCall{From: "+15550100123", To: "8001", Says: "wav:hello"})
	const who = "+15550100123"
	st.wantHeard("at first", caller.Call, map[string]string{who: "wav:welcome"})
	st.pass(4 * time.Second)
	st.wantHeard("in the queue", caller.Call, map[string]string{who: "music"})
	st.login("4001", "1001", csta.AutoIn)
	st.wantHeard("while the agent rings", caller.Call, map[string]string{who: "ringback"})
	st.answer(at(caller, "1001"))
	st.wantHeard("when the agent answers", caller.Call, map[string]string{
		who: "1001", "1001": who,
	})
}

func TestNumbersToListenTo(t *testing.T) {
	for number, want := range map[string]string{
		"7001": "wav:welcome", "7100": "echo", "7101": "tone:1004", "7102": "silence",
		"8003": "busy", "6666": "intercept", "+15550190000": "ringback",
	} {
		t.Run(number, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			st.register("1001")
			call := st.call("1001", number)
			st.wantHeard("at first", call.Call, map[string]string{"1001": want})
		})
	}
}

func TestAnAnnouncementEndsAndTheCallWithIt(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.watch("1001")
	st.call("1001", "7001")
	st.pass(4 * time.Second)
	if calls := st.s.State().Calls; len(calls) > 0 {
		t.Errorf("calls are left: %+v", calls)
	}
}

func TestDigitsReachTheOthers(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.register("1002")
	call := st.call("1001", "1002")
	st.answer(at(call, "1002"))
	st.ok(st.s.GenerateDigits(csta.GenerateDigits{Target: call, Digits: "12#"}))
	if len(st.media.digits) != 1 || st.media.digits[0] != "12# to [2]" {
		t.Errorf("got %v, want 12# for the leg of 1002", st.media.digits)
	}
}

func TestStreamsFollowTheCallThatIsAttendedTo(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.watch("1001")
	first := st.call("1002", "1001")
	st.answer(at(first, "1001"))
	second := st.consult(at(first, "1001"), "1003")
	st.answer(at(second, "1003"))
	st.says("1001 transfers")
	_, err := st.s.TransferCall(csta.TransferCall{Active: second, Held: at(first, "1001")})
	st.ok(err)
	st.compare("streams")
}

func TestAListeningCopyHearsItsTalker(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	r := st.s.register(csta.RegisterTerminal{
		Device: "1001:CM1:0.0.0.0:1",
		Login: csta.LoginInfo{
			Password: "123456", MediaMode: csta.MediaClient, DependencyMode: csta.Dependent,
		},
		Media: &csta.MediaInfo{RTP: csta.IPAddress{Address: "192.0.2.8", Port: 6000}},
	}, "recorder")
	if r.Code != csta.NormalRegister {
		t.Fatal(r)
	}
	st.register("1002")
	call := st.call("1001", "1002")
	st.answer(at(call, "1002"))
	for _, h := range st.media.heard[call.Call] {
		want := 1
		if h.Muted {
			want = 2
		}
		if len(h.From) != want {
			t.Errorf("leg %d of %s hears %v, want %d voices", h.Leg, h.Device, h.From, want)
		}
	}
}
