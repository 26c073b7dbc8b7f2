package codec

import "testing"

func BenchmarkG722Encode(b *testing.B) {
	var n Narrowband
	pcm, wire := voiced(160), make([]byte, 160)
	b.ReportAllocs()
	for b.Loop() {
		n.Encode(wire, pcm)
	}
}

func BenchmarkG722Decode(b *testing.B) {
	var n Narrowband
	pcm, wire := make([]int16, 160), make([]byte, 160)
	n.Encode(wire, voiced(160))
	b.ReportAllocs()
	for b.Loop() {
		n.Decode(pcm, wire)
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
