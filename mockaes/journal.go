package mockaes

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
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

// Bounds of what a single entry keeps, in bytes: clients choose how long frames and
// names are.
const (
	maxJournalFrame = 64 << 10
	maxJournalText  = 1 << 10
)

// journal keeps the last entries.
type journal struct {
	mu    sync.Mutex
	ring  []Entry
	first uint64 // number of the oldest entry that is kept
	last  uint64 // number of the last entry
	bytes int    // of the frames and texts that are kept
	most  int    // bytes
}

func newJournal(entries, bytes int) *journal {
	return &journal{ring: make([]Entry, entries), first: 1, most: bytes}
}

func (j *journal) add(e Entry) {
	e.Frame = shortened(e.Frame)
	e.Name, e.Note = clipped(e.Name, maxJournalText), clipped(e.Note, maxJournalText)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	e.Number = j.last
	j.bytes += e.weight()
	for j.first < j.last && (j.bytes > j.most || j.last-j.first >= uint64(len(j.ring))) {
		oldest := j.at(j.first)
		j.bytes -= oldest.weight()
		*oldest = Entry{}
		j.first++
	}
	*j.at(j.last) = e
}

// at is where the entry of that number is kept.
func (j *journal) at(number uint64) *Entry { return &j.ring[(number-1)%uint64(len(j.ring))] }

// weight is what the entry keeps in memory. A frame may be the beginning of a longer
// buffer.
func (e *Entry) weight() int { return cap(e.Frame) + len(e.Name) + len(e.Note) }

// shortened is a frame of bounded length. What is left of a longer one is no JSON any
// more, so that it becomes a string, with the secrets masked while they can be found.
func shortened(frame json.RawMessage) json.RawMessage {
	if len(frame) <= maxJournalFrame {
		return frame
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	// Escaping makes twice as much of quotes and backslashes.
	_ = enc.Encode(clipped(string(dialect.Mask(frame)), maxJournalFrame/2-8))
	return bytes.Clone(bytes.TrimSpace(text.Bytes()))
}

// clipped is a copy of the beginning of text, in whole characters.
func clipped(text string, most int) string {
	if len(text) <= most {
		return strings.Clone(text)
	}
	return strings.Clone(strings.ToValidUTF8(text[:most], "")) + "…"
}

// since returns up to most entries with numbers above n that are still there, the
// oldest first, with their secrets masked.
func (j *journal) since(n uint64, most int) []Entry {
	j.mu.Lock()
	var entries []Entry
	for n = max(n+1, j.first); n <= j.last && len(entries) < most; n++ {
		entries = append(entries, *j.at(n))
	}
	j.mu.Unlock()
	for i := range entries {
		entries[i].Frame = dialect.Mask(entries[i].Frame)
	}
	return entries
}

// Journal returns what happened after the entry of that number, 0 for all that is
// kept ([Limits].Journal and JournalBytes), the oldest first. Secrets are masked; of a
// frame of more than 64 KiB there is the beginning, as a string.
func (s *Server) Journal(after uint64) []Entry {
	if s.journal == nil {
		return nil
	}
	return s.journal.since(after, math.MaxInt)
}
