package codec

import "testing"

func BenchmarkG722Encode(b *testing.B) {
	var g G722
	pcm, wire := voiced(320), make([]byte, 160)
	b.ReportAllocs()
	for b.Loop() {
		g.Encode(wire, pcm)
	}
}

// BenchmarkG722Play is a frame that arrived, from its payload to what is heard.
func BenchmarkG722Play(b *testing.B) {
	var u Upper
	var low Concealer
	pcm, wire := make([]int16, 320), make([]byte, 160)
	new(G722).Encode(wire, voiced(320))
	b.ReportAllocs()
	for b.Loop() {
		u.Decode(low.Room(160), wire)
		low.Good(160)
		u.Good(160)
		u.Read(pcm, &low)
	}
}

// BenchmarkConcealGood is a frame that arrived.
func BenchmarkConcealGood(b *testing.B) {
	var c Concealer
	pcm := voiced(160)
	b.ReportAllocs()
	for b.Loop() {
		c.Room(160)
		c.Good(160)
		c.Read(pcm)
	}
}

// BenchmarkConcealLost is a frame that arrived and one that did not: what a loss costs
// when the pitch has to be looked for.
func BenchmarkConcealLost(b *testing.B) {
	var c Concealer
	pcm, frame := make([]int16, 160), voiced(160)
	b.ReportAllocs()
	for b.Loop() {
		copy(c.Room(160), frame)
		c.Good(160)
		c.Read(pcm)
		c.Lost(160)
		c.Read(pcm)
	}
}
