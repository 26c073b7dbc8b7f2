package session

import (
	"iter"
	"runtime"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/wti"
)

// BenchmarkManyMonitors sets up 8,000 monitors in one session, cuts its connection, and
// then lets its time run out, so that a new session needs all of them again.
func BenchmarkManyMonitors(b *testing.B) {
	const monitors = 8_000
	m := startMock(b, monitors)
	var s measure.Series
	for b.Loop() {
		var net network
		session := open(b, m.wti, &net)
		next, stop := iter.Pull2(session.Events(b.Context()))
		held, wire, began := measure.Memory(), net.bytes(), time.Now()
		all := monitor(b, session, monitors)
		s.Add("setup-s", time.Since(began).Seconds())
		s.Add("setup-B/monitor", (net.bytes()-wire)/monitors)
		s.Add("heap-B/monitor", (measure.Memory()-held)/monitors)
		runtime.KeepAlive(all)

		settle(b)
		wire, began = net.bytes(), time.Now()
		net.cut()
		expectGap(b, next, true)
		s.Add("resume-s", time.Since(began).Seconds())
		s.Add("resume-B/monitor", (net.bytes()-wire)/monitors)

		settle(b)
		wire, began = net.bytes(), time.Now()
		m.expire(b)
		expectGap(b, next, false)
		s.Add("anew-s", time.Since(began).Seconds())
		s.Add("anew-B/monitor", (net.bytes()-wire)/monitors)
		stop()
		_ = session.Close()
	}
	s.Report(b)
}

// expectGap waits until a session has healed without a loss.
func expectGap(b *testing.B, next func() (wti.Event, error, bool), resumed bool) {
	b.Helper()
	for {
		ev, err, ok := next()
		if err != nil || !ok {
			b.Fatal("the session ended: ", err)
		}
		if gap, ok := ev.Event.(wti.Gap); ok {
			if gap.Resumed != resumed || len(gap.Missing) > 0 {
				b.Fatalf("resumed %v, missing %v", gap.Resumed, gap.Missing)
			}
			return
		}
	}
}

// settle waits until a connection has lived for so long that its loss is answered at once;
// one that is lost sooner is made again after a pause, for the sake of the server.
func settle(b *testing.B) {
	b.Helper()
	select {
	case <-time.After(5200 * time.Millisecond):
	case <-b.Context().Done():
		b.Fatal("stopped")
	}
}

// BenchmarkHeal cuts the connections of 25 sessions with 100 monitors each, one after the
// other and each four times a round; the server is back at once.
func BenchmarkHeal(b *testing.B) {
	const sessions, monitors, passes = 25, 100, 4
	m := startMock(b, monitors)
	var nets [sessions]network
	var gaps [sessions]func() (wti.Event, error, bool)
	for i := range nets {
		session := open(b, m.wti, &nets[i])
		defer func() { _ = session.Close() }()
		monitor(b, session, monitors)
		next, stop := iter.Pull2(session.Events(b.Context()))
		defer stop()
		gaps[i] = next
	}
	var s measure.Series
	for b.Loop() {
		var took []float64
		for range passes {
			settle(b)
			for i := range nets {
				began := time.Now()
				nets[i].cut()
				expectGap(b, gaps[i], true)
				took = append(took, float64(time.Since(began).Microseconds())/1000)
			}
		}
		s.Add("p50-ms", measure.Quantile(took, 0.5))
		s.Add("p99-ms", measure.Quantile(took, 0.99))
		s.Add("max-ms", measure.Quantile(took, 1))
	}
	s.Report(b)
}
