package csta_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

func TestAnEventDoesNotChangeWithThePayloadThatItWasReadFrom(t *testing.T) {
	for _, e := range csta.Events() {
		payload := bytes.Clone(e.Example)
		got := csta.DecodeEvent(e.Name, payload)
		for i := range payload {
			payload[i] = '#'
		}
		if diff := cmp.Diff(csta.DecodeEvent(e.Name, e.Example), got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", e.Name, diff)
		}
	}
}

func TestEventsDoNotShareWhatTheyKeep(t *testing.T) {
	list := csta.Events()
	got := make([]csta.Event, len(list))
	for i, e := range list {
		got[i] = csta.DecodeEvent(e.Name, e.Example)
	}
	for i, e := range slices.Backward(list) { // other events have been read before each
		if diff := cmp.Diff(csta.DecodeEvent(e.Name, e.Example), got[i]); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", e.Name, diff)
		}
	}
}
