package jitter

import (
	"math"
	"unsafe"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/fetch"
)

// Kind says what is to be played for a while.
type Kind uint8

// The kinds of [Piece].
const (
	Idle    Kind = iota // nothing was sent: silence or comfort noise
	Voice               // a packet
	Lost                // a hole that a packet should have filled
	Stretch             // a pause that makes the delay longer
	Skip                // a leap ahead, which makes the delay shorter
)

// Piece is the next part of the sender's timeline.
type Piece struct {
	Kind        Kind
	Samples     int // to be played; of Skip, those that are left out
	From        int // samples at the start of the payload whose time is over
	Missing     int // packets before this one that were not played
	PayloadType uint8
	Payload     []byte // of Voice; valid until the next call
}

// Packet is what a [Buffer] holds. Times are in samples.
type Packet struct {
	Seq         int64 // extended
	Time        uint32
	Samples     int
	PayloadType uint8
	Payload     []byte
	Arrival     int64
	Pause       bool // a comfort noise packet: nothing follows until the next voice
}

// Buffer holds the packets of one source until they are due. What a packet or a frame
// needs of it is at its beginning.
type Buffer struct {
	least int64 // delay at the start, and never less
	frame int

	begun   bool // nextSeq is known
	playing bool
	pause   bool
	nextSeq int64
	topSeq  int64
	next    int64 // time of the sample that follows what was given out
	last    int64 // newest time seen, for unwrapping
	starved int64
	delay   int64 // between a packet's coming and its being heard, of the fastest
	late    uint64

	control  control
	shelf    shelf
	lateness lateness // ends with what is needed now and then
}

// starveLimit is how long the sender may say nothing before the delay is
// chosen anew when it speaks again.
const starveLimit = clockRate / 5

// New returns a buffer for frames of the given size, which delays the first packet
// by delay; both in samples.
func New(delay, frame int) *Buffer {
	return &Buffer{least: int64(delay), frame: frame}
}

// Reset empties the buffer. Counters stay.
func (b *Buffer) Reset() {
	b.shelf.clear()
	b.begun, b.playing, b.pause, b.starved = false, false, false, 0
	b.lateness, b.control = lateness{}, control{}
}

// Fetch asks for what the next calls need of b, as package fetch does.
func (b *Buffer) Fetch() {
	size := unsafe.Offsetof(b.lateness) + unsafe.Offsetof(b.lateness.recent)
	fetch.Memory(unsafe.Pointer(b), size)
}

// FetchRoom asks for where the next packet will be put.
func (b *Buffer) FetchRoom() {
	recent := &b.lateness.recent
	fetch.Memory(unsafe.Pointer(&recent[b.lateness.count%len(recent)]), 1)
	if p := b.shelf.room(); p != nil {
		fetch.Memory(unsafe.Pointer(p), unsafe.Sizeof(*p))
	}
}

// FetchHeld asks for the packet that is next.
func (b *Buffer) FetchHeld() {
	if p := b.first(); p != nil {
		fetch.Memory(unsafe.Pointer(p), unsafe.Sizeof(*p))
	}
}

// Late is how many packets came when their time had passed.
func (b *Buffer) Late() uint64 { return b.late }

// Delay is for how many samples packets are held, those that come fastest.
func (b *Buffer) Delay() int { return int(max(b.delay, 0)) }

// Most is beyond which delay, in samples, a buffer does not grow.
const Most = most

// Push takes a packet, whose payload it copies.
func (b *Buffer) Push(p Packet) {
	time := int64(p.Time)
	if b.begun {
		time = b.last + int64(int32(p.Time-uint32(b.last)))
	}
	newest := !b.begun || p.Seq > b.topSeq
	if b.begun && newest && b.lateness.jumped(p.Arrival-time) {
		b.Reset()
	}
	if b.begun && p.Seq-b.nextSeq >= slots {
		b.Reset()
	}
	if !b.begun {
		b.begun, b.nextSeq, b.topSeq, b.last = true, p.Seq, p.Seq, time
		b.next = math.MinInt64
	}
	if newest {
		b.topSeq, b.last = p.Seq, time
	}
	b.lateness.add(p.Arrival, p.Arrival-time)
	if b.passed(p, time) {
		b.late++
		b.control.tooLate(b.next - time)
		return
	}
	b.nextSeq = min(b.nextSeq, p.Seq)
	b.store(p, time)
}

// passed tells whether the time of p is over.
func (b *Buffer) passed(p Packet, time int64) bool {
	if b.playing {
		return p.Seq < b.nextSeq || time+int64(p.Samples) <= b.next && !p.Pause
	}
	return p.Seq < b.nextSeq && (b.next > time || b.topSeq-p.Seq >= slots)
}

func (b *Buffer) store(p Packet, time int64) {
	if b.shelf.find(p.Seq) != nil {
		return
	}
	s := b.shelf.add(p.Seq)
	s.time, s.arrival, s.samples = time, p.Arrival, int32(p.Samples)
	s.kind, s.pause = p.PayloadType, p.Pause
	s.fill(p.Payload)
}

// Next returns what is to be played from now on, of need samples or longer. Now
// is when the frame begins that is being filled, of which need is what is missing.
// Quiet tells that what was played last could not be heard well, so that this
// is a good moment to change the delay.
func (b *Buffer) Next(now int64, need int, quiet bool) Piece {
	s := b.first()
	ahead := int64(b.frame - need) // when this is heard, from now on
	if !b.playing {
		if wait := b.wait(s, now, ahead); s == nil || wait > 0 {
			return Piece{Kind: Idle, Samples: int(min(wait, int64(need)))}
		}
		b.playing, b.next, b.starved = true, s.time, 0
	}
	if s == nil {
		return b.starve(need)
	}
	b.starved = 0
	switch b.control.decide(now, ahead, quiet || b.pause, b) {
	case Stretch:
		return Piece{Kind: Stretch, Samples: need}
	case Skip:
		n := b.excess(now, ahead)
		b.next += n
		return Piece{Kind: Skip, Samples: int(n)}
	}
	gap := s.time - b.next
	if gap <= 0 {
		return b.take(s)
	}
	n := min(gap, int64(need))
	b.next += n
	kind := Idle
	if s.seq > b.nextSeq && !b.pause {
		kind = Lost
	}
	return Piece{Kind: kind, Samples: int(n)}
}

// wait is for how long the first packet of a stream is not to be heard yet. It
// may begin in the middle of a frame. But the packets after it are wanted at the
// beginnings of frames: if one that comes a little later than this would be too
// late already, the stream waits for the next beginning.
func (b *Buffer) wait(s *packet, now, ahead int64) int64 {
	frame := int64(b.frame)
	if s == nil || now-s.arrival < margin {
		return frame
	}
	return s.arrival + b.least - (now + ahead)
}

// Begun tells whether a packet came since the last reset.
func (b *Buffer) Begun() bool { return b.begun }

// Waiting tells whether the delay is about to change in the next silence.
func (b *Buffer) Waiting() bool { return b.control.lowSince != 0 || b.control.highSince != 0 }

// first returns the oldest packet, or nil.
func (b *Buffer) first() *packet {
	if b.shelf.used == 0 {
		return nil
	}
	for seq := b.nextSeq; seq <= b.topSeq; seq++ {
		if s := b.shelf.find(seq); s != nil {
			return s
		}
	}
	return nil
}

func (b *Buffer) take(s *packet) Piece {
	b.shelf.take(s)
	from := min(max(b.next-s.time, 0), int64(s.samples))
	missing := int(s.seq - b.nextSeq)
	b.nextSeq, b.next = s.seq+1, max(b.next, s.time+int64(s.samples))
	b.pause = s.pause
	return Piece{
		Kind: Voice, Samples: int(s.samples) - int(from), From: int(from), Missing: missing,
		PayloadType: s.kind, Payload: s.payload(),
	}
}

// starve lets time pass while nothing is held.
func (b *Buffer) starve(need int) Piece {
	b.next += int64(need)
	b.starved += int64(need)
	if b.starved > starveLimit {
		b.playing = false
	}
	if b.pause || !b.playing {
		return Piece{Kind: Idle, Samples: need}
	}
	return Piece{Kind: Lost, Samples: need}
}
