package wti_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/wti"
)

// mailbox is a listener for events, in memory.
func mailbox() *aes { return &aes{pipes: make(chan net.Conn), gone: make(chan struct{})} }

// overREST runs f with a mock in memory and options for sessions over REST.
func overREST(t *testing.T, f func(t *testing.T, srv *mockaes.Server, o wti.Options),
	quirks ...string,
) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		box := mailbox()
		srv, err := mockaes.Start(mockaes.Options{
			InMemory: true, Silent: true, Quirks: quirks,
			Targets: mockaes.Targets{Dial: box.dial},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			srv.Close()
			time.Sleep(time.Second) // net/http lingers where it has not read all of a body
		})
		f(t, srv, wti.Options{
			User: "cti", Password: "cti-secret", DialContext: srv.Dial,
			REST: wti.REST{Listener: box, URL: "http://desk.test"},
		})
	})
}

// watchedOverREST opens a session with a monitor of 1001.
func watchedOverREST(t *testing.T, srv *mockaes.Server, o wti.Options) (
	*wti.Session, *wti.Monitor,
) {
	t.Helper()
	s, err := wti.Dial(t.Context(), srv.REST, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d, err := wti.Do(t.Context(), s, csta.GetDeviceID{SwitchName: "CM1", Extension: "1001"})
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.Monitor(t.Context(), csta.MonitorStart{
		Object: csta.MonitorObject{Device: d.Device},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, m
}

func ring(t *testing.T, srv *mockaes.Server) {
	t.Helper()
	_, err := srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: "1001"})
	if err != nil {
		t.Fatal(err)
	}
}

// asked is one POST as a server sees it.
type asked struct{ path, authorization, body string }

// httpAES answers each POST by a function of its path and remembers it.
func httpAES(t *testing.T, answer func(w http.ResponseWriter, service string)) (*aes, *[]asked) {
	var mu sync.Mutex
	var all []asked
	a := newAES(t, nil)
	a.server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.NotFound(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		all = append(all, asked{r.URL.Path, r.Header.Get("Authorization"), string(body)})
		mu.Unlock()
		answer(w, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
	})
	return a, &all
}

func restOptions(a *aes) wti.Options {
	o := a.options()
	o.REST = wti.REST{Listener: mailbox(), URL: "https://desk.test/events"}
	return o
}

func TestRESTSendsBasicThenBearerAndBarePayloads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, all := httpAES(t, func(w http.ResponseWriter, service string) {
			switch service {
			case "StartApplicationSession":
				fmt.Fprint(w, started)
			case "MonitorDevice":
				w.WriteHeader(http.StatusNotFound)
			default:
				fmt.Fprint(w, `{"monitorCrossRefID":"1","device":"d"}`)
			}
		})
		if _, err := wti.Dial(t.Context(), "https://aes", restOptions(a)); err == nil {
			t.Error("a server without TLS was content")
		}
		s, err := wti.Dial(t.Context(), "http://aes", restOptions(a))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = wti.Do(t.Context(), s, csta.GetDeviceID{Extension: "1001"})
		if _, err := s.Monitor(t.Context(), csta.MonitorStart{}); err != nil {
			t.Error(err)
		}
		_ = s.Close()
		var got []string
		for _, q := range *all {
			got = append(got, q.path[strings.LastIndexByte(q.path, '/')+1:]+" "+q.authorization)
		}
		want := []string{
			"StartApplicationSession Basic Y3RpOmdvb2Q=", "GetDeviceId Bearer t0ken",
			"MonitorDevice Bearer t0ken", "MonitorStart Bearer t0ken",
			"StopApplicationSession Bearer t0ken",
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
		if q := (*all)[1]; q.path != "/api/fe/v1/GetDeviceId" ||
			!strings.HasPrefix(q.body, `{"extension":"1001"`) || strings.Contains(q.body, "desk") {
			t.Errorf("got %+v", q)
		}
		target := gjson.Get((*all)[3].body, "targetUrl").Str
		if u, err := url.Parse(target); err != nil || u.Host != "desk.test" ||
			!strings.HasPrefix(u.Path, "/events/") || len(u.Path) < 30 {
			t.Errorf("events are to be posted to %q", target)
		}
	})
}

func TestRESTRefusalsAreToldApart(t *testing.T) {
	tests := []struct {
		about  string
		answer http.HandlerFunc
		fits   func(error) bool
	}{
		{
			"wrong credentials",
			func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) },
			func(err error) bool { return errors.Is(err, wti.ErrUnauthorized) },
		},
		{
			"a redirect, which is not followed",
			http.RedirectHandler("http://x/", http.StatusFound).ServeHTTP,
			func(err error) bool { return strings.Contains(err.Error(), "HTTP 302 Found") },
		},
		{
			"a fault",
			func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(400)
				fmt.Fprint(w, `{"errorCode":{"definedError":"maxNumberSessions"}}`)
			},
			func(err error) bool {
				f, ok := errors.AsType[*csta.Fault](err)
				return ok && f.Code == csta.MaxNumberSessions
			},
		},
		{
			"an answer without an end",
			func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.CopyN(w, endless{}, 2<<20)
			},
			func(err error) bool { return errors.Is(err, wti.ErrConnectionLost) },
		},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, _ := httpAES(t, func(w http.ResponseWriter, _ string) {
					tt.answer(w, &http.Request{})
				})
				_, err := wti.Dial(t.Context(), "http://aes", restOptions(a))
				if err == nil || !tt.fits(err) || errors.Is(err, wti.ErrUnreachable) {
					t.Errorf("got %v", err)
				}
				_ = a.Close()
				_, err = wti.Dial(t.Context(), "http://aes", restOptions(a))
				if !errors.Is(err, wti.ErrUnreachable) {
					t.Errorf("a server that is gone: %v", err)
				}
			})
		})
	}
	_, err := wti.Dial(t.Context(), "https://aes.example.com", wti.Options{})
	if !errors.Is(err, wti.ErrNoListener) {
		t.Errorf("without a place for events: %v", err)
	}
}

// endless is a body that never ends.
type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }
