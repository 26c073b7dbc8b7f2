//go:build unix

package interop_test

import (
	"os"
	"slices"
	"testing"

	"github.com/tidwall/gjson"
)

// TestWatchSaysEveryEventOrThatSomeWereMissed compares what 'watch' prints with what
// the server knows that happened at the station.
func TestWatchSaysEveryEventOrThatSomeWereMissed(t *testing.T) {
	t.Parallel()
	each(t, dialects, watchThrough)
	each(t, failures, watchThrough)
}

// seen is a line of watch, or an event as the server knows it.
type seen struct{ event, call string }

const gap = "Gap"

func watchThrough(t *testing.T, m maker, mood mood) {
	server := m.serve(t, append([]string{"--traffic=0.3"}, mood.args...)...)
	watch := server.client(t, "watch", "1002", "--json")
	// Enough is twelve events behind the last failure.
	watch.out.await(t, "12 events after the last gap", func(lines []string) bool {
		gaps, after := 0, 0
		for _, line := range lines {
			if after++; gjson.Get(line, "event").Str == gap {
				gaps, after = gaps+1, 0
			}
		}
		return gaps >= mood.breaks && after >= 12 && (mood.stay == 0 || lasted(lines, mood))
	})
	watch.signal(t, os.Interrupt)
	if code := watch.exit(t); code != 130 {
		t.Errorf("exit code %d, want 130", code)
	}
	happened := server.facts(t)
	gaps := compare(t, watched(watch.out.all()), happened)
	breaks := count(happened, isBreak)
	// Over REST a connection that is cut while nothing is asked costs nothing.
	lost := breaks > 0 && !slices.Contains(mood.args, overREST) || mood.breaks > 0
	if gaps > breaks || mood.every && gaps != breaks || lost && gaps == 0 {
		t.Errorf("%d gaps were said of %d losses", gaps, breaks)
	}
	if n := count(happened, expired); n > 0 && mood.breaks == 0 {
		t.Errorf("%d sessions expired though they can be reset", n)
	}
}

// lasted reports whether the lines cover the time that a mood takes to show.
func lasted(lines []string, m mood) bool {
	first, last := gjson.Get(lines[0], "time").Time(), gjson.Get(lines[len(lines)-1], "time").Time()
	return last.Sub(first) >= m.stay
}

func watched(lines []string) (all []seen) {
	for _, line := range lines {
		all = append(all, seen{gjson.Get(line, "event").Str, gjson.Get(line, "call").Str})
	}
	return all
}

// compare holds the lines against the events: in their order, none invented, and
// none left out but where a gap is said. It returns the number of gaps.
func compare(t *testing.T, lines []seen, happened []fact) (gaps int) {
	t.Helper()
	var events []seen
	for _, f := range happened {
		if f.Fact == "event" && f.Device == "1002" {
			events = append(events, seen{f.Name, f.Call})
		}
	}
	next, told := 0, false
	for i, line := range lines {
		if line.event == gap {
			gaps, told = gaps+1, true
			continue
		}
		at := next
		for at < len(events) && bare(events[at]) != bare(line) {
			at++
		}
		switch {
		case at == len(events):
			t.Fatalf("line %d, %v, is no event behind %v", i+1, line, events[:next])
		case at > next && !told:
			t.Fatalf("before line %d, %v, were missed without a word: %v",
				i+1, line, events[next:at])
		}
		next, told = at+1, false
	}
	return gaps
}

// bare is an event whose name has lost the suffix that some servers give it.
func bare(s seen) seen {
	const suffix = "Event"
	if n := len(s.event) - len(suffix); n > 0 && s.event[n:] == suffix {
		s.event = s.event[:n]
	}
	return s
}
