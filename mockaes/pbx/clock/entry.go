package clock

import (
	"cmp"
	"container/heap"
	"time"
)

// Entry is a call that is to be made at a time. The zero value is none.
type Entry struct {
	at    time.Time
	turn  uint64 // among those at one instant
	place int    // in its heap, from 1; 0 when it is in none
	f     func()
}

// At is the time of the call.
func (e *Entry) At() time.Time { return e.at }

// Turn is the entry's place among those of one instant.
func (e *Entry) Turn() uint64 { return e.turn }

// Waits reports whether the call is still to be made.
func (e *Entry) Waits() bool { return e.place > 0 }

func (e *Entry) compare(other *Entry) int {
	return cmp.Or(e.at.Compare(other.at), cmp.Compare(e.turn, other.turn))
}

// entries implements [heap.Interface] with the earliest call first.
type entries []*Entry

func (h entries) Len() int { return len(h) }

func (h entries) Less(i, j int) bool { return h[i].compare(h[j]) < 0 }

func (h entries) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i+1, j+1
}

func (h *entries) Push(x any) {
	e := x.(*Entry)
	*h = append(*h, e)
	e.place = len(*h)
}

func (h *entries) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	e.place = 0
	return e
}

// remove takes an entry out and reports whether it was there.
func (h *entries) remove(e *Entry) bool {
	i := e.place - 1
	if i < 0 || i >= len(*h) || (*h)[i] != e {
		return false
	}
	heap.Remove(h, i)
	return true
}
