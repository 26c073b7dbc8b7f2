package vector

import (
	"fmt"
	"strings"
	"time"
)

// MaxSteps is the number of steps a vector can have (99 on Communication Manager
// from release 6.0; general knowledge of its guides).
const MaxSteps = 99

// Error is a mistake in a vector.
type Error struct {
	Line int    // from 1
	Text string // of the line
	Want string // what should stand where the mistake is
}

// Error names the line and says what was expected.
func (e *Error) Error() string {
	return fmt.Sprintf("vector: line %d, %q: want %s", e.Line, e.Text, e.Want)
}

// Parse reads a vector, one step a line.
func Parse(lines []string) ([]Step, error) {
	if len(lines) > MaxSteps {
		return nil, &Error{
			Line: MaxSteps + 1, Text: lines[MaxSteps],
			Want: fmt.Sprintf("no more than %d steps", MaxSteps),
		}
	}
	steps := make([]Step, len(lines))
	for i, line := range lines {
		r := &reader{words: strings.Fields(strings.ToLower(line))}
		steps[i] = r.step()
		steps[i].Text = strings.TrimSpace(line)
		if r.want == "" && len(r.words) > 0 {
			r.want = fmt.Sprintf("the end of the line instead of %q", r.words[0])
		}
		if st := steps[i]; r.want == "" && st.Op == Goto && st.Vector == 0 &&
			st.Step > len(lines) {
			r.want = fmt.Sprintf("a step from 1 to %d", len(lines))
		}
		if r.want != "" {
			return nil, &Error{Line: i + 1, Text: steps[i].Text, Want: r.want}
		}
	}
	return steps, nil
}

// reader takes a line apart word by word. The first mistake stays in want and makes
// all that follows do nothing.
type reader struct {
	words []string
	want  string
}

func (r *reader) step() Step {
	if len(r.words) == 0 || strings.HasPrefix(r.words[0], "#") {
		r.words = nil
		return Step{}
	}
	st := Step{Op: Op(r.next())}
	switch st.Op {
	case Announcement:
		st.Announcement = r.number("the number of an announcement")
	case Collect:
		st.Digits = r.count("a number of digits from 1 to 16", 1, 16)
		r.expect("digits")
		st.Announcement = r.after()
		if r.accept("for") {
			r.expect("none")
		}
	case QueueTo, Check:
		r.queue(&st)
	case Wait:
		r.wait(&st)
	case Goto:
		r.jump(&st)
	case RouteTo:
		r.route(&st)
	case Adjunct:
		r.expect("routing")
		r.expect("link")
		st.Link = r.count("a link from 1 to 64", 1, 64)
	case Disconnect:
		st.Announcement = r.after()
	case Busy, Stop:
	default:
		r.want = "a step: announcement, collect, queue-to, check, wait-time, goto, " +
			"route-to, adjunct, busy, disconnect or stop"
	}
	return st
}

// after reads 'after announcement 7001' or 'after announcement none', if it is there.
func (r *reader) after() string {
	if !r.accept("after") {
		return ""
	}
	r.expect("announcement")
	if r.accept("none") {
		return ""
	}
	return r.number("the number of an announcement or none")
}

func (r *reader) queue(st *Step) {
	r.expect("skill")
	st.Skill = r.number("the number of a skill")
	st.Priority = r.priority()
	if st.Op == Check {
		r.expect("if")
		st.If = r.condition(st.Skill)
	}
}

func (r *reader) priority() Priority {
	if !r.accept("pri") {
		return Low
	}
	const want = "a priority: l, m, h or t"
	switch r.peek() {
	case "l", "m", "h", "t":
		return Priority(strings.Index("lmht", r.next()))
	}
	r.fail(want)
	return Low
}

func (r *reader) wait(st *Step) {
	n := r.count("a time from 0 to 999", 0, 999)
	switch r.peek() {
	case "secs", "sec":
		st.For = time.Duration(n) * time.Second
	case "mins", "min":
		st.For = time.Duration(n) * time.Minute
	default:
		r.fail("secs or mins")
	}
	r.next()
	r.expect("hearing")
	switch st.Hearing = r.next(); st.Hearing {
	case "music", "ringback", "silence":
	case "i-silent":
		st.Hearing = "silence"
	default:
		r.fail("music, ringback, silence or i-silent")
	}
}

func (r *reader) jump(st *Step) {
	switch {
	case r.accept("step"):
	case r.accept("vector"):
		st.Vector = r.count("the number of a vector", 1, 2000)
		r.expect("@step")
	default:
		r.fail("step or vector")
	}
	st.Step = r.count(fmt.Sprintf("a step from 1 to %d", MaxSteps), 1, MaxSteps)
	r.expect("if")
	st.If = r.condition("")
}

func (r *reader) route(st *Step) {
	switch {
	case r.accept("number"):
		st.Number = r.number("the number to route to")
	case r.accept("digits"):
	default:
		r.fail("number or digits")
	}
	if r.accept("with") {
		if !r.accept("coverage") {
			r.expect("cov")
		}
		switch r.next() {
		case "y":
			st.Coverage = true
		case "n":
		default:
			r.fail("y or n")
		}
	}
	if r.accept("if") {
		st.If = r.condition("")
	}
}
