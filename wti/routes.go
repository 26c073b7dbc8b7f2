package wti

import (
	"sync"

	"github.com/wtiphone/wtiphone/csta"
)

// maxOrphans bounds how many events may wait for their monitor. DMCC does not
// promise that the answer to MonitorStart comes before the first event.
const maxOrphans = 256

// routes says which monitor an event belongs to.
type routes struct {
	mu      sync.Mutex
	byRef   map[csta.MonitorCrossRefID]*Monitor
	orphans []Event
	ended   error // why there will be no more events
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
	}
	r.byRef[ref] = m
	rest := r.orphans[:0]
	for _, ev := range r.orphans {
		if ev.CrossRef() == ref {
			m.queue.push(ev)
		} else {
			rest = append(rest, ev)
		}
	}
	clear(r.orphans[len(rest):])
	r.orphans = rest
}

func (r *routes) remove(ref csta.MonitorCrossRefID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byRef, ref)
}

// deliver hands an event to its monitor. An event for a monitor that is not known
// yet waits for it; the oldest give way.
func (r *routes) deliver(ev Event) {
	ref := ev.CrossRef()
	r.mu.Lock()
	defer r.mu.Unlock()
	m, ok := r.byRef[ref]
	if !ok {
		if len(r.orphans) == maxOrphans {
			copy(r.orphans, r.orphans[1:])
			r.orphans = r.orphans[:maxOrphans-1]
		}
		r.orphans = append(r.orphans, ev)
		return
	}
	m.queue.push(ev)
	if _, stopped := ev.Event.(csta.MonitorStopped); stopped {
		delete(r.byRef, ref)
		m.queue.end(ErrMonitorStopped)
	}
}

// end tells every monitor that nothing more will come.
func (r *routes) end(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = err
	for _, m := range r.byRef {
		m.queue.end(err)
	}
	r.byRef, r.orphans = nil, nil
}
