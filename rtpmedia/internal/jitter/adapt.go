package jitter

import (
	"math"
	"slices"
)

const (
	most       = clockRate / 5   // the delay does not grow beyond 200 ms
	patience   = 2 * clockRate   // too much delay is borne this long
	lastResort = 10 * clockRate  // after this no silence is waited for
	margin     = clockRate / 400 // 2.5 ms
	bearable   = clockRate / 200 // too much delay that is not worth a change, 5 ms
	jump       = clockRate       // timestamps that leap by a second begin anew
)

// lateness knows how much later than the fastest packet the others come.
// Times are in samples; d is arrival less timestamp.
type lateness struct {
	filled  bool
	base    [4]int64 // least d in each of the last half seconds
	half    int64
	first   int64 // d of the first packet
	count   int
	percent int64      // the 97th percentile of recent, less the base
	recent  [128]int32 // d less that of the first packet
}

func (l *lateness) add(arrival, d int64) {
	half := arrival / (clockRate / 2)
	if !l.filled {
		l.filled, l.half, l.count, l.first = true, half, 0, d
		l.base = [4]int64{d, d, d, d}
	}
	if half-l.half > int64(len(l.base)) {
		l.half = half - int64(len(l.base))
	}
	for ; l.half < half; l.half++ {
		l.base[(l.half+1)%4] = d
	}
	l.base[half&3] = min(l.base[half&3], d)
	l.recent[l.count%len(l.recent)] = int32(d - l.first)
	l.count++
	if l.count%16 == 0 {
		l.measure()
	}
}

func (l *lateness) measure() {
	n := min(l.count, len(l.recent))
	d := int64(largest(l.recent[:n], n-n*97/100))
	l.percent = max(0, d+l.first-l.fastest())
}

// largest is the value in a place from 1 to 4, if the largest is in the first. To look at
// each value once is a tenth of the work of putting all in order.
func largest(values []int32, place int) int32 {
	var most [4]int32
	top := most[:place]
	for i := range top {
		top[i] = math.MinInt32
	}
	for _, v := range values {
		for i := place - 1; i >= 0 && v > top[i]; i-- {
			if i+1 < place {
				top[i+1] = top[i]
			}
			top[i] = v
		}
	}
	return top[place-1]
}

// fastest is the least d of the last two seconds.
func (l *lateness) fastest() int64 { return slices.Min(l.base[:]) }

// jumped tells whether d is so far off that the sender's clock was set anew.
func (l *lateness) jumped(d int64) bool {
	if !l.filled {
		return false
	}
	off := d - l.fastest()
	return off > jump || off < -jump
}

// control decides when the delay changes.
type control struct {
	insert    int64 // samples by which the last packets were too late
	highSince int64
	lowSince  int64
}

// tooLate notes a packet that could not be played.
func (c *control) tooLate(by int64) {
	if by <= most {
		c.insert = max(c.insert, by)
	}
}

// decide returns Stretch, Skip, or Voice for no change, for a packet that is wanted
// now and heard ahead later.
//
// A frame is put together at its beginning, so a packet has to be there up to a
// frame before it is heard. What it may be late by without harm is the slack.
func (c *control) decide(now, ahead int64, quiet bool, b *Buffer) Kind {
	slack := b.slack(now)
	b.delay = slack + ahead
	frame := int64(b.frame)
	if c.insert > 0 {
		c.insert -= frame
		if slack+frame <= most {
			return Stretch
		}
		c.insert = 0
	}
	low := min(b.lateness.percent+margin, most-frame)
	if slack < low {
		if b.due(&c.lowSince, now, 0, quiet) {
			return Stretch
		}
		return Voice
	}
	c.lowSince = 0
	if b.excess(now, ahead) <= bearable {
		c.highSince = 0
		return Voice
	}
	audible := b.delay-b.least-frame < frame/2 // a change would be heard more than the delay
	if b.due(&c.highSince, now, patience, quiet) && (quiet || !audible) {
		c.highSince = 0
		return Skip
	}
	return Voice
}

// slack is by how much the packet that is wanted now could have come later than
// the fastest ones do.
func (b *Buffer) slack(now int64) int64 { return now - b.next - b.lateness.fastest() }

// excess is how much of what is heard ahead later can be left out, so that the
// delay is not less than at first and packets still come in time. To leave out
// more than is left of a packet costs the slack of a frame.
func (b *Buffer) excess(now, ahead int64) int64 {
	slack, frame := b.slack(now), int64(b.frame)
	most := ahead
	if b.shelf.held() > 1 && slack-frame >= b.lateness.percent+2*margin {
		most += frame
	}
	return min(slack+ahead-b.least, most)
}

// due tells whether a state that lasts since the given time has lasted for at
// least wait, and there is silence to hide a change in or none came for long.
func (b *Buffer) due(since *int64, now, wait int64, quiet bool) bool {
	if *since == 0 {
		*since = now
	}
	lasted := now - *since
	return lasted >= wait && quiet || lasted >= lastResort
}
