//go:build !race

package rtpmedia

import (
	"encoding/binary"
	"runtime"
	"testing"
	"time"
)

// inUse is what the program has taken for objects and stacks.
func inUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

// A leg that has sent and heard for four seconds takes 25 KB at most, stacks
// included. What the runtime keeps for itself varies, so the least counts.
func TestALegTakesLittleMemory(t *testing.T) {
	const most = 25 << 10
	least := uint64(1 << 62)
	for range 3 {
		least = min(least, memoryOfALeg(t))
	}
	if least > most {
		t.Errorf("a leg takes %d bytes, want at most %d", least, most)
	}
}

func memoryOfALeg(t *testing.T) uint64 {
	const legs = 400
	all := make([]*manual, 0, legs)
	before := inUse()
	for range legs {
		all = append(all, newManual(t, "g711U"))
	}
	for seq := range uint16(200) {
		datagram := packet(seq, uint32(seq)*FrameSamples, 7, 0, make([]byte, FrameSamples))
		for _, m := range all {
			m.receive(datagram, m.peer, m.now.Sub(m.epoch))
			m.now = m.now.Add(FrameDuration)
			m.run.Advance(m.now)
		}
	}
	after := inUse()
	runtime.KeepAlive(all)
	return (after - before) / legs
}

// Reports are made anew each five seconds and aside here.
func TestAnHourOfLossAndDriftAllocatesNothing(t *testing.T) {
	m := newManual(t, "g711U")
	m.control.due = m.now.Add(24 * time.Hour)
	m.SetSource(Tone(440, -10))
	datagram := packet(0, 0, 7, 0, make([]byte, FrameSamples))
	seq := uint32(0)
	hour := func() {
		for range time.Hour / FrameDuration {
			binary.BigEndian.PutUint16(datagram[2:], uint16(seq))
			binary.BigEndian.PutUint32(datagram[4:], seq*FrameSamples)
			seq++
			arrival := m.now.Sub(m.epoch)
			if seq%100 != 0 && seq%1000 != 1 {
				m.receive(datagram, m.peer, arrival)
			}
			m.now = m.now.Add(FrameDuration + 4*time.Microsecond) // 200 ppm
			m.run.Advance(m.now)
		}
	}
	if n := testing.AllocsPerRun(1, hour); n != 0 {
		t.Errorf("%v allocations in an hour", n)
	}
}
