package csta_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

// FuzzDecodeEvent: whatever arrives becomes an event, and what is read once is read the
// same way again.
func FuzzDecodeEvent(f *testing.F) {
	for _, e := range csta.Events() {
		f.Add(e.Name, []byte(e.Example))
	}
	for _, row := range smallTorments(f) {
		f.Add(row.event, row.payload)
	}
	for _, text := range []string{
		`"\u0000"`, `"a\tb"`, "\"\x7f\"", "\"\xff\"", `"\ud800"`, `"00"`, `"0001"`, `"80"`, `"7F"`,
		`"5C"`, `"c280"`, `"0a0B"`, `7`, `true`,
	} {
		f.Add("DeliveredEvent", []byte(`{"userData":{"string":`+text+`}}`))
		f.Add("AgentLoggedOnEvent", []byte(`{"agentPassword":`+text+`}`))
	}
	f.Fuzz(func(t *testing.T, name string, payload []byte) {
		ev := csta.DecodeEvent(name, payload)
		if u, ok := ev.(csta.Unknown); ok {
			u.CrossRef()
			if u.Name != name || !bytes.Equal(u.Body, payload) {
				t.Fatal("an unknown event changed")
			}
			return
		}
		once, err := json.Marshal(ev)
		if err != nil {
			t.Fatalf("%T cannot be written: %v", ev, err)
		}
		twice, err := json.Marshal(csta.DecodeEvent(name, once))
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%s became %s (%v)", once, twice, err)
		}
	})
}

// FuzzDecodeFault: whatever arrives is a refusal or none, and a refusal stays the same
// refusal when a server passes it on.
func FuzzDecodeFault(f *testing.F) {
	for _, payload := range []string{
		`{"errorCode":{"definedError":"invalidSessionID"}}`,
		`{"errorCode":{"applError":"words"}}`,
		`{"errorCode":"invalidSessionID"}`,
		`{"CSTAErrorCode":{"operation":"invalidDeviceID"}}`,
		`{"CSTAErrorCode":{"unspecified":{}}}`,
		`{"operation":"invalidDeviceID"}`,
		`{"CSTAException":{"message":"words","CSTAErrorCode":{"security":"generic"}}}`,
		`{"monitorCrossRefID":"1"}`,
	} {
		f.Add([]byte(payload))
	}
	for _, row := range smallTorments(f) {
		f.Add(row.payload)
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		fault, ok := csta.DecodeFault(payload)
		if !ok {
			return
		}
		written, err := json.Marshal(fault)
		if err != nil {
			t.Fatal(err)
		}
		again, ok := csta.DecodeFault(written)
		if !ok || again.Code != fault.Code || fault.Error() == "" {
			t.Fatalf("%v became %v by way of %s", fault, again, written)
		}
	})
}

// smallTorments are those that a fuzzer can change and shrink in good time.
func smallTorments(f *testing.F) []torment {
	return slices.DeleteFunc(torments(f), func(row torment) bool {
		return len(row.payload) > 2000
	})
}
