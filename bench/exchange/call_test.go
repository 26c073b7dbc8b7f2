package exchange

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// BenchmarkCall makes, answers and clears calls between two stations, without and with a
// monitor at each.
func BenchmarkCall(b *testing.B) {
	b.Run("plain", func(b *testing.B) { benchmarkCall(b, false) })
	b.Run("monitored", func(b *testing.B) { benchmarkCall(b, true) })
}

func benchmarkCall(b *testing.B, monitored bool) {
	const calls = 30_000
	s, err := pbx.New(pbx.DefaultLab(), pbx.Options{
		Clock: clock.NewVirtual(time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)),
	})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	events := 0
	for _, device := range []csta.DeviceID{"1001", "1002"} {
		if !monitored {
			break
		}
		_, err := s.Monitor(csta.MonitorStart{
			Object: csta.MonitorObject{Device: device},
		}, csta.MonitorCrossRefID(device), func(csta.Event) { events++ })
		if err != nil {
			b.Fatal(err)
		}
	}
	var series measure.Series
	for b.Loop() {
		began, cpu, objects, before := time.Now(), measure.CPU(), measure.Mallocs(), events
		for range calls {
			call(b, s)
		}
		series.Add("calls/s", calls/time.Since(began).Seconds())
		series.Add("calls/cpu-s", calls/(measure.CPU()-cpu).Seconds())
		series.Add("allocs/call", (measure.Mallocs()-objects)/calls)
		series.Add("events/call", float64(events-before)/calls)
	}
	series.Report(b)
}

func call(b *testing.B, s *pbx.Switch) {
	made, err := s.MakeCall(csta.MakeCall{From: "1001", To: "1002"})
	if err == nil {
		err = s.AnswerCall(csta.AnswerCall{
			Target: csta.ConnectionID{Call: made.Connection.Call, Device: "1002"},
		})
	}
	if err == nil {
		err = s.ClearConnection(csta.ClearConnection{Target: made.Connection})
	}
	if err != nil {
		b.Fatal(err)
	}
}
