package jitter

import (
	"fmt"
	"strings"
	"testing"
)

// script drives a buffer of 40 ms in ticks of 20 ms. Each string is what
// arrives before a tick, as numbers of packets of 20 ms.
type script []string

// play returns what each tick gave out: the number of a packet, . for nothing,
// x for a hole, + for a stretch, > for a packet that is left out.
func (s script) play(b *Buffer) string {
	var out []string
	var r Reception
	for tick, arrivals := range s {
		now := int64(tick) * 160
		for f := range strings.FieldsSeq(arrivals) {
			var n int
			if _, err := fmt.Sscan(f, &n); err != nil {
				return err.Error()
			}
			seq, verdict := r.Packet(uint16(n), uint32(n)*160, 0)
			if verdict == Duplicate {
				continue
			}
			b.Push(Packet{
				Seq: seq, Time: uint32(n) * 160, Samples: 160, Arrival: now,
				Payload: fmt.Append(nil, n),
			})
		}
		out = append(out, describe(b.Next(now, 160, false)))
	}
	return strings.Join(out, " ")
}

func describe(p Piece) string {
	switch p.Kind {
	case Voice:
		return string(p.Payload)
	case Lost:
		return "x"
	case Stretch:
		return "+"
	case Skip:
		return ">"
	}
	return "."
}

func TestBufferGivesPacketsOutInOrder(t *testing.T) {
	for _, c := range []struct {
		name string
		in   script
		want string
		late uint64
	}{
		{
			"the first packet is held for the delay",
			script{"1", "2", "3", "4", "5"},
			". . 1 2 3", 0,
		},
		{
			"packets that overtake each other are put in order",
			script{"1", "3", "2", "5", "4", "6"},
			". . 1 2 3 4", 0,
		},
		{
			"a packet that never comes is a hole",
			script{"1", "2", "4", "5", "6", "7"},
			". . 1 2 x 4", 0,
		},
		{
			"a packet that overtakes the first one is not the first one",
			script{"2 1", "3", "4", "5"},
			". . 1 2", 0,
		},
		{
			"a packet that comes too late is left out, and the delay grows",
			script{"1", "2", "4", "5", "6", "3 7", "8", "9"},
			". . 1 2 x + 4 5", 1,
		},
		{
			"a repetition changes nothing",
			script{"1", "2 2", "3 2", "4", "5"},
			". . 1 2 3", 0,
		},
		{
			"a pause of the network shorter than the delay is not heard",
			script{"1", "2", "", "3 4", "5", "6"},
			". . 1 2 3 4", 0,
		},
		{
			"two packets in one datagram's time",
			script{"1 2", "3 4", "5", "", "6"},
			". . 1 2 3", 0,
		},
	} {
		b := New(320, 160)
		if got := c.in.play(b); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if b.Late() != c.late {
			t.Errorf("%s: %d late, want %d", c.name, b.Late(), c.late)
		}
	}
}

func TestBufferWaitsAnewAfterALongSilence(t *testing.T) {
	b := New(320, 160)
	in := script{"1", "2", "3"}
	for range 20 {
		in = append(in, "")
	}
	in = append(in, "23", "24", "25", "26")
	got := in.play(b)
	if !strings.HasSuffix(got, ". . 23 24") {
		t.Errorf("after 400 ms of nothing: %s", got)
	}
}

func TestPacketsOfThirtyMillisecondsFillFramesOfTwenty(t *testing.T) {
	b := New(480, 160)
	held, voice, n := 0, 0, 0
	for tick := range 100 {
		now := int64(tick) * 160
		for ; n*240 <= int(now); n++ {
			b.Push(Packet{Seq: int64(n), Time: uint32(n * 240), Samples: 240, Arrival: now})
		}
		for held < 160 {
			p := b.Next(now, 160-held, false)
			if p.Kind == Lost {
				t.Fatalf("a hole at tick %d", tick)
			}
			if p.Kind == Voice {
				voice++
			}
			held += p.Samples
		}
		held -= 160
	}
	if voice < 60 {
		t.Errorf("%d packets of 30 ms were played in 2 s", voice)
	}
}
