package vector

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestStepsAreReadAsTheyStandOnTheScreen(t *testing.T) {
	for _, test := range []struct {
		line string
		want Step
	}{
		{"announcement 7001", Step{Op: Announcement, Announcement: "7001"}},
		{"  ANNOUNCEMENT   7001 ", Step{Op: Announcement, Announcement: "7001"}},
		{
			"collect 4 digits after announcement 7002 for none",
			Step{Op: Collect, Digits: 4, Announcement: "7002"},
		},
		{"collect 1 digits after announcement none", Step{Op: Collect, Digits: 1}},
		{"queue-to skill 5001 pri t", Step{Op: QueueTo, Skill: "5001", Priority: Top}},
		{"queue-to skill 5001", Step{Op: QueueTo, Skill: "5001", Priority: Low}},
		{
			"check skill 5002 pri h if available-agents > 0",
			Step{Op: Check, Skill: "5002", Priority: High, If: Condition{
				Test: Available, Skill: "5002", Compare: ">",
			}},
		},
		{
			"wait-time 2 mins hearing ringback",
			Step{Op: Wait, For: 2 * time.Minute, Hearing: "ringback"},
		},
		{
			"goto step 1 if oldest-call-wait in skill 5001 pri l >= 60 secs",
			Step{Op: Goto, Step: 1, If: Condition{
				Test: OldestWait, Skill: "5001", Compare: ">=", Value: 60,
			}},
		},
		{
			"goto vector 7 @step 3 if digits <> 12?",
			Step{Op: Goto, Vector: 7, Step: 3, If: Condition{
				Test: Digits, Compare: "<>", Pattern: "12?",
			}},
		},
		{
			"route-to number +15550100 with cov y if digit = 2",
			Step{Op: RouteTo, Number: "+15550100", Coverage: true, If: Condition{
				Test: Digits, Compare: "=", Pattern: "2",
			}},
		},
		{"route-to digits with coverage n", Step{Op: RouteTo}},
		{"adjunct routing link 1", Step{Op: Adjunct, Link: 1}},
		{"disconnect after announcement 7003", Step{Op: Disconnect, Announcement: "7003"}},
		{"busy", Step{Op: Busy}},
		{"stop", Step{Op: Stop}},
		{"", Step{}},
		{"# nothing here yet", Step{}},
	} {
		t.Run(test.line, func(t *testing.T) {
			got, err := Parse([]string{test.line})
			if err != nil {
				t.Fatal(err)
			}
			got[0].Text = ""
			if diff := cmp.Diff(test.want, got[0]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMistakeIsNamedWithItsLine(t *testing.T) {
	for line, want := range map[string]string{
		"queue-to skil 5001":              `"skill"`,
		"queue-to skill sales":            "the number of a skill",
		"queue-to skill 5001 pri x":       "a priority: l, m, h or t",
		"wait-time 30 hours hearing rain": "secs or mins",
		"wait-time 30 secs hearing rain":  "music, ringback, silence or i-silent",
		"goto step 9 if unconditionally":  "a step from 1 to 2",
		"goto step 1":                     `"if"`,
		"goto step 1 if digits = ":        "digits, with ? for any one and + for any more, or none",
		"stop now":                        `the end of the line instead of "now"`,

		"goto step 1 if time-of-day is all 8:00 to fri 17:00": "'all' for both days or for neither",
	} {
		t.Run(line, func(t *testing.T) {
			_, err := Parse([]string{"stop", line})
			mistake, ok := errors.AsType[*Error](err)
			if !ok {
				t.Fatalf("got %v, want an *Error", err)
			}
			if mistake.Line != 2 || mistake.Want != want {
				t.Errorf("got line %d, want %s; should be line 2, %s",
					mistake.Line, mistake.Want, want)
			}
		})
	}
}

type facts struct {
	digits string
	at     time.Time
	count  int
}

func (f facts) Count(Test, string) int { return f.count }
func (f facts) Digits() string         { return f.digits }
func (f facts) Time() time.Time        { return f.at }

func TestConditionsDecide(t *testing.T) {
	monday := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	saturday := time.Date(2026, 3, 7, 9, 30, 0, 0, time.UTC)
	night := time.Date(2026, 3, 4, 2, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		when string
		f    facts
		want bool
	}{
		{"always", "unconditionally", facts{}, true},
		{"a queue above its limit", "calls-queued in skill 1 > 3", facts{count: 4}, true},
		{"a queue at its limit", "calls-queued in skill 1 > 3", facts{count: 3}, false},
		{"the digit that was asked for", "digits = 1", facts{digits: "1"}, true},
		{"another digit", "digits = 1", facts{digits: "2"}, false},
		{"one digit too many", "digits = 1", facts{digits: "12"}, false},
		{"no digits where none are wanted", "digits = none", facts{}, true},
		{"a pattern with a tail", "digits = 12+", facts{digits: "1299"}, true},
		{"not the digit", "digits <> 1", facts{digits: "2"}, true},
		{"in office hours", "time-of-day is mon 08:00 to fri 17:00", facts{at: monday}, true},
		{"at the weekend", "time-of-day is mon 08:00 to fri 17:00", facts{at: saturday}, false},
		{"over the weekend", "time-of-day is fri 17:00 to mon 08:00", facts{at: saturday}, true},
		{"at night, any day", "time-of-day is all 22:00 to all 06:00", facts{at: night}, true},
		{"by day, any day", "time-of-day is all 22:00 to all 06:00", facts{at: monday}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			steps, err := Parse([]string{"goto step 1 if " + test.when})
			if err != nil {
				t.Fatal(err)
			}
			if got := steps[0].If.Holds(test.f); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("goto vector 7 @step 3 if digits <> 12?")
	f.Add("queue-to skill 5001 pri m")
	f.Fuzz(func(t *testing.T, line string) {
		steps, err := Parse([]string{line})
		if err == nil && len(steps) != 1 {
			t.Fatalf("%q: %d steps", line, len(steps))
		}
	})
}
