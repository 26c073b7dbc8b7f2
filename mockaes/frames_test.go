package mockaes_test

import (
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
)

// headerLast is a good request but for the order of its members.
const headerLast = `{"payload":{"switchName":"CM1","extension":"1001"},` +
	`"header":{"invokeId":99,"request":"GetDeviceId","headerType":"request","version":"v2"}}`

func TestHeaderHasToComeFirst(t *testing.T) {
	tests := []struct {
		name  string
		quirk string
		check func(t *testing.T, c *client)
	}{
		{"it is refused", "header=refuse", func(t *testing.T, c *client) {
			frame := c.next()
			fault, refused := csta.DecodeFault(frame.Payload)
			if frame.InvokeID != 99 || !refused || fault.Code != csta.UnknownMessage {
				t.Errorf("got %s for %d", frame.Payload, frame.InvokeID)
			}
		}},
		{"it is not answered", "header=ignore", func(t *testing.T, c *client) {
			id := c.send("GetDeviceId", `{"switchName":"CM1","extension":"1001"}`)
			if frame := c.next(); frame.InvokeID != id {
				t.Errorf("got an answer to %d", frame.InvokeID)
			}
		}},
		{"it ends the connection", "header=close", func(t *testing.T, c *client) {
			if code, _ := c.closed(); code != 1007 {
				t.Errorf("got close code %d", code)
			}
		}},
		{"it is as good as any", "header=any", func(t *testing.T, c *client) {
			if frame := c.next(); !strings.Contains(string(frame.Payload), "1001:CM1") {
				t.Errorf("got %s", frame.Payload)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := mockaes.Options{Quirks: []string{tt.quirk}}
			bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				c.write(headerLast)
				tt.check(t, c)
			})
		})
	}
}

func TestHostileFrames(t *testing.T) {
	tests := []struct {
		name  string
		frame string
		want  int // close code; 0: a refusal, and the connection lives
	}{
		{"nothing", "", 1007},
		{"no JSON", "hello", 1007},
		{"half a frame", `{"header":{"invokeId":1,`, 1007},
		{"an array", `[{"header":{}}]`, 1007},
		{"a tower", strings.Repeat("[", 5000) + strings.Repeat("]", 5000), 1007},
		{"a tower in a payload", `{"header":{"headerType":"request","request":"MakeCall"},` +
			`"payload":` + strings.Repeat("[", 99) + strings.Repeat("]", 99) + `}`, 1007},
		{"no header", `{"payload":{}}`, 0},
		{"a header that names nothing", `{"header":{"headerType":"request"}}`, 0},
		{"an answer", `{"header":{"headerType":"response","response":"MakeCall"}}`, 0},
		{"a service that nobody has", `{"header":{"headerType":"request","request":"Fly"}}`, 0},
		{
			"a payload that is text",
			`{"header":{"headerType":"request","request":"MakeCall"},"payload":"{"}`, 0,
		},
		{
			"a payload that is a list",
			`{"header":{"headerType":"request","request":"MakeCall"},"payload":[1,2]}`, 0,
		},
		{
			"members of the wrong kind",
			`{"header":{"headerType":"request","request":"MonitorStart"},` +
				`"payload":{"monitorObject":7,"requestedMonitorFilter":{"callcontrol":[]}}}`, 0,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				c.write(tt.frame)
				if tt.want != 0 {
					if code, reason := c.closed(); code != tt.want {
						t.Errorf("got close %d %q, want %d", code, reason, tt.want)
					}
					return
				}
				frame := c.next()
				if _, refused := csta.DecodeFault(frame.Payload); !refused {
					t.Errorf("got %s %s", frame.Name, frame.Payload)
				}
				c.device("1001") // and on it goes
			})
		})
	}
}

func TestFramesAreBounded(t *testing.T) {
	o := mockaes.Options{Limits: mockaes.Limits{Frame: 4096}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.send("MakeCall", `{"callingDevice":"`+strings.Repeat("1", 5000)+`"}`)
		if code, _ := c.closed(); code != int(websocket.StatusMessageTooBig) {
			t.Errorf("got close code %d", code)
		}
	})
}

func TestBinaryMessagesEndTheConnection(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		if err := c.ws.Write(t.Context(), websocket.MessageBinary, []byte("{}")); err != nil {
			t.Fatal(err)
		}
		if code, _ := c.closed(); code != 1003 {
			t.Errorf("got close code %d, want 1003", code)
		}
	})
}

func TestAnswersEchoWhatWasAsked(t *testing.T) {
	tests := []struct{ name, payload string }{
		{"MonitorStart", `{"monitorObject":{"deviceObject":"1001:CM1::0"}}`},
		{"MonitorDevice", `{"monitorObject":{"deviceObject":"1001:CM1::0"}}`},
		{"StartMonitor", `{"monitorObject":{"deviceObject":"1001:CM1::0"}}`},
		{"GetDeviceId", `{"switchName":"CM1","extension":"1001"}`},
		{"GetDeviceID", `{"switchName":"CM1","extension":"1001"}`},
		{"RegisterTerminal", `{"device":"1001:CM1::0","loginInfo":{"password":"123456"}}`},
		{"RegisterTerminalRequest", `{"device":"1001:CM1::0","loginInfo":{"password":"123456"}}`},
	}
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		for _, tt := range tests {
			frame := c.ask(tt.name, tt.payload)
			if fault, refused := csta.DecodeFault(frame.Payload); refused {
				t.Errorf("%s: %v", tt.name, fault)
			}
			if frame.Name != tt.name || frame.Kind != wire.Response {
				t.Errorf("%s was answered by %s %s", tt.name, frame.Kind, frame.Name)
			}
		}
	})
}
