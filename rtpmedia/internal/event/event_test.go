package event

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// send returns what a sender says in so many packets of 20 ms: v for voice,
// or the digit, its timestamp and duration, with M and E for the bits.
func send(s *Sender, from uint32, packets int) []string {
	var out []string
	for i := range packets {
		time := from + uint32(i)*160
		p, ok := s.Next(time, 160)
		if !ok {
			out = append(out, "v")
			continue
		}
		digit, _ := Digit(p.Payload.Event)
		line := fmt.Sprintf("%c@%d+%d", digit, p.Time-from, p.Payload.Duration)
		if p.Marker {
			line += "M"
		}
		if p.Payload.End {
			line += "E"
		}
		out = append(out, line)
	}
	return out
}

func TestAnEventIsToldAsRFC4733Says(t *testing.T) {
	var s Sender
	s.Play([]uint8{5, 11}, 480, 480)
	want := []string{
		"5@0+160M", "5@0+320", "5@0+480E", "5@0+480E", "5@0+480E", "v",
		"#@960+160M", "#@960+320", "#@960+480E", "#@960+480E", "#@960+480E", "v", "v",
	}
	if diff := cmp.Diff(want, send(&s, 1<<32-200, len(want))); diff != "" {
		t.Errorf("5 and # of 60 ms, over the wrap of the timestamp:\n%s", diff)
	}
	if !s.Idle() {
		t.Error("still not idle")
	}
}

func TestCancelEndsWithTheEventThatIsBeingSent(t *testing.T) {
	var s Sender
	s.Play([]uint8{1, 2, 3}, 480, 160)
	send(&s, 0, 2)
	s.Cancel()
	want := []string{"1@-320+480E"}
	got := strings.Join(send(&s, 320, 4), " ")
	if !strings.HasSuffix(got, "v") || s.Idle() != true {
		t.Errorf("got %s, want an end like %s and then voice", got, want)
	}
}

func TestALongEventIsToldInSegments(t *testing.T) {
	var s Sender
	var r Receiver
	var notes []Note
	s.Play([]uint8{0}, 10*8000, 800)
	for i := range 600 {
		if p, ok := s.Next(uint32(i)*160, 160); ok {
			r.Packet(p.Time, p.Payload, time.Duration(i)*20*time.Millisecond, func(n Note) {
				notes = append(notes, n)
			})
		}
	}
	want := []Note{{0, false, 160}, {0, true, 80000}}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("a key held for 10 s:\n%s", diff)
	}
}

// heard is what a receiver makes of packets written as "digit@time+duration",
// with E for the end; a lone number lets so many milliseconds pass.
func heard(script string) string {
	var r Receiver
	var out []string
	at := time.Duration(0)
	tell := func(n Note) {
		digit, _ := Digit(n.Event)
		mark := "down"
		if n.Ended {
			mark = fmt.Sprintf("up(%d)", n.Duration)
		}
		out = append(out, fmt.Sprintf("%c %s", digit, mark))
	}
	for f := range strings.FieldsSeq(script) {
		var digit rune
		var start, duration int
		if n, _ := fmt.Sscanf(f, "%c@%d+%d", &digit, &start, &duration); n < 3 {
			var ms int
			_, _ = fmt.Sscan(f, &ms)
			at += time.Duration(ms) * time.Millisecond
			r.Check(at, tell)
			continue
		}
		code, _ := Code(digit)
		p := Payload{Event: code, Duration: uint16(duration), End: strings.HasSuffix(f, "E")}
		r.Packet(uint32(start), p, at, tell)
	}
	return strings.Join(out, ", ")
}

func TestReceiverMakesOneEventOfManyPackets(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"three ends are one", "1@0+160 1@0+320E 1@0+320E 1@0+320E", "1 down, 1 up(320)"},
		{"the first packets are lost", "7@0+480 7@0+640E", "7 down, 7 up(640)"},
		{"only one end arrives", "7@0+640E", "7 down, 7 up(640)"},
		{"no end arrives", "7@0+160 7@0+320 130", "7 down, 7 up(320)"},
		{"a pause shorter than the limit", "7@0+160 100 7@0+320E", "7 down, 7 up(320)"},
		{"an end that comes after the time was up", "7@0+160 130 7@0+320E", "7 down, 7 up(160)"},
		{
			"the next one begins without an end", "1@0+160 2@800+160 2@800+320E",
			"1 down, 1 up(160), 2 down, 2 up(320)",
		},
		{
			"the same digit twice", "5@0+160E 5@1600+160E",
			"5 down, 5 up(160), 5 down, 5 up(160)",
		},
		{
			"a packet of the event before comes late", "1@0+160E 2@800+160 1@0+160E 2@800+320E",
			"1 down, 1 up(160), 2 down, 2 up(320)",
		},
		{"packets change places", "3@0+320 3@0+160 3@0+480E", "3 down, 3 up(480)"},
	} {
		if got := heard(c.in); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestPayloadIsWrittenAsItIsRead(t *testing.T) {
	want := Payload{Event: 11, End: true, Volume: 10, Duration: 0x1234}
	b := make([]byte, Size)
	want.Put(b)
	// RFC 4733 §2.3: event, E R volume, duration.
	if diff := cmp.Diff([]byte{11, 0x8a, 0x12, 0x34}, b); diff != "" {
		t.Error(diff)
	}
	if got, err := Parse(b); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Parse(b[:3]); err == nil {
		t.Error("three bytes were taken")
	}
}

func FuzzEvents(f *testing.F) {
	f.Add(uint32(0), []byte{1, 0x80, 0, 160})
	var r Receiver
	f.Fuzz(func(t *testing.T, time uint32, b []byte) {
		p, err := Parse(b)
		if err != nil {
			return
		}
		notes := 0
		r.Packet(time, p, 0, func(Note) { notes++ })
		if notes > 3 {
			t.Fatalf("%d notes of one packet", notes)
		}
	})
}

// TestADigitOfWhichAnyPacketArrivesIsOne loses the packets of two equal digits in every way that
// leaves one of each: 100 ms in packets of 20 ms, the last three times, and a pause.
func TestADigitOfWhichAnyPacketArrivesIsOne(t *testing.T) {
	const each, pause = 7, 3 // packets
	for kept := range 1 << (2 * each) {
		if kept&(1<<each-1) == 0 || kept>>each == 0 {
			continue
		}
		var s Sender
		var r Receiver
		var told []bool
		tell := func(n Note) { told = append(told, n.Ended) }
		s.Play([]uint8{5, 5}, 800, 800)
		sent := 0
		for i := range 2*(each+pause) + 10 {
			at := time.Duration(i) * 20 * time.Millisecond
			r.Check(at, tell)
			p, ok := s.Next(uint32(i)*160, 160)
			if !ok {
				continue
			}
			if kept>>sent&1 == 1 {
				r.Packet(p.Time, p.Payload, at, tell)
			}
			sent++
		}
		if sent != 2*each || !slices.Equal(told, []bool{false, true, false, true}) {
			t.Fatalf("of %d packets, %014b arrived: ends %v, want two digits", sent, kept, told)
		}
	}
}
