package pbx

import (
	"strings"
	"testing"
)

func TestJoinChecksBothEnds(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		change     func(near, south *Lab)
	}{
		{
			"a switch that is not there", `CM1: trunk group 5: there is no switch "CM3"`,
			func(near, _ *Lab) { near.TrunkGroups[1].To = "CM3" },
		},
		{
			"a group that is not there", `CM1: trunk group 5: CM2 has no trunk group 8`,
			func(near, _ *Lab) { near.TrunkGroups[1].ToGroup = 8 },
		},
		{
			"a group that leads elsewhere", `CM1: trunk group 5: group 1 of CM2 does not lead back`,
			func(near, _ *Lab) { near.TrunkGroups[1].ToGroup = 1 },
		},
		{
			"one name twice", `two switches are called cm1`,
			func(_, south *Lab) {
				south.Name, south.TrunkGroups, south.Uniform = "cm1", nil, nil
			},
		},
		{"one node twice", `CM1 and CM2 are both node 1`, func(_, south *Lab) { south.Node = 1 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			near, south := siteLabs()
			tt.change(&near, &south)
			a, err := New(near, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			b, err := New(south, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			if err := Join(a, b); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestLabsWithTiesAreChecked(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		change     func(*Lab)
	}{
		{
			"a tie to itself", "trunk group 5: a tie trunk leads to a group of another",
			func(l *Lab) { l.TrunkGroups[1].To = "cm1" },
		},
		{
			"an analog tie", "trunk group 5: a tie trunk",
			func(l *Lab) { l.TrunkGroups[1].Analog = true },
		},
		{
			"a far group without a switch", "trunk group 5: a tie trunk",
			func(l *Lab) { l.TrunkGroups[1].To = ""; l.Uniform = nil },
		},
		{
			"a plan over the public network", `uniform dial plan, "2*": 1 is no tie trunk group`,
			func(l *Lab) { l.Uniform[0].TrunkGroup = 1 },
		},
		{
			"a plan without a number", `uniform dial plan, "*": not a number`,
			func(l *Lab) { l.Uniform[0].Number = "*" },
		},
		{
			"more digits to delete than are known", `"2*": 2 digits to delete: want 0 to 1`,
			func(l *Lab) { l.Uniform[0].Delete = 2 },
		},
		{
			"nothing left to send", `"6000": no digit is left`,
			func(l *Lab) { l.Uniform[3].Delete = 4 },
		},
		{
			"letters to insert", `"2*": "x" to insert: want digits`,
			func(l *Lab) { l.Uniform[0].Insert = "x" },
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lab, _ := siteLabs()
			tt.change(&lab)
			_, err := New(lab, Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}
