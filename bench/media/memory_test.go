package media

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
)

// BenchmarkMemory is what a leg takes that is bound, and one that has run for a while.
func BenchmarkMemory(b *testing.B) {
	const n = 1000
	var s measure.Series
	for b.Loop() {
		before := measure.Memory()
		l := openLegs(b, n)
		// The benchmark's own times of sending; ports that had no free neighbour have some too.
		before += 1024 * 24 * float64(len(l.conns))
		s.Add("B/leg-bound", (measure.Memory()-before)/n)
		l.start(b, l.partner)
		pause(b, 3*time.Second)
		s.Add("B/leg-running", (measure.Memory()-before)/n)
		l.close()
	}
	s.Report(b)
}
