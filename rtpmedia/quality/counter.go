package quality

// Gmin is how many packets in a row have to be heard for a burst to be over
// (RFC 3611 §4.7.2).
const Gmin = 16

// Counter follows which packet times were heard and which were not. The zero
// value has seen nothing.
type Counter struct {
	heard, lost uint64
	rows        uint64 // of losses without a packet between them
	inRow       bool

	since     uint64 // heard since the last loss
	cluster   uint64 // packet times from the first loss of what may be a burst
	clustered uint64 // losses in it

	bursts, burstTimes, burstLost uint64
}

// Add counts n packet times that were heard, or not.
func (c *Counter) Add(n int, heard bool) {
	for range n {
		if heard {
			c.hear()
		} else {
			c.miss()
		}
	}
}

func (c *Counter) hear() {
	c.heard++
	c.inRow = false
	c.since++
	if c.since == Gmin {
		c.closeCluster()
	}
}

func (c *Counter) miss() {
	c.lost++
	if !c.inRow {
		c.rows++
	}
	c.inRow = true
	if c.clustered > 0 {
		c.cluster += c.since
	}
	c.cluster++
	c.clustered++
	c.since = 0
}

// closeCluster makes a burst of losses that lie close together. One that is
// alone belongs to the gap.
func (c *Counter) closeCluster() {
	if c.clustered > 1 {
		c.bursts++
		c.burstTimes += c.cluster
		c.burstLost += c.clustered
	}
	c.cluster, c.clustered = 0, 0
}

// Total is how many packet times were counted.
func (c *Counter) Total() uint64 { return c.heard + c.lost }

// Loss is the share that was not heard, and by how much longer the rows of
// losses are than they would be if each were independent: BurstR of G.107.
func (c *Counter) Loss() (share, burst float64) {
	if c.lost == 0 {
		return 0, 1
	}
	share = float64(c.lost) / float64(c.Total())
	mean := float64(c.lost) / float64(c.rows)
	return share, max(1, mean*(1-share))
}

// Gaps are the figures of RFC 3611 §4.7.2: shares are 0 to 1, lengths are mean
// numbers of packet times.
type Gaps struct {
	BurstDensity, GapDensity float64
	BurstLength, GapLength   float64
}

// Gaps divides the call into bursts, in which less than [Gmin] packets lie
// between losses, and gaps.
func (c *Counter) Gaps() Gaps {
	done := *c
	done.closeCluster()
	var g Gaps
	if done.bursts > 0 {
		g.BurstDensity = float64(done.burstLost) / float64(done.burstTimes)
		g.BurstLength = float64(done.burstTimes) / float64(done.bursts)
	}
	if rest := done.Total() - done.burstTimes; rest > 0 {
		g.GapDensity = float64(done.lost-done.burstLost) / float64(rest)
		g.GapLength = float64(rest) / float64(done.bursts+1)
	}
	return g
}
