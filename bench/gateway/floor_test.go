package gateway

import (
	"flag"
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/wti"
)

var legCount = flag.Int("legs", 1000, "registered stations of the benchmark, in twenties")

// groups is who is in a call with whom, in every twenty legs: five hear announcements, six
// talk in pairs, nine in two conferences. Every other twenty has conferences of four and
// five rather than three and six.
var groups = [2][]int{
	{1, 1, 1, 1, 1, 2, 2, 2, 3, 6},
	{1, 1, 1, 1, 1, 2, 2, 2, 4, 5},
}

// floor is a call center whose people all talk.
type floor struct {
	mock    mock
	session *wti.Session
	engine  *rtpmedia.Engine
	legs    []*leg
	follows sync.WaitGroup
}

// openFloor registers so many legs with a mock whose audio goes by a port; 0 is ports of
// their own. The configuration of each is config's, with the engine
// of the floor; nil is the default.
func openFloor(t testing.TB, n int, port uint16, config func(i int, l *leg) rtpmedia.Config) *floor {
	t.Helper()
	f := &floor{
		mock:   startMock(t, n, port),
		engine: rtpmedia.NewEngine(rtpmedia.EngineOptions{}),
		legs:   make([]*leg, n),
	}
	var err error
	f.session, err = wti.Dial(t.Context(), f.mock.wti, wti.Options{
		User: "cti", Password: "cti-secret",
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.legs {
		l, c := new(leg), rtpmedia.Config{}
		if config != nil {
			c = config(i, l)
		}
		c.Engine = f.engine
		l.register(t, f.session, i, c)
		f.legs[i] = l
		f.follows.Go(func() { l.follow(t) })
	}
	return f
}

// talk brings all legs into their calls.
func (f *floor) talk(t testing.TB) {
	t.Helper()
	for first, k := 0, 0; first < len(f.legs); k++ {
		group := groups[first/20%2]
		size := min(group[k%len(group)], len(f.legs)-first)
		f.call(t, first, size)
		first += size
	}
	for i, l := range f.legs {
		select {
		case <-l.started:
		case <-time.After(10 * time.Second):
			t.Fatalf("the switch never said where it listens for %s", extension(i))
		}
	}
}

// call brings size legs, from first on, into one call.
func (f *floor) call(t testing.TB, first, size int) {
	t.Helper()
	to := csta.DeviceID(announcing + ":CM1::0")
	if size > 1 {
		to = device(first + 1)
	}
	made, err := wti.Do(t.Context(), f.session, csta.MakeCall{From: device(first), To: to})
	if err != nil {
		t.Fatal(err)
	}
	if size > 2 {
		<-f.legs[first+1].started // it has answered
	}
	for i := first + 2; i < first+size; i++ {
		_, err := wti.Do(t.Context(), f.session, csta.SingleStepConferenceCall{
			Active: made.Connection, Device: device(i), Participation: csta.ActiveParticipation,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (f *floor) close() {
	_ = f.session.Close()
	f.follows.Wait()
	for _, l := range f.legs {
		_ = l.audio.Close()
	}
	_ = f.engine.Close()
}

// grace is how long a packet may be under way, or wait for a thread that reads it.
const grace = 500 * time.Millisecond

// tally is what became of all packets of a floor.
type tally struct {
	up, down         float64 // packets sent by the clients, and by the mock
	lostUp, lostDown float64 // of them, what never came: sent by one end, not seen by the other
	gapsUp, gapsDown float64 // the same as the receivers count it, by sequence numbers
	lateUp, lateDown float64 // came, but too late to be played
}

// count stops the clients and compares both ends. What the mock sent is read before what
// came of it, so that packets under way are not taken for lost.
func (f *floor) count(t testing.TB) (c tally) {
	t.Helper()
	before := f.mock.streams(t)
	pause(t, grace)
	for i, l := range f.legs {
		here := l.audio.Stats()
		there, known := before[here.SSRC]
		switch {
		case !known:
			t.Fatalf("the mock does not hear station %s", extension(i))
		case l.moved.Load() != 1:
			t.Fatalf("the stream of station %s was moved", extension(i))
		case l.loudest.Load() < -50:
			t.Errorf("station %s hears nothing", extension(i))
		}
		c.down += float64(there.Sent)
		c.lostDown += float64(there.Sent - min(arrived(here), there.Sent))
		c.gapsDown += float64(here.Lost)
		c.lateDown += float64(here.Late)
	}
	for _, l := range f.legs {
		l.audio.Stop()
	}
	pause(t, grace)
	after := f.mock.streams(t)
	for _, l := range f.legs {
		here := l.audio.Stats()
		there := after[here.SSRC]
		sent := here.Sent - uint64(l.held.Load())
		c.up += float64(sent)
		c.lostUp += float64(sent) - float64(arrived(there))
		c.gapsUp += float64(there.Lost) - float64(l.held.Load())
		c.lateUp += float64(there.Late)
	}
	return c
}

// said is what was sent by clients and mock up to a moment.
type said struct {
	at       time.Time
	up, down float64
}

// sent counts packets that were sent. An end that is held up leaves out what is late, which
// is no loss on the network and is heard all the same.
func (f *floor) sent(t testing.TB) (s said) {
	t.Helper()
	for _, there := range f.mock.streams(t) {
		s.down += float64(there.Sent)
	}
	s.at = time.Now()
	for _, l := range f.legs {
		s.up += float64(l.audio.Stats().Sent)
	}
	return s
}

func pause(t testing.TB, d time.Duration) {
	t.Helper()
	select {
	case <-time.After(d):
	case <-t.Context().Done():
		t.Fatal("stopped")
	}
}

// stretch is how long the floor is measured, after everybody is in a call.
const stretch = 10 * time.Second

// freePort is an even port that is free, as the next is. The mocks of rounds before have
// theirs until the end.
func freePort(t testing.TB) uint16 {
	t.Helper()
	s, err := rtpmedia.Open(rtpmedia.Config{PortMin: 20000, PortMax: 29999})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	return s.LocalRTP().Port()
}

// BenchmarkFloor lets all legs talk at the same time.
func BenchmarkFloor(b *testing.B) {
	b.Run("ports-each", func(b *testing.B) { runFloor(b, false) })
	b.Run("one-port", func(b *testing.B) { runFloor(b, true) })
}

func runFloor(b *testing.B, share bool) {
	var s measure.Series
	for b.Loop() {
		var port uint16
		if share {
			port = freePort(b)
		}
		f := openFloor(b, *legCount, port, nil)
		f.talk(b)
		here := measure.CPU()
		there, err := measure.ProcessCPU(f.mock.pid)
		if err != nil {
			b.Fatal(err)
		}
		first := f.sent(b)
		pause(b, stretch)
		last := f.sent(b)
		used := measure.CPU() - here
		after, err := measure.ProcessCPU(f.mock.pid)
		if err != nil {
			b.Fatal(err)
		}
		c := f.count(b)
		f.close()
		due := float64(*legCount) * last.at.Sub(first.at).Seconds() * 50
		pairs := (last.up - first.up + last.down - first.down) / 2
		s.Add("legs", float64(*legCount))
		s.Add("packets", c.up+c.down)
		s.Add("in-time-clients", (last.up-first.up)/due)
		s.Add("in-time-mock", (last.down-first.down)/due)
		s.Add("lost-to-mock", c.lostUp)
		s.Add("lost-to-clients", c.lostDown)
		s.Add("gaps-at-mock", c.gapsUp)
		s.Add("gaps-at-clients", c.gapsDown)
		s.Add("late-at-mock", c.lateUp)
		s.Add("late-at-clients", c.lateDown)
		s.Add("mock-us/pair", float64((after-there).Microseconds())/pairs)
		s.Add("clients-us/pair", float64(used.Microseconds())/pairs)
	}
	s.Report(b)
}
