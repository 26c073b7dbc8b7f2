package csta_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestWhatAServiceHasNoUseForIsNamed(t *testing.T) {
	for _, row := range []struct {
		sentence, service, payload string
		want                       string // paths; with a question mark where the value is odd
	}{
		{"nothing is stray in no payload", "MakeCall", ``, ""},
		{"nor in what is no object", "MakeCall", `[1]`, ""},
		{"case does not matter", "MakeCall", `{"CallingDevice":"1001"}`, ""},
		{"a member that is misspelt", "MakeCall", `{"calingDevice":"1001"}`, "calingDevice"},
		{
			"further down", "RegisterTerminalRequest",
			`{"device":"1","loginInfo":{"pasword":"1"}}`, "loginInfo.pasword",
		},
		{
			"in a list", "RedirectMediaRequest",
			`{"device":"1","localMediaInfo":{"rtpAddress":{"adress":"x"}}}`,
			"localMediaInfo.rtpAddress.adress",
		},
		{
			"in private data, wherever it stands", "SetAgentState",
			`{"workMode":"autoIn","extensions":{"privateData":{"private":` +
				`{"SetAgentStatePrivateData":{"workMod":"autoIn"}}}}}`,
			"extensions.privateData.private.SetAgentStatePrivateData.workMod",
		},
		{
			"extensions may stand in every request", "HoldCall",
			`{"callToBeHeld":{"callID":"1"},"extensions":{"x":1}}`, "",
		},
		{"an object where a text belongs", "SendDTMFTone", `{"tones":{"a":1}}`, "tones?"},
		{
			"a list where a device belongs", "MakeCall",
			`{"callingDevice":["1001"]}`, "callingDevice?",
		},
		{
			"an object that names no device", "MakeCall",
			`{"callingDevice":{"extension":"1001"}}`, "callingDevice?",
		},
		{"a device in an object", "MakeCall", `{"callingDevice":{"deviceIdentifier":"1"}}`, ""},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			info, ok := csta.FindService(row.service)
			if !ok {
				t.Fatal("no such service")
			}
			var got []string
			for _, s := range info.Strays([]byte(row.payload)) {
				if s.Known == nil {
					s.Member += "?"
				}
				got = append(got, s.Member)
			}
			if strings.Join(got, " ") != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestNothingIsStrayInTheReference(t *testing.T) {
	c := readCatalogue(t)
	for _, info := range csta.Services() {
		if got := info.Strays(info.Example); got != nil {
			t.Errorf("%s: %+v in its example", info.Name, got)
		}
		for _, m := range c.byName["service "+info.Name].members {
			wrong := m.name + "Q"
			got := info.Strays([]byte(`{"` + wrong + `":1}`))
			if len(got) != 1 || !slices.Contains(got[0].Known, m.name) {
				t.Errorf("%s: %s gives %+v, want %s to be known", info.Name, wrong, got, m.name)
			}
		}
	}
}
