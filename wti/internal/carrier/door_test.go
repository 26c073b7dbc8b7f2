package carrier

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const event = `{"header":{"headerType":"event","event":"HeldEvent"},"payload":{}}`

// door opens a door that nobody can reach; requests are handed to it.
func door(t testing.TB) *Door {
	t.Helper()
	d, _ := doorAt(t)
	return d
}

func doorAt(t testing.TB) (d *Door, at string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d, err = OpenDoor(DoorOptions{
		Listener: listener, URL: "https://desk.test/proxied/", Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d, listener.Addr().String()
}

func (d *Door) knock(method, path, body string) *http.Response {
	w := httptest.NewRecorder()
	d.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(body)))
	return w.Result()
}

func TestTheDoorTakesEventsOfItsSessionAlone(t *testing.T) {
	d := door(t)
	if got := d.knock("POST", "/", event).StatusCode; got != http.StatusNotFound {
		t.Errorf("before there is a session: HTTP %d", got)
	}
	d.open("S-0")
	target, err := url.Parse(d.target())
	if err != nil || target.Host != "desk.test" || len(target.Path) < len("/proxied/")+22 {
		t.Fatalf("got target %s, %v: want 128 bits in it", target, err)
	}
	large := `{"header":{"headerType":"event","event":"E"},"payload":"` +
		strings.Repeat("x", FrameLimit) + `"}`
	response := `{"header":{"headerType":"response","response":"MakeCall","invokeId":1}}`
	tests := []struct {
		about, method, path, body string
		want                      int
	}{
		{"an event", "POST", target.Path, event, 200},
		{"an event whose path a proxy has shortened", "POST", target.Path[8:], event, 200},
		{"an event without the secret", "POST", "/proxied/", event, 404},
		{"an event with another secret", "POST", target.Path + "x", event, 404},
		{"a question", "GET", target.Path, "", 405},
		{"an answer, which is forged", "POST", target.Path, response, 400},
		{"what is no frame", "POST", target.Path, "[" + event + "]", 400},
		{"nothing", "POST", target.Path, "", 400},
		{"what is too large", "POST", target.Path, large, 413},
	}
	for _, tt := range tests {
		if got := d.knock(tt.method, tt.path, tt.body).StatusCode; got != tt.want {
			t.Errorf("%s: HTTP %d, want %d", tt.about, got, tt.want)
		}
	}
	if len(d.events) != 2 {
		t.Errorf("%d events are in line, want 2", len(d.events))
	}
}

func TestThePathStaysWithItsSession(t *testing.T) {
	d := door(t)
	d.open("S-0")
	first := d.target()
	d.open("S-0")
	if d.target() != first {
		t.Error("a session that was taken up again got another path")
	}
	d.open("S-1")
	if d.target() == first {
		t.Error("another session got the same path")
	}
	d.open("")
	second := d.target()
	d.open("")
	if d.target() == second {
		t.Error("two sessions without an id got the same path")
	}
}

func TestAFloodOfEventsEndsTheConnectionInsteadOfLosingThem(t *testing.T) {
	d := door(t)
	d.open("S-0")
	r := &rest{config: Config{Door: d}}
	r.ctx, r.die = context.WithCancelCause(t.Context())
	d.keep(r)
	u, _ := url.Parse(d.target())
	for range doorQueue {
		d.knock("POST", u.Path, event)
	}
	if r.ctx.Err() != nil {
		t.Error("the connection ended too soon")
	}
	if got := d.knock("POST", u.Path, event).StatusCode; got != http.StatusServiceUnavailable {
		t.Errorf("one too many: HTTP %d", got)
	}
	if !errors.Is(context.Cause(r.ctx), errFlood) {
		t.Errorf("the connection lives: %v", context.Cause(r.ctx))
	}
}

func TestStrangersCannotHoldEveryConnection(t *testing.T) {
	_, at := doorAt(t)
	var strangers []net.Conn
	for range doorConns + 1 {
		c, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		strangers = append(strangers, c)
	}
	last := strangers[doorConns]
	_ = last.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := last.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the last one was let in: %v", err)
	}
	for _, c := range strangers {
		_ = c.Close()
	}
}

func TestAddressesForEvents(t *testing.T) {
	at := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8443}
	everywhere := &net.TCPAddr{IP: net.IPv6unspecified, Port: 8443}
	tests := []struct {
		given string
		at    net.Addr
		want  string // "" for an error
	}{
		{"", at, "http://127.0.0.1:8443"},
		{"", everywhere, ""},
		{"https://desk.example.com:8443/", everywhere, "https://desk.example.com:8443"},
		{"ftp://desk", at, ""},
		{"https://", at, ""},
		{"https://u:p@desk", at, ""},
		{"https://desk/?x=1", at, ""},
	}
	for _, tt := range tests {
		got, err := doorURL("http", tt.given, tt.at)
		if got != tt.want || (err == nil) == (tt.want == "") {
			t.Errorf("%q at %v: got %q, %v", tt.given, tt.at, got, err)
		}
	}
}

// FuzzDoor posts hostile bodies: nothing but an event or a request gets in line.
func FuzzDoor(f *testing.F) {
	f.Add([]byte(event))
	f.Add([]byte(`{"header":{"headerType":"request","request":"RouteRequest"},"payload":"{}"}`))
	f.Add([]byte(`{"header":{"headerType":"Response","response":"MakeCall","invokeId":1}}`))
	f.Add([]byte(`{"header":{"headerType":"event"}}`))
	f.Add([]byte(strings.Repeat(`{"header":`, 70)))
	d := door(f)
	d.open("S-0")
	u, _ := url.Parse(d.target())
	f.Fuzz(func(t *testing.T, body []byte) {
		status := d.knock("POST", u.Path, string(body)).StatusCode
		select {
		case ev := <-d.events:
			text := strings.ToLower(string(ev.frame))
			if status != http.StatusOK || !strings.Contains(text, "event") &&
				!strings.Contains(text, "request") {
				t.Errorf("HTTP %d, and %q is in line", status, ev.frame)
			}
		default:
			if status == http.StatusOK {
				t.Errorf("%q was lost", body)
			}
		}
	})
}
