package media

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// BenchmarkMemory is what a leg takes that is bound, and one that has run for a while.
func BenchmarkMemory(b *testing.B) {
	const n = 1000
	var s measure.Series
	for b.Loop() {
		before := measure.Memory()
		l := openLegs(b, n, rtpmedia.EngineOptions{})
		s.Add("B/leg-bound", (measure.Memory()-before)/n)
		l.start(b, l.partner)
		pause(b, 3*time.Second)
		s.Add("B/leg-running", (measure.Memory()-before)/n)
		l.close()
	}
	s.Report(b)
}
