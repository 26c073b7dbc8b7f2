package pbx

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// portrait is all that there is in a switch, as text: what [Switch.Save] writes and what
// belongs to sessions. Two portraits of one switch differ if anything has changed between
// them. Pointers stand for what they point to: that is shown where it is owned.
func portrait(s *Switch) (string, error) {
	saved, err := s.Save()
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	b.Write(saved)
	fmt.Fprintln(&b, "\ncalls", s.lastCall, "legs", s.lastLeg, len(s.legs),
		"recordings", slices.Sorted(maps.Keys(s.recordings)))
	for _, d := range s.agenda.Pending() {
		fmt.Fprintln(&b, "due", d.At(), d.Turn())
	}
	for _, d := range s.stations {
		st := d.station
		fmt.Fprintln(&b, d.ext, "monitors", len(d.monitors), "listeners", len(st.listeners),
			"code", st.lab.SecurityCode)
		fmt.Fprintf(&b, "  panel %+v ringer %+v hardware %+v joining %+v\n",
			st.panel, st.rung, st.hard, st.joining)
		if st.tones != nil {
			fmt.Fprintf(&b, "  tones %+v\n", *st.tones)
		}
		for _, r := range s.regs[d.ext] {
			fmt.Fprintf(&b, "  registration %+v\n", *r)
		}
	}
	for _, e := range s.enrolments {
		fmt.Fprintf(&b, "enrolment %v %v\n", e.owner, e.dev)
	}
	for _, r := range s.routers {
		fmt.Fprintln(&b, "router", r.id)
	}
	for _, id := range slices.Sorted(maps.Keys(s.dialogues)) {
		fmt.Fprintln(&b, "dialogue", id, s.dialogues[id].router.id)
	}
	return b.String(), nil
}

// TestAPortraitShowsEverything changes one thing after the other and demands that each is
// seen: else a refusal that changes it would pass.
func TestAPortraitShowsEverything(t *testing.T) {
	st, _, call := newVoice(t)
	unit := csta.ConnectionID{Device: "1001"}
	tones := csta.CallObject{Device: "1002"}
	nothing := func(csta.Event) {}
	file := csta.RecordPrivate{File: "a.wav"}
	mute := true
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"a call", func() error {
			_, err := st.s.MakeCall(csta.MakeCall{From: "1003", To: "1004"})
			return err
		}},
		{"a message", func() error {
			return st.s.PlayMessage(csta.PlayMessage{
				Over: unit, Private: csta.PlayPrivate{Files: []string{"menu.wav"}},
			})
		}},
		{"a message that is paused", func() error {
			return st.s.SuspendPlaying(csta.SuspendPlaying{Connection: unit})
		}},
		{"a recording", func() error {
			_, err := st.s.RecordMessage(csta.RecordMessage{Call: unit, Private: file})
			return err
		}},
		{"a recording that is paused", func() error {
			return st.s.SuspendRecording(csta.SuspendRecording{Connection: unit})
		}},
		{"a tone collection", func() error {
			return st.s.ToneCollectionStart(csta.ToneCollectionStart{Object: tones})
		}},
		{"a criterion of it", func() error {
			return st.s.ToneRetrievalCriteria(csta.ToneRetrievalCriteria{
				Object: tones, Number: 3, InitialTimeout: 5000,
			})
		}},
		{"a digit in its buffer", func() error {
			return st.s.GenerateDigits(csta.GenerateDigits{
				Target: at(call, "1001"), Digits: "1",
			})
		}},
		{"a ringer", func() error {
			return st.s.SetRingerStatus(csta.SetRingerStatus{Device: "1002", Mode: csta.Ringing})
		}},
		{"a microphone", func() error {
			return st.s.Operate("1002", Hardware{MicrophoneMuted: &mute})
		}},
		{"a router", func() error {
			_, _, err := st.s.RouteRegister(csta.RouteRegister{Device: "8001"}, nothing)
			return err
		}},
		{"a listener", func() error {
			_, err := st.s.SIPHeaderEventsStart(
				csta.SIPHeaderEventsStart{Device: "1001"}, "1", nothing)
			return err
		}},
		{"a monitor", func() error {
			_, err := st.s.Monitor(csta.MonitorStart{
				Object: csta.MonitorObject{Device: "1004"},
			}, "9", nothing)
			return err
		}},
		{"a security code", func() error {
			_, err := st.s.ChangeDeviceSecurityCode(csta.ChangeDeviceSecurityCode{
				Device: "1002", Old: "123456", New: "4711",
			})
			return err
		}},
		{"the time", func() error { st.clock.Advance(time.Millisecond); return nil }},
	} {
		before, err := portrait(st.s)
		st.ok(err)
		st.ok(step.do())
		after, err := portrait(st.s)
		st.ok(err)
		if before == after {
			t.Errorf("%s is not to be seen", step.what)
		}
	}
}
