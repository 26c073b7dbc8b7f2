package rtpmedia

import (
	"net/netip"
	"time"

	"github.com/pion/rtp"
)

// candidate is a source that may follow the one that is played. There is only
// one from the far end and one from elsewhere, so that a flood of others costs
// nothing.
type candidate struct {
	ssrc     uint32
	sequence uint16
	seen     bool
}

// takeOver is how long a source must have been silent before another one that
// does not come from the signalled address replaces it. Patience is how long the
// signalled address itself must have been: whoever finds the port could be there
// first. Far ends behind a translator of addresses are heard after it.
const (
	takeOver = 3 * FrameDuration
	patience = 10 * FrameDuration
)

// choose tells whether p is of the source that is played, and changes to
// another source when that one is to follow.
func (in *receiver) choose(p *rtp.Packet, from netip.AddrPort, at time.Duration) bool {
	if in.hasStale && p.SSRC == in.stale && from != in.far {
		in.unwanted++
		return false
	}
	trusted := in.trusts(from)
	if trusted {
		in.hoped = at
	}
	if !in.active || p.SSRC != in.ssrc {
		if !in.follows(p, trusted, at) {
			in.unwanted++
			return false
		}
		if in.active {
			in.flush()
		}
		in.active, in.ssrc = true, p.SSRC
	}
	in.trusted = in.trusted || trusted
	in.heard = at
	return true
}

// trusts tells whether the far end is expected at from: where it was signalled to
// be, or where it was latched to.
func (in *receiver) trusts(from netip.AddrPort) bool {
	if in.latch.wanted && in.latch.done {
		return from == in.latch.seen
	}
	return from == in.far
}

// follows tells whether p begins the source to be played next. The far end's first
// packet does where it was not heard yet. After that a source has to send two in a
// row, and one from elsewhere has to wait until the far end is silent.
func (in *receiver) follows(p *rtp.Packet, trusted bool, at time.Duration) bool {
	if trusted {
		if !in.active || !in.trusted {
			return true
		}
		return in.next.continued(p)
	}
	// Latching is the wish to hear others, and SRTP has told that p is authentic.
	open := in.latch.wanted && !in.latch.done || in.encrypted
	if !open && at-in.hoped < patience {
		return false
	}
	return !in.active || in.other.continued(p) && at-in.heard >= takeOver
}

// continued tells whether p comes next from the candidate; p's source is the
// candidate then.
func (c *candidate) continued(p *rtp.Packet) bool {
	yes := c.seen && c.ssrc == p.SSRC && c.sequence == p.SequenceNumber
	*c = candidate{p.SSRC, p.SequenceNumber + 1, true}
	return yes
}
