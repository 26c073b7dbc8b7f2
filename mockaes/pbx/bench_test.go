package pbx

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// BenchmarkCall makes, answers and clears calls between two stations, without and
// with a monitor at each.
func BenchmarkCall(b *testing.B) {
	for _, monitors := range []bool{false, true} {
		b.Run(fmt.Sprintf("monitored=%v", monitors), func(b *testing.B) {
			s, err := New(DefaultLab(), Options{Clock: clock.NewVirtual(start)})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			if monitors {
				for _, ext := range []csta.DeviceID{"1001", "1002"} {
					_, err := s.Monitor(csta.MonitorStart{
						Object: csta.MonitorObject{Device: ext},
					}, "1", func(csta.Event) {})
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				made, err := s.MakeCall(csta.MakeCall{From: "1001", To: "1002"})
				if err != nil {
					b.Fatal(err)
				}
				if err := s.AnswerCall(csta.AnswerCall{
					Target: at(made.Connection, "1002"),
				}); err != nil {
					b.Fatal(err)
				}
				if err := s.ClearConnection(csta.ClearConnection{
					Target: made.Connection,
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDay is a virtual day of 36,000 calls with 400 agents.
func BenchmarkDay(b *testing.B) {
	for b.Loop() {
		c := newCenter(b, 400, 1)
		c.rate, c.talk = 36_000/(24*time.Hour).Seconds(), 12*time.Minute
		c.run(0, 24*time.Hour)
		c.s.Close()
		b.ReportMetric(float64(c.calls), "calls/op")
	}
}

// BenchmarkMemory reports the bytes that an idle station and a live call take.
func BenchmarkMemory(b *testing.B) {
	const n = 10_000
	lab := Lab{}
	for i := range n {
		lab.Stations = append(lab.Stations, Station{Extension: fmt.Sprint(10_001 + i)})
	}
	for b.Loop() {
		empty := heapInUse()
		s, err := New(lab, Options{Clock: clock.NewVirtual(start)})
		if err != nil {
			b.Fatal(err)
		}
		idle := heapInUse()
		for i := 0; i < n; i += 2 {
			_, err := s.MakeCall(csta.MakeCall{
				From: csta.DeviceID(fmt.Sprint(10_001 + i)),
				To:   csta.DeviceID(fmt.Sprint(10_002 + i)),
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		live := heapInUse()
		b.ReportMetric(float64(idle-empty)/n, "B/station")
		b.ReportMetric(float64(live-idle)/(n/2), "B/call")
		s.Close()
	}
}

func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
