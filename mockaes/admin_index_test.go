package mockaes_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
)

// TestAdminSaysWhichMethodIsServed reads the header that RFC 9110 §15.5.6 asks for.
func TestAdminSaysWhichMethodIsServed(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		transport := &http.Transport{DialContext: srv.Dial, DisableKeepAlives: true}
		defer transport.CloseIdleConnections()
		for path, want := range map[string]string{"/calls": "POST", "/state": "GET", "": "GET"} {
			request, err := http.NewRequestWithContext(t.Context(), "PUT", srv.Admin+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := transport.RoundTrip(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if got := response.Header.Get("Allow"); response.StatusCode != 405 || got != want {
				t.Errorf("%s: HTTP %d, Allow: %q", path, response.StatusCode, got)
			}
		}
	})
}

// TestTheIndexIsTrueAndDocumented asks for everything that the index lists, with the
// example that it gives, and looks it up in the guide.
func TestTheIndexIsTrueAndDocumented(t *testing.T) {
	guide, err := os.ReadFile("../docs/mock.md")
	if err != nil {
		t.Fatal(err)
	}
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		status, body := admin(t, srv, "GET", "", "")
		var index []struct{ Method, Path, Does, Takes string }
		if err := json.Unmarshal(body, &index); err != nil || status != 200 || len(index) < 12 {
			t.Fatalf("HTTP %d %s: %v", status, body, err)
		}
		for _, e := range index {
			path := strings.TrimPrefix(e.Path, "/mock")
			takes := e.Takes
			if e.Method == "GET" {
				path, takes = path+takes, ""
			}
			if e.Does == "" {
				t.Errorf("%s %s: nothing is said about it", e.Method, e.Path)
			}
			// A conflict with the switch's state is an answer; the rest would be untrue.
			path = strings.ReplaceAll(path, "{call}", "1")
			status, body := admin(t, srv, e.Method, path, takes)
			if status != 200 && status != 409 {
				t.Errorf("%s %s %s: HTTP %d %s", e.Method, path, takes, status, body)
			}
			if !strings.Contains(string(guide), "`"+e.Method+" "+e.Path+"`") {
				t.Errorf("docs/mock.md does not have `%s %s`", e.Method, e.Path)
			}
		}
	})
}
