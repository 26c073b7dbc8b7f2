package rtpmedia_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// suffer lets a tone pass a network for so long and returns the receiver's
// figures, with the jitter's mean over the call rather than its last value.
func suffer(t *testing.T, p netsim.Profile, d time.Duration) (stats rtpmedia.Stats) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		pair := newPair(t, p)
		defer pair.close()
		pair.a.SetSource(rtpmedia.Tone(440, -10))
		pair.start("g711U", 0)
		var sum time.Duration
		rounds := int(d / time.Second)
		time.Sleep(10 * time.Second) // the estimate begins at 0
		for range rounds {
			time.Sleep(time.Second)
			sum += pair.b.Stats().Jitter
		}
		stats = pair.b.Stats()
		stats.Jitter = sum / time.Duration(rounds)
	})
	return stats
}

// long is enough for the figures to settle; the race detector is ten times
// slower, and is asked about locks rather than about figures.
var long = map[bool]time.Duration{false: 15 * time.Minute, true: time.Minute}[raceEnabled]

func TestLossIsMeasuredBack(t *testing.T) {
	for _, p := range []netsim.Profile{
		{Loss: 0.01, Seed: 1},
		{Loss: 0.05, Seed: 2},
		{Loss: 0.10, Seed: 7},
		{Loss: 0.05, Burst: 4, Seed: 4},
	} {
		s := suffer(t, p, long)
		got := float64(s.Lost) / float64(s.Lost+s.Received)
		if !raceEnabled && math.Abs(got-p.Loss) > 0.003 {
			t.Errorf("%v lost in bursts of %v: measured %.4f", p.Loss, p.Burst, got)
		}
		// After 200 ms without a packet there is silence, not concealment.
		if p.Burst == 0 && (s.Concealed < s.Lost || s.Concealed > s.Lost+s.Lost/20) {
			t.Errorf("%v lost: %d packets, %d frames concealed", p.Loss, s.Lost, s.Concealed)
		}
	}
}

func TestJitterIsMeasuredBackAndHeldOut(t *testing.T) {
	for _, want := range []time.Duration{20 * time.Millisecond, 40 * time.Millisecond} {
		s := suffer(t, netsim.Profile{Jitter: want, Seed: 5}, long)
		if expected := inOrderOfArrival(want); (s.Jitter-expected).Abs() > expected/20 &&
			!raceEnabled {
			t.Errorf("jitter of %v is measured as %v, want %v", want, s.Jitter, expected)
		}
		const overtaken = 6 // packets that are still on their way
		if s.Lost > overtaken {
			t.Errorf("jitter of %v: %d packets lost", want, s.Lost)
		}
		if share := float64(s.Late) / float64(s.Received); share > 0.01 {
			t.Errorf("jitter of %v: %.2f %% came too late", want, 100*share)
		}
	}
}

// inOrderOfArrival is the mean difference of transit times that RFC 3550 asks
// for when packets are delayed by up to three times jitter. It is a little more
// than jitter, since packets that overtake each other are compared crosswise.
func inOrderOfArrival(jitter time.Duration) time.Duration {
	random := rand.New(rand.NewPCG(11, 12))
	const count = 100000
	type packet struct{ arrival, delay float64 }
	packets := make([]packet, count)
	for i := range packets {
		d := 3 * jitter.Seconds() * random.Float64()
		packets[i] = packet{float64(i)*0.02 + d, d}
	}
	slices.SortFunc(packets, func(a, b packet) int { return cmp.Compare(a.arrival, b.arrival) })
	sum := 0.0
	for i := range packets[1:] {
		sum += math.Abs(packets[i+1].delay - packets[i].delay)
	}
	return time.Duration(sum / count * float64(time.Second))
}

func TestScoreFallsWithLossAndIsUnknownAtFirst(t *testing.T) {
	var last float64 = 5
	for _, loss := range []float64{0, 0.01, 0.05, 0.10} {
		p := netsim.Profile{Loss: loss, Delay: 30 * time.Millisecond, Seed: 6}
		s := suffer(t, p, time.Minute)
		if s.MOS == nil || s.R == nil {
			t.Fatalf("no score after a minute: %+v", s)
		}
		if *s.MOS >= last {
			t.Errorf("score %.2f at a loss of %v, %.2f with less", *s.MOS, loss, last)
		}
		last = *s.MOS
		if loss == 0 && (*s.MOS < 4.3 || *s.R < 88) {
			t.Errorf("a call without loss has %.2f, R %.1f", *s.MOS, *s.R)
		}
	}
	if s := suffer(t, netsim.Profile{Loss: 1}, time.Minute); s.MOS != nil || s.RTT != nil {
		t.Errorf("a score without a packet: %+v", s)
	}
}

// TestAnHourOfDriftLossAndRetargeting is an hour of virtual time.
func TestAnHourOfDriftLossAndRetargeting(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("an hour of virtual time takes seconds, and minutes with the race detector")
	}
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for _, ppm := range []float64{200, -200} {
		synctest.Test(t, func(t *testing.T) { hour(t, ppm) })
	}
}

// hour lets a talk to one of two listeners in turn, 20 minutes each.
func hour(t *testing.T, ppm float64) {
	network := netsim.New(netsim.Profile{
		Loss: 0.01, Jitter: 3 * time.Millisecond, DriftPPM: ppm, Seed: 8,
		Delay: 800 * time.Millisecond,
	})
	p := &pair{t, open(t, network, "10.0.0.1"), open(t, network, "10.0.0.2")}
	other := open(t, network, "10.0.0.3")
	p.a.SetSource(rtpmedia.Tone(440, -10))
	p.start("g711U", 0)
	for i := range 60 {
		time.Sleep(time.Minute)
		s := p.b.Stats()
		if s.Playout > 80*time.Millisecond {
			t.Fatalf("%v ppm, minute %d: held for %v", ppm, i, s.Playout)
		}
		if s.LevelHeard < -25 { // one packet that is concealed is not that faint
			t.Errorf("%v ppm, minute %d: heard at %.1f dBFS", ppm, i, s.LevelHeard)
		}
		if i%20 == 19 {
			p.b.Stop()
			p.b, other = other, p.b
			p.start([]string{"g711A", "g711U"}[i/20%2], 0)
		}
	}
	var lost, late, received float64
	for _, listener := range []*rtpmedia.Session{p.b, other} {
		s := listener.Stats()
		lost, late = lost+float64(s.Lost), late+float64(s.Late)
		received += float64(s.Received)
	}
	if share := lost / received; math.Abs(share-0.01) > 0.002 {
		t.Errorf("%v ppm: lost %.4f", ppm, share)
	}
	if late/received > 0.002 {
		t.Errorf("%v ppm: %.0f of %.0f came too late", ppm, late, received)
	}
	if received < 175000 {
		t.Errorf("%v ppm: %.0f packets came in an hour", ppm, received)
	}
	p.close()
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}
