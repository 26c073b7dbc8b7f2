package session

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/wti"
)

// BenchmarkIdle holds 50 sessions that nothing happens in: with the timers and pings that
// they have by default, for 30 s, in which each pings once.
func BenchmarkIdle(b *testing.B) {
	const sessions, watched = 50, 30 * time.Second
	m := startMock(b, 1)
	var s measure.Series
	for b.Loop() {
		var net network
		held := measure.Memory()
		all := make([]*wti.Session, sessions)
		for i := range all {
			all[i] = open(b, m.wti, &net)
		}
		s.Add("B/session", (measure.Memory()-held)/sessions)
		used, wire := measure.CPU(), net.bytes()
		select {
		case <-time.After(watched):
		case <-b.Context().Done():
			return
		}
		minutes := sessions * watched.Minutes()
		s.Add("cpu-us/minute", float64((measure.CPU()-used).Microseconds())/minutes)
		s.Add("wire-B/minute", (net.bytes()-wire)/minutes)
		for _, session := range all {
			_ = session.Close()
		}
	}
	s.Report(b)
}
