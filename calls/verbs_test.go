package calls_test

import (
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// verbs lists what is possible, with the calls that it is possible with.
func verbs(v calls.Verbs) string {
	var text []string
	one := func(name string, id csta.ConnectionID) {
		if !id.IsZero() {
			text = append(text, name+" "+string(id.Call))
		}
	}
	two := func(name string, can bool) {
		if can {
			text = append(text, name+" "+string(v.Held.Call)+"+"+string(v.Active.Call))
		}
	}
	if v.Dial {
		text = append(text, "dial")
	}
	one("answer", v.Answer)
	one("hang up", v.HangUp)
	one("hold", v.Hold)
	one("retrieve", v.Retrieve)
	one("digits", v.Digits)
	one("consult", v.Consult)
	one("blind", v.BlindTransfer)
	two("swap", v.Swap)
	two("transfer", v.Transfer)
	two("conference", v.Conference)
	two("cancel", v.Cancel)
	return strings.Join(text, ", ")
}

func TestWhatCanBeDone(t *testing.T) {
	consult := []csta.Event{
		established("1", "1002", "1001"), heldBy("1", "1001", csta.CauseConsultation),
		csta.ServiceInitiated{Connection: conn("2", "1001"), Device: who("1001")},
	}
	talking := append(consult[:3:3],
		originated("2", "1001", "1003"), established("2", "1001", "1003"))
	for _, test := range []struct {
		name   string
		events []csta.Event
		want   string
	}{
		{"with no call, dial", nil, "dial"},
		{
			"with a ringing call, answer it or place another",
			[]csta.Event{delivered("1", "1002", "1001")},
			"dial, answer 1",
		},
		{
			"while dialling, hang up",
			[]csta.Event{csta.ServiceInitiated{Connection: conn("1", "1001")}},
			"hang up 1",
		},
		{
			"in a call, everything that needs one",
			[]csta.Event{established("1", "1002", "1001")},
			"hang up 1, hold 1, digits 1, consult 1, blind 1",
		},
		{"with a call on hold", []csta.Event{
			established("1", "1002", "1001"), heldBy("1", "1001", ""),
		}, "dial, hang up 1, retrieve 1"},
		{"when the own connection failed, hang up", []csta.Event{
			originated("1", "1001", "1002"), csta.Failed{
				CallEvent:  told(csta.Fail, csta.CauseBusy),
				Connection: conn("1", "1002"), Failing: who("1002"),
			},
		}, "hang up 1"},
		{"while a consultation is dialled, give it up", consult, "hang up 2, cancel 1+2"},
		{
			"in a consultation", talking,
			"hang up 2, hold 2, digits 2, swap 1+2, transfer 1+2, conference 1+2, cancel 1+2",
		},
		{
			"after a swap the customer is active: cancelling would clear the wrong call",
			append(talking[:5:5], heldBy("2", "1001", csta.CauseAlternate), retrieved("1", "1001")),
			"hang up 1, hold 1, digits 1, swap 2+1, transfer 2+1, conference 2+1",
		},
		{"a consultation with a busy party can only be given up", append(consult[:3:3],
			originated("2", "1001", "1003"), csta.Failed{
				CallEvent:  told(csta.Connected, csta.CauseBusy),
				Connection: conn("2", "1003"), Failing: who("1003"),
			}), "hang up 2, cancel 1+2"},
		{
			"when the customer leaves, the consultation is a call like any other",
			append(talking[:5:5], cleared("1", "1001")),
			"hang up 2, hold 2, digits 2, consult 2, blind 2",
		},
		{
			"a call placed by hand while the only other one is on hold is a consultation",
			[]csta.Event{
				established("1", "1002", "1001"), heldBy("1", "1001", ""),
				originated("2", "1001", "1003"),
			},
			"hang up 2, hold 2, digits 2, swap 1+2, transfer 1+2, conference 1+2, cancel 1+2",
		},
		{"so is one that is told of before the hold", []csta.Event{
			established("1", "1002", "1001"),
			csta.ServiceInitiated{Connection: conn("2", "1001")},
			heldBy("1", "1001", csta.CauseConsultation),
		}, "hang up 2, cancel 1+2"},
		{"two customers are not joined by accident", []csta.Event{
			established("1", "1002", "1001"), heldBy("1", "1001", ""),
			established("2", "1003", "1001"),
		}, "hang up 2, hold 2, digits 2, consult 2, blind 2, swap 1+2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := verbs(play(calls.New(me), test.events...).Can()); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestWhatCanBeDoneWithAChosenCall(t *testing.T) {
	b := play(calls.New(me), delivered("1", "1002", "1001"), delivered("2", "1003", "1001"),
		established("3", "1004", "1001"), heldBy("3", "1001", ""))
	for id, want := range map[csta.CallID]string{
		"1": "dial, answer 1", "2": "dial, answer 2", "3": "dial, hang up 3, retrieve 3",
		"9": "dial",
	} {
		if got := verbs(b.CanWith(id)); got != want {
			t.Errorf("call %s: got %s, want %s", id, got, want)
		}
	}
}
