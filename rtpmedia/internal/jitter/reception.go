package jitter

import (
	"math"
	"time"
)

// The limits of RFC 3550 A.1.
const (
	maxDropout  = 3000 // a jump ahead of this many packets is another start
	maxMisorder = 100  // a packet this far behind is late, further is another start
)

// Verdict is what a [Reception] says about a packet.
type Verdict uint8

// The verdicts.
const (
	InOrder   Verdict = iota // the newest packet so far
	Reordered                // older than the newest, and not seen before
	Duplicate                // seen before
	Suspect                  // far off the sequence: to be dropped, unless it goes on there
	Restarted                // the second in a row far off: the sequence begins anew here
)

// Reception counts the packets of one source. The zero value waits for the
// first packet of a stream with a clock of 8 kHz.
type Reception struct {
	started bool
	base    int64 // extended sequence number of the first packet
	highest int64
	suspect int32     // the sequence number that would confirm a restart
	seen    [4]uint64 // one bit a sequence number, a ring longer than maxMisorder

	past      uint64 // packets expected before the last restart
	unique    uint64
	duplicate uint64
	reordered uint64

	transit float64
	jitter  float64

	expectedPrior, receivedPrior int64
}

// clockRate of every payload format here, G.722 included (RFC 3551 §4.5.2).
const clockRate = 8000

// Packet counts one packet and returns its extended sequence number. Arrival
// is on any steady clock.
func (r *Reception) Packet(seq uint16, ts uint32, arrival time.Duration) (int64, Verdict) {
	if !r.started {
		r.begin(int64(seq) + 1<<16) // room below for what comes out of order
		r.count(r.base, ts, arrival)
		return r.base, InOrder
	}
	step := int64(int16(seq - uint16(r.highest)))
	ext := r.highest + step
	switch {
	case step > maxDropout || step <= -maxMisorder:
		if r.suspect != int32(seq)+1<<16 {
			r.suspect = int32(seq+1) + 1<<16
			return ext, Suspect
		}
		r.past += uint64(r.highest - r.base + 1)
		r.begin(r.highest + 1<<16 + int64(seq-uint16(r.highest)))
		r.count(r.base, ts, arrival)
		return r.base, Restarted
	case step > 0:
		r.advance(ext)
		r.count(ext, ts, arrival)
		return ext, InOrder
	case r.has(ext):
		r.duplicate++
		return ext, Duplicate
	}
	r.base = min(r.base, ext)
	r.reordered++
	r.count(ext, ts, arrival)
	return ext, Reordered
}

func (r *Reception) begin(ext int64) {
	r.started, r.base, r.highest, r.suspect = true, ext, ext, 0
	r.transit = math.NaN()
	clear(r.seen[:])
}

// advance moves the newest packet on; what was skipped has not been seen.
func (r *Reception) advance(ext int64) {
	for e := r.highest + 1; e <= ext && e <= r.highest+int64(len(r.seen))*64; e++ {
		r.seen[e/64%int64(len(r.seen))] &^= 1 << (e % 64)
	}
	r.highest, r.suspect = ext, 0
}

func (r *Reception) has(ext int64) bool {
	return r.seen[ext/64%int64(len(r.seen))]&(1<<(ext%64)) != 0
}

// count takes a packet into the totals and into the jitter of RFC 3550 §6.4.1,
// without the rounding of the integer arithmetic in A.8.
func (r *Reception) count(ext int64, ts uint32, arrival time.Duration) {
	r.seen[ext/64%int64(len(r.seen))] |= 1 << (ext % 64)
	r.unique++
	transit := arrival.Seconds()*clockRate - float64(ts)
	if !math.IsNaN(r.transit) {
		d := math.Abs(transit - r.transit)
		if d >= 1<<31 { // the timestamp wrapped around
			d = math.Abs(math.Remainder(d, 1<<32))
		}
		r.jitter += (d - r.jitter) / 16
	}
	r.transit = transit
}

// Received is how many different packets came.
func (r *Reception) Received() uint64 { return r.unique }

// Duplicates is how many came more than once, each repetition counted.
func (r *Reception) Duplicates() uint64 { return r.duplicate }

// Reorderings is how many came after a packet that was sent later.
func (r *Reception) Reorderings() uint64 { return r.reordered }

// Expected is how many packets were sent, as far as sequence numbers show.
func (r *Reception) Expected() uint64 {
	if !r.started {
		return 0
	}
	return r.past + uint64(r.highest-r.base+1)
}

// Lost is how many packets never came.
func (r *Reception) Lost() uint64 { return r.Expected() - r.unique }

// Jitter is the interarrival jitter of RFC 3550 §6.4.1.
func (r *Reception) Jitter() time.Duration {
	return time.Duration(r.jitter / clockRate * float64(time.Second))
}

// Report is what a receiver tells the sender (RFC 3550 §6.4.1).
type Report struct {
	FractionLost uint8  // since the report before, in 1/256
	Lost         int32  // expected less received, duplicates counted as received; 24 bits
	Highest      uint32 // extended sequence number
	Jitter       uint32 // in units of the RTP clock
}

// Report returns the figures for a receiver report and begins a new interval.
func (r *Reception) Report() Report {
	expected, received := int64(r.Expected()), int64(r.unique+r.duplicate)
	interval := expected - r.expectedPrior
	lost := interval - (received - r.receivedPrior)
	r.expectedPrior, r.receivedPrior = expected, received
	report := Report{
		Lost:    int32(min(max(expected-received, -1<<23), 1<<23-1)),
		Highest: uint32(r.highest - 1<<16),
		Jitter:  uint32(r.jitter),
	}
	if interval > 0 && lost > 0 {
		report.FractionLost = uint8(min(lost<<8/interval, 255))
	}
	return report
}
