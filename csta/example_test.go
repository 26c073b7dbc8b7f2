package csta_test

import (
	"encoding/json"
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
)

// A request is a value; its JSON is what goes to the server.
func Example() {
	request := csta.MakeCall{From: "1001:CM1:0.0.0.0:0", To: "1002"}
	payload, err := json.Marshal(request)
	fmt.Println(request.Service(), err)
	fmt.Println(string(payload))
	// Output:
	// MakeCall <nil>
	// {"callingDevice":"1001:CM1:0.0.0.0:0","calledDirectoryNumber":"1002"}
}

// A refusal is an error with a code, whatever its form was on the wire.
func ExampleDecodeFault() {
	for _, payload := range []string{
		`{"CSTAErrorCode":{"stateIncompatibility":"noCallToAnswer"}}`,
		`{"stateIncompatibility":"noCallToAnswer"}`,
		`{"device":"1001:CM1::0"}`,
	} {
		fault, refused := csta.DecodeFault([]byte(payload))
		fmt.Println(refused, refused && fault.Code == csta.NoCallToAnswer)
	}
	// Output:
	// true true
	// true true
	// false false
}

// A list may be wrapped, a number may be text, and names are read in any case.
func ExampleDecode() {
	var reply csta.CallTransferred
	err := csta.Decode([]byte(`{"TransferredCall": {"callId": 179, "deviceID": "1003"},
		"connections": {"connectionListItem": {"newConnection": {"callID": "179"}}}}`), &reply)
	fmt.Println(reply.Call, len(reply.Connections), err)
	// Output: 179@1003 1 <nil>
}

// A filter that asks for two events; what true means is said by invertFilter.
func ExampleMonitorStart_Wanting() {
	request := csta.MonitorStart{Object: csta.MonitorObject{Device: "1001:CM1::0"}}
	payload, err := json.MarshalIndent(
		request.Wanting(csta.Delivered{}, csta.MediaStarted{}), "", " ")
	fmt.Println(string(payload), err)
	// Output:
	// {
	//  "monitorObject": {
	//   "deviceObject": "1001:CM1::0"
	//  },
	//  "requestedMonitorFilter": {
	//   "callcontrol": {
	//    "delivered": true
	//   }
	//  },
	//  "extensions": {
	//   "privateData": {
	//    "private": {
	//     "AvayaEvents": {
	//      "invertFilter": true,
	//      "mediaControl": {
	//       "mediaStarted": true
	//      }
	//     }
	//    }
	//   }
	//  }
	// } <nil>
}

// What a person typed by hand can be looked through before it is sent.
func ExampleServiceInfo_Strays() {
	service, _ := csta.FindService("MakeCall")
	for _, stray := range service.Strays([]byte(`{"callingDevise": "1001"}`)) {
		fmt.Println(stray.Member, len(stray.Known) > 0)
	}
	// Output: callingDevise true
}
