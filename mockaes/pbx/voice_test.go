package pbx

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// unit is an ear that can play and record.
type unit struct {
	ear
	lengths map[string]time.Duration
	records []string
}

func (u *unit) Length(says string) (time.Duration, bool) {
	d, ok := u.lengths[says]
	return d, ok
}

func (u *unit) Record(_ LegID, file string) error {
	if strings.Contains(file, "/") {
		return errors.New("not here")
	}
	u.records = append(u.records, "begin "+file)
	return nil
}

func (u *unit) StopRecording(LegID) { u.records = append(u.records, "end") }

func (u *unit) PauseRecording(_ LegID, pause bool) {
	u.records = append(u.records, fmt.Sprintf("pause %v", pause))
}

func (u *unit) Dub(_ LegID, says string) { u.records = append(u.records, "dub "+says) }

func (u *unit) DeleteRecording(file string) error {
	u.records = append(u.records, "delete "+file)
	return nil
}

// newVoice is a stage on which 1001, with server media, talks to 1002.
func newVoice(t *testing.T) (*stage, *unit, csta.ConnectionID) {
	t.Helper()
	u := &unit{ear: ear{heard: map[csta.CallID][]Heard{}}, lengths: map[string]time.Duration{
		"wav:hello.wav": 2 * time.Second, "wav:menu.wav": 3 * time.Second,
	}}
	st := &stage{T: t, clock: clock.NewVirtual(start), media: &u.ear}
	s, err := New(DefaultLab(), Options{Clock: st.clock, Media: u})
	st.ok(err)
	t.Cleanup(s.Close)
	st.s = s
	r := s.register(csta.RegisterTerminal{Device: "1001", Login: csta.LoginInfo{
		Password: "123456", MediaMode: csta.MediaServer, DependencyMode: csta.Main,
	}}, "me")
	if r.Code != csta.NormalRegister {
		t.Fatal(r)
	}
	st.register("1002")
	call := st.call("1002", "1001")
	st.answer(at(call, "1001"))
	_, err = s.Monitor(csta.MonitorStart{Object: csta.MonitorObject{Device: "1001"}}, "1",
		func(ev csta.Event) {
			switch ev := ev.(type) {
			case csta.VoiceStopped:
				st.lines = append(st.lines, ev.EventName()+" "+string(ev.Cause))
			case csta.Playing, csta.Recording:
				st.lines = append(st.lines, ev.EventName())
			}
		})
	st.ok(err)
	st.lines = nil
	return st, u, call
}

// saidTo is what the voice unit of 1001 says in a call.
func (u *unit) said(call csta.CallID) string {
	for _, h := range u.heard[call] {
		if h.Device.Extension() == "1001" {
			return h.Says
		}
	}
	return "nobody"
}

func TestFilesArePlayedOneAfterTheOther(t *testing.T) {
	st, u, call := newVoice(t)
	play := csta.PlayMessage{
		Message: "0", Over: csta.ConnectionID{Device: "1001"},
		Private: csta.PlayPrivate{Files: []string{"hello.wav", "menu.wav"}},
	}
	st.ok(st.s.PlayMessage(play))
	if err := st.s.PlayMessage(play); err == nil {
		t.Error("two messages at once")
	}
	for _, step := range []struct {
		after time.Duration
		says  string
	}{{0, "wav:hello.wav"}, {2 * time.Second, "wav:menu.wav"}, {3 * time.Second, ""}} {
		st.clock.Advance(step.after)
		if got := u.said(call.Call); got != step.says {
			t.Errorf("after %v: %q, want %q", step.after, got, step.says)
		}
	}
	if got := st.media.hears(call.Call, "1002"); got != "1001" {
		t.Errorf("1002 hears %s, want 1001", got)
	}
	want := []string{"PlayEvent", "StopEvent endOfMessageDetected"}
	if diff := cmp.Diff(want, st.lines); diff != "" {
		t.Error(diff)
	}
}

func TestWhatEndsAMessage(t *testing.T) {
	yes, thrice := true, 3
	for _, test := range []struct {
		name string
		edit func(*csta.PlayMessage)
		do   func(*stage, csta.ConnectionID)
		want string
	}{
		{"its duration", func(p *csta.PlayMessage) {
			p.Duration, p.Private.Count = 1000, &thrice
		}, func(st *stage, _ csta.ConnectionID) {
			st.clock.Advance(time.Second)
		}, "StopEvent durationExceeded"},
		{"a digit of the other party", func(p *csta.PlayMessage) {
			p.Termination = &csta.TerminatingConditions{DTMFDetected: &yes}
		}, func(st *stage, call csta.ConnectionID) {
			st.ok(st.s.GenerateDigits(csta.GenerateDigits{Target: call, Digits: "1"}))
		}, "StopEvent dTMFDigitDetected"},
		{"the application", func(*csta.PlayMessage) {}, func(st *stage, _ csta.ConnectionID) {
			st.ok(st.s.StopPlaying(csta.StopPlaying{
				Connection: csta.ConnectionID{Device: "1001"},
			}))
		}, "StopEvent normal"},
		{
			"the end of the call", func(*csta.PlayMessage) {},
			func(st *stage, call csta.ConnectionID) {
				st.ok(st.s.ClearConnection(csta.ClearConnection{Target: call}))
			}, "StopEvent normalClearing",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			st, _, call := newVoice(t)
			play := csta.PlayMessage{
				Message: "0", Over: csta.ConnectionID{Device: "1001"},
				Private: csta.PlayPrivate{Files: []string{"hello.wav"}},
			}
			test.edit(&play)
			st.ok(st.s.PlayMessage(play))
			test.do(st, call)
			if diff := cmp.Diff([]string{"PlayEvent", test.want}, st.lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestARecordingEndsWithTheCall(t *testing.T) {
	st, u, call := newVoice(t)
	unit := csta.ConnectionID{Device: "1001"}
	r, err := st.s.RecordMessage(csta.RecordMessage{Call: unit})
	st.ok(err)
	if r.Private.File != "1001-20260302090000.wav" {
		t.Errorf("the file is %q", r.Private.File)
	}
	st.refuses(csta.ResourceBusy, func() error {
		_, err := st.s.RecordMessage(csta.RecordMessage{Call: unit})
		return err
	})
	st.ok(st.s.ClearConnection(csta.ClearConnection{Target: call}))
	want := []string{"begin 1001-20260302090000.wav", "end"}
	if diff := cmp.Diff(want, u.records); diff != "" {
		t.Error(diff)
	}
}

func TestTheVoiceUnitRefusesWhatItCannotDo(t *testing.T) {
	st, _, call := newVoice(t)
	message := func(device, file string) func() error {
		return func() error {
			return st.s.PlayMessage(csta.PlayMessage{
				Message: "0", Over: csta.ConnectionID{Device: csta.DeviceID(device)},
				Private: csta.PlayPrivate{Files: []string{file}},
			})
		}
	}
	st.refuses(csta.InvalidFile, message("1001", "nowhere.wav"))
	st.refuses(csta.InvalidObjectState, message("1002", "hello.wav")) // client media
	st.refuses(csta.InvalidObjectState, message("1003", "hello.wav")) // not registered
	st.refuses(csta.InvalidFile, func() error {
		_, err := st.s.RecordMessage(csta.RecordMessage{
			Call:    csta.ConnectionID{Device: "1001"},
			Private: csta.RecordPrivate{File: "../etc/passwd"},
		})
		return err
	})
	st.ok(st.s.ClearConnection(csta.ClearConnection{Target: call}))
	st.refuses(csta.NoActiveCall, message("1001", "hello.wav"))
}

func TestAudioIsMovedWithoutRegisteringAnew(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.call("1001", "7100")
	other := csta.MediaInfo{RTP: csta.IPAddress{Address: "192.0.2.8", Port: 7000}}
	st.ok(st.s.RedirectMedia(csta.RedirectMedia{Device: "1001", Local: &other}, "1001"))
	for _, far := range st.media.open {
		if far.RTP != other.RTP {
			t.Errorf("audio goes to %v", far.RTP)
		}
	}
	st.ok(st.s.RedirectMedia(csta.RedirectMedia{Device: "1001", Previous: true}, "1001"))
	for _, far := range st.media.open {
		if far.RTP.Port != 5000 {
			t.Errorf("audio goes to %v, want back", far.RTP)
		}
	}
	st.refuses(csta.InvalidObjectState, func() error {
		return st.s.RedirectMedia(csta.RedirectMedia{Device: "1001", Local: &other}, "another")
	})
}

func TestShufflingMovesAudioAtTheAnswer(t *testing.T) {
	lab := DefaultLab()
	lab.Features.Shuffle = true
	st := newStage(t, lab)
	st.register("1001")
	st.watch("1001")
	call := st.call("1001", "1002")
	st.answer(at(call, "1002"))
	var got []string
	for _, line := range st.lines {
		if name := strings.Fields(line + " .  ."); strings.HasPrefix(name[1], "Media") {
			got = append(got, name[1])
		}
	}
	want := []string{"MediaStart", "MediaStop", "MediaStart"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAPredictiveCallIsDistributedWhenItIsAnswered(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	st.watch("8001*")
	st.says("8001 calls +15550100777 predictively")
	made, err := st.s.MakePredictiveCall(csta.MakePredictiveCall{
		From: "8001", To: "+15550100777", AlertTime: 20,
	})
	st.ok(err)
	st.pass(7 * time.Second)
	st.answer(at(made.Connection, "1001"))
	st.compare("predictive")

	st.says("nobody answers")
	_, err = st.s.MakePredictiveCall(csta.MakePredictiveCall{
		From: "8001", To: "+15550180000", AlertTime: 20,
	})
	st.ok(err)
	st.pass(20 * time.Second)
	if got := len(st.s.State().Calls); got != 1 {
		t.Errorf("%d calls, want the unanswered one to be gone", got)
	}
}
