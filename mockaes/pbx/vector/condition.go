package vector

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// condition reads what follows 'if'. skill is the one that the step itself names.
func (r *reader) condition(skill string) Condition {
	c := Condition{Test: Test(r.next()), Skill: skill}
	switch c.Test {
	case Always:
	case Queued, OldestWait, Staffed, Available:
		if skill == "" {
			r.expect("in")
			r.expect("skill")
			c.Skill = r.number("the number of a skill")
		}
		r.priority()
		c.Compare = r.comparison()
		c.Value = r.count("a number from 0 to 9999", 0, 9999)
		if c.Test == OldestWait {
			r.accept("secs")
		}
	case TimeOfDay:
		r.expect("is")
		c.From = r.weekTime()
		r.expect("to")
		c.To = r.weekTime()
		if c.From.AnyDay != c.To.AnyDay {
			r.fail("'all' for both days or for neither")
		}
	case "digit", Digits:
		c.Test = Digits
		c.Compare = r.comparison()
		c.Pattern = r.pattern()
	default:
		r.fail("a condition: unconditionally, calls-queued, oldest-call-wait, " +
			"staffed-agents, available-agents, time-of-day or digits")
	}
	return c
}

func (r *reader) comparison() string {
	op := r.next()
	if !slices.Contains([]string{"<", ">", "=", "<>", "<=", ">="}, op) {
		r.fail("one of < > = <> <= >=")
	}
	return op
}

func (r *reader) pattern() string {
	p := r.next()
	if p != "none" && (p == "" || strings.Trim(p, "0123456789*#?+") != "") {
		r.fail("digits, with ? for any one and + for any more, or none")
	}
	return p
}

var days = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (r *reader) weekTime() WeekTime {
	var t WeekTime
	day := r.next()
	if i := slices.Index(days, day); i >= 0 {
		t.Day = time.Weekday(i)
	} else if t.AnyDay = day == "all"; !t.AnyDay {
		r.fail("a day: sun to sat, or all")
	}
	clock, err := time.Parse("15:04", r.next())
	if err != nil {
		r.fail("a time such as 08:00")
	}
	t.Minute = clock.Hour()*60 + clock.Minute()
	return t
}

func (r *reader) peek() string {
	if len(r.words) == 0 {
		return ""
	}
	return r.words[0]
}

func (r *reader) next() string {
	word := r.peek()
	if len(r.words) > 0 {
		r.words = r.words[1:]
	}
	return word
}

func (r *reader) accept(word string) bool {
	if r.peek() != word {
		return false
	}
	r.next()
	return true
}

func (r *reader) expect(word string) {
	if !r.accept(word) {
		r.fail(strconv.Quote(word))
	}
}

func (r *reader) fail(want string) {
	if r.want == "" {
		r.want = want
	}
	r.words = nil
}

func (r *reader) number(want string) string {
	word := r.next()
	if word == "" || strings.Trim(word, "0123456789*#+") != "" {
		r.fail(want)
	}
	return word
}

func (r *reader) count(want string, low, high int) int {
	n, err := strconv.Atoi(r.next())
	if err != nil || n < low || n > high {
		r.fail(want)
	}
	return n
}
