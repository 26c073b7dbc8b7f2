package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// step is one thing that the headless demo did, with what it should have led to
// and what it did lead to.
type step struct {
	Step     string  `json:"step"`
	Expected string  `json:"expected"`
	Seen     string  `json:"seen"`
	OK       bool    `json:"ok"`
	Seconds  float64 `json:"seconds"`
}

// storyReport is what 'demo --headless' prints.
type storyReport struct {
	OK    bool   `json:"ok"`
	Steps []step `json:"steps"`
}

// teller plays a story step by step and keeps what came of each. After a step that
// failed the rest is not played: it would only tell of the first failure again.
type teller struct {
	report storyReport
	say    io.Writer // one line a step, for people; nil for none
}

// tell plays one step. do returns what was seen; an error fails the step.
func (t *teller) tell(ctx context.Context, name, expected string,
	do func(context.Context) (seen string, err error),
) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	begin := time.Now()
	seen, err := do(ctx)
	s := step{Step: name, Expected: expected, Seen: printable(seen), OK: err == nil}
	if err != nil {
		s.Seen = printable(fmt.Sprint(seen, ": ", err))
	}
	s.Seconds = round(time.Since(begin).Seconds())
	t.report.Steps = append(t.report.Steps, s)
	if t.say != nil {
		mark := "ok  "
		if !s.OK {
			mark = "FAIL"
		}
		fmt.Fprintf(t.say, "%s %-42s %s\n", mark, s.Step, s.Seen)
		if !s.OK {
			fmt.Fprintf(t.say, "     %-42s %s\n", "expected:", s.Expected)
		}
	}
	return err
}

// finish prints the report; the error says whether the story went as it should.
func (t *teller) finish(w io.Writer, asJSON bool, failure error) error {
	t.report.OK = failure == nil
	if asJSON {
		if err := writeJSON(w, t.report); err != nil {
			return err
		}
	}
	if failure != nil && !errors.Is(failure, context.Canceled) {
		return failed("the story went wrong: " + failure.Error())
	}
	return failure
}
