package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// program is a vector that has been read.
type program []vector.Step

// The limits of vector processing (CM: 10,000 steps for a call; ten seconds for
// each digit).
const (
	maxSteps   = 10_000
	digitsWait = 10 * time.Second
)

// vectorRun is a call on its way through a vector.
type vectorRun struct {
	s      *Switch
	call   *call
	vdn    *party
	vector int // its number
	next   int // index of the step to go on with
	digits string
	ahead  string // digits that came before they were asked for
	want   int    // digits that are still to be collected; 0: not collecting
	play   Play
	timer  *timer
	asked  *dialogue // that a routing application has still to answer
	// attempt is what another switch was asked; nil if it owes no answer
	attempt *tieEnd
	// unasked says that there was no application to be asked.
	unasked bool
	done    bool
}

// enterVDN brings a call to a VDN and starts its vector.
func (s *Switch) enterVDN(c *call, d *device, cause csta.EventCause) {
	p := s.join(c, d, csta.Alerting)
	c.vdn = d
	s.tellDelivered(p, cause)
	run := &vectorRun{
		s: s, call: c, vdn: p, vector: d.vdn.Vector,
		play: Play{Sound: Silence, Started: s.clock.Now()},
	}
	c.run = run
	run.goOn()
}

// end stops a vector. What the caller hears from then on is not its business.
func (r *vectorRun) end() {
	r.done = true
	r.timer.stop()
	r.endDialogue("")
	r.endAttempt()
	if r.call.run == r {
		r.call.run = nil
	}
}

// goOn does steps until one takes time or the call has left the vector.
func (r *vectorRun) goOn() {
	for !r.done {
		program := r.s.vectors[r.vector]
		if r.next >= len(program) || r.call.steps >= maxSteps {
			r.stop()
			return
		}
		st := program[r.next]
		r.next++
		r.call.steps++
		if !r.passesOver(st) && r.step(st) {
			return
		}
	}
}

// passesOver notes what a step means for the router that was asked, or could not be: a step
// that takes the call further ends the dialogue, and the announcement or wait that would
// have been the time for an answer is passed over if there is nobody to answer.
func (r *vectorRun) passesOver(st vector.Step) bool {
	switch st.Op {
	case vector.Nothing, vector.Goto, vector.Adjunct, vector.Stop:
		return false
	case vector.Announcement, vector.Wait:
	default:
		r.endDialogue(csta.RouteingTimerExpired)
		r.unasked = false
	}
	over := r.unasked
	r.unasked = false
	return over
}

// step does one step and reports whether it takes time.
func (r *vectorRun) step(st vector.Step) (waits bool) {
	switch st.Op {
	case vector.Announcement:
		return r.announce(st.Announcement, jobSpoken)
	case vector.Collect:
		return r.collect(st)
	case vector.QueueTo:
		r.queue(st)
	case vector.Check:
		if st.If.Holds(r) {
			r.queue(st)
		}
	case vector.Wait:
		r.hear(Sound(st.Hearing))
		r.timer = r.alarm(st.For, jobNext)
		return true
	case vector.Goto:
		if st.If.Holds(r) {
			if st.Vector > 0 {
				r.vector = st.Vector
			}
			r.next = st.Step - 1
		}
	case vector.RouteTo:
		return r.route(st)
	case vector.Adjunct:
		r.ask()
	case vector.Busy:
		r.busy()
		return true
	case vector.Disconnect:
		if st.Announcement == "" || !r.announce(st.Announcement, jobLastWords) {
			r.disconnect()
		}
		return true
	case vector.Stop:
		r.stop()
		return true
	}
	return false
}

func (r *vectorRun) hear(sound Sound) {
	r.play = Play{Sound: sound, Started: r.s.clock.Now()}
	r.s.touchCall(r.call)
}

// announce plays an announcement and then goes on with what follows. One without an
// end plays until the call leaves the vector.
func (r *vectorRun) announce(ext string, then job) bool {
	a := r.s.devices[ext].announcement
	r.hear(a.Sound)
	if a.Length > 0 {
		r.timer = r.alarm(a.Length, then)
	}
	return true
}

func (r *vectorRun) queue(st vector.Step) {
	r.s.queueTo(r.call, r.s.devices[st.Skill].skill, st.Priority, csta.CauseNewCall)
}

// Count implements [vector.Facts].
func (r *vectorRun) Count(test vector.Test, skill string) int {
	return r.s.devices[skill].skill.count(r.s, test)
}

// Digits implements [vector.Facts].
func (r *vectorRun) Digits() string { return r.digits }

// Time implements [vector.Facts].
func (r *vectorRun) Time() time.Time { return r.s.clock.Now() }
