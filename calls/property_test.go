package calls_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"pgregory.net/rapid"
)

// A small world, so that events hit the same calls and devices again and again.
var (
	drawCall = rapid.SampledFrom([]string{"1", "2", "3", "4"})
	drawExt  = rapid.SampledFrom([]string{"1001", "1002", "1003", "T1#2", "8001"})
	drawUCID = rapid.SampledFrom([]string{"", "00001000011772452800", "00001000021772452801"})

	drawState = rapid.SampledFrom([]csta.ConnectionState{
		"", csta.Null, csta.Initiated, csta.Alerting, csta.Connected, csta.Held, csta.Queued,
		csta.Fail,
	})
	drawCause = rapid.SampledFrom([]csta.EventCause{
		"", csta.CauseConsultation, csta.CauseBusy, csta.CauseNormalClearing,
	})
)

func drawParty(t *rapid.T, label string) csta.ExtendedDeviceID {
	if rapid.IntRange(0, 4).Draw(t, label+" kind") == 0 {
		return csta.ExtendedDeviceID{Presence: csta.NotKnown}
	}
	return who(drawExt.Draw(t, label))
}

func drawCommon(t *rapid.T) csta.CallEvent {
	return csta.CallEvent{
		Local: drawState.Draw(t, "local"), Cause: drawCause.Draw(t, "cause"),
		Linkage: csta.Linkage(drawUCID.Draw(t, "ucid")),
	}
}

func drawList(t *rapid.T) []csta.ConnectionListItem {
	var list []csta.ConnectionListItem
	survivor := drawCall.Draw(t, "survivor")
	for range rapid.IntRange(0, 3).Draw(t, "listed") {
		list = append(list, item(survivor, drawCall.Draw(t, "old"), drawExt.Draw(t, "member")))
	}
	return list
}

var drawEvent = rapid.Custom(func(t *rapid.T) csta.Event {
	common, call, ext := drawCommon(t), drawCall.Draw(t, "call"), drawExt.Draw(t, "subject")
	id, calling := conn(call, ext), drawParty(t, "calling")
	switch rapid.IntRange(0, 13).Draw(t, "event") {
	case 0:
		return csta.ServiceInitiated{CallEvent: common, Connection: id, Device: calling}
	case 1:
		return csta.Originated{CallEvent: common, Connection: id, Calling: calling}
	case 2:
		return csta.Delivered{CallEvent: common, Connection: id, Calling: calling}
	case 3:
		return csta.Established{CallEvent: common, Connection: id, Calling: calling}
	case 4:
		return csta.NetworkReached{CallEvent: common, Connection: id, Calling: calling}
	case 5:
		return csta.HeldEvent{CallEvent: common, Connection: id}
	case 6:
		return csta.Retrieved{CallEvent: common, Connection: id}
	case 7:
		return csta.QueuedEvent{CallEvent: common, Connection: id, Calling: calling}
	case 8:
		return csta.Diverted{CallEvent: common, Connection: id}
	case 9:
		return csta.Failed{CallEvent: common, Connection: id, Calling: calling}
	case 10:
		return csta.ConnectionCleared{CallEvent: common, Connection: id}
	case 11:
		return csta.CallCleared{CallEvent: common, Call: id}
	case 12:
		return conferenced(ext, call, drawCall.Draw(t, "second"), drawExt.Draw(t, "added"),
			drawList(t)...)
	}
	return transferred(ext, call, drawCall.Draw(t, "second"), drawExt.Draw(t, "to"),
		drawList(t)...)
})

var drawEvents = rapid.SliceOfN(drawEvent, 0, 30)

// drawSnapshot makes a snapshot and says what a board has to look like after it.
func drawSnapshot(t *rapid.T) (csta.DeviceSnapshot, callSnapshots, []string) {
	ids := rapid.SliceOfNDistinct(drawCall, 0, 4, rapid.ID[string]).Draw(t, "calls")
	states := rapid.SampledFrom([]csta.ConnectionState{csta.Alerting, csta.Connected, csta.Held})
	var list []csta.SnapshotDeviceInfo
	var want []string
	parties := callSnapshots{}
	for _, id := range ids {
		state := states.Draw(t, "state")
		list = append(list, at(id, state))
		in := []csta.SnapshotCallInfo{part(id, "1001", state)}
		others := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"1002", "1003"}), 0, 2,
			rapid.ID[string]).Draw(t, "others")
		slices.Sort(others)
		text := fmt.Sprintf("%s %s", id, state)
		for _, ext := range others {
			state := states.Draw(t, "other's state")
			in = append(in, part(id, ext, state))
			text += fmt.Sprintf(" %s %s", ext, state)
		}
		parties[csta.CallID(id)] = inCall(drawUCID.Draw(t, "call's ucid"), in...)
		want = append(want, text)
	}
	slices.Sort(want)
	return snapshot(list...), parties, want
}

// shown is what a snapshot can say of a board.
func shown(b calls.Board) []string {
	var text []string
	for _, c := range b.Calls() {
		var parties []string
		for _, p := range c.Parties {
			parties = append(parties, fmt.Sprintf(" %s %s", calls.Name(p.Device), p.State))
		}
		slices.Sort(parties)
		text = append(text, fmt.Sprintf("%s %s", c.ID, c.State)+strings.Join(parties, ""))
	}
	slices.Sort(text)
	return text
}

func TestAnyEventsAndThenASnapshotEqualTheSnapshot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := play(calls.New(me), drawEvents.Draw(t, "events")...)
		snap, parties, want := drawSnapshot(t)
		got, changes := b.Reconcile(snap, parties, second(100))
		if !slices.Equal(shown(got), want) {
			t.Fatalf("got %q, want %q", shown(got), want)
		}
		again, more := got.Reconcile(snap, parties, second(200))
		if !again.Equal(got) || len(more) != 0 {
			t.Fatalf("a second time: %q, then %q: %v", describe(got), describe(again), more)
		}
		if len(changes) == 0 && !slices.Equal(shown(b), want) {
			t.Fatalf("nothing is said to have changed from %q to %q", shown(b), want)
		}
	})
}

func TestAnEventASecondTimeChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := play(calls.New(me), drawEvents.Draw(t, "events")...)
		ev := drawEvent.Draw(t, "event")
		once := b.Apply(ev, second(100))
		if twice := once.Apply(ev, second(200)); !twice.Equal(once) {
			t.Fatalf("%T: %q, then %q: %v", ev, describe(once), describe(twice),
				calls.Diff(once, twice))
		}
	})
}

func TestApplyNeverChangesAnOldBoard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := calls.New(me)
		var boards []calls.Board
		var texts []string
		for i, ev := range drawEvents.Draw(t, "events") {
			boards, texts = append(boards, b), append(texts, describe(b))
			b = b.Apply(ev, second(i))
			if c, ok := b.Active(); ok && c.State != csta.Connected {
				t.Fatalf("active call is %s", c.State)
			}
		}
		for i := range boards {
			if got := describe(boards[i]); got != texts[i] {
				t.Fatalf("board %d was %q and is %q", i, texts[i], got)
			}
		}
	})
}

func TestEveryDifferenceIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := play(calls.New(me), drawEvents.Draw(t, "events")...)
		now := b.Apply(drawEvent.Draw(t, "event"), second(100))
		changes := calls.Diff(b, now)
		if !slices.Equal(shown(b), shown(now)) && len(changes) == 0 {
			t.Fatalf("from %q to %q: nothing is said", describe(b), describe(now))
		}
		for _, c := range changes {
			if c.String() == "" || c.Kind == "" {
				t.Fatalf("a change without words: %+v", c)
			}
		}
	})
}
