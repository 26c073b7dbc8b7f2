package csta_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

// arrival is the example of a call that reaches an agent by way of a VDN, with private
// data, written as a server does: about 900 bytes.
func arrival(tb testing.TB) []byte {
	tb.Helper()
	events := csta.Events()
	i := slices.IndexFunc(events, func(e csta.EventInfo) bool { return e.Name == "DeliveredEvent" })
	var b bytes.Buffer
	if err := json.Compact(&b, events[i].Example); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkDecodeEvent(b *testing.B) {
	payload := arrival(b)
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := csta.DecodeEvent("DeliveredEvent", payload).(csta.Delivered); !ok {
			b.Fatal("the example is no Delivered")
		}
	}
}

func BenchmarkEncodeEvent(b *testing.B) {
	event := csta.DecodeEvent("DeliveredEvent", arrival(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(event); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAnEventTakesFewAllocations(t *testing.T) {
	payload := arrival(t)
	got := testing.AllocsPerRun(100, func() { csta.DecodeEvent("DeliveredEvent", payload) })
	if got > 5 {
		t.Errorf("decoding %d bytes took %v allocations, want at most 5", len(payload), got)
	}
}
