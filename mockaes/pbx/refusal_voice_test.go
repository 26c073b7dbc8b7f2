package pbx

import (
	"errors"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// unit1001 is the voice unit of the terminal at 1001.
var unit1001 = csta.ConnectionID{Device: "1001"}

// plays begins a message of three seconds at 1001.
func (st *stage) plays() {
	st.Helper()
	st.ok(st.s.PlayMessage(csta.PlayMessage{
		Over: unit1001, Private: csta.PlayPrivate{Files: []string{"menu.wav"}},
	}))
}

// records begins a recording at 1001.
func (st *stage) records() {
	st.Helper()
	_, err := st.s.RecordMessage(csta.RecordMessage{
		Call: unit1001, Private: csta.RecordPrivate{File: "a.wav"},
	})
	st.ok(err)
}

// dubs puts a file into the recording at 1001.
func (st *stage) dubs() {
	st.Helper()
	st.ok(st.s.StartDubbing(csta.StartDubbing{Connection: unit1001, Message: "hello.wav"}))
}

// message is a request to play a file, as edited.
func message(edit func(*csta.PlayMessage)) func(*Switch) error {
	req := csta.PlayMessage{
		Message: "0", Over: unit1001, Private: csta.PlayPrivate{Files: []string{"hello.wav"}},
	}
	edit(&req)
	return doing((*Switch).PlayMessage, req)
}

// times is a request to play a file so often.
func times(n int) func(*Switch) error {
	return message(func(p *csta.PlayMessage) { p.Private.Count = &n })
}

func TestTheVoiceUnitPlaysNothingThatDoesNotFit(t *testing.T) {
	nothing := func(*stage) {}
	paused := func(st *stage) {
		st.plays()
		st.ok(st.s.SuspendPlaying(csta.SuspendPlaying{Connection: unit1001}))
	}
	suspend := doing((*Switch).SuspendPlaying, csta.SuspendPlaying{Connection: unit1001})
	resume := doing((*Switch).ResumePlaying, csta.ResumePlaying{Connection: unit1001})
	for _, test := range []struct {
		name   string
		want   csta.FaultCode
		before func(*stage)
		ask    func(*Switch) error
	}{
		{"a second message at once", csta.ResourceBusy, (*stage).plays, times(1)},
		{"a message no times", csta.ValueOutOfRange, nothing, times(0)},
		{"a message more than a hundred times", csta.ValueOutOfRange, nothing, times(101)},
		{"files so often that their number overflows", csta.ValueOutOfRange, nothing, message(
			func(p *csta.PlayMessage) {
				n, four := 1<<62, []string{"hello.wav", "hello.wav", "hello.wav", "hello.wav"}
				p.Private.Count, p.Private.Files = &n, four
			},
		)},
		{"a message of less than no time", csta.ValueOutOfRange, nothing, message(
			func(p *csta.PlayMessage) { p.Duration = -1 },
		)},
		{"a file that is not there", csta.InvalidFile, nothing, message(
			func(p *csta.PlayMessage) { p.Private.Files = []string{"hello.wav", "none.wav"} },
		)},
		{"a message that is named where files are", csta.InvalidFile, nothing, message(
			func(p *csta.PlayMessage) { p.Private.Files = nil },
		)},
		{"stopping what does not play", csta.InvalidObjectState, nothing, doing(
			(*Switch).StopPlaying, csta.StopPlaying{Connection: unit1001},
		)},
		{"pausing what does not play", csta.InvalidObjectState, nothing, suspend},
		{"pausing twice", csta.MsgSuspended, paused, suspend},
		{"going on with what does not play", csta.InvalidObjectState, nothing, resume},
		{"going on with what was not paused", csta.NotAbleToResume, (*stage).plays, resume},
		{"going on for less than no time", csta.ValueOutOfRange, paused, doing(
			(*Switch).Resume, csta.Resume{Connection: unit1001, Duration: -1},
		)},
		{
			"going on with what was not paused, for a time", csta.NotAbleToResume,
			(*stage).plays, doing((*Switch).Resume, csta.Resume{
				Connection: unit1001, Duration: 1000,
			}),
		},
		{"stopping a unit that does nothing", csta.InvalidObjectState, nothing, doing(
			(*Switch).Stop, csta.Stop{Connection: unit1001},
		)},
		{"stopping something that is neither", csta.InvalidParameterValue, (*stage).plays, doing(
			(*Switch).Stop, csta.Stop{
				Connection: unit1001, Private: csta.StopPrivate{What: "singing"},
			},
		)},
		{"stopping a recording that is a message", csta.InvalidObjectState, (*stage).plays, doing(
			(*Switch).Stop, csta.Stop{
				Connection: unit1001, Private: csta.StopPrivate{What: "recording"},
			},
		)},
		{"pausing a message that is a recording", csta.InvalidObjectState, (*stage).records, doing(
			(*Switch).Suspend, csta.Suspend{
				Connection: unit1001, Private: csta.SuspendPrivate{What: "Play"},
			},
		)},
		{"pausing a unit that does nothing", csta.InvalidObjectState, nothing, doing(
			(*Switch).Suspend, csta.Suspend{Connection: unit1001},
		)},
	} {
		t.Run(test.name, func(t *testing.T) {
			st, _, _ := newVoice(t)
			test.before(st)
			st.refuses(test.want, func() error { return test.ask(st.s) })
		})
	}
}

func TestTheVoiceUnitRecordsNothingThatDoesNotFit(t *testing.T) {
	nothing := func(*stage) {}
	deaf := func(st *stage) {
		st.records()
		st.ok(st.s.SuspendRecording(csta.SuspendRecording{Connection: unit1001}))
	}
	dubbed := func(st *stage) { st.records(); st.dubs() }
	suspend := doing((*Switch).SuspendRecording, csta.SuspendRecording{Connection: unit1001})
	resume := doing((*Switch).ResumeRecording, csta.ResumeRecording{Connection: unit1001})
	dub := func(file string, ms int) func(*Switch) error {
		return doing((*Switch).StartDubbing, csta.StartDubbing{
			Connection: unit1001, Message: file, Duration: ms,
		})
	}
	undub := func(file string) func(*Switch) error {
		return doing((*Switch).StopDubbing, csta.StopDubbing{Connection: unit1001, Message: file})
	}
	forget := func(file string) func(*Switch) error {
		return doing((*Switch).DeleteMessage, csta.DeleteMessage{Message: file})
	}
	for _, test := range []struct {
		name   string
		want   csta.FaultCode
		before func(*stage)
		ask    func(*Switch) error
	}{
		{"a second recording at once", csta.ResourceBusy, (*stage).records, asking(
			(*Switch).RecordMessage, csta.RecordMessage{Call: unit1001},
		)},
		{"a recording that the media will not write", csta.InvalidFile, nothing, asking(
			(*Switch).RecordMessage, csta.RecordMessage{
				Call: unit1001, Private: csta.RecordPrivate{File: "../a.wav"},
			},
		)},
		{"stopping what does not record", csta.InvalidObjectState, nothing, doing(
			(*Switch).StopRecording, csta.StopRecording{Connection: unit1001},
		)},
		{"pausing what does not record", csta.InvalidObjectState, nothing, suspend},
		{"pausing a recording twice", csta.MsgSuspended, deaf, suspend},
		{"going on with what does not record", csta.InvalidObjectState, nothing, resume},
		{
			"going on with a recording that goes on", csta.NotAbleToResume, (*stage).records,
			resume,
		},
		{"dubbing what does not record", csta.InvalidObjectState, nothing, dub("hello.wav", 0)},
		{"dubbing twice", csta.ResourceBusy, dubbed, dub("hello.wav", 0)},
		{"dubbing for less than no time", csta.ValueOutOfRange, (*stage).records, dub(
			"hello.wav", -1,
		)},
		{"dubbing with a file that is not there", csta.InvalidFile, (*stage).records, dub(
			"none.wav", 0,
		)},
		{"ending a dub of what does not record", csta.InvalidObjectState, nothing, undub("")},
		{"ending a dub that is not there", csta.InvalidObjectState, (*stage).records, undub("")},
		{"ending another dub", csta.InvalidObjectState, dubbed, undub("menu.wav")},
		{"deleting what was not recorded here", csta.InvalidFile, nothing, forget("hello.wav")},
		{"deleting what is being recorded", csta.ResourceBusy, (*stage).records, forget("a.wav")},
	} {
		t.Run(test.name, func(t *testing.T) {
			st, _, _ := newVoice(t)
			test.before(st)
			st.refuses(test.want, func() error { return test.ask(st.s) })
		})
	}
}

// TestSuspendIsForWhateverTheUnitDoes uses the services that do not say which of the two
// is meant: play, record, or both.
func TestSuspendIsForWhateverTheUnitDoes(t *testing.T) {
	for _, test := range []struct {
		name          string
		plays, record bool
	}{
		{"a message", true, false},
		{"a recording", false, true},
		{"both", true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			st, _, _ := newVoice(t)
			if test.plays {
				st.plays()
			}
			if test.record {
				st.records()
			}
			v := &st.s.regs["1001"][0].voice
			st.ok(st.s.Suspend(csta.Suspend{Connection: unit1001}))
			if v.paused != test.plays || v.deaf != test.record {
				t.Errorf("paused: message %v, recording %v", v.paused, v.deaf)
			}
			st.pass(time.Minute)
			st.ok(st.s.Resume(csta.Resume{Connection: unit1001, Duration: 1000}))
			if v.paused || v.deaf {
				t.Errorf("still paused: message %v, recording %v", v.paused, v.deaf)
			}
			st.pass(time.Second)
			if v.says != "" {
				t.Errorf("after its second it says %q", v.says)
			}
			if got := v.recording != ""; got != test.record {
				t.Errorf("it records: %v, want %v", got, test.record)
			}
		})
	}
}

// stubborn is a unit that does not delete.
type stubborn struct{ *unit }

func (stubborn) DeleteRecording(string) error { return errors.New("it is locked") }

func TestARecordingThatCannotBeDeletedStays(t *testing.T) {
	st, u, _ := newVoice(t)
	st.records()
	st.ok(st.s.StopRecording(csta.StopRecording{Connection: unit1001}))
	st.s.media = stubborn{u}
	gone := csta.DeleteMessage{Message: "a.wav"}
	st.refuses(csta.ResourceBusy, func() error { return st.s.DeleteMessage(gone) })
	st.s.media = u
	st.ok(st.s.DeleteMessage(gone))
	st.refuses(csta.InvalidFile, func() error { return st.s.DeleteMessage(gone) })
}

func TestASwitchWithoutARecorderRecordsNothing(t *testing.T) {
	st := newStage(t, DefaultLab())
	req := csta.RegisterTerminal{Device: "1001"}
	req.Login.Password, req.Login.MediaMode = "123456", csta.MediaServer
	st.s.register(req, "me")
	st.call("1001", "7100")
	st.refuses(csta.ServiceNotSupported, func() error {
		_, err := st.s.RecordMessage(csta.RecordMessage{Call: unit1001})
		return err
	})
}
