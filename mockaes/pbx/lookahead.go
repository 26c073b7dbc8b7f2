package pbx

import (
	"cmp"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// maxSourceVDN is the length of a VDN's name as another switch is told it (CM:
// look-ahead interflow).
const maxSourceVDN = 15

// lookAhead is a copy of what the switch that a call comes from says of it; a refusal
// if that cannot be. Sizes are those of times; the VDN's name has at most fifteen
// characters (CM: look-ahead interflow).
func lookAhead(said *csta.LookAheadInfo) (*csta.LookAheadInfo, error) {
	if said == nil {
		return nil, nil
	}
	l := *said
	switch l.Type {
	case csta.NoInterflow, csta.AllInterflow, csta.ThresholdInterflow, csta.VectoringInterflow:
	default:
		return nil, csta.Refuse(csta.InvalidParameterValue)
	}
	switch l.Priority {
	case csta.PriorityNotInQueue, csta.PriorityLow, csta.PriorityMedium, csta.PriorityHigh,
		csta.PriorityTop:
	default:
		return nil, csta.Refuse(csta.InvalidParameterValue)
	}
	within := func(n, below int) bool { return n >= 0 && n < below }
	if !within(l.Hours, 24) || !within(l.Minutes, 60) || !within(l.Seconds, 60) ||
		len(l.SourceVDN) > maxSourceVDN {
		return nil, csta.Refuse(csta.ValueOutOfRange)
	}
	return &l, nil
}

// Look-ahead interflow: a vector that routes a call to another switch keeps it, queues
// and all, until the vector there has accepted it. If that is busy or disconnects, the
// vector goes on with its next step (CM: call vectoring, look-ahead interflow).

// aheadWait is how long a vector waits to be told (T310: ITU-T Q.931 §9.2).
const aheadWait = 10 * time.Second

// lookAhead asks another switch to take the call.
func (r *vectorRun) lookAhead(number string, way exit) {
	e := r.s.newTie(way.group)
	e.run, e.number = r, number
	r.attempt = e
	r.timer = r.alarm(aheadWait, jobUnaccepted)
	r.s.setUp(e, r.call, way.number, r.aheadInfo())
}

// aheadInfo is what the other switch is told of a call that waits here.
func (r *vectorRun) aheadInfo() *csta.LookAheadInfo {
	l := &csta.LookAheadInfo{
		Type: csta.VectoringInterflow, Priority: csta.PriorityNotInQueue,
		SourceVDN: cmp.Or(r.vdn.dev.name, r.vdn.dev.ext),
	}
	if cut := []byte(l.SourceVDN); len(cut) > maxSourceVDN {
		l.SourceVDN = strings.ToValidUTF8(string(cut[:maxSourceVDN]), "")
	}
	best := vector.Low
	for _, w := range r.call.queued {
		best = max(best, w.priority)
		l.Priority = priorities[min(best, vector.Top)]
	}
	waited := r.s.clock.Now().Sub(r.vdn.since) % (24 * time.Hour)
	l.Hours = int(waited / time.Hour)
	l.Minutes = int(waited/time.Minute) % 60
	l.Seconds = int(waited/time.Second) % 60
	return l
}

// priorities are those of queues, as another switch is told them.
var priorities = map[vector.Priority]csta.InterflowPriority{
	vector.Low: csta.PriorityLow, vector.Medium: csta.PriorityMedium,
	vector.High: csta.PriorityHigh, vector.Top: csta.PriorityTop,
}

// accepted sends the call to the other switch, which has taken it.
func (r *vectorRun) accepted(e *tieEnd) {
	c := r.call
	r.attempt = nil
	r.leave(r.s.numberID(e.number))
	c.redirected = r.vdn.dev.id
	p := r.s.joinTie(c, e.number, e, csta.Alerting)
	r.s.reachNetwork(p, csta.CauseRedirected)
}

// refused goes on with the vector.
func (r *vectorRun) refused() {
	r.timer.stop()
	r.endAttempt()
	r.goOn()
}

// endAttempt gives up what was asked of another switch.
func (r *vectorRun) endAttempt() {
	e := r.attempt
	if e == nil {
		return
	}
	r.attempt = nil
	e.trunk.group.used[e.trunk.member] = false
	r.s.hangUpTie(e)
}
