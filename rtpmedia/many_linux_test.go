package rtpmedia

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/pace"
)

// ready is a source that has its audio, as an announcement has.
type ready [FrameSamples]int16

func (r *ready) ReadFrame(pcm []int16) error {
	copy(pcm, r[:])
	return nil
}

// BenchmarkLegOfMany is a whole leg without sockets, one of so many that nothing of it is
// left in the processor's cache when it has its turn. What comes is taken half a frame
// before it is played, as the legs' far ends send when they like.
func BenchmarkLegOfMany(b *testing.B) {
	const n = 60 * crewSize
	all, said := make([]*manual, n), &ready{}
	if err := Tone(440, -10).ReadFrame(said[:]); err != nil {
		b.Fatal(err)
	}
	for i := range all {
		all[i] = newManual(b, "g711U", FrameDuration)
		all[i].SetSource(said)
	}
	datagram := packet(0, 0, 7, 0, make([]byte, FrameSamples))
	c := newCrew(false)
	var tasks [crewSize]pace.Task
	var to [crewSize]*Session
	serve := func(round, first int) {
		for i, m := range all[first : first+crewSize] {
			to[i] = m.Session
		}
		fetchForPackets(to[:])
		binary.BigEndian.PutUint16(datagram[2:], uint16(round))
		binary.BigEndian.PutUint32(datagram[4:], uint32(round)*FrameSamples)
		at := time.Duration(round)*FrameDuration + FrameDuration/2
		for _, m := range all[first : first+crewSize] {
			m.receive(datagram, m.peer, at)
		}
		first = (first + n/2) % n
		for i, m := range all[first : first+crewSize] {
			m.now = m.now.Add(FrameDuration)
			tasks[i] = m.run
		}
		c.Gather(tasks[:])
		for _, m := range all[first : first+crewSize] {
			m.run.Advance(m.now)
		}
		c.Release(tasks[:])
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		serve(i*crewSize/n, i*crewSize%n)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*crewSize), "ns/leg")
	if s := all[0].Stats(); s.Lost+s.Late > s.Received/10 {
		b.Errorf("%+v", s)
	}
}
