package mockaes_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bubble runs f with a server in memory and with time that costs nothing. The server
// is closed at the end.
func bubble(t *testing.T, o mockaes.Options, f func(t *testing.T, srv *mockaes.Server)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o.InMemory = true
		srv := mockaes.New(o)
		if srv.Err != nil {
			t.Fatal(srv.Err)
		}
		defer srv.Close()
		f(t, srv)
		srv.Close()
		pass(time.Second) // net/http lingers where it has not read all of a body
	})
}

// pass lets time go by inside a bubble.
func pass(d time.Duration) { time.Sleep(d) }

// client is a WebSocket that speaks WTI by hand: it shares no code with package wti.
type client struct {
	t    *testing.T
	ws   *websocket.Conn
	last int64
	late []wire.Frame // events that came while an answer was awaited

	frames chan wire.Frame  // where the frames come from if somebody else reads them
	heard  func(wire.Frame) // sees each frame; may be nil
}

const goodBasic = "Basic Y3RpOmN0aS1zZWNyZXQ=" // cti:cti-secret

// dial connects with the credentials of an Authorization header.
func dial(t *testing.T, srv *mockaes.Server, authorization string) (*client, int) {
	t.Helper()
	transport := &http.Transport{DialContext: srv.Dial}
	defer transport.CloseIdleConnections()
	ws, response, err := websocket.Dial(t.Context(), srv.WTI, &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport},
		HTTPHeader: http.Header{"Authorization": {authorization}},
	})
	if err != nil {
		if response == nil {
			t.Fatal(err)
		}
		return nil, response.StatusCode
	}
	ws.SetReadLimit(4 << 20)
	t.Cleanup(func() { _ = ws.CloseNow() })
	return &client{t: t, ws: ws}, response.StatusCode
}

// open connects with good credentials.
func open(t *testing.T, srv *mockaes.Server) *client {
	t.Helper()
	c, status := dial(t, srv, goodBasic)
	if c == nil {
		t.Fatalf("got HTTP %d", status)
	}
	return c
}

// login connects and starts a session.
func login(t *testing.T, srv *mockaes.Server) *client {
	t.Helper()
	c := open(t, srv)
	c.start()
	return c
}

func (c *client) start() (id, token string) {
	c.t.Helper()
	reply := c.ask("StartApplicationSession", `{"SessionDuration":"180",`+
		`"ProtocolVersionList":["10.2.0","10.1.0"],"ApplicationID":"test"}`)
	var started struct {
		SessionID, Token string
	}
	c.decode(reply, &started)
	if started.Token == "" {
		c.t.Fatalf("no token in %s", reply.Payload)
	}
	return started.SessionID, started.Token
}

// write sends a text as it is.
func (c *client) write(text string) {
	c.t.Helper()
	if err := c.ws.Write(c.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatal(err)
	}
}

// send sends a request and returns its invokeId.
func (c *client) send(service, payload string) int64 {
	c.t.Helper()
	c.last++
	c.write(fmt.Sprintf(`{"header":{"invokeId":%d,"request":%q,"headerType":"request",`+
		`"version":"v2"},"payload":%s}`, c.last, service, payload))
	return c.last
}

// next returns the next frame.
func (c *client) next() wire.Frame {
	c.t.Helper()
	if c.frames != nil {
		frame, ok := <-c.frames
		if !ok {
			c.t.Fatal("the connection has ended")
		}
		return frame
	}
	data, err := c.read()
	if err != nil {
		c.t.Fatal(err)
	}
	frame, err := wire.Parse(data)
	if err != nil {
		c.t.Fatalf("%v: %s", err, data)
	}
	if c.heard != nil {
		c.heard(frame)
	}
	return frame
}

func (c *client) read() ([]byte, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Minute)
	defer cancel()
	_, data, err := c.ws.Read(ctx)
	return data, err
}

// ask sends a request and returns its answer; events that come before are kept.
func (c *client) ask(service, payload string) wire.Frame {
	c.t.Helper()
	id := c.send(service, payload)
	for {
		frame := c.next()
		if frame.HasID && frame.InvokeID == id && frame.Kind != wire.Event {
			return frame
		}
		c.late = append(c.late, frame)
	}
}

// must asks and wants no refusal.
func (c *client) must(service, payload string, reply any) {
	c.t.Helper()
	frame := c.ask(service, payload)
	if fault, refused := csta.DecodeFault(frame.Payload); refused {
		c.t.Fatalf("%s %s: %v", service, payload, fault)
	}
	if reply != nil {
		c.decode(frame, reply)
	}
}

// refused asks and wants a refusal, which it returns.
func (c *client) refused(service, payload string) csta.FaultCode {
	c.t.Helper()
	frame := c.ask(service, payload)
	fault, refused := csta.DecodeFault(frame.Payload)
	if !refused {
		c.t.Fatalf("%s %s was answered with %s", service, payload, frame.Payload)
	}
	return fault.Code
}

// event waits for the next event of that name and returns its payload.
func (c *client) event(name string) []byte {
	c.t.Helper()
	for {
		frame := c.any()
		if frame.Kind == wire.Event && strings.TrimSuffix(frame.Name, "Event") ==
			strings.TrimSuffix(name, "Event") {
			return frame.Payload
		}
	}
}

// any returns the oldest frame that has not been looked at.
func (c *client) any() wire.Frame {
	c.t.Helper()
	if len(c.late) > 0 {
		frame := c.late[0]
		c.late = c.late[1:]
		return frame
	}
	return c.next()
}

// closed waits for the end of the connection and returns the close code, or -1.
func (c *client) closed() (code int, reason string) {
	c.t.Helper()
	for {
		_, err := c.read()
		var end websocket.CloseError
		switch {
		case err == nil:
		case errors.As(err, &end):
			return int(end.Code), end.Reason
		default:
			return -1, err.Error()
		}
	}
}

func (c *client) decode(frame wire.Frame, v any) {
	c.t.Helper()
	if err := json.Unmarshal(frame.Payload, v); err != nil {
		c.t.Fatalf("%v: %s", err, frame.Payload)
	}
}

// device asks for the id of a station of CM1, or, as in 1001:CM2, of another switch.
func (c *client) device(station string) string {
	c.t.Helper()
	var reply struct{ Device string }
	extension, at, named := strings.Cut(station, ":")
	if !named {
		at = "CM1"
	}
	c.must("GetDeviceId", `{"switchName":"`+at+`","extension":"`+extension+
		`","controllableByOtherSessions":true}`, &reply)
	return reply.Device
}

// monitor starts a monitor and returns its number.
func (c *client) monitor(device string) string {
	c.t.Helper()
	var reply struct{ MonitorCrossRefID string }
	c.must("MonitorStart", `{"monitorObject":{"deviceObject":"`+device+`"}}`, &reply)
	return reply.MonitorCrossRefID
}

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}
