package wti

import (
	"maps"
	"slices"
	"sync"

	"github.com/wtiphone/wtiphone/csta"
)

// maxOrphans bounds how many events may wait for their monitor. DMCC does not
// promise that the answer to MonitorStart comes before the first event.
const maxOrphans = 256

// maxOrphan bounds the payload of one that waits, in bytes. DMCC's messages end at
// 64 KiB.
const maxOrphan = 64 << 10

// routes says which monitor an event belongs to. A monitor's lock may be taken
// under the routes' lock, never the other way round.
type routes struct {
	mu       sync.Mutex
	monitors map[*Monitor]int // each with the order in which it was started
	started  int
	byRef    map[csta.MonitorCrossRefID]*Monitor
	orphans  []Event
	ended    error // why there will be no more events

	// spare decides whether a monitor that the server stopped waits for a CTI link.
	spare func(*Monitor) bool
}

// add puts a monitor on the route, and gives it the events that came before it.
func (r *routes) add(ref csta.MonitorCrossRefID, m *Monitor) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended != nil {
		m.queue.end(r.ended)
		return
	}
	if r.byRef == nil {
		r.byRef = make(map[csta.MonitorCrossRefID]*Monitor)
		r.monitors = make(map[*Monitor]int)
	}
	r.byRef[ref] = m
	if _, known := r.monitors[m]; !known {
		r.started++
		r.monitors[m] = r.started
	}
	rest := r.orphans[:0]
	for _, ev := range r.orphans {
		if ev.CrossRef() == ref {
			m.push(ev)
		} else {
			rest = append(rest, ev)
		}
	}
	clear(r.orphans[len(rest):])
	r.orphans = rest
}

func (r *routes) remove(m *Monitor) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drop(m)
}

// drop is remove for those who hold the lock.
func (r *routes) drop(m *Monitor) {
	delete(r.monitors, m)
	if ref := m.CrossRef(); r.byRef[ref] == m {
		delete(r.byRef, ref)
	}
}

// detach takes a monitor's cross-reference id off the route, but not the monitor.
func (r *routes) detach(m *Monitor) (ref csta.MonitorCrossRefID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ref = m.CrossRef(); r.byRef[ref] == m {
		delete(r.byRef, ref)
	}
	m.setRef("")
	return ref
}

// deliver hands an event to its monitor. An event for a monitor that is not known
// yet waits for it; the oldest give way.
func (r *routes) deliver(ev Event) {
	ref := ev.CrossRef()
	r.mu.Lock()
	defer r.mu.Unlock()
	m, ok := r.byRef[ref]
	if !ok {
		if len(ev.Payload) > maxOrphan {
			return // no event that anybody waits for is that long
		}
		if len(r.orphans) == maxOrphans {
			copy(r.orphans, r.orphans[1:])
			r.orphans = r.orphans[:maxOrphans-1]
		}
		r.orphans = append(r.orphans, ev)
		return
	}
	m.push(ev)
	if _, stopped := ev.Event.(csta.MonitorStopped); stopped {
		if r.spare(m) {
			delete(r.byRef, ref)
			m.setRef("")
			return
		}
		r.drop(m)
		m.queue.end(ErrMonitorStopped)
	}
}

// of is the monitor that a cross-reference id belongs to, nil for none.
func (r *routes) of(ref csta.MonitorCrossRefID) *Monitor {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byRef[ref]
}

// leave takes a cross-reference id off the route of a monitor that has another one now.
func (r *routes) leave(ref csta.MonitorCrossRefID, m *Monitor) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byRef[ref] == m && m.CrossRef() != ref {
		delete(r.byRef, ref)
	}
}

// disown forgets the events of a monitor that nobody will have.
func (r *routes) disown(ref csta.MonitorCrossRefID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.orphans = slices.DeleteFunc(r.orphans, func(ev Event) bool { return ev.CrossRef() == ref })
}

// all are the monitors, in the order in which they were started.
func (r *routes) all() []*Monitor {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.SortedFunc(maps.Keys(r.monitors), func(a, b *Monitor) int {
		return r.monitors[a] - r.monitors[b]
	})
}

// hold keeps every monitor's events back until it is released.
func (r *routes) hold() {
	for _, m := range r.all() {
		m.hold()
	}
}

// forget takes all cross-reference ids off the route: they were an old session's.
func (r *routes) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.byRef)
	for m := range r.monitors {
		m.setRef("")
	}
	r.orphans = nil
}

// end tells every monitor that nothing more will come.
func (r *routes) end(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = err
	for m := range r.monitors {
		m.queue.end(err)
	}
	r.monitors, r.byRef, r.orphans = nil, nil, nil
}
