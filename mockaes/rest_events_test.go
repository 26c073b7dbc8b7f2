package mockaes_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
)

const monitor1001 = `{"monitorObject":{"deviceObject":"1001:CM1::0"},"targetUrl":"http://desk/a"}`

func TestRESTInsistsOnItsCredentials(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := newREST(t, srv)
		defer c.http.CloseIdleConnections()
		c.start()
		bearer := c.authorization
		const start = `{"ApplicationID":"x"}`
		tests := []struct {
			about, authorization, service, body string
			want                                int
		}{
			{"a start without credentials", "", "StartApplicationSession", start, 401},
			{"a wrong password", basic("cti", "x"), "StartApplicationSession", start, 401},
			{"a start with a token", bearer, "StartApplicationSession", start, 401},
			{"a request without a token", "", "GetTimeOfDay", `{}`, 401},
			{"a request with another token", "Bearer x", "GetTimeOfDay", `{}`, 401},
			{"a request with credentials", goodBasic, "GetTimeOfDay", `{}`, 401},
			{"a service that is not known", bearer, "Fly", `{}`, 404},
			{"a body that is no JSON", bearer, "GetTimeOfDay", `{`, 400},
			{"a body that nests too deep", bearer, "GetTimeOfDay", strings.Repeat("[", 99) +
				strings.Repeat("]", 99), 400},
			{"a refused request", bearer, "GetDeviceId", `{"extension":"9999"}`, 400},
			{"a target that is no web address", bearer, "MonitorStart", strings.Replace(monitor1001,
				"http:", "file:", 1), 400},
			{"a target with credentials", bearer, "MonitorStart", strings.Replace(monitor1001,
				"desk", "u:p@desk", 1), 400},
			{"too large a body", bearer, "GetTimeOfDay", strings.Repeat(" ", 1<<20+1), 413},
			{"the end of the session", bearer, "StopApplicationSession", `{}`, 200},
			{"a request after the end", bearer, "GetTimeOfDay", `{}`, 401},
		}
		for _, tt := range tests {
			c.authorization = tt.authorization
			if got, _, text := c.post(tt.service, tt.body); got != tt.want {
				t.Errorf("%s: HTTP %d, want %d (%s)", tt.about, got, tt.want, text)
			}
		}
		synctest.Wait()
		if held := srv.State(); len(held.Sockets) != 0 || len(held.Sessions) != 0 {
			t.Errorf("left over: %+v %+v", held.Sockets, held.Sessions)
		}
	})
}

func TestRESTEventsArePostedInOrderBehindTheAnswer(t *testing.T) {
	inMail(t, always(http.StatusOK), func(t *testing.T, srv *mockaes.Server, c *restClient,
		b *mailbox,
	) {
		c.must("MonitorStart", monitor1001)
		c.must("MonitorStart", strings.NewReplacer("1001", "1002", "desk/a", "desk/b").
			Replace(monitor1001))
		c.must("MakeCall", `{"callingDevice":"1001:CM1::0","calledDirectoryNumber":"1002"}`)
		pass(time.Second)
		want := []string{
			"/a ServiceInitiatedEvent", "/a OriginatedEvent", "/a DeliveredEvent",
			"/b DeliveredEvent",
		}
		got := b.texts()
		for i := range want {
			path, name, _ := strings.Cut(want[i], " ")
			if len(got) != len(want) || !strings.HasPrefix(got[i], path+` {"header":`) ||
				!strings.Contains(got[i], `"event":"`+name+`"`) {
				t.Fatalf("got\n%s\nwant %v", strings.Join(got, "\n"), want)
			}
		}
	})
}

func TestRESTEventsThatCannotBeDelivered(t *testing.T) {
	tests := []struct {
		about  string
		status func(n int) int
		posts  int
		lost   bool
	}{
		{"are tried again where the target has an error", func(n int) int {
			return map[bool]int{true: 503, false: 200}[n < 3]
		}, 3, false},
		{"are given up after three tries", always(500), 3, true},
		{"are given up at once where they are not wanted", always(404), 1, true},
		{"follow no redirect", always(307), 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			inMail(t, tt.status, func(t *testing.T, srv *mockaes.Server, c *restClient,
				b *mailbox,
			) {
				c.must("MonitorStart", monitor1001)
				incoming(t, srv)
				pass(10 * time.Second)
				lost := false
				for _, e := range srv.Journal(0) {
					lost = lost || e.Kind == "lost"
				}
				if got := len(b.texts()); got != tt.posts || lost != tt.lost {
					t.Errorf("%d posts, lost %v; want %d, %v", got, lost, tt.posts, tt.lost)
				}
			})
		})
	}
}

func TestRESTSessionsEndAndAreTakenUpAgain(t *testing.T) {
	inMail(t, always(http.StatusOK), func(t *testing.T, srv *mockaes.Server, c *restClient,
		b *mailbox,
	) {
		id := c.start() // a second one
		c.must("MonitorStart", monitor1001)
		bearer := c.authorization
		c.authorization = goodBasic
		c.must("StartApplicationSession", `{"ApplicationID":"x","SessionID":"`+id+`"}`)
		c.authorization = bearer
		c.must("GetTimeOfDay", `{}`)
		srv.Cut()
		c.must("GetTimeOfDay", `{}`) // over another line
		incoming(t, srv)
		pass(time.Second)
		if got := b.texts(); len(got) != 1 || !strings.Contains(got[0], "DeliveredEvent") {
			t.Errorf("got %v, want the events of the monitor as before", got)
		}
		pass(180 * time.Second)
		if got := b.texts(); !strings.Contains(got[len(got)-1], "sessionTimerExpired") {
			t.Errorf("got %v, want to be told of the end", got)
		}
		if status, _, _ := c.post("GetTimeOfDay", `{}`); status != http.StatusUnauthorized {
			t.Errorf("HTTP %d after the session has expired", status)
		}
		pass(time.Minute)
		synctest.Wait()
		if held := srv.State(); len(held.Sockets) != 0 || len(held.Sessions) != 0 {
			t.Errorf("left over: %+v %+v", held.Sockets, held.Sessions)
		}
	})
}

// TestRESTPostsToThisMachineAlone runs over TCP: the rule is about addresses.
func TestRESTPostsToThisMachineAlone(t *testing.T) {
	srv := mockaes.New(mockaes.Options{Silent: true})
	if srv.Err != nil {
		t.Fatal(srv.Err)
	}
	defer srv.Close()
	posted := make(chan string, 8)
	here := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		posted <- r.URL.Path
	}))
	defer here.Close()
	c := newREST(t, srv)
	c.start()
	for _, target := range []string{
		srv.Admin + "/sessions/expire", "http://192.0.2.1:9/", "http://[::ffff:192.0.2.1]:9/",
		here.URL + "/a",
	} {
		c.must("MonitorStart", strings.Replace(monitor1001, "http://desk/a", target, 1))
	}
	incoming(t, srv)
	if got := <-posted; got != "/a" {
		t.Errorf("posted to %s", got)
	}
	refused := 0
	for _, e := range srv.Journal(0) {
		if e.Kind == "lost" {
			if !strings.Contains(e.Note, "events are not posted there") {
				t.Errorf("lost because of %s", e.Note)
			}
			refused++
		}
	}
	if refused != 3 || len(srv.State().Sessions) != 1 {
		t.Errorf("%d events were refused their target, want 3", refused)
	}
}
