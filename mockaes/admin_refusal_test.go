package mockaes_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/wtiphone/wtiphone/mockaes"
)

// TestAdminSaysWhatIsWrong: an error names the member and what is wanted, in words of JSON.
func TestAdminSaysWhatIsWrong(t *testing.T) {
	const some = `{"device":"+15550100123:CM1::0"`
	tests := []struct {
		name, path, body string
		want             int
		says             string
	}{
		{"digits that are none", "/calls/1/digits", some + `,"digits":"12x"}`, 400, "want 1 to 32"},
		{"no digits", "/calls/1/digits", some + `}`, 400, "digits: what is dialled is missing"},
		{
			"more digits than a request can have", "/calls/1/digits",
			some + `,"digits":"` + strings.Repeat("1", 33) + `"}`, 400, "want 1 to 32",
		},
		{
			"digits that are a number", "/calls/1/digits", some + `,"digits":12}`, 400,
			"digits: want text, and no number",
		},
		{
			"digits of nobody", "/calls/1/digits", `{"digits":"1"}`, 400,
			"device: the party from outside is missing",
		},
		{
			"digits of a call that is not there", "/calls/1/digits", some + `,"digits":"1"}`, 409,
			"no such outside party",
		},
		{
			"digits where somebody hangs up", "/calls/1/hangup", some + `,"digits":"1"}`, 400,
			`unknown field "digits": want call, device`,
		},
		{
			"an answer of nobody", "/calls/1/answer", `{}`, 400,
			"device: the party from outside is missing",
		},
		{
			"another call than that of the path", "/calls/1/hangup", some + `,"call":"2"}`, 400,
			`call: "2": the path is that of call "1"`,
		},
		{
			"a trunk group in words", "/calls", `{"to":"1001","trunkGroup":"one"}`, 400,
			`{"error":"trunkGroup: want a whole number, and no string"}`,
		},
		{
			"half a trunk group", "/calls", `{"to":"1001","trunkGroup":1.5}`, 400,
			`trunkGroup: want a whole number, and no number 1.5`,
		},
		{
			"a number that is none of JSON's text", "/calls", `{"to":1001}`, 400,
			`{"error":"to: want text, and no number"}`,
		},
		{
			"a time in seconds", "/calls", `{"to":"1001","talk":5}`, 400,
			`talk: want a time such as "20s", and no number`,
		},
		{
			"a time that is none", "/calls", `{"to":"1001","patience":"soon"}`, 400,
			`patience: "soon": want a time such as 20s or 1m30s`,
		},
		{
			"look-ahead that is none", "/calls", `{"to":"1001","lookAhead":true}`, 400,
			`lookAhead: want an object, and no bool`,
		},
		{
			"look-ahead in words", "/calls", `{"to":"1001","lookAhead":{"hours":"one"}}`, 400,
			`lookAhead.hours: want a whole number, and no string`,
		},
		{
			"look-ahead with a member that is not known", "/calls",
			`{"to":"1001","lookAhead":{"hour":1}}`, 400, `lookAhead: unknown field "hour"`,
		},
		{
			"look-ahead at 25 o'clock", "/calls",
			`{"to":"1001","lookAhead":{"type":"allInterflow","priority":"low","hours":25}}`, 400,
			"look-ahead information: operation/",
		},
		{
			"a member that is misspelt", "/calls", `{"too":"8001"}`, 400,
			`unknown field "too": want from, lookAhead, patience, says, switch, talk, to, `,
		},
		{"a member in capitals", "/calls", `{"TO":"8001"}`, 400, `unknown field "TO": want from`},
		{"a member twice", "/calls", `{"to":"8001","to":"8002"}`, 400, "to: there twice"},
		{"a list", "/calls", `["8001"]`, 400, "want an object, such as"},
		{"nothing but text", "/calls", `"8001"`, 400, "want an object, such as"},
		{"a comma too many", "/calls", `{"to":"8001",}`, 400, "the body is no JSON: invalid"},
		{
			"a caller whose number is none", "/calls", `{"to":"1001","from":"Ada"}`, 400,
			`from "Ada": operation/invalidParameterValue: want a number`,
		},
		{
			"user data that is too long", "/calls",
			`{"to":"1001","uui":"` + strings.Repeat("x", 97) + `"}`, 400, "want at most 96",
		},
		{
			"a number that nobody has", "/calls", `{"to":"99"}`, 409,
			`to "99": operation/invalidDestination: want a number of CM1`,
		},
		{
			"a trunk group that there is not", "/calls", `{"to":"1001","trunkGroup":9}`, 409,
			"no trunk is free: in group 9, or there is no such group",
		},
		{
			"a switch that there is not", "/calls", `{"to":"1001","switch":"CM3"}`, 409,
			`there is no switch "CM3", only CM1`,
		},
		{
			"a socket that there is not", "/sockets/cut", `{"socket":7}`, 409,
			"there is no socket 7; GET /mock/state lists",
		},
		{"a socket below the first", "/sockets/cut", `{"socket":0}`, 400, "socket: 0: they count"},
		{
			"a socket below none", "/sockets/cut", `{"socket":-1}`, 400,
			"socket: want a whole number from 0, and no number -1",
		},
		{
			"a socket by its name", "/sockets/cut", `{"socket":"all"}`, 400,
			"socket: want a whole number from 0, and no string",
		},
		{
			"a body where none is wanted", "/sessions/expire", `{"session":"1"}`, 400,
			`unknown field "session": want no members`,
		},
		{
			"a link that is up in words", "/link", `{"up":"yes"}`, 400,
			"up: want true or false, and no string",
		},
		{"the link of a switch that there is not", "/link", `{"switch":"CM3"}`, 409, "only CM1"},
		{"the agents of no name", "/agents/logoff", `{}`, 400, "agent: who is to be logged off"},
		{
			"an agent that there is not", "/agents/logoff", `{"agent":"9"}`, 409,
			`CM1 has no agent "9"`,
		},
		{
			"the terminals of no station", "/terminals/unregister", `{"reason":"x"}`, 400,
			"extension: that of a station is missing",
		},
		{
			"no trunk group", "/trunks/service", `{"inService":true}`, 400,
			"group: the number of a trunk group is missing",
		},
		{
			"no telephone", "/terminals/operate", `{"speakerMuted":true}`, 400,
			"extension: that of a station is missing",
		},
		{
			"a hand that changes nothing", "/terminals/operate", `{"extension":"1001"}`, 400,
			"nothing is changed: want speakerMuted",
		},
		{
			"a volume above all", "/terminals/operate",
			`{"extension":"1001","speakerVolume":101}`, 400, "speakerVolume: 101: want 0 to 100",
		},
		{
			"a button without its label", "/terminals/operate",
			`{"extension":"1001","button":"263"}`, 400, "button, label: want both",
		},
		{
			"an event of no device", "/events", `{"event":"X"}`, 400,
			"device: that whose monitors are told is missing",
		},
		{
			"an event whose payload is text", "/events",
			`{"device":"1001","event":"X","payload":"x"}`, 400,
			"payload: want an object, and no string",
		},
		{"a pause in seconds", "/away", `{"for":20}`, 400, `for: want a time such as "20s"`},
		{
			"parameters where none are read", "/restart?keepSessions=true", `{}`, 400,
			`there is no parameter "keepSessions": /mock/restart takes none`,
		},
	}
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		for _, tt := range tests {
			status, body := admin(t, srv, "POST", tt.path, tt.body)
			if got := squeezed(t, body); status != tt.want || !strings.Contains(got, tt.says) {
				t.Errorf("%s: got HTTP %d %s\nwant %d %s", tt.name, status, got, tt.want, tt.says)
			}
		}
	})
}

// squeezed is an error's JSON in one line, with the text as people read it.
func squeezed(t *testing.T, body []byte) string {
	t.Helper()
	var reply struct{ Error string }
	if err := json.Unmarshal(body, &reply); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return `{"error":"` + reply.Error + `"}`
}

func TestQueriesAreReadStrictly(t *testing.T) {
	tests := []struct {
		name, path string
		want       int
		says       string
	}{
		{"both parameters", "/journal?after=0&limit=5", 200, ""},
		{
			"one that there is not", "/journal?form=0", 400,
			`there is no parameter "form": want after or limit`,
		},
		{"one in capitals", "/journal?After=0", 400, `there is no parameter "After"`},
		{"one twice", "/journal?after=1&after=2", 400, "after: there twice: want it once"},
		{"one without a value", "/journal?after=", 400, `after: "": want a whole number from 0`},
		{"one below none", "/journal?after=-1", 400, `after: "-1": want a whole number from 0`},
		{"pages of nothing", "/journal?limit=0", 400, "limit: want 1 to 256"},
		{"one that cannot be read", "/journal?after=%zz", 400, "the query cannot be read"},
		{"one of the state, which has none", "/state?after=1", 400, "/mock/state takes none"},
		{"one of the index, which has none", "?help", 400, "/mock takes none"},
	}
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		for _, tt := range tests {
			status, body := admin(t, srv, "GET", tt.path, "")
			got := ""
			if status != http.StatusOK {
				got = squeezed(t, body)
			}
			if status != tt.want || !strings.Contains(got, tt.says) {
				t.Errorf("%s: got HTTP %d %s\nwant %d %s", tt.name, status, got, tt.want, tt.says)
			}
		}
	})
}

// TestTheAnswersOfTheMockCanBeRead has durations in words and examples as they are typed.
func TestTheAnswersOfTheMockCanBeRead(t *testing.T) {
	tests := []struct{ name, method, path, body, want string }{
		{"a pause", "POST", "/away", `{"for":"90s","keepSessions":true}`, `"for": "1m30s"`},
		{"the example of a query", "GET", "", "", `"?after=0&limit=256"`},
		{"what was asked for", "POST", "/sockets/cut", `{"<&>":1}`, `unknown field \"<&>\"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
				_, body := admin(t, srv, tt.method, tt.path, tt.body)
				if !strings.Contains(string(body), tt.want) {
					t.Errorf("got %s\nwant %s", body, tt.want)
				}
			})
		})
	}
}

// TestTheAnswerThatBringsACallerIsTheBodyThatHangsUp has a call in the body and in the path.
func TestTheAnswerThatBringsACallerIsTheBodyThatHangsUp(t *testing.T) {
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		status, caller := admin(t, srv, "POST", "/calls", `{"to":"1001","from":"+15550100123"}`)
		if status != http.StatusOK {
			t.Fatalf("HTTP %d %s", status, caller)
		}
		status, body := admin(t, srv, "POST", "/calls/1/digits",
			`{"device":"+15550100123:CM1::0","digits":"12#d"}`)
		if status != http.StatusOK {
			t.Errorf("dials: HTTP %d %s", status, body)
		}
		status, body = admin(t, srv, "POST", "/calls/1/hangup", string(caller))
		if status != http.StatusOK || len(srv.State().Switch.Calls) != 0 {
			t.Errorf("hangs up: HTTP %d %s", status, body)
		}
	})
}

// TestOneSocketIsCut leaves the other, and then there is no such socket any more.
func TestOneSocketIsCut(t *testing.T) {
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		first, second := login(t, srv), login(t, srv)
		number := srv.State().Sockets[0].Number
		body := `{"socket":` + string(rune('0'+number)) + `}`
		if status, text := admin(t, srv, "POST", "/sockets/cut", body); status != 200 {
			t.Fatalf("HTTP %d %s", status, text)
		}
		first.closed()
		second.must("GetTimeOfDay", `{}`, nil)
		synctest.Wait() // the server has let go of it
		if status, text := admin(t, srv, "POST", "/sockets/cut", body); status != 409 {
			t.Errorf("once more: HTTP %d %s", status, text)
		}
	})
}
