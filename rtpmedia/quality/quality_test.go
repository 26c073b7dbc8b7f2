package quality

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// The figures are those of the formulas of G.107 with the tables of G.113, at
// 60 ms from mouth to ear, reckoned by hand apart from this code.
func TestRatingFallsAsG107Says(t *testing.T) {
	for _, c := range []struct {
		name   string
		codec  Codec
		loss   float64
		r, mos float64
	}{
		{"G.711 concealed, no loss", G711, 0, 91.8, 4.38},
		{"G.711 concealed, 1 %", G711, 0.01, 88.1, 4.29},
		{"G.711 concealed, 2 %", G711, 0.02, 84.7, 4.19},
		{"G.711 concealed, 5 %", G711, 0.05, 76.0, 3.86},
		{"G.711 unconcealed, 1 %", G711Unconcealed, 0.01, 73.8, 3.77},
		{"G.711 unconcealed, 5 %", G711Unconcealed, 0.05, 40.7, 2.10},
		{"G.729A, no loss", G729A, 0, 80.8, 4.05},
		{"G.729A, 5 %", G729A, 0.05, 63.3, 3.27},
		{"G.723.1, no loss", G7231, 0, 76.8, 3.90},
		{"G.723.1, 2 %", G7231, 0.02, 67.9, 3.50},
	} {
		r := Impairment{Codec: c.codec, Delay: 60 * time.Millisecond, Loss: c.loss}.R()
		if math.Abs(r-c.r) > 0.06 || math.Abs(MOS(r)-c.mos) > 0.006 {
			t.Errorf("%s: R %.2f, MOS %.3f; want %.1f and %.2f", c.name, r, MOS(r), c.r, c.mos)
		}
	}
}

func TestDelayHurtsMoreBeyondTheKnee(t *testing.T) {
	at := func(ms int) float64 {
		return Impairment{Codec: G711, Delay: time.Duration(ms) * time.Millisecond}.R()
	}
	if near, far := at(50)-at(150), at(250)-at(350); far < 4*near {
		t.Errorf("100 ms more cost %.1f below and %.1f above 177 ms", near, far)
	}
}

func TestBurstsHurtMoreThanScatteredLoss(t *testing.T) {
	scattered := Impairment{Codec: G711, Loss: 0.05, Burst: 1}.R()
	bursty := Impairment{Codec: G711, Loss: 0.05, Burst: 4}.R()
	if bursty >= scattered {
		t.Errorf("R %.1f in bursts, %.1f scattered", bursty, scattered)
	}
}

func TestScoresStayWithinTheScale(t *testing.T) {
	for r := -10.0; r <= 110; r++ {
		if m := MOS(r); m < 1 || m > 4.5 {
			t.Errorf("R %v gives %v", r, m)
		}
	}
	worst := Impairment{Codec: G7231, Delay: time.Hour, Loss: 2, Burst: 99}
	if r := worst.R(); r != 0 {
		t.Errorf("the worst call has R %v", r)
	}
}

func TestIndependentLossHasNoBursts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var c Counter
	for range 200000 {
		c.Add(1, random.Float64() >= 0.05)
	}
	share, burst := c.Loss()
	if math.Abs(share-0.05) > 0.002 || math.Abs(burst-1) > 0.02 {
		t.Errorf("5 %% independent loss: share %.4f, BurstR %.3f", share, burst)
	}
}

func TestBurstsAndGapsAreToldApart(t *testing.T) {
	var c Counter
	for range 10 {
		c.Add(100, true)
		c.Add(1, false) // alone: belongs to the gap
		c.Add(100, true)
		c.Add(3, false) // a burst of 3 + 5 + 2, half of it lost
		c.Add(5, true)
		c.Add(2, false)
	}
	c.Add(100, true)
	g := c.Gaps()
	if g.BurstDensity != 0.5 || g.BurstLength != 10 {
		t.Errorf("bursts of 10 with 5 lost: %+v", g)
	}
	if want := 10.0 / 2110; math.Abs(g.GapDensity-want) > 1e-9 {
		t.Errorf("gap density %v, want %v", g.GapDensity, want)
	}
	if want := 2110.0 / 11; math.Abs(g.GapLength-want) > 1e-9 {
		t.Errorf("gap length %v, want %v", g.GapLength, want)
	}
}

func TestNothingCountedIsNoLoss(t *testing.T) {
	var c Counter
	if share, burst := c.Loss(); share != 0 || burst != 1 {
		t.Errorf("share %v, burst %v", share, burst)
	}
	if g := c.Gaps(); g != (Gaps{}) {
		t.Errorf("%+v", g)
	}
}
