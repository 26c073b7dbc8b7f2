package mockaes_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/coder/websocket"
	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// Any WebSocket client can talk to the mock.
func Example() {
	aes := mockaes.New(mockaes.Options{Silent: true})
	defer aes.Close()
	ctx := context.Background()
	credentials := "Basic Y3RpOmN0aS1zZWNyZXQ=" // cti:cti-secret
	socket, _, err := websocket.Dial(ctx, aes.WTI, &websocket.DialOptions{
		HTTPHeader: http.Header{"Authorization": {credentials}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer socket.CloseNow()
	for _, request := range []string{
		`{"header":{"invokeId":1,"request":"StartApplicationSession","headerType":"request"},
			"payload":{"SessionDuration":"180","ApplicationID":"example"}}`,
		`{"header":{"invokeId":2,"request":"GetDeviceId","headerType":"request"},
			"payload":{"switchName":"CM1","extension":"1001"}}`,
	} {
		if err := socket.Write(ctx, websocket.MessageText, []byte(request)); err != nil {
			fmt.Println(err)
			return
		}
		_, answer, err := socket.Read(ctx)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(gjson.GetBytes(answer, "header"))
	}
	// Output:
	// {"invokeId":1,"response":"StartApplicationSession","headerType":"response","version":"v2"}
	// {"invokeId":2,"response":"GetDeviceId","headerType":"response","version":"v2"}
}

// A lab of one's own, and a caller from outside.
func ExampleServer_Switch() {
	lab := pbx.Lab{
		Name: "LAB", Node: 7,
		Stations:    []pbx.Station{{Extension: "2001", Name: "Desk", SecurityCode: "1234"}},
		TrunkGroups: []pbx.TrunkGroup{{Number: 1, Name: "PSTN", Members: 2}},
	}
	aes := mockaes.New(mockaes.Options{Lab: &lab, Silent: true})
	defer aes.Close()
	if aes.Err != nil {
		fmt.Println(aes.Err)
		return
	}
	call, err := aes.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: "2001"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range aes.State().Switch.Calls {
		fmt.Println(c.Call == call.Call, len(c.Parties))
	}
	// Output: true 2
}

// What servers may do differently has names.
func ExampleNew_quirks() {
	aes := mockaes.New(mockaes.Options{Quirks: []string{"resume=maybe"}})
	defer aes.Close()
	fmt.Println(aes.Err)
	for _, q := range dialect.Quirks() {
		if q.Name == "fault=text" {
			fmt.Println(q.About)
		}
	}
	// Output:
	// mockaes: Start: dialect: there is no quirk "resume=maybe", only resume=yes, resume=no
	// headerType error, and plain text [guess]
}
