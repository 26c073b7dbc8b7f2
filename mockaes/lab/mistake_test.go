package lab_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes/lab"
)

// TestWhatIsNotThereIsToldWithItsLine has what names something that the lab does not have, and
// what is there twice.
func TestWhatIsNotThereIsToldWithItsLine(t *testing.T) {
	const trunk = "trunkGroups: [{number: 1, members: 2}]\n"
	tests := []struct{ name, file, want string }{
		{
			"a VDN whose vector is not there",
			"vectors: [{number: 1, steps: [busy]}]\nvdns:\n- extension: 50\n  vector: 9\n",
			`lab: line 4: vdns[0].vector: "9": no vector 9: want `,
		},
		{
			"a VDN without a vector", "node: 1\nvdns:\n- extension: 50\n",
			`lab: line 3: vdns[0].vector: VDN 50: no vector 0: want `,
		},
		{
			"a VDN of the file and the vectors of the default lab",
			"base: default\nvdns:\n- {extension: 50, vector: 5}\n",
			`lab: line 3: vdns[0].vector: "5": no vector 5: want `,
		},
		{
			"agents of the default lab and skills of the file",
			"base: default\nvdns: []\nvectors: []\nskills: []\n",
			`lab: agents[0].skills[0].skill: agent 4001: no skill "5001": want the extension of ` +
				`one of the skills (the file has no section agents of its own)`,
		},
		{
			"a station and a skill with one number",
			"stations:\n- extension: 50\nskills:\n- name: x\n  extension: 50\n",
			`lab: line 5: skills[0].extension: "50": the number is taken by a station: want `,
		},
		{
			"an agent and an announcement with one number",
			"agents: [{id: 50}]\nannouncements:\n- {extension: 50, sound: echo}\n",
			`lab: line 3: announcements[0].extension: "50": the number is taken by an agent`,
		},
		{
			"a vector twice", "vectors:\n- number: 1\n- number: 1\n",
			`lab: line 3: vectors[1].number: "1": the number is taken by another vector: want `,
		},
		{
			"an agent who has a skill twice",
			"skills: [{extension: 50}]\nagents:\n- id: 40\n  skills:\n  - skill: 50\n" +
				"  - {skill: 50, level: 2}\n",
			`lab: line 6: agents[0].skills[1].skill: "50": skill 50 twice: want it once`,
		},
		{
			"an agent with a skill that is not there",
			"agents:\n- id: 40\n  skills:\n  - {level: 2,\n     skill: 51}\n",
			`lab: line 5: agents[0].skills[0].skill: no skill "51": want `,
		},
		{
			"a trunk group twice", "trunkGroups:\n- {number: 1, members: 2}\n" +
				"- {number: 1, members: 2}\n",
			`lab: line 3: trunkGroups[1].number: "1": the number is taken by another trunk group`,
		},
		{
			"coverage by a number that is not there",
			"stations:\n- extension: 20\n  coverage:\n  - +15550100123\n  - 21\n",
			`lab: line 5: stations[0].coverage[1]: no number "21": want `,
		},
		{
			"coverage of a hunt group by itself",
			"huntGroups:\n- extension: 60\n  coverage: [60]\n",
			`lab: line 3: huntGroups[0].coverage[0]: no number "60" but its own: want `,
		},
		{
			"a hunt group of somebody who is no station",
			"skills: [{extension: 50}]\nhuntGroups:\n- extension: 60\n  members: [50]\n",
			`lab: line 4: huntGroups[0].members[0]: no station "50": want `,
		},
		{
			"a hunt group that has a member twice",
			"stations: [{extension: 20}]\nhuntGroups:\n- extension: 60\n  members: [20, 20]\n",
			`lab: line 4: huntGroups[0].members[1]: "20": member 20 twice: want it once`,
		},
		{
			"a bridge to a station that is not there",
			"stations:\n- extension: 20\n  bridges: [21]\n",
			`lab: line 3: stations[0].bridges[0]: no station "21" to bridge: want `,
		},
		{
			"a bridge twice",
			"stations:\n- extension: 20\n- {extension: 21, bridges: [20, 20]}\n",
			`lab: line 3: stations[1].bridges[1]: "20": bridges 20 twice: want it once`,
		},
		{
			"a number outside that is none", "outside:\n- number: home\n",
			`lab: line 2: outside[0].number: "home": not a number`,
		},
		{
			"a number outside twice", "outside:\n- number: +4940*\n- {number: +4940*, talk: 5s}\n",
			`lab: line 3: outside[1].number: "+4940*": it is there already`,
		},
		{
			"numbers of another switch over a trunk group that is not there",
			"uniform:\n- {number: 2*, trunkGroup: 5}\n",
			`lab: line 2: uniform[0].trunkGroup: "5": 5 is no tie trunk group: want `,
		},
		{
			"rights to a device that is not there",
			"stations: [{extension: 20}]\nusers:\n- name: cti\n  devices:\n  - 20\n  - 21\n",
			`lab: line 6: users[0].devices[1]: user "cti": no number "21": want `,
		},
		{
			"rights to a device at a switch that is not there",
			"stations: [{extension: 20}]\nusers:\n- name: cti\n  devices: [20:CM2]\n",
			`lab: line 4: users[0].devices[0]: user "cti": no number "20:CM2": want `,
		},
		{
			"rights to a device twice",
			"stations: [{extension: 20}]\nusers:\n- name: cti\n  devices: [20, 20]\n",
			`lab: line 4: users[0].devices[1]: user "cti": 20 twice: want it once`,
		},
		{
			"a user twice", "users:\n- name: cti\n- name: cti\n",
			`lab: line 3: users[1].name: two users are called "cti": want a name each`,
		},
		{
			"a user without a name", "users:\n- password: x\n",
			`lab: line 2: users[0]: a user without a name`,
		},
		{
			"customers who call a number that is not there",
			trunk + "traffic:\n  every: 10s\n  to: [8100]\n",
			`lab: line 4: traffic.to[0]: traffic: no number "8100": want one of CM1`,
		},
		{
			"customers who call where nothing is said, and nobody has that number",
			trunk + "traffic:\n  every: 10s\n",
			`lab: line 3: traffic.to: traffic: customers call 8001 if nothing is said, and CM1 `,
		},
		{
			"customers without a line to call by",
			"stations: [{extension: 20}]\ntraffic:\n  to: [20]\n",
			`lab: line 3: traffic: traffic: CM1 has no trunk group for customers to call by`,
		},
		{
			"a codec that is not known", "features:\n  codecs: [g711U, opus]\n",
			`lab: line 2: features.codecs[1]: "opus": want g711U or g711A or g722 or `,
		},
		{
			"a codec in other letters", "features:\n  codecs:\n  - G711U\n",
			`lab: line 3: features.codecs[0]: "G711U": want g711U or g711A or g722 or `,
		},
		{
			"a codec twice", "features: {codecs: [g722, g722]}\n",
			`lab: line 1: features.codecs[1]: "g722": want each once`,
		},
		{
			"a way of protecting audio that is not known", "features: {encryption: [aes]}\n",
			`lab: line 1: features.encryption[0]: "aes": want none or srtp-aescm128-hmac80`,
		},
		{
			"conferences of nobody", "features:\n  conferenceSize: -1\n",
			`lab: line 2: features.conferenceSize: "-1": want 2 parties or more`,
		},
		{
			"a dial plan in letters", "dialPlan:\n  country: US\n",
			`lab: line 2: dialPlan.country: "US": want digits`,
		},
		{
			"two ways of one quirk", "quirks:\n- payload=object\n- payload=string-all\n",
			`lab: line 3: quirks[1]: payload=object is there already: want one of payload`,
		},
		{
			"fewer than no connections", "limits:\n  sockets: -5\n",
			`lab: line 2: limits.sockets: limits: want nothing negative`,
		},
		{
			"sessions that are to last longer than they may",
			"limits: {minDuration: 5m, maxDuration: 1m}\n",
			`lab: line 1: limits: limits: sessions of at least 5m0s and at most 1m0s`,
		},
		{
			"two switches of one name", "switches:\n- node: 2\n  name: CM1\n",
			`lab: line 3: switches[0].name: two switches are called CM1: want a name each`,
		},
		{
			"two switches that are one node", "switches:\n- node: 1\n  name: CM2\n",
			`lab: line 2: switches[0].node: CM1 and CM2 are both node 1: want a node each`,
		},
		{
			"a VDN of a further switch whose vector only the first has",
			"vectors: [{number: 1}]\nswitches:\n- name: CM2\n  node: 2\n  vdns:\n" +
				"  - {extension: 50, vector: 1}\n",
			`lab: line 6: switches[0].vdns[0].vector: "1": no vector 1: want `,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refuses(t, tt.file, tt.want) })
	}
}

// refuses wants a mistake of a lab file to be told so.
func refuses(t *testing.T, file, want string) {
	t.Helper()
	_, err := lab.Parse([]byte(file))
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestWhatIsOpenIsToldWhereItIsOpened: the line that helps is not that where the rest makes
// no sense any more.
func TestWhatIsOpenIsToldWhereItIsOpened(t *testing.T) {
	const quote = "a quote is opened here that its line does not close"
	tests := []struct{ name, file, want string }{
		{
			"a quote that the next one closes",
			"node: 1\nname: \"CM1\nstations:\n  - {extension: \"20\", name: \"Ada\"}\n",
			"lab: line 2: " + quote,
		},
		{
			"a single quote that the next one closes",
			"node: 1\nname: 'CM1\nstations:\n  - {extension: '20', name: 'Ada'}\n",
			"lab: line 2: " + quote,
		},
		{
			"a quote that is closed where that makes sense",
			"node: 1\nstations:\n- extension: \"20\nusers:\n- name: cti\n  password: \"\nseed: 1\n",
			"lab: line 3: " + quote,
		},
		{
			"a quote that nothing closes", "node: 1\n\nname: \"CM1\nseed: 1\n",
			"lab: line 3: " + quote,
		},
		{
			"a quoted key", "node: 1\n\"name: CM1\nstations\": []\n", "lab: line 2: " + quote,
		},
		{
			"a brace", "node: 1\nstations:\n  - {extension: 20\nseed: 1\nname: x\n",
			"lab: line 3: a { is opened here that is not closed before line 4: ",
		},
		{
			"a bracket many lines above", "quirks: [\n  payload=object,\n  id=text\n\nseed: 1\n",
			"lab: line 1: a [ is opened here that is not closed before line 5: ",
		},
		{
			"a key twice", "node: 1\nseed: 2\nnode: 3\n",
			`lab: line 3: mapping key "node" already defined at [1:1]`,
		},
		{
			"a key twice, once in quotes", "stations:\n- extension: 20\n  \"extension\": 21\n",
			`lab: line 3: mapping key "extension" already defined at [2:3]`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refuses(t, tt.file, tt.want) })
	}
}

func TestQuotesWithinTheirLineAreFine(t *testing.T) {
	o, err := lab.Parse([]byte("# it's \"open\nname: 'Ada''s \"place'\nstations:\n" +
		"- {extension: \"20\", name: O'Hara \"}\n- extension:\n    '21'\n"))
	if err != nil || o.Lab.Name != `Ada's "place` || o.Lab.Stations[0].Name != `O'Hara "` ||
		o.Lab.Stations[1].Extension != "21" {
		t.Errorf("%v: got %+v", err, o.Lab)
	}
}

// TestSoundsThatAreNotThereAreToldWithTheirLine looks beside the lab file.
func TestSoundsThatAreNotThereAreToldWithTheirLine(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "noise.wav"), []byte("noise"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, file, want string }{
		{"that all come with the mock", "announcements: [{extension: 70, sound: wav:menu}]\n", ""},
		{
			"an announcement's",
			"announcements:\n- {extension: 70, sound: echo}\n- extension: 71\n  sound: wav:none\n",
			`lab: line 4: announcements[1].sound: audio: sound "wav:none": `,
		},
		{
			"an announcement's that is no recording",
			"announcements:\n- {extension: 71, sound: wav:noise}\n",
			`lab: line 2: announcements[0].sound: audio: sound "wav:noise": `,
		},
		{
			"those of a number outside", "outside:\n- number: +1*\n  says: tone:9000\n",
			`lab: line 3: outside[0].says: audio: sound "tone:9000": `,
		},
		{
			"a customer's",
			"stations: [{extension: 20}]\ntrunkGroups: [{number: 1, members: 1}]\n" +
				"traffic:\n  to: [20]\n  says: [wav:customer-order, wav:none]\n",
			`lab: line 5: traffic.says[1]: traffic: `,
		},
		{
			"a further switch's",
			"switches:\n- name: CM2\n  node: 2\n  announcements:\n" +
				"  - {extension: 70, sound: wav:none}\n",
			`lab: line 5: switches[0].announcements[0].sound: audio: sound "wav:none": `,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := lab.ParseIn(dir, []byte(tt.file))
			switch {
			case tt.want == "" && (err != nil || o.AudioDir != dir):
				t.Errorf("got %v and recordings in %q", err, o.AudioDir)
			case tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)):
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}
