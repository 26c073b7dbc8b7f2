package mockaes

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/dialect"
)

// Entry is one thing that the server received, answered or reported.
type Entry struct {
	Number  uint64          `json:"number"` // counts from 1 and has no gaps
	Time    time.Time       `json:"time"`
	Socket  uint64          `json:"socket,omitempty"` // which connection, 0 for none
	Session string          `json:"session,omitempty"`
	Kind    string          `json:"kind"` // request, answer, refusal, event, lost, open, close
	Name    string          `json:"name,omitempty"`
	Frame   json.RawMessage `json:"frame,omitempty"` // as it was on the wire, secrets masked
	Note    string          `json:"note,omitempty"`
}

// journal keeps the last entries.
type journal struct {
	mu   sync.Mutex
	ring []Entry
	last uint64 // number of the last entry
}

func newJournal(size int) *journal { return &journal{ring: make([]Entry, size)} }

func (j *journal) add(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	e.Number = j.last
	j.ring[(j.last-1)%uint64(len(j.ring))] = e
}

// since returns the entries with numbers above n that are still there, the oldest
// first, with their secrets masked.
func (j *journal) since(n uint64) []Entry {
	j.mu.Lock()
	if size := uint64(len(j.ring)); j.last > size {
		n = max(n, j.last-size)
	}
	var entries []Entry
	for ; n < j.last; n++ {
		entries = append(entries, j.ring[n%uint64(len(j.ring))])
	}
	j.mu.Unlock()
	for i := range entries {
		entries[i].Frame = dialect.Mask(entries[i].Frame)
	}
	return entries
}

// Journal returns what happened after the entry of that number, 0 for all that is
// kept ([Limits].Journal), the oldest first. Secrets are masked.
func (s *Server) Journal(after uint64) []Entry {
	if s.journal == nil {
		return nil
	}
	return s.journal.since(after)
}
