//go:build !race

package rtpmedia

import (
	"runtime"
	"testing"
	"time"
)

// A leg of an engine that has heard a second of audio takes 18 KB at most, its sockets and
// its share of the thread included. Jitter of a busy machine makes buffers grow, so
// the least counts.
func TestALegOfAnEngineTakesLittleMemoryWithItsSockets(t *testing.T) {
	const most = 18 << 10
	least := uint64(1 << 62)
	for range 3 {
		if least = min(least, memoryOfRunningLegs(t)); least <= most {
			return
		}
	}
	t.Errorf("a leg takes %d bytes, want at most %d", least, most)
}

func memoryOfRunningLegs(t *testing.T) uint64 {
	t.Helper()
	const legs, heard = 200, 50
	engine := NewEngine(EngineOptions{})
	defer func() { _ = engine.Close() }()
	all := make([]*Session, 0, legs)
	before := inUse()
	for range legs {
		s, err := Open(Config{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		all = append(all, s)
	}
	for i, s := range all {
		if err := s.Start(Remote{RTP: all[i^1].LocalRTP(), Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
	}
	deadline := time.Now().Add(time.Minute)
	for _, s := range all {
		for s.Stats().Received < heard && time.Now().Before(deadline) {
			runtime.Gosched()
		}
		if s.Stats().Received < heard {
			t.Fatal("a leg hears nothing")
		}
	}
	after := inUse()
	runtime.KeepAlive(all)
	return (after - min(before, after)) / legs
}
