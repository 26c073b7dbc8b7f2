package netsim

import (
	"container/heap"
	"net/netip"
	"time"
)

// datagram waits for its time.
type datagram struct {
	at    time.Time
	order uint64 // of two at one time the one sent first arrives first
	data  []byte
	addr  netip.AddrPort
}

// schedule holds datagrams in the order of their time. Memory of those that
// were taken is used again.
type schedule struct {
	heap  datagrams
	order uint64
	spare [][]byte
	out   []byte
}

func (s *schedule) len() int { return len(s.heap) }

func (s *schedule) put(b []byte, addr netip.AddrPort, at time.Time) {
	var data []byte
	if n := len(s.spare); n > 0 {
		data, s.spare = s.spare[n-1], s.spare[:n-1]
	}
	s.order++
	heap.Push(&s.heap, datagram{at, s.order, append(data[:0], b...), addr})
}

// next is when the first is due.
func (s *schedule) next() (time.Time, bool) {
	if len(s.heap) == 0 {
		return time.Time{}, false
	}
	return s.heap[0].at, true
}

// take removes the first if it is due. Its data is valid until the next call.
func (s *schedule) take(now time.Time) (arrival, bool) {
	if len(s.heap) == 0 || s.heap[0].at.After(now) {
		return arrival{}, false
	}
	d := heap.Pop(&s.heap).(datagram)
	if s.out != nil {
		s.spare = append(s.spare, s.out)
	}
	s.out = d.data
	return arrival{d.data, d.addr}, true
}

// arrival is a datagram and who sent it, or whom it is for.
type arrival struct {
	data []byte
	from netip.AddrPort
}

// datagrams is a [heap.Interface].
type datagrams []datagram

func (d datagrams) Len() int      { return len(d) }
func (d datagrams) Swap(i, j int) { d[i], d[j] = d[j], d[i] }

func (d datagrams) Less(i, j int) bool {
	if d[i].at.Equal(d[j].at) {
		return d[i].order < d[j].order
	}
	return d[i].at.Before(d[j].at)
}

// Push appends x, as [heap.Push] asks.
func (d *datagrams) Push(x any) { *d = append(*d, x.(datagram)) }

// Pop removes the last, as [heap.Pop] asks.
func (d *datagrams) Pop() any {
	last := len(*d) - 1
	x := (*d)[last]
	(*d)[last] = datagram{}
	*d = (*d)[:last]
	return x
}
