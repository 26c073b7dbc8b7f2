package dialect

import "testing"

const delivered = `{"monitorCrossRefID":"1","connection":{"callID":"179","deviceID":"1002:CM1::0"},` +
	`"alertingDevice":{"deviceIdentifier":"1002:CM1::0"},"callingDevice":{"notKnown":{}},` +
	`"lastRedirectionDevice":{"numberDialed":"8001:CM1::0"},"callsInFront":2,"extensions":` +
	`{"privateData":{"private":{"DeliveredEventPrivateData":{"trunkGroup":"1","on":true}}}}}`

func TestReshape(t *testing.T) {
	tests := []struct {
		name   string
		change func(*tree)
		in     string
		want   string
	}{
		{
			"private data one level up", shortPrivate,
			`{"a":1,"extensions":{"privateData":{"private":{"P":{"b":2}}}}}`,
			`{"a":1,"privateData":{"P":{"b":2}}}`,
		},
		{
			"private data among the others", hoistPrivate,
			`{"a":1,"extensions":{"privateData":{"private":{"P":{"b":2,"c":3}}}}}`,
			`{"a":1,"b":2,"c":3}`,
		},
		{
			"extensions that hold something else", hoistPrivate,
			`{"extensions":{}}`, `{"extensions":{}}`,
		},
		{
			"numbers", numbersAsText,
			`{"a":[1,-2.5e3,"3"],"b":0}`, `{"a":["1","-2.5e3","3"],"b":"0"}`,
		},
		{"booleans", booleansAsText, `{"a":[true,false,null]}`, `{"a":["true","false",null]}`},
		{
			"parties bare", bareDevices,
			`{"a":{"deviceIdentifier":"x"},"b":{"numberDialed":"y"},"c":{"notKnown":{}}}`,
			`{"a":"x","b":"y","c":{"notKnown":{}}}`,
		},
		{
			"ids wrapped", wrappedDevices,
			`{"connection":{"callID":"1","deviceID":"x"},"device":"y"}`,
			`{"connection":{"callID":"1","deviceID":{"deviceIdentifier":"x"}},` +
				`"device":{"deviceIdentifier":"y"}}`,
		},
		{"nothing is null", nothingAsNull, `{"a":{"notKnown":{}}}`, `{"a":{"notKnown":null}}`},
		{"nothing is empty", nothingAsText, `{"a":{"restricted":{}}}`, `{"a":{"restricted":""}}`},
		{"nothing is a word", nothingAsWord, `{"a":{"notRequired":{}}}`, `{"a":"notRequired"}`},
		{
			"lists in their element", wrappedLists,
			`{"connections":[{"newConnection":{}}],"other":[1]}`,
			`{"connections":{"connectionListItem":[{"newConnection":{}}]},"other":[1]}`,
		},
		{"lists of one", singleLists, `{"a":[{"b":[1,2]}],"c":[]}`, `{"a":{"b":[1,2]},"c":[]}`},
		{
			"Id for ID", lowerIDs,
			`{"callID":"ID","deviceID":{"x":1}}`, `{"callId":"ID","deviceId":{"x":1}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree, err := parseTree([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			tt.change(tree)
			got, err := tree.append(nil)
			if err != nil || string(got) != tt.want {
				t.Errorf("%v\ngot  %s\nwant %s", err, got, tt.want)
			}
		})
	}
}

func TestTreeKeepsOrderAndText(t *testing.T) {
	for _, text := range []string{delivered, `[]`, `{}`, `"a\"b"`, `12345678901234567890`, `null`} {
		tree, err := parseTree([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tree.append(nil); err != nil || string(got) != text {
			t.Errorf("%v\ngot  %s\nwant %s", err, got, text)
		}
	}
}

func TestMask(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{
			"a password", `{"payload":{"loginInfo":{"password":"123456","forceLogin":true}}}`,
			`{"payload":{"loginInfo":{"password":"[secret]","forceLogin":true}}}`,
		},
		{
			"in any case, of any kind", `{"Token":"a","TRANSMITKEY":[1,2],"authorization":{"a":1}}`,
			`{"Token":"[secret]","TRANSMITKEY":"[secret]","authorization":"[secret]"}`,
		},
		{
			"inside a payload that is a string", `{"payload":" {\"token\":\"abc\",\"n\":1}"}`,
			`{"payload":"{\"token\":\"[secret]\",\"n\":1}"}`,
		},
		{
			"a string that only looks like JSON", `{"payload":"{\"token\":"}`,
			`{"payload":"[secret]"}`,
		},
		{"what is no JSON", `token=abc`, `"not JSON"`},
		{"what is no frame", ``, ``},
		{"a device id stays", `{"deviceID":"1001:CM1::0"}`, `{"deviceID":"1001:CM1::0"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(Mask([]byte(tt.in))); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
