package jitter

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// A shelf is what a map of payloads is, but for the memory that it needs.
func TestAShelfIsAMapOfPayloads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h shelf
		want := map[int64][]byte{}
		first := rapid.Int64Range(0, 1<<40).Draw(t, "first")
		most := 0
		for range rapid.IntRange(0, 300).Draw(t, "steps") {
			seq := first + rapid.Int64Range(0, slots-1).Draw(t, "seq")
			p := h.find(seq)
			if held, ok := want[seq]; ok != (p != nil) || ok && !bytes.Equal(held, p.payload()) {
				t.Fatalf("packet %d: %v, want %v", seq, p, held)
			}
			if p != nil {
				h.take(p)
				delete(want, seq)
				continue
			}
			size := rapid.SampledFrom([]int{0, 1, common, common + 1, 960}).Draw(t, "size")
			want[seq] = bytes.Repeat([]byte{byte(seq)}, size)
			h.add(seq).fill(want[seq])
			if most = max(most, len(want)); h.held() != len(want) || len(h.packets) != most {
				t.Fatalf("%d packets in %d places, want %d in %d",
					h.held(), len(h.packets), len(want), most)
			}
		}
	})
}
