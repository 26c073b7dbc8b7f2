package mockaes_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// admin asks /mock for something and returns status and body.
func admin(t *testing.T, srv *mockaes.Server, method, path, body string) (int, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, srv.Admin+path,
		strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	return do(t, srv, request)
}

func do(t *testing.T, srv *mockaes.Server, request *http.Request) (int, []byte) {
	t.Helper()
	transport := &http.Transport{DialContext: srv.Dial, DisableKeepAlives: true}
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, data
}

func TestOutsideCallerByAdmin(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("1001"))
		status, body := admin(t, srv, "POST", "/calls",
			`{"from":"+15550100123","to":"1001","says":"tone:440","patience":"30s"}`)
		if status != http.StatusOK {
			t.Fatalf("got HTTP %d %s", status, body)
		}
		var caller struct{ Call, Device string }
		if err := json.Unmarshal(body, &caller); err != nil {
			t.Fatal(err)
		}
		rings := connection(t, c.event("DeliveredEvent"), "connection")
		c.must("AnswerCall", `{"callToBeAnswered":`+rings+`}`, nil)
		c.event("EstablishedEvent")
		path := "/calls/" + caller.Call + "/hangup"
		if status, body = admin(t, srv, "POST", path, `{"device":"`+caller.Device+`"}`); status !=
			http.StatusOK {
			t.Fatalf("got HTTP %d %s", status, body)
		}
		var gone csta.ConnectionCleared
		if err := csta.Decode(c.event("ConnectionClearedEvent"), &gone); err != nil {
			t.Fatal(err)
		}
		if got := gone.Releasing.Device.Extension(); got != "+15550100123" {
			t.Errorf("%q hung up", got)
		}
	})
}

func TestImpatientCallerGivesUp(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("1001"))
		admin(t, srv, "POST", "/calls", `{"to":"1001","patience":"30s"}`)
		c.event("DeliveredEvent")
		began := time.Now()
		c.event("ConnectionClearedEvent")
		if got := time.Since(began); got != 30*time.Second {
			t.Errorf("the caller waited for %v", got)
		}
	})
}

func TestAdminRefusals(t *testing.T) {
	tests := []struct {
		name, method, path, body string
		want                     int
		says                     string
	}{
		{"no JSON", "POST", "/calls", `{`, 400, "unexpected EOF"},
		{"a member that is misspelt", "POST", "/calls", `{"too":"8001"}`, 400, "unknown field"},
		{"a time that is none", "POST", "/calls", `{"to":"8001","talk":"soon"}`, 400, "soon"},
		{"a call to no number", "POST", "/calls", `{}`, 400, "to: the number"},
		{
			"less than no patience", "POST", "/calls", `{"to":"1001","patience":"-5s"}`, 400,
			"not negative",
		},
		{"a number that nobody has", "POST", "/calls", `{"to":"99"}`, 409, "invalidDestination"},
		{
			"a telephone that nobody sees", "POST", "/terminals/operate",
			`{"extension":"1001","speakerMuted":true}`, 409, "invalidObjectState",
		},
		{"an event without a name", "POST", "/events", `{"device":"1001"}`, 400, "name"},
		{
			"an event for nobody", "POST", "/events", `{"device":"1001","event":"X"}`, 409,
			"no session has a monitor",
		},
		{"a call that is not there", "POST", "/calls/9/hangup", `{"device":"x"}`, 409, "no such"},
		{"a page that is not there", "GET", "/stats", ``, 404, "GET /mock lists"},
		{"a method that is not served", "DELETE", "/calls", ``, 405, "takes POST"},
		{"text behind the JSON", "POST", "/calls", `{"to":"99"} garbage`, 400, "more behind"},
		{
			"a sound that is none", "POST", "/calls", `{"to":"99","says":"foo"}`, 400,
			"no such sound",
		},
		{"two objects", "POST", "/calls", `{"to":"99"}{}`, 400, "more behind"},
		{
			"a station that is not registered", "POST", "/terminals/unregister",
			`{"extension":"1001"}`, 409, "no terminal is registered",
		},
		{
			"a station that is not registered, anew", "POST", "/terminals/reregister",
			`{"extension":"1001"}`, 409, "no terminal is registered",
		},
		{
			"an agent who is not logged in", "POST", "/agents/logoff", `{"agent":"4001"}`, 409,
			"not logged in",
		},
		{
			"a trunk group that there is not", "POST", "/trunks/service", `{"group":9}`, 409,
			"no trunk group 9",
		},
		{"a journal from never", "GET", "/journal?after=x", ``, 400, "after"},
		{
			"a body without end", "POST", "/calls",
			`{"to":"` + strings.Repeat("1", 70_000) + `"}`, 400, "too large",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				status, body := admin(t, srv, tt.method, tt.path, tt.body)
				if status != tt.want || !strings.Contains(string(body), tt.says) {
					t.Errorf("got HTTP %d %s", status, body)
				}
			})
		})
	}
}

func TestAdminIsForThisMachineOnly(t *testing.T) {
	tests := []struct {
		name   string
		change func(r *http.Request)
		want   int
	}{
		{"by the server's name", func(*http.Request) {}, 200},
		{"by an address", func(r *http.Request) { r.Host = "127.0.0.1:80" }, 200},
		{"by a name that somebody else made up", func(r *http.Request) {
			r.Host = "evil.test"
		}, 403},
		{"from a form in a page", func(r *http.Request) {
			r.Header.Set("Content-Type", "text/plain")
		}, 415},
		{"without a content type", func(r *http.Request) {
			r.Header.Del("Content-Type")
		}, 415},
		{"with the character set that JSON has anyway", func(r *http.Request) {
			r.Header.Set("Content-Type", "application/json; charset=UTF-8")
		}, 200},
		{"with another character set", func(r *http.Request) {
			r.Header.Set("Content-Type", "application/json; charset=latin1")
		}, 415},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				request, err := http.NewRequestWithContext(t.Context(), "POST",
					srv.Admin+"/sockets/cut", nil)
				if err != nil {
					t.Fatal(err)
				}
				request.Header.Set("Content-Type", "application/json")
				tt.change(request)
				if status, body := do(t, srv, request); status != tt.want {
					t.Errorf("got HTTP %d %s", status, body)
				}
			})
		})
	}
}

func TestJournalHasNoSecrets(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		_, token := c.start()
		c.ask("RegisterTerminal",
			`{"device":"1001:CM1::0","loginInfo":{"password":"123456","mediaMode":"NONE"}}`)
		status, body := admin(t, srv, "GET", "/journal", "")
		if status != http.StatusOK {
			t.Fatalf("got HTTP %d", status)
		}
		for _, secret := range []string{token, "123456", "cti-secret"} {
			if bytes.Contains(body, []byte(secret)) {
				t.Errorf("the journal has %q in it", secret)
			}
		}
		var entries []mockaes.Entry
		if err := json.Unmarshal(body, &entries); err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, e := range entries {
			kinds = append(kinds, e.Kind+" "+e.Name)
		}
		const want = "open ,request StartApplicationSession,answer StartApplicationSession," +
			"request RegisterTerminal,answer RegisterTerminal"
		if got := strings.Join(kinds, ","); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		last := entries[len(entries)-1].Number
		if rest := srv.Journal(last - 1); len(rest) != 1 {
			t.Errorf("%d entries after the last but one", len(rest))
		}
	})
}

func TestStateHasNoSecrets(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		id, token := c.start()
		c.monitor(c.device("1001"))
		status, body := admin(t, srv, "GET", "/state", "")
		if status != http.StatusOK || bytes.Contains(body, []byte(token)) {
			t.Fatalf("got HTTP %d %s", status, body)
		}
		var got mockaes.State
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Sessions) != 1 || got.Sessions[0].ID != id ||
			len(got.Sessions[0].Monitors) != 1 || got.Sockets[0].User != "cti" {
			t.Errorf("got %+v", got)
		}
	})
}

// TestStateOfAnIdleServerHasLists: whoever goes through them in another language need not ask
// first whether they are there.
func TestStateOfAnIdleServerHasLists(t *testing.T) {
	idle := mockaes.Options{Lab: &pbx.Lab{
		Stations: []pbx.Station{{Extension: "1001"}}, Skills: []pbx.Skill{{Extension: "5001"}},
	}}
	bubble(t, idle, func(t *testing.T, srv *mockaes.Server) {
		_, text := admin(t, srv, "GET", "/state", "")
		for _, name := range []string{
			"sockets", "sessions", "audio", "switch.calls", "switch.agents", "switch.trunks",
			"switch.skills.0.waiting",
		} {
			if list := gjson.GetBytes(text, name); list.Raw != "[]" {
				t.Errorf("%s is %s, want an empty list", name, list.Raw)
			}
		}
	})
}

func TestExpiringByAdmin(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		admin(t, srv, "POST", "/sessions/expire", "")
		c.event("ApplicationSessionTerminated")
		if code, _ := c.closed(); code != 4001 {
			t.Errorf("got close code %d", code)
		}
	})
}

// TestTrafficIsRepeatable plays ten minutes of customers twice.
func TestTrafficIsRepeatable(t *testing.T) {
	run := func(seed uint64) (journal []byte) {
		o := mockaes.Options{Seed: seed, Traffic: &mockaes.Traffic{Every: 20 * time.Second}}
		bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
			c := login(t, srv)
			heard := listen(c)
			c.send("MonitorStart", `{"monitorObject":{"deviceObject":"8001:CM1::0"}}`)
			pass(170 * time.Second)
			journal, _ = json.Marshal(srv.Journal(0))
			_ = c.ws.CloseNow()
			if frames := <-heard; len(frames) < 10 {
				t.Errorf("only %d frames came", len(frames))
			}
		})
		return journal
	}
	if first, second := run(7), run(7); !bytes.Equal(first, second) {
		t.Errorf("two runs with one seed differ:\n%s\n%s", first, second)
	}
	if bytes.Equal(run(7), run(8)) {
		t.Error("another seed makes no difference")
	}
}
