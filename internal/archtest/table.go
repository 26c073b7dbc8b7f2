package archtest

// home is the path of the module whose tree is checked.
const home = "github.com/wtiphone/wtiphone"

// reasons maps what is imported to why it may be, or why it must not be. A key
// is one of our packages by its directory, or a name in [modules].
type reasons map[string]string

// row says what one package imports beside the standard library.
type row struct {
	any   bool    // everything of ours and every module in the table
	uses  reasons // allowed everywhere in the package
	tests reasons // allowed in its test files as well, even against never
	never reasons // the refusals that deserve a better answer than "not in the row"
	once  string  // a name in uses that at most one file may import, tests aside
}

// apart is why the two ends of the protocol share no more than its vocabulary.
const apart = "client and server written from one reading of the protocol " +
	"would share its misunderstandings, and each would pass the other's tests"

// still is why the screen knows neither session nor audio.
const still = "the screen is drawn and tested from values, without network or audio"

// lab is why a package's tests start a mock AES.
const lab = "its tests talk to a simulated AES instead of a canned one"

// simulated is why tests have a clock that is advanced by hand.
const simulated = "its tests pass hours of a switch in no time"

// sites is why tests have a plan of numbers.
const sites = "their switches are joined, and reach each other by numbers"

// table has one row for each package, by directory.
var table = map[string]row{
	"csta": {
		uses: reasons{"internal/scan": "payloads are read in one pass, in any spelling"},
		never: reasons{
			"internal/wire": "the vocabulary does not know how it travels",
		},
	},
	"calls": {
		uses: reasons{"csta": "the board is a function of its events and snapshots"},
		never: reasons{
			"wti": "a reducer takes events as values: no session, no clock, no lock",
		},
	},
	"internal/wire": {
		uses: reasons{
			"csta":          "the envelope carries requests, answers, events and faults",
			"internal/scan": "routing reads the header, and checks the rest on the way",
		},
	},
	"wti": {
		uses: reasons{
			"csta":          "what a session sends and receives",
			"internal/wire": "the envelope around it",
			"websocket":     "the transport",
		},
		tests: reasons{"mockaes": lab, "mockaes/pbx": lab, "mockaes/dialect": lab},
		never: reasons{"mockaes": apart, "rtpmedia": "a session can run without audio"},
		once:  "websocket",
	},
	"rtpmedia": {
		uses: reasons{
			"rtpmedia/tone": "digits that are sent as tones",

			"pion":  "RTP, RTCP and SRTP as bytes",
			"pulse": "microphone and speaker without cgo",
			"x/net": "packets are marked by their class",
			"x/sys": "a sending clock that keeps its pace, and socket options",
		},
		tests: reasons{"rtpmedia/analyze": "it finds in a recording what was sent"},
		never: reasons{
			"csta": "audio is useful, and measured, without any signalling",
			"wti":  "audio is useful, and measured, without any signalling",
		},
	},
	"rtpmedia/tone": {},
	"rtpmedia/gain": {
		uses: reasons{"rtpmedia": "it is a source around another one"},
	},
	"rtpmedia/analyze": {
		uses: reasons{
			"rtpmedia":      "levels and digits are those that sessions measure and hear",
			"rtpmedia/tone": "when each digit began and ended",
		},
	},
	"phone": {
		uses: reasons{
			"csta":     "the requests that a device's verbs stand for",
			"calls":    "the device's board",
			"wti":      "the session it is monitored through",
			"rtpmedia": "its audio",
		},
		tests: reasons{
			"mockaes": lab, "mockaes/pbx": lab, "mockaes/pbx/dialplan": sites,
			"rtpmedia/analyze": "what a recording holds",
		},
		never: reasons{"tui": "a phone works without a screen"},
	},
	"tui": {
		uses: reasons{
			"csta":  "names of states, causes and devices",
			"calls": "the board that it draws",
			"charm": "the terminal",
		},
		tests: reasons{"golden": "views are compared with recorded ones"},
		never: reasons{
			"wti": still, "rtpmedia": still, "phone": still, "internal/wire": still,
			"websocket": still,
		},
	},
	"scenario": {
		uses: reasons{
			"csta":     "names and values that scripts see",
			"calls":    "what a script asserts on",
			"phone":    "the phones that a script drives",
			"starlark": "the language of the scripts",
		},
		tests: reasons{"mockaes": lab, "mockaes/pbx": lab},
		never: reasons{"mockaes": "a scenario runs against any AES, the real one included"},
	},
	"mockaes": {
		uses: reasons{
			"csta":          "what the server receives and sends",
			"internal/wire": "the envelope around it",
			"rtpmedia":      "announcements, tones, echo and the callers' voices",
			"websocket":     "the transport",
			"mockaes/pbx":   "the switch behind it",
			"mockaes/audio": "what the switch lets its parties hear",

			"mockaes/dialect":   "how the server spells what it sends",
			"mockaes/pbx/clock": "server and switch have one time",
		},
		tests: reasons{"mockaes/pbx/dialplan": sites},
		never: reasons{"wti": apart, "phone": apart, "calls": apart},
		once:  "websocket",
	},
	"mockaes/dialect": {
		uses: reasons{
			"csta":          "the events and faults that it spells",
			"internal/wire": "the envelope around them",
			"mockaes/pbx":   "the choices that are the switch's",
		},
		never: reasons{"wti": apart},
	},
	"mockaes/lab": {
		uses: reasons{
			"yaml":        "the format of lab files, with the places of mistakes",
			"mockaes":     "what a lab file configures",
			"mockaes/pbx": "the switch that a lab file describes",

			"mockaes/pbx/vector": "vectors are checked where their lines are known",
		},
		tests: reasons{"mockaes/pbx/clock": simulated},
		never: reasons{"wti": apart},
	},
	"mockaes/audio": {
		uses: reasons{
			"csta":        "addresses and codecs of a registration",
			"rtpmedia":    "the streams, and the tones",
			"mockaes/pbx": "who hears what",

			"mockaes/pbx/clock": "a sound goes on where it is by the switch's time",
		},
	},
	"mockaes/pbx": {
		uses: reasons{
			"csta":               "causes, faults and events of the switch",
			"mockaes/pbx/clock":  "when the switch does what it does later",
			"mockaes/pbx/vector": "the programs that VDNs run",

			"mockaes/pbx/dialplan": "what numbers mean",

			"mockaes/pbx/internal/filter": "which events a monitor is sent",
			"mockaes/pbx/internal/link":   "messages on their way to another switch",
			"mockaes/pbx/internal/panel":  "what a telephone shows",
		},
		never: reasons{
			"mockaes":   "the switch has no network in it",
			"rtpmedia":  "the switch says who hears whom; sending it is the server's work",
			"websocket": "the switch has no network in it",
		},
	},
	"interop": {
		tests: reasons{
			"csta":        "what the switch and the board are compared by",
			"calls":       "the board that has to be right",
			"wti":         "the session that has to heal",
			"phone":       "the phone that has to live through it",
			"mockaes":     "the AES behind a box",
			"mockaes/pbx": "the truth that the board is compared with",
			"x/sys":       "a terminal for the program under test",
		},
		never: reasons{
			"internal/wire": "these tests see the protocol from outside, as others do",
			"rtpmedia":      "audio is tested by what the program reports of it",
		},
	},
	"interop/clients": { // it starts programs, and shares no code with any of them
		tests: reasons{
			"rtpmedia":         "recordings that others made are read",
			"rtpmedia/analyze": "it finds in a recording what was said",
		},
	},
	"interop/model": {
		tests: reasons{
			"calls":       "boards follow the events of the switch and are compared with it",
			"csta":        "the requests of the stories, and the events",
			"mockaes/pbx": "the switch that the stories are played on",

			"mockaes/pbx/clock": simulated,
		},
		never: reasons{
			"mockaes": "the two sides meet as values: no session and no envelope between them",
		},
	},
	"mockaes/pbx/clock": {},
	"mockaes/pbx/dialplan": {
		uses: reasons{"csta": "the outcomes of conversions"},
	},
	"mockaes/pbx/vector": {},
	"mockaes/pbx/internal/filter": {
		uses: reasons{"csta": "the events, and the filters of requests"},
	},
	"mockaes/pbx/internal/link": {
		uses: reasons{"mockaes/pbx/clock": "messages take time"},
	},
	"mockaes/pbx/internal/panel": {
		uses: reasons{"csta": "states of calls, and what lamps, ringers and displays are"},
	},
	"internal/archtest": {},
	"internal/scan":     {},
	"cmd/wtiphone":      {any: true},
	"cmd/wtirelay":      {any: true},
}
