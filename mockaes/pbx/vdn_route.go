package pbx

import (
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// route sends the call elsewhere. With coverage it is then any other call: the station's
// coverage takes it, and one that is busy and has none is heard to be. Without, a station
// that is busy is passed over, and one that does not answer rings on (Avaya Call Center
// Elite, Programming Call Vectors: operation details for the route-to command; 555-230-520).
// If that is for another switch to say, the vector waits.
func (r *vectorRun) route(st vector.Step) (waits bool) {
	number := st.Number
	if number == "" {
		number = r.digits
	}
	if !st.If.Holds(r) || !dialplan.Dialable(number) {
		return false
	}
	var cover []string // nil: the station's own
	if !st.Coverage {
		cover = []string{}
	}
	way := r.s.resolve(r.call, number, cover)
	switch {
	case way.fail == csta.CauseBusy && st.Coverage:
		r.busy()
	case way.fail != taken:
	case way.dev == nil && len(way.hops) == 0 && way.out.group.tie():
		r.lookAhead(number, way.out)
		return true
	default:
		r.routeTo(number, arrival{cover: cover})
	}
	return false
}

// routeTo takes the call out of the vector, to a number that can take it.
func (r *vectorRun) routeTo(number string, a arrival) {
	c := r.call
	a.cause, a.from = csta.CauseRedirected, r.vdn.dev
	r.leave(r.s.numberID(number))
	r.s.offer(c, number, a)
	r.s.upkeep(c)
}

// leave takes the call out of its queues and the vector.
func (r *vectorRun) leave(to csta.DeviceID) {
	for len(r.call.queued) > 0 {
		r.s.divert(r.call.queued[0].party, to, csta.CauseRedirected)
	}
	r.s.divert(r.vdn, to, csta.CauseRedirected)
}

// busy ends the vector with busy tone.
func (r *vectorRun) busy() {
	c, p := r.call, r.vdn
	r.leaveQueues()
	r.end()
	if c.talkers() > 1 {
		r.s.drop(p, csta.CauseBusy)
		return
	}
	p.state = csta.Fail
	r.s.failed(p, p.dev.ext, csta.CauseBusy)
	p.absent = true
}

func (r *vectorRun) leaveQueues() {
	for len(r.call.queued) > 0 {
		r.s.release(r.call.queued[0].party, csta.CauseQueueCleared)
	}
}

// stop ends the vector. A call that waits in a queue goes on waiting and hears what
// it hears; any other is cleared.
func (r *vectorRun) stop() {
	if len(r.call.queued) == 0 {
		r.disconnect()
	}
}

func (r *vectorRun) disconnect() {
	r.leaveQueues()
	r.s.drop(r.vdn, csta.CauseNormalClearing)
}
