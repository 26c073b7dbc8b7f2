package carrier

import (
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// refused reads a frame as a session does.
func refused(f wire.Frame) (fault string) {
	if !f.IsText {
		if fault, ok := csta.DecodeFault(f.Payload); ok {
			return fault.Error()
		}
	}
	if f.IsText || f.Kind == wire.Error {
		return csta.TextFault(string(f.Payload)).Error()
	}
	return ""
}

func TestAnswersOfHTTPBecomeFrames(t *testing.T) {
	deep := strings.Repeat("[", 100) + strings.Repeat("]", 100)
	tests := []struct {
		about   string
		status  int
		body    string
		payload string // of an answer
		fault   string // of a refusal
	}{
		{"a bare payload", 200, ` {"device":"1001:CM1::0"} `, `{"device":"1001:CM1::0"}`, ""},
		{"nothing", 204, ``, `{}`, ""},
		{"null", 200, `null`, ``, ""},
		{
			"a payload in a string", 200, `"{\"device\":\"d\"}"`, `{"device":"d"}`, "",
		},
		{
			"a whole envelope with an id of its own", 200,
			`{"header":{"headerType":"response","response":"Other","invokeId":99},"payload":{"a":1}}`,
			`{"a":1}`, "",
		},
		{
			"a fault with HTTP 400", 400, `{"CSTAErrorCode":{"operation":"invalidDeviceID"}}`,
			"", "operation/invalidDeviceID",
		},
		{
			"a fault with HTTP 200", 200, `{"CSTAErrorCode":{"operation":"invalidDeviceID"}}`,
			"", "operation/invalidDeviceID",
		},
		{
			"words with HTTP 200", 200, `BAD request`, "", "unspecified/: HTTP 200 OK: BAD request",
		},
		{
			"a page with HTTP 400", 400, "<html>\n <b>BAD</b>\x00", "",
			"unspecified/: HTTP 400 Bad Request: <html> <b>BAD</b>\x00",
		},
		{
			"an error of the framework", 500, `{"status":500,"path":"/"}`, "",
			`unspecified/: HTTP 500 Internal Server Error: {"status":500,"path":"/"}`,
		},
		{"no session", 401, "", "", "unspecified/: HTTP 401 Unauthorized"},
		{"a redirect", 302, "", "", "unspecified/: HTTP 302 Found"},
		{
			"an error's envelope with HTTP 200", 200,
			`{"header":{"headerType":"error","error":"MakeCall"},"payload":"no"}`, "",
			`unspecified/: HTTP 200 OK: "no"`,
		},
		{"what nests too deep", 200, deep, "", "unspecified/: an answer that nests too deep"},
	}
	request := wire.Frame{Name: "MakeCall", InvokeID: 7}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			frame, payload := answerOf(request, tt.status, []byte(tt.body))
			f, err := wire.Parse(frame)
			if err != nil || f.InvokeID != 7 || f.Name != "MakeCall" {
				t.Fatalf("got %s, %v", frame, err)
			}
			if got := refused(f); got != tt.fault {
				t.Errorf("refused with %q, want %q", got, tt.fault)
			}
			if tt.fault == "" && string(f.Payload) != tt.payload {
				t.Errorf("got %s, want %s", f.Payload, tt.payload)
			}
			if (tt.fault != "") != (payload == nil) && tt.payload != "" {
				t.Errorf("payload %s for refusal %q", payload, tt.fault)
			}
		})
	}
}

func TestTheTargetIsAddedOnce(t *testing.T) {
	tests := []struct{ about, payload, want string }{
		{"to an empty object", `{}`, `{"targetUrl":"http://d/&s"}`},
		{"behind other members", ` {"a":{}} `, `{"a":{},"targetUrl":"http://d/&s"}`},
		{"in the style of the others", `{"A":1}`, `{"A":1,"TargetUrl":"http://d/&s"}`},
		{"not where the user has one", `{"TargetURL":"x"}`, `{"TargetURL":"x"}`},
		{"not to what is no object", `[1]`, `[1]`},
	}
	for _, tt := range tests {
		got := string(withTarget([]byte(tt.payload), "http://d/&s"))
		if got = strings.ReplaceAll(got, `\u0026`, "&"); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.about, got, tt.want)
		}
	}
}

// FuzzAnswer holds every body to be a frame for the request that was made.
func FuzzAnswer(f *testing.F) {
	f.Add(200, []byte(`{"device":"1001:CM1::0"}`))
	f.Add(400, []byte(`{"CSTAErrorCode":{"operation":"invalidDeviceID"}}`))
	f.Add(200, []byte(`{"header":{"headerType":"response","response":"X"},"payload":"{}"}`))
	f.Add(500, []byte("\xff<html>"))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		frame, payload := answerOf(wire.Frame{Name: "MakeCall", InvokeID: 7}, status, body)
		got, err := wire.Parse(frame)
		if err != nil || got.InvokeID != 7 || got.Name != "MakeCall" {
			t.Fatalf("%d %q became %q (%v)", status, body, frame, err)
		}
		if payload != nil && (status < 200 || status > 299 || refused(got) != "") {
			t.Errorf("%d %q is taken for a success", status, body)
		}
	})
}
