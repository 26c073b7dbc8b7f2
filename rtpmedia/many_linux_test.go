package rtpmedia

import (
	"encoding/binary"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/pace"
)

// announcement is a source that has its audio, which others say as well.
type announcement struct {
	pcm  []int16
	next int
}

func (a *announcement) ReadFrame(pcm []int16) error {
	a.next = (a.next + copy(pcm, a.pcm[a.next:])) % len(a.pcm)
	return nil
}

// processorTime is what the program has used, which other programs change less than how
// long something takes.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkLegOfMany is a whole leg without sockets, one of so many that nothing of it is
// left in the processor's cache when it has its turn. What comes is taken half a frame
// before it is played, as the legs' far ends send when they like.
func BenchmarkLegOfMany(b *testing.B) {
	const n = 60 * crewSize
	all, said := make([]*manual, n), make([]int16, FrameSamples)
	if err := Tone(440, -10).ReadFrame(said); err != nil {
		b.Fatal(err)
	}
	for i := range all {
		all[i] = newManual(b, "g711U", FrameDuration)
		all[i].SetSource(&announcement{pcm: said})
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
	before := processorTime(b)
	for i := 0; b.Loop(); i++ {
		serve(i*crewSize/n, i*crewSize%n)
	}
	b.ReportMetric(float64(processorTime(b)-before)/float64(b.N*crewSize), "cpu-ns/leg")
	if s := all[0].Stats(); s.Lost+s.Late > s.Received/10 {
		b.Errorf("%+v", s)
	}
}
