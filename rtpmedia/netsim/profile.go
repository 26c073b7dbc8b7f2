package netsim

import (
	"math/rand/v2"
	"time"
)

// Profile says what happens to datagrams on their way. The zero value delivers
// all of them at once.
type Profile struct {
	Seed uint64
	// Loss is the share that is lost, 0 to 1.
	Loss float64
	// Burst is how many are lost in a row, on average; below 1 means that
	// each is lost or not whatever happened to the one before. Above, losses
	// come from a Gilbert chain of two states.
	Burst float64
	// Delay is added to every datagram.
	Delay time.Duration
	// Jitter is what RFC 3550 §6.4.1 measures on average: each datagram is
	// delayed further by a time drawn from 0 to three times as much.
	Jitter time.Duration
	// Ordered keeps a datagram that is delayed from being overtaken.
	Ordered bool
	// Reorder is the share that is held back by ReorderBy, so that others
	// overtake it.
	Reorder   float64
	ReorderBy time.Duration // zero is 30 ms
	// Duplicate is the share that arrives twice.
	Duplicate float64
	// DriftPPM lets delays grow by so many microseconds each second, as the
	// clock of a sender does that is slow. Negative ones eat up Delay.
	DriftPPM float64
}

const defaultReorderBy = 30 * time.Millisecond

// fate decides what happens to each datagram of one path.
type fate struct {
	profile Profile
	random  *rand.Rand
	began   time.Time
	losing  bool
	last    time.Time // of the newest delivery, when the order is kept
}

func newFate(p Profile) *fate {
	if p.ReorderBy == 0 {
		p.ReorderBy = defaultReorderBy
	}
	return &fate{profile: p, random: rand.New(rand.NewPCG(p.Seed, p.Seed^0x9e3779b97f4a7c15))}
}

// next returns when the next datagram arrives: never, once or twice. The same
// number of draws is made for each, so that one setting does not change what
// another one does.
func (f *fate) next(now time.Time) (at [2]time.Time, copies int) {
	if f.began.IsZero() {
		f.began = now
	}
	p := f.profile
	lost, late := f.lose(f.random.Float64()), f.random.Float64()
	held, twice := f.random.Float64(), f.random.Float64()
	if lost {
		return at, 0
	}
	delay := p.Delay + time.Duration(3*late*float64(p.Jitter)) +
		time.Duration(p.DriftPPM/1e6*float64(now.Sub(f.began)))
	if held < p.Reorder {
		delay += p.ReorderBy
	}
	at[0] = now.Add(max(delay, 0))
	if p.Ordered && at[0].Before(f.last) {
		at[0] = f.last
	}
	f.last = at[0]
	if twice < p.Duplicate {
		at[1] = at[0]
		return at, 2
	}
	return at, 1
}

func (f *fate) lose(draw float64) bool {
	p := f.profile
	if p.Burst < 1 {
		return draw < p.Loss
	}
	if p.Loss <= 0 || p.Loss >= 1 {
		return p.Loss >= 1
	}
	if f.losing {
		f.losing = draw >= 1/p.Burst
	} else {
		f.losing = draw < p.Loss/(p.Burst*(1-p.Loss))
	}
	return f.losing
}
