package vector

import "time"

// Op is what a step does.
type Op string

// The steps.
const (
	Nothing      Op = ""
	Announcement Op = "announcement"
	Collect      Op = "collect"
	QueueTo      Op = "queue-to"
	Check        Op = "check" // queue-to, if a condition holds
	Wait         Op = "wait-time"
	Goto         Op = "goto"
	RouteTo      Op = "route-to"
	Adjunct      Op = "adjunct"
	Busy         Op = "busy"
	Disconnect   Op = "disconnect"
	Stop         Op = "stop"
)

// Step is one line of a vector. Which fields count depends on Op.
type Step struct {
	Op           Op
	Text         string // as it was written
	Announcement string // announcement, collect, disconnect: its extension, or empty
	Digits       int    // collect: how many
	Skill        string // queue-to, check: its extension
	Priority     Priority
	For          time.Duration // wait-time: how long
	Hearing      string        // wait-time: music, ringback, silence
	Number       string        // route-to: the number; empty: the collected digits
	Coverage     bool          // route-to: a busy number's coverage takes the call
	Step         int           // goto: the step to go on with, from 1
	Vector       int           // goto: the vector it is in; 0: this one
	Link         int           // adjunct: the CTI link
	If           Condition     // goto, check, route-to
}

// Priority is the rank of a call in a queue: the higher goes first.
type Priority int

// The priorities, l to t on the screen.
const (
	Low Priority = iota
	Medium
	High
	Top
)

// String is the word that events use for the priority.
func (p Priority) String() string {
	return [...]string{"low", "medium", "high", "top"}[min(max(p, Low), Top)]
}

// Test is what a condition looks at.
type Test string

// The tests.
const (
	Always     Test = "unconditionally"
	Queued     Test = "calls-queued"
	OldestWait Test = "oldest-call-wait" // in seconds
	Staffed    Test = "staffed-agents"
	Available  Test = "available-agents"
	TimeOfDay  Test = "time-of-day"
	Digits     Test = "digits"
)

// Condition decides whether a step is taken. The zero value always holds.
type Condition struct {
	Test     Test
	Skill    string // of the tests about queues and agents
	Compare  string // <, >, =, <>, <=, >=
	Value    int
	Pattern  string // digits: what they are compared with; none: no digits
	From, To WeekTime
}

// Facts is what a condition is decided on.
type Facts interface {
	// Count is the value of a test of a skill: calls, agents or seconds.
	Count(test Test, skill string) int
	// Digits are those that were collected.
	Digits() string
	// Time is the local time of the switch.
	Time() time.Time
}

// Holds reports whether the condition is true for the facts.
func (c Condition) Holds(f Facts) bool {
	switch c.Test {
	case Queued, OldestWait, Staffed, Available:
		return compare(f.Count(c.Test, c.Skill), c.Compare, c.Value)
	case TimeOfDay:
		return between(c.From, c.To, f.Time())
	case Digits:
		return c.matches(f.Digits())
	}
	return true
}

func compare(a int, op string, b int) bool {
	switch op {
	case "<":
		return a < b
	case ">":
		return a > b
	case "=":
		return a == b
	case "<>":
		return a != b
	case "<=":
		return a <= b
	default:
		return a >= b
	}
}

// matches compares digits with a pattern in which ? stands for any one digit and +,
// at the end, for any more.
func (c Condition) matches(digits string) bool {
	same := matchDigits(c.Pattern, digits)
	return same == (c.Compare == "=")
}

func matchDigits(pattern, digits string) bool {
	if pattern == "none" {
		return digits == ""
	}
	for i := range len(pattern) {
		if pattern[i] == '+' {
			return true
		}
		if i >= len(digits) || pattern[i] != '?' && pattern[i] != digits[i] {
			return false
		}
	}
	return len(digits) == len(pattern)
}

// WeekTime is a time of the week.
type WeekTime struct {
	Day    time.Weekday
	AnyDay bool
	Minute int // of the day
}

// between reports whether t lies in the span from a to b, which may wrap around
// the end of the week (or of the day, if it is for any day). The end belongs to it.
func between(a, b WeekTime, t time.Time) bool {
	now := t.Hour()*60 + t.Minute()
	from, to := a.Minute, b.Minute
	if !a.AnyDay {
		now += int(t.Weekday()) * 24 * 60
		from += int(a.Day) * 24 * 60
		to += int(b.Day) * 24 * 60
	}
	if from <= to {
		return from <= now && now <= to
	}
	return now >= from || now <= to
}
