package pbx

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// says is what 1001 says to its call, and how much of it was said before.
func (u *unit) says(t *testing.T, call csta.CallID) (string, time.Duration) {
	t.Helper()
	i := slices.IndexFunc(u.heard[call], func(h Heard) bool {
		return h.Device.Extension() == "1001"
	})
	if i < 0 {
		t.Fatal("1001 is not to be heard")
	}
	return u.heard[call][i].Says, u.heard[call][i].Skip
}

func TestAPausedMessageGoesOnWhereItWas(t *testing.T) {
	st, u, call := newVoice(t)
	unit := csta.ConnectionID{Device: "1001"}
	st.ok(st.s.PlayMessage(csta.PlayMessage{
		Over: unit, Private: csta.PlayPrivate{Files: []string{"menu.wav"}},
	}))
	st.pass(time.Second)
	st.ok(st.s.SuspendPlaying(csta.SuspendPlaying{Connection: unit}))
	if says, _ := u.says(t, call.Call); says != "" {
		t.Errorf("while paused, it says %q", says)
	}
	if st.s.SuspendPlaying(csta.SuspendPlaying{Connection: unit}) == nil {
		t.Error("it was paused twice")
	}
	st.pass(time.Minute)
	st.ok(st.s.ResumePlaying(csta.ResumePlaying{Connection: unit}))
	if says, skip := u.says(t, call.Call); says != "wav:menu.wav" || skip != time.Second {
		t.Errorf("it goes on with %q at %v, want the menu at 1s", says, skip)
	}
	st.pass(1900 * time.Millisecond)
	if says, _ := u.says(t, call.Call); says == "" {
		t.Error("it ended early")
	}
	st.pass(200 * time.Millisecond)
	if says, _ := u.says(t, call.Call); says != "" {
		t.Errorf("three seconds are over, and it says %q", says)
	}
}

func TestARecordingIsPausedDubbedAndDeleted(t *testing.T) {
	st, u, _ := newVoice(t)
	unit := csta.ConnectionID{Device: "1001"}
	private := csta.RecordPrivate{File: "a.wav"}
	_, err := st.s.RecordMessage(csta.RecordMessage{Call: unit, Private: private})
	st.ok(err)
	st.ok(st.s.SuspendRecording(csta.SuspendRecording{Connection: unit}))
	st.ok(st.s.ResumeRecording(csta.ResumeRecording{Connection: unit}))
	st.ok(st.s.StartDubbing(csta.StartDubbing{
		Connection: unit, Message: "hello.wav", Duration: 5000,
	}))
	st.pass(5 * time.Second)
	if st.s.StopDubbing(csta.StopDubbing{Connection: unit}) == nil {
		t.Error("dubbing did not end after its duration")
	}
	gone := csta.DeleteMessage{Private: csta.DeleteMessagePrivate{File: "a.wav"}}
	if st.s.DeleteMessage(gone) == nil {
		t.Error("a file was deleted while it was written")
	}
	st.ok(st.s.Stop(csta.Stop{Connection: unit}))
	if other := (csta.DeleteMessage{Message: "hello.wav"}); st.s.DeleteMessage(other) == nil {
		t.Error("a file that was not recorded here was deleted")
	}
	st.ok(st.s.DeleteMessage(gone))
	want := []string{
		"begin a.wav", "pause true", "pause false", "dub wav:hello.wav", "dub ", "end",
		"delete a.wav",
	}
	if diff := cmp.Diff(want, u.records); diff != "" {
		t.Errorf("the media did (-want +got):\n%s", diff)
	}
}
