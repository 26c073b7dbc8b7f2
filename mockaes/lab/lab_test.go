package lab_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/lab"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

func TestDefaultIsTheDefaultLab(t *testing.T) {
	data, err := lab.Default()
	if err != nil {
		t.Fatal(err)
	}
	got, err := lab.Parse(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if diff := cmp.Diff(pbx.DefaultLab(), *got.Lab); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]mockaes.User{mockaes.DefaultUser}, got.Users); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	again, err := lab.Format(got)
	if err != nil || !bytes.Equal(again, data) {
		t.Errorf("%v\nwritten again it is\n%s", err, again)
	}
}

const small = `
# A doctor's practice.
name: PRACTICE
node: 7
stations:
  - {extension: 20, name: Reception, securityCode: 0042}
  - extension: "21"
    autoAnswer: true
    coverage: [20]
announcements:
  - extension: 30
    sound: wav:closed
    length: 3s
vdns:
  - {extension: 50, vector: 1}
vectors:
  - number: 1
    steps:
      - disconnect after announcement 30
trunkGroups:
  - {number: 1, members: 2}
outside:
  - {number: "+4940*", answer: busy, after: 1m30s}
users:
  - name: doctor
    password: apple
    devices: [20, 21]
quirks: [payload=object]
seed: 18446744073709551615
limits: {minDuration: 5s, sessions: 3}
licences: {tsapi: 3, dmcc: 0, fetch: 50ms, reserved: {tsapi: 2}}
traffic: {to: [50], every: 10s}
`

func TestSmallLab(t *testing.T) {
	got, err := lab.Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	want := mockaes.Options{
		Lab: &pbx.Lab{
			Name: "PRACTICE", Node: 7,
			Stations: []pbx.Station{
				{Extension: "20", Name: "Reception", SecurityCode: "0042"},
				{Extension: "21", AutoAnswer: true, Coverage: []string{"20"}},
			},
			Announcements: []pbx.Announcement{
				{Extension: "30", Sound: "wav:closed", Length: 3 * time.Second},
			},
			VDNs: []pbx.VDN{{Extension: "50", Vector: 1}},
			Vectors: []pbx.Vector{
				{Number: 1, Steps: []string{"disconnect after announcement 30"}},
			},
			TrunkGroups: []pbx.TrunkGroup{{Number: 1, Members: 2}},
			Outside: []pbx.Outside{
				{Number: "+4940*", Answer: pbx.IsBusy, After: 90 * time.Second},
			},
		},
		Users: []mockaes.User{
			{Name: "doctor", Password: "apple", Devices: []string{"20", "21"}},
		},
		Quirks: []string{"payload=object"}, Seed: 1<<64 - 1,
		Limits: mockaes.Limits{MinDuration: 5 * time.Second, Sessions: 3},
		Licences: mockaes.Licences{
			TSAPI: new(uint64(3)), DMCC: new(uint64(0)), Fetch: 50 * time.Millisecond,
			Reserved: mockaes.Reserved{TSAPI: 2},
		},
		Traffic: &mockaes.Traffic{To: []string{"50"}, Every: 10 * time.Second},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	text, err := lab.Format(got)
	if err != nil {
		t.Fatal(err)
	}
	again, err := lab.Parse(text)
	if err != nil || cmp.Diff(want, again) != "" {
		t.Errorf("written and read again: %v\n%s", err, text)
	}
	got.InMemory = true
	srv := mockaes.New(got)
	defer srv.Close()
	if srv.Err != nil {
		t.Error(srv.Err)
	}
}

func TestBaseIsTheDefaultLab(t *testing.T) {
	got, err := lab.Parse([]byte("base: default\nname: CM9\nagents: []\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Lab.Name != "CM9" || len(got.Lab.Agents) != 0 || len(got.Lab.Stations) != 20 {
		t.Errorf("got %s with %d agents and %d stations", got.Lab.Name, len(got.Lab.Agents),
			len(got.Lab.Stations))
	}
}

func TestMistakesAreToldWithTheirPlace(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{
			"a key that is misspelt", "stations:\n  - extension: 20\n    nmae: x\n",
			`lab: line 3: stations[0]: there is no key "nmae" here, only extension, name, `,
		},
		{
			"a key that belongs elsewhere", "extension: 20\n",
			`lab: line 1: there is no key "extension" here, only base, name, node, `,
		},
		{
			"a time without its unit", "skills:\n- {extension: 50, rona: 20}\n",
			`lab: line 2: skills[0].rona: "20": want a time such as 20s`,
		},
		{
			"a number that is a word", "node: one\n",
			`lab: line 1: node: "one": want a whole number`,
		},
		{
			"a switch that is half on", "stations:\n- extension: 20\n  autoAnswer: perhaps\n",
			`lab: line 3: stations[0].autoAnswer: "perhaps": want true or false`,
		},
		{
			"a word that is not known", "skills:\n- {extension: 50, selection: random}\n",
			`lab: line 2: skills[0].selection: "random": want ucd-mia or ead-mia`,
		},
		{
			"a list that is none", "stations: 20\n", `lab: line 1: stations: want a list`,
		},
		{
			"a station that is none", "stations: [20]\n",
			`lab: line 1: stations[0]: want keys and values`,
		},
		{
			"a vector that is not understood",
			"vectors:\n- number: 1\n  steps:\n  - busy\n  - que-to skill 1\n",
			`lab: line 5: vectors[0].steps[1]: "que-to skill 1": want `,
		},
		{
			"a number twice", "stations: [{extension: 20}, {extension: 20}]\n",
			`lab: line 1: stations[1].extension: "20": the number is taken by a station: want `,
		},
		{
			"a quirk that nobody has", "quirks: [gravity=off]\n",
			`lab: line 1: quirks[0]: dialect: there is no quirk "gravity=off"`,
		},
		{
			"fewer than no licences", "licences: {tsapi: -1}\n",
			`lab: line 1: licences.tsapi: "-1": want a whole number from 0`,
		},
		{
			"a licence that is not known", "licences: {jtapi: 1}\n",
			`lab: line 1: licences: there is no key "jtapi" here, only tsapi, dmcc, fetch, `,
		},
		{
			"more reserved than there are", "licences: {dmcc: 1, reserved: {dmcc: 2}}\n",
			`lab: line 1: licences.reserved.dmcc: licences: 2 of dmcc are reserved, of 1`,
		},
		{
			"a vector that queues to a skill that there is not",
			"vectors:\n- number: 1\n  steps:\n  - busy\n  - queue-to skill 5503 pri m\n",
			`lab: line 5: vectors[0].steps[1]: "queue-to skill 5503 pri m": no skill 5503`,
		},
		{
			"the same in a further switch",
			"switches:\n- name: CM2\n  node: 2\n  vectors:\n  - number: 1\n" +
				"    steps: [announcement 7009]\n",
			`lab: line 6: switches[0].vectors[0].steps[0]: "announcement 7009": no announcement`,
		},
		{
			"a further switch without a node", "switches:\n- name: CM2\n",
			`lab: line 2: switches[0]: a further switch needs a name and a node`,
		},
		{
			"a mistake in a further switch",
			"switches:\n- name: CM2\n  node: 2\n  stations: [{extension: x}]\n",
			`lab: line 4: switches[0].stations[0].extension: "x": not a number`,
		},
		{
			"a misspelt key in a further switch", "switches:\n- name: CM2\n  nodes: 2\n",
			`lab: line 3: switches[0]: there is no key "nodes" here, only name, node, `,
		},
		{
			"a vector of a further switch that is not understood",
			"switches:\n- name: CM2\n  node: 2\n  vectors:\n  - number: 1\n    steps: [bsy]\n",
			`lab: line 6: switches[0].vectors[0].steps[0]: "bsy": want `,
		},
		{
			"a tie trunk to nowhere",
			"trunkGroups:\n- {number: 1, members: 2}\n- {number: 5, members: 2, to: CM2}\n",
			`lab: line 3: trunkGroups[1]: there is no switch "CM2"`,
		},
		{
			"a tie trunk of a further switch that does not fit",
			"switches:\n- name: CM2\n  node: 2\n  trunkGroups:\n" +
				"  - {number: 5, members: 2, to: CM1}\n",
			`lab: line 5: switches[0].trunkGroups[0]: CM1 has no trunk group 5`,
		},
		{
			"a tie trunk that the other side does not have back",
			"trunkGroups: [{number: 5, members: 2, to: CM2}]\nswitches:\n- name: CM2\n" +
				"  node: 2\n  trunkGroups: [{number: 5, members: 2}]\n",
			`lab: line 1: trunkGroups[0]: group 5 of CM2 does not lead back to it`,
		},
		{"a key twice", "node: 1\nnode: 2\n", `lab: line 2: `},
		{"no YAML", "stations:\n  - {extension: 20\n", `lab: line `},
		{"an alias", "stations: &a []\nagents: *a\n", `lab: line 1: stations: want a list`},
		{"two documents", "node: 1\n---\nnode: 2\n", `lab: line 3: a lab file is one document`},
		{"an essay", "# " + strings.Repeat("x", lab.MaxSize), "lab: larger than 4194304 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := lab.Parse([]byte(tt.file))
			var mistake *lab.Error
			if !errors.As(err, &mistake) || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

// TestSchemaIsCheckedIn compares with the copy that editors are pointed at. Write it
// anew with UPDATE=1.
func TestSchemaIsCheckedIn(t *testing.T) {
	got, err := lab.Schema()
	if err != nil {
		t.Fatal(err)
	}
	const path = "lab.schema.json"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("(-checked in +now; UPDATE=1 writes it)\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("base: default\nstations:\n- extension: 1\n"))
	f.Add([]byte("vectors:\n- number: 1\n  steps: [busy, \"\"]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := lab.Parse(data)
		if err != nil {
			return
		}
		text, err := lab.Format(o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := lab.Parse(text); err != nil {
			t.Errorf("%v: it was written as\n%s", err, text)
		}
	})
}
