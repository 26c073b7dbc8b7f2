package jitter

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// counts are what a stream of sequence numbers leads to.
type counts struct{ Received, Lost, Duplicate, Reordered uint64 }

func TestReceptionCountsAsRFC3550Does(t *testing.T) {
	for _, c := range []struct {
		name string
		seqs []uint16
		want counts
	}{
		{"a clean stream loses nothing", []uint16{5, 6, 7, 8}, counts{4, 0, 0, 0}},
		{"a hole is a loss", []uint16{5, 6, 8, 9}, counts{4, 1, 0, 0}},
		{"a packet that comes later is no loss", []uint16{5, 7, 6, 8}, counts{4, 0, 0, 1}},
		{"a repetition is no reception", []uint16{5, 6, 6, 6, 7}, counts{3, 0, 2, 0}},
		{"an older repetition is one, too", []uint16{5, 6, 7, 5}, counts{3, 0, 1, 0}},
		{"the first packet may be overtaken", []uint16{6, 5, 7}, counts{3, 0, 0, 1}},
		{"the number wraps around", []uint16{65534, 65535, 0, 1}, counts{4, 0, 0, 0}},
		{"a hole over the wrap", []uint16{65534, 1, 2}, counts{3, 2, 0, 0}},
		{"a stray far ahead is dropped", []uint16{5, 6, 9000, 7}, counts{3, 0, 0, 0}},
		{"two in a row far ahead begin anew", []uint16{5, 6, 9000, 9001, 9002}, counts{4, 0, 0, 0}},
		{"far behind it begins anew, too", []uint16{9000, 9001, 5, 6, 7}, counts{4, 0, 0, 0}},
		{"a jump of less than 3000 is loss", []uint16{5, 2005}, counts{2, 1999, 0, 0}},
	} {
		var r Reception
		for i, seq := range c.seqs {
			r.Packet(seq, uint32(i)*160, time.Duration(i)*20*time.Millisecond)
		}
		got := counts{r.Received(), r.Lost(), r.Duplicates(), r.Reorderings()}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %v\n%s", c.name, c.seqs, diff)
		}
	}
}

// TestJitterFollowsTheFormula recomputes J += (|D| - J)/16 of RFC 3550 §6.4.1
// from the arrival times, apart from the code under test.
func TestJitterFollowsTheFormula(t *testing.T) {
	delays := []float64{0, 3, 11, 2, 2, 40, 7, 1, 0, 25} // ms
	var r Reception
	want := 0.0
	for i, d := range delays {
		arrival := time.Duration((float64(i)*20 + d) * float64(time.Millisecond))
		// The timestamp wraps around on the way.
		r.Packet(uint16(i), uint32(i)*160+math.MaxUint32-500, arrival)
		if i > 0 {
			want += (math.Abs(d-delays[i-1]) - want) / 16
		}
	}
	if got := r.Jitter().Seconds() * 1000; math.Abs(got-want) > 0.001 {
		t.Errorf("jitter %.4f ms, want %.4f", got, want)
	}
}

func TestReportCoversTheIntervalSinceTheLast(t *testing.T) {
	var r Reception
	at := time.Duration(0)
	feed := func(from, to, missing int) {
		for i := from; i < to; i++ {
			at += 20 * time.Millisecond
			if i != missing {
				r.Packet(uint16(i), uint32(i)*160, at)
			}
		}
	}
	feed(0, 8, 4)
	if got := r.Report(); got.FractionLost != 32 || got.Lost != 1 || got.Highest != 7 {
		t.Errorf("one of eight lost: %+v, want a fraction of 32/256", got)
	}
	feed(8, 16, -1)
	if got := r.Report(); got.FractionLost != 0 || got.Lost != 1 || got.Highest != 15 {
		t.Errorf("none of the next eight lost: %+v", got)
	}
}

func TestDuplicatesMakeTheReportedLossNegative(t *testing.T) {
	var r Reception
	for _, seq := range []uint16{1, 2, 2, 3, 3} {
		r.Packet(seq, uint32(seq)*160, time.Duration(seq)*20*time.Millisecond)
	}
	if got := r.Report(); got.Lost != -2 || got.FractionLost != 0 {
		t.Errorf("two duplicates: %+v, want -2 lost (RFC 3550 A.3)", got)
	}
}
