package jitter

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTheLargestAreThoseAtTheEndOfAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int32Range(-3, 300), 4, 128).Draw(t, "values")
		place := rapid.IntRange(1, 4).Draw(t, "place")
		got := largest(values, place)
		slices.Sort(values)
		if want := values[len(values)-place]; got != want {
			t.Fatalf("%d in place %d of %v", got, place, values)
		}
	})
}

// A buffer asks for one of the four largest of what it remembers, however little that is.
func TestThePercentileIsAmongTheLargest(t *testing.T) {
	for n := 16; n <= len(lateness{}.recent); n += 16 {
		if place := n - n*97/100; place < 1 || place > 4 {
			t.Errorf("of %d the place is %d", n, place)
		}
	}
}
