package wti_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// forumStart is the request as the thread "How to connect to AES WTI Websocket API's" at
// support.avaya.com shows it (post 2), line for line.
const forumStart = `{"header":{
"invokeId": 1,
"request": "StartApplicationSession",
"headerType": "request",
"version": "v2"
},
"payload":{
"SessionDuration": "180",
"ProtocolVersionList": [
"10.2.0",
"10.1.0"
],
"ApplicationID": "TestTool Proxy"
}}`

// tape is what arrived at the server's end of the socket, byte for byte.
type tape struct {
	mu     sync.Mutex
	frames [][]byte
}

// taped is an AES that keeps every frame and answers it with the reference's example.
func taped(t *testing.T) (*aes, *tape) {
	tape := new(tape)
	return newAES(t, func(p *peer) {
		for {
			_, data, err := p.ws.Read(t.Context())
			if err != nil {
				return
			}
			tape.mu.Lock()
			tape.frames = append(tape.frames, data)
			tape.mu.Unlock()
			header := gjson.GetBytes(data, "header")
			switch info, _ := csta.FindService(header.Get("request").Str); info.Name {
			case "StartApplicationSession":
				p.reply(header, started)
			default:
				p.reply(header, string(info.Answer))
			}
		}
	}), tape
}

func (t *tape) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.frames[len(t.frames)-1])
}

func compacted(t *testing.T, text string) string {
	t.Helper()
	var buf bytes.Buffer
	if err := json.Compact(&buf, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestTheFirstFrameIsTheForumsByteForByte(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, tape := taped(t)
		o := a.options()
		o.AppID = "TestTool Proxy"
		s, err := wti.Dial(t.Context(), "ws://aes", o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if got, want := tape.last(), compacted(t, forumStart); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

// exampleOf is a request of any service: the value that its type makes of the example.
type exampleOf struct {
	csta.Raw // ties it to an answer of any shape
	request  csta.Message
}

func (r exampleOf) Service() string { return r.request.Service() }

func (r exampleOf) MarshalJSON() ([]byte, error) { return json.Marshal(r.request) }

// TestTheHeaderComesFirstInEveryRequest: current AES refuses a frame whose header is not
// its first member (WTI forum). The members of the header come as in the forum's sample,
// and a token behind them.
func TestTheHeaderComesFirstInEveryRequest(t *testing.T) {
	for _, row := range []struct {
		sentence string
		place    wti.TokenPlace
		token    string
	}{
		{"the socket vouches for the session", wti.TokenSocket, ``},
		{"the token is a member", wti.TokenMember, `,"token":"t0ken"`},
		{
			"the token is a Bearer", wti.TokenAuthorization,
			`,"Authorization":"Bearer t0ken"`,
		},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, tape := taped(t)
				o := a.options()
				o.Dialect = wti.Dialect{
					Token: row.place, Names: map[string]string{"MonitorStart": "MonitorStart"},
				}
				s, err := wti.Dial(t.Context(), "ws://aes", o)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				for _, info := range csta.Services() {
					checkFrame(t, s, tape, info, row.token)
				}
			})
		})
	}
}

func checkFrame(t *testing.T, s *wti.Session, tape *tape, info csta.ServiceInfo, token string) {
	t.Helper()
	request, err := info.Request(info.Example)
	if err != nil {
		t.Fatal(err)
	}
	if info.Name == (csta.StartApplicationSession{}).Service() {
		token = "" // there is none yet
	}
	if _, err := wti.Do(t.Context(), s, exampleOf{request: request}); err != nil {
		t.Errorf("%s: %v", info.Name, err)
	}
	got := tape.last()
	id := gjson.Get(got, "header.invokeId").Raw
	want := fmt.Sprintf(`{"header":{"invokeId":%s,"request":%q,"headerType":"request",`+
		`"version":"v2"%s},"payload":{`, id, info.Name, token)
	if id == "" || !strings.HasPrefix(got, want) {
		t.Errorf("%s went out as\n%s, want\n%s...", info.Name, got, want)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(got), &members); err != nil || len(members) != 2 {
		t.Errorf("%s: want a header and a payload, nothing else: %s", info.Name, got)
	}
	if got, want := string(members["payload"]), compacted(t, string(info.Example)); got != want {
		t.Errorf("%s has the payload\n%s, want\n%s", info.Name, got, want)
	}
}
