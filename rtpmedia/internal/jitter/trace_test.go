package jitter

import (
	"math/rand/v2"
	"sort"
	"testing"

	"pgregory.net/rapid"
)

// path is a stream of packets of 20 ms with what the network did to it.
type path struct {
	loss, duplicate float64
	spread          int64 // extra delay of up to so many samples
	drift           float64
	calm            int64 // from this packet on there is no extra delay; 0 is never
	packets         int
}

// arrival is one packet on its way; at is in samples.
type arrival struct{ n, at int64 }

func (p path) arrivals(random *rand.Rand) []arrival {
	var out []arrival
	for n := range int64(p.packets) {
		at := n*160 + int64(float64(n*160)*p.drift) + 100
		if p.spread > 0 && (p.calm == 0 || n < p.calm) {
			at += random.Int64N(p.spread)
		}
		if random.Float64() < p.loss {
			continue
		}
		out = append(out, arrival{n, at})
		if random.Float64() < p.duplicate {
			out = append(out, arrival{n, at + 10})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].at < out[j].at })
	return out
}

// outcome is what a path led to.
type outcome struct {
	voice               int // packets
	lost, stretch, skip int // samples
	disorder            bool
	longest             int64 // delay of a packet that was played, in samples
	shortest            int64
	last                int64 // delay of the last
}

func (p path) run(b *Buffer, seed uint64) outcome {
	out := outcome{shortest: 1 << 40}
	var r Reception
	in := p.arrivals(rand.New(rand.NewPCG(seed, 1)))
	newest, held := int64(-1), 0
	for now := int64(0); now < int64(p.packets)*160+4000; now += 160 {
		for len(in) > 0 && in[0].at <= now {
			n := in[0].n
			seq, verdict := r.Packet(uint16(n), uint32(n*160), 0)
			if verdict <= Reordered {
				b.Push(Packet{
					Seq: seq, Time: uint32(n * 160), Samples: 160, Arrival: in[0].at,
					Payload: []byte{byte(n >> 16), byte(n >> 8), byte(n)},
				})
			}
			in = in[1:]
		}
		quiet := now/160%50 < 5
		for held < 160 {
			piece := b.Next(now, 160-held, quiet)
			out.note(piece, now+int64(held), &newest)
			if piece.Kind != Skip {
				held += piece.Samples
			}
		}
		held -= 160
	}
	return out
}

// note takes down a piece that is heard at the given time.
func (o *outcome) note(p Piece, heard int64, newest *int64) {
	switch p.Kind {
	case Lost:
		o.lost += p.Samples
	case Stretch:
		o.stretch += p.Samples
	case Skip:
		o.skip += p.Samples
	case Voice:
		o.voice++
		n := int64(p.Payload[0])<<16 | int64(p.Payload[1])<<8 | int64(p.Payload[2])
		o.disorder = o.disorder || n <= *newest
		*newest = n
		o.last = heard - n*160 - int64(p.From)
		o.longest, o.shortest = max(o.longest, o.last), min(o.shortest, o.last)
	}
}

func TestWhateverTheNetworkDoesOrderIsKeptAndDelayBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := path{
			loss:      rapid.Float64Range(0, 0.2).Draw(t, "loss"),
			duplicate: rapid.Float64Range(0, 0.1).Draw(t, "duplicate"),
			spread:    rapid.Int64Range(0, 800).Draw(t, "spread"),
			packets:   rapid.IntRange(1, 1500).Draw(t, "packets"),
		}
		b := New(320, 160)
		out := p.run(b, rapid.Uint64().Draw(t, "seed"))
		if out.disorder {
			t.Fatal("packets were played out of order")
		}
		if limit := p.spread + 320 + most + 320; out.longest > limit {
			t.Fatalf("a packet was played after %d samples, limit %d", out.longest, limit)
		}
	})
}

func TestDelayGrowsWithJitterAndLossesStop(t *testing.T) {
	b := New(160, 160)
	path{spread: 480, packets: 500}.run(b, 1)
	before := b.Late()
	b.Reset()
	out := path{spread: 480, packets: 3000}.run(b, 2)
	if late := b.Late() - before; late > 40 {
		t.Errorf("%d of 3000 packets came too late with up to 60 ms of jitter", late)
	}
	if out.stretch == 0 || out.stretch > 12*160 {
		t.Errorf("%d samples were put in, want a few frames", out.stretch)
	}
}

func TestDelayShrinksInSilenceWhenJitterIsOver(t *testing.T) {
	b := New(320, 160)
	out := path{spread: 1200, packets: 3000, calm: 1000}.run(b, 1)
	if out.longest < 1100 {
		t.Fatalf("the delay grew to %d samples only, with 150 ms of jitter", out.longest)
	}
	if out.skip == 0 || out.last > 320+2*160+100 {
		t.Errorf("40 s after the jitter the delay is %d samples, %d were left out",
			out.last, out.skip)
	}
}

func TestDriftOfTheSenderIsAbsorbed(t *testing.T) {
	for _, ppm := range []float64{200, -200} {
		const minutes = 10
		b := New(320, 160)
		out := path{drift: ppm / 1e6, packets: 3000 * minutes}.run(b, 1)
		const end = starveLimit // a hole that follows the last packet
		if out.lost > end || b.Late() > 0 {
			t.Errorf("%v ppm: %d samples lost, %d packets late", ppm, out.lost-end, b.Late())
		}
		// 200 ppm of 10 minutes are 120 ms: six frames, less what the
		// delay has room for.
		if changes := out.stretch + out.skip; changes < 3*160 || changes > 7*160 {
			t.Errorf("%v ppm: %d samples put in, %d left out", ppm, out.stretch, out.skip)
		}
	}
}

func TestASenderThatSetsItsClockAnewIsFollowed(t *testing.T) {
	b := New(320, 160)
	base := uint32(0)
	var kinds []Kind
	for tick := range int64(200) {
		if tick == 100 {
			base = 1 << 31
		}
		b.Push(Packet{
			Seq: tick, Time: base + uint32(tick*160), Samples: 160, Arrival: tick * 160,
		})
		kinds = append(kinds, b.Next(tick*160, 160, false).Kind)
	}
	voice := 0
	for _, k := range kinds[100:] {
		if k == Voice {
			voice++
		}
	}
	if voice < 97 {
		t.Errorf("%d of 100 packets were played after the timestamp jumped", voice)
	}
}
