package protocol

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/feed"
	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// BenchmarkCodec turns frames into typed events: WTI's own with a payload that is an
// object, and those whose payload is a string.
func BenchmarkCodec(b *testing.B) {
	const events = 50_000
	for _, form := range []struct {
		name string
		text bool
	}{{"object", false}, {"string", true}} {
		b.Run(form.name, func(b *testing.B) {
			frame, err := feed.Frame(feed.Payload(), form.text)
			if err != nil {
				b.Fatal(err)
			}
			var s measure.Series
			for b.Loop() {
				began, cpu, objects := time.Now(), measure.CPU(), measure.Mallocs()
				for range events {
					decode(b, frame)
				}
				s.Add("events/s", events/time.Since(began).Seconds())
				s.Add("events/cpu-s", events/(measure.CPU()-cpu).Seconds())
				s.Add("allocs/event", (measure.Mallocs()-objects)/events)
			}
			s.Add("B/frame", float64(len(frame)))
			s.Report(b)
		})
	}
}

func decode(b *testing.B, data []byte) {
	f, err := wire.Open(data) // as a session reads it
	if err != nil {
		b.Fatal(err)
	}
	if _, ok := csta.DecodeEvent(f.Name, f.Payload).(csta.Delivered); !ok {
		b.Fatal("the event is no Delivered")
	}
}
