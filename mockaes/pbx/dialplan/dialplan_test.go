package dialplan

import (
	"strings"
	"testing"
)

func TestWhatIsANumber(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       bool
	}{
		{"an extension is", "1001", true},
		{"a worldwide number is", "+15550100123", true},
		{"an access code is", "*71#", true},
		{"thirty digits are", strings.Repeat("9", MaxNumber), true},
		{"one more is not", strings.Repeat("9", MaxNumber+1), false},
		{"nothing is not", "", false},
		{"a plus alone is not", "+", false},
		{"a name is not", "T1#1", false},
	} {
		if got := Dialable(row.text); got != row.want {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

func TestWhereANumberLeads(t *testing.T) {
	vienna := Plan{Access: "0", Country: "43", National: "0", International: "00"}
	for _, row := range []struct {
		name, number       string
		plan               Plan
		outside, emergency bool
	}{
		{"a worldwide number leads outside", "+15550100123", Plan{}, true, false},
		{"so does one with the access code", "915550100123", Plan{}, true, false},
		{"the access code is the plan's", "915550100123", vienna, false, false},
		{"an extension does not", "1001", Plan{}, false, false},
		{"nor do the access code and a digit or two", "912", Plan{}, false, false},
		{"an emergency call needs no access code", "911", Plan{}, true, true},
		{"and may have it", "9911", Plan{}, true, true},
	} {
		plan := row.plan.OrNorthAmerica()
		if got := plan.Outside(row.number); got != row.outside {
			t.Errorf("%s: outside is %v, want %v", row.name, got, row.outside)
		}
		if got := plan.Emergency(row.number); got != row.emergency {
			t.Errorf("%s: emergency is %v, want %v", row.name, got, row.emergency)
		}
	}
}

func TestNumbersOfOtherSwitches(t *testing.T) {
	for _, row := range []struct {
		name   string
		plan   Uniform
		number string
		sends  string // empty: the entry does not match
	}{
		{"a number is sent as it is", Uniform{Number: "8101"}, "8101", "8101"},
		{"another is none of the entry", Uniform{Number: "8101"}, "81011", ""},
		{"a star stands for any rest", Uniform{Number: "71*", Delete: 2}, "711001", "1001"},
		{"digits are put in front", Uniform{Number: "7*", Delete: 1, Insert: "55"}, "71", "551"},
	} {
		if err := row.plan.Check(); err != nil {
			t.Errorf("%s: %v", row.name, err)
		}
		if got := row.plan.Matches(row.number); got != (row.sends != "") {
			t.Errorf("%s: it matches: %v", row.name, got)
		}
		if row.sends == "" {
			continue
		}
		if got := row.plan.Sends(row.number); got != row.sends {
			t.Errorf("%s: %s is sent, want %s", row.name, got, row.sends)
		}
		if got := row.plan.Dials(row.sends); got != row.number {
			t.Errorf("%s: %s is dialled for it, want %s", row.name, got, row.number)
		}
	}
}
