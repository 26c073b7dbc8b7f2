package mockaes_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/coder/websocket"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

const (
	at1001 = `"1001:CM1:0.0.0.0:0"`
	at1002 = `"1002:CM1:0.0.0.0:0"`
	at1003 = `"1003:CM1:0.0.0.0:0"`
)

// story is a session in which something of every kind happens. Calls are numbered
// from 1 in an empty switch.
var story = []struct{ service, payload string }{
	{"StartApplicationSession", `{"ApplicationID":"x","SessionDuration":"180"}`},
	{"GetDeviceId", `{"switchName":"CM1","extension":"1001"}`},
	{"GetThirdPartyDeviceId", `{"switchName":"CM1","extension":"8001"}`},
	{"MonitorStart", `{"monitorObject":{"deviceObject":` + at1001 + `}}`},
	{"MonitorDevice", `{"monitorObject":{"deviceObject":` + at1002 + `},` +
		`"requestedMonitorFilter":{"callcontrol":{"delivered":true,"transferred":true}}}`},
	{"MonitorStart", `{"monitorObject":{"deviceObject":"5001:CM1::0"}}`},
	{"RegisterTerminal", `{"device":` + at1001 + `,"loginInfo":{"password":"0"}}`},
	{"RegisterTerminalRequest", `{"device":` + at1001 + `,"loginInfo":{"password":"0"}}`},
	{"Fly", `{}`},
	{"GetForwarding", `{"device":` + at1003 + `}`},
	{"SnapshotDevice", `{"snapshotObject":` + at1003 + `}`},
	{"SetAgentState", `{"device":` + at1001 + `,"requestedAgentState":"loggedOn",` +
		`"agentID":"4001","password":"34333231"}`},
	{"SetAgentState", `{"device":` + at1001 + `,"requestedAgentState":"ready"}`},
	{"GetAgentState", `{"device":` + at1001 + `}`},
	{"MakeCall", `{"callingDevice":` + at1001 + `,"calledDirectoryNumber":"1002"}`},
	{"DeflectCall", `{"callToBeDiverted":{"callID":"1","deviceID":` + at1002 + `},` +
		`"newDestination":"1003"}`},
	{"AnswerCall", `{"callToBeAnswered":{"callID":"1","deviceID":` + at1003 + `}}`},
	{"ConsultationCall", `{"existingCall":{"callID":"1","deviceID":` + at1001 + `},` +
		`"consultedDevice":"1002"}`},
	{"AnswerCall", `{"callToBeAnswered":{"callID":"2","deviceID":` + at1002 + `}}`},
	{"TransferCall", `{"heldCall":{"callID":"1","deviceID":` + at1001 + `},` +
		`"activeCall":{"callID":"2","deviceID":` + at1001 + `}}`},
	{"MakeCall", `{"callingDevice":` + at1001 + `,"calledDirectoryNumber":"+15550100123"}`},
	{"ClearCall", `{"callToBeCleared":{"callID":"3","deviceID":` + at1001 + `}}`},
	{"RegisterTerminal", `{"device":` + at1001 + `,"loginInfo":{"password":"123456",` +
		`"mediaMode":"CLIENT"},"localMediaInfo":{"rtpAddress":{"address":"127.0.0.1",` +
		`"port":4000},"encryptionList":["srtp-aescm128-hmac80","none"]}}`},
	{"MakeCall", `{"callingDevice":` + at1001 + `,"calledDirectoryNumber":"7100"}`},
	{"ClearConnection", `{"connectionToBeCleared":{"callID":"4","deviceID":` + at1001 + `}}`},
	{"RegisterTerminal", `{"device":` + at1001 + `,"loginInfo":{"password":"123456",` +
		`"mediaMode":"NONE"}}`},
	{"RegisterTerminalRequest", `{"device":` + at1001 + `,"loginInfo":{"password":"123456",` +
		`"mediaMode":"NONE"}}`},
	{"SetHookswitchStatus", `{"device":` + at1001 + `,"hookswitchOnhook":false}`},
	{"ButtonPress", `{"device":` + at1001 + `,"button":"1"}`},
	{"ButtonPress", `{"device":` + at1001 + `,"button":"0"}`},
	{"ButtonPress", `{"device":` + at1001 + `,"button":"2"}`},
}

// tell plays the story and returns all that the client got.
func tell(t *testing.T, o mockaes.Options, quirks ...string) string {
	var heard []string
	o.Quirks = quirks
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c, status := dial(t, srv, goodBasic)
		heard = append(heard, fmt.Sprint("HTTP ", status))
		if c == nil {
			return
		}
		got := listen(c)
		for i, step := range story {
			if i == len(story)-1 { // the link fails for a moment
				srv.SetLink(false)
				srv.SetLink(true)
			}
			text := fmt.Sprintf(`{"header":{"invokeId":%d,"request":%q,"headerType":"request"},`+
				`"payload":%s}`, i, step.service, step.payload)
			for _, text := range []string{text, headerLast}[:max(1, 2-i)] {
				// A quirk may have ended the connection: that shows, too.
				_ = c.ws.Write(t.Context(), websocket.MessageText, []byte(text))
				synctest.Wait()
			}
		}
		heard = append(heard, tellREST(t, srv)...)
		again := comeBack(t, srv)
		synctest.Wait()
		_ = c.ws.CloseNow()
		_ = again.ws.CloseNow()
		heard = append(heard, <-got...)
		heard = append(heard, <-again.heard...)
	})
	text := chance.ReplaceAllString(strings.Join(heard, "\n"), "$1")
	for i, form := range keyForms {
		text = form.ReplaceAllString(text, fmt.Sprintf("${1}form%d", i))
	}
	return text
}

// chance finds the session ids, tokens and keys in hexadecimal digits and in base64, of
// which no two are alike.
var chance = regexp.MustCompile(`((?:sessionID|token)\\?":\\?")[\w-]+`)

const keyMember = `(?i)((?:transmit|receive)(?:key|salt)\\?":\\?")`

// keyForms keep of a key how it is written.
var keyForms = []*regexp.Regexp{
	regexp.MustCompile(keyMember + `(?:[0-9a-f]{32}|[0-9a-f]{28})\b`),
	regexp.MustCompile(keyMember + `[\w+/]{19,22}=*`),
}

// listener is a client whose frames are collected.
type listener struct {
	*client
	heard <-chan []string
}

// comeBack takes up the session of a connection that was cut.
func comeBack(t *testing.T, srv *mockaes.Server) listener {
	srv.Cut()
	synctest.Wait()
	c := open(t, srv)
	got := listen(c)
	for _, held := range srv.State().Sessions {
		c.send("StartApplicationSession", `{"ApplicationID":"x","SessionID":"`+held.ID+`"}`)
	}
	return listener{c, got}
}

// listen collects frames until the connection ends.
func listen(c *client) <-chan []string {
	heard := make(chan []string, 1)
	go func() {
		var frames []string
		for {
			kind, data, err := c.ws.Read(c.t.Context())
			if code := websocket.CloseStatus(err); code > 0 {
				frames = append(frames, fmt.Sprint("close ", int(code)))
			}
			if err != nil {
				heard <- frames
				return
			}
			frames = append(frames, fmt.Sprintf("%v %s", kind, data))
		}
	}()
	return heard
}

func TestEveryQuirkShows(t *testing.T) {
	other := pbx.DefaultLab() // whose switch has made every choice the other way
	other.Features = pbx.Features{
		MergeKeepsActive: true, DivertedToAll: true, OnlyLogins: true, FilterSuppresses: true,
		ECMAEvents: true, ReachedByProgress: true, Base64Keys: true, EncryptedType: 120,
		Encryption: []string{"srtp-aescm128-hmac80", "none"},
	}
	plain, contrary := mockaes.Options{}, mockaes.Options{Lab: &other}
	poor := mockaes.Options{Licences: mockaes.Licences{TSAPI: new(uint64(2)), DMCC: new(uint64(0))}}
	usual, unusual, needy := tell(t, plain), tell(t, contrary), tell(t, poor)
	if again := tell(t, plain); again != usual {
		t.Fatalf("two runs differ:\n%s\n\n%s", usual, again)
	}
	for _, q := range dialect.Quirks() {
		t.Run(q.Name, func(t *testing.T) {
			shows := tell(t, plain, q.Name) != usual || tell(t, contrary, q.Name) != unusual ||
				tell(t, poor, q.Name) != needy
			if q.Default && shows {
				t.Errorf("the default differs from no quirk at all")
			}
			if !q.Default && !shows {
				t.Errorf("it makes no difference to\n%s", usual)
			}
		})
	}
}

func TestUnknownQuirksAreNamed(t *testing.T) {
	tests := []struct{ quirk, want string }{
		{"gravity=off", `mockaes: Start: dialect: there is no quirk "gravity=off"`},
		{
			"resume=maybe",
			`mockaes: Start: dialect: there is no quirk "resume=maybe", only resume=yes, resume=no`,
		},
	}
	for _, tt := range tests {
		_, err := mockaes.Start(mockaes.Options{Quirks: []string{tt.quirk}})
		if err == nil || err.Error() != tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

func TestTokenHasItsPlace(t *testing.T) {
	const request = `"invokeId":7,"request":"GetDeviceId","headerType":"request","version":"v2"`
	const payload = `{"switchName":"CM1","extension":"1001"}`
	tests := []struct {
		quirk, header string
		want          bool
	}{
		{"token=socket", ``, true},
		{"token=header.token", `,"token":"TOKEN"`, true},
		{"token=header.token", `,"token":"other"`, false},
		{"token=header.token", `,"Authorization":"Bearer TOKEN"`, false},
		{"token=header.Authorization", `,"Authorization":"Bearer TOKEN"`, true},
		{"token=header.Authorization", `,"Authorization":"Basic TOKEN"`, false},
		{"token=header.Authorization", ``, false},
	}
	for _, tt := range tests {
		o := mockaes.Options{Quirks: []string{tt.quirk}}
		bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
			c := open(t, srv)
			_, token := c.start()
			c.write(`{"header":{` + request + strings.ReplaceAll(tt.header, "TOKEN", token) +
				`},"payload":` + payload + `}`)
			frame := c.next()
			_, refused := csta.DecodeFault(frame.Payload)
			if refused == tt.want {
				t.Errorf("%s with %q: %s", tt.quirk, tt.header, frame.Payload)
			}
		})
	}
}
