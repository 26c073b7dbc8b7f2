package mockaes

import (
	"math"
	"time"
)

// supply is what of one kind of licence WebLM has given. TSAPI fetches licences one by
// one, but for those that are reserved, which it keeps; DMCC fetches as many as are
// reserved at a time, and gives them back so (Avaya: Reserving TSAPI user licenses,
// Reserving DMCC licenses).
type supply struct {
	total  uint64
	fetch  time.Duration // of one request
	least  uint64        // is kept in any case
	batch  uint64        // what one request brings
	have   uint64
	coming uint64    // with the requests that WebLM works on
	free   time.Time // when those are done
}

func newSupply(total *uint64, fetch time.Duration, least, batch uint64) supply {
	s := supply{total: math.MaxUint64, fetch: fetch, least: least, batch: batch, have: least}
	if total != nil {
		s.total = *total
	}
	return s
}

// take is when all that are used, with one more, are there. They are at most the total.
func (s *supply) take(used uint64, now time.Time) time.Time {
	if !now.Before(s.free) {
		s.have, s.coming, s.free = s.have+s.coming, 0, now
	}
	switch {
	case used <= s.have:
		return now
	case used > s.have+s.coming:
		s.coming += min(s.batch, s.total-s.have-s.coming)
		s.free = s.free.Add(s.fetch)
	}
	return s.free
}

// keep gives back to WebLM what is not used: whole batches, and everything with the last.
func (s *supply) keep(used uint64) {
	all, floor := s.have+s.coming, max(used, s.least)
	if all <= floor {
		return
	}
	spare := all - floor
	if used > 0 {
		spare -= spare % s.batch
	}
	back := min(spare, s.have)
	s.have -= back
	s.coming -= spare - back
}

// LicenceState is one kind of licence.
type LicenceState struct {
	Used    uint64  `json:"used"`
	Total   *uint64 `json:"total"`   // null: without end
	Fetched uint64  `json:"fetched"` // from WebLM, used or not; or asked for
}

func (s *supply) state(used uint64) LicenceState {
	st := LicenceState{Used: used, Fetched: s.have + s.coming}
	if s.total != math.MaxUint64 {
		st.Total = new(s.total)
	}
	return st
}
