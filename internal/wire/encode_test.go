package wire_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// The start request of the thread "How to connect to AES WTI Websocket API's",
// post 2, at support.avaya.com, with its white space.
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

func TestEncodeWritesTheForumsStartRequest(t *testing.T) {
	got, err := wire.Encode(wire.Header{
		Kind: wire.Request, Name: "StartApplicationSession", InvokeID: 1,
	}, csta.StartApplicationSession{
		Duration: 180, Protocols: []string{"10.2.0", "10.1.0"}, AppID: "TestTool Proxy",
	})
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Compact(&want, []byte(forumStart)); err != nil {
		t.Fatal(err)
	}
	if string(got) != want.String() {
		t.Errorf("got  %s\nwant %s", got, want.String())
	}
}

func TestEncode(t *testing.T) {
	tests := []struct {
		name    string
		header  wire.Header
		payload any
		want    string
	}{
		{
			"an empty answer is an empty object",
			wire.Header{Kind: wire.Response, Name: "AnswerCall", InvokeID: 7},
			nil,
			`{"header":{"invokeId":7,"response":"AnswerCall","headerType":"response",` +
				`"version":"v2"},"payload":{}}`,
		},
		{
			"a payload can travel as a string",
			wire.Header{Kind: wire.Response, Name: "X", InvokeID: 1, TextPayload: true},
			map[string]string{"token": `a"b`},
			`{"header":{"invokeId":1,"response":"X","headerType":"response","version":"v2"},` +
				`"payload":"{\"token\":\"a\\\"b\"}"}`,
		},
		{
			"an event may have no id",
			wire.Header{Kind: wire.Event, Name: "HeldEvent", NoID: true, Version: "v3"},
			json.RawMessage(`{"a":1}`),
			`{"header":{"event":"HeldEvent","headerType":"event","version":"v3"},` +
				`"payload":{"a":1}}`,
		},
		{
			"a token stands behind the members of the sample",
			wire.Header{
				Kind: wire.Request, Name: "X", InvokeID: 2,
				Token: "t", Authorization: "Bearer t",
			},
			nil,
			`{"header":{"invokeId":2,"request":"X","headerType":"request","version":"v2",` +
				`"token":"t","Authorization":"Bearer t"},"payload":{}}`,
		},
		{
			"names are escaped as JSON asks",
			wire.Header{Kind: wire.Event, Name: "a\"\n<ü>", InvokeID: 0},
			nil,
			`{"header":{"invokeId":0,"event":"a\"\n<ü>","headerType":"event",` +
				`"version":"v2"},"payload":{}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := wire.Encode(tt.header, tt.payload)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestEncodeSaysWhichPayloadItCouldNotEncode(t *testing.T) {
	_, err := wire.Encode(wire.Header{Kind: wire.Request, Name: "MakeCall"}, make(chan int))
	const want = "wire: Encode: MakeCall: json: unsupported type: chan int"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
