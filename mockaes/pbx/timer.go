package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// job names what a timer does, so that a switch that is restored can go on with it.
type job string

// What parties, agents and vectors wait for.
const (
	jobRedirect   job = "redirect"   // an agent does not answer
	jobCover      job = "cover"      // a station does not answer
	jobClear      job = "clear"      // an announcement ends, a caller hangs up
	jobDial       job = "dial"       // no further digit comes
	jobReached    job = "reached"    // the network tells what became of a call
	jobAnswer     job = "answer"     // an outside party answers
	jobWorkDone   job = "work done"  // timed after-call work ends
	jobNext       job = "next"       // a vector's wait is over
	jobSpoken     job = "spoken"     // a vector's announcement is over
	jobLastWords  job = "last words" // the announcement before a disconnect is over
	jobAsked      job = "asked"      // a vector's question for digits is over
	jobCollected  job = "collected"  // a caller dials no more digits
	jobUnanswered job = "unanswered" // a predictive call rings in vain
	jobToneOver   job = "tone over"  // a tone that was asked for is over
	jobVoice      job = "voice"      // a message is over
	jobUnaccepted job = "unaccepted" // another switch does not say whether it takes a call
	jobTonesStale job = "tones"      // a terminal hears no more digits
	jobRegister   job = "register"   // a terminal is registered
)

// timer is something that the switch will do later. A nil timer can be stopped.
type timer struct {
	clock.Entry
	s   *Switch
	job job
}

// after calls f, with the switch locked, d from now.
func (s *Switch) after(d time.Duration, j job, f func()) *timer {
	t := &timer{s: s, job: j}
	s.agenda.Add(&t.Entry, d, s.nextTurn(), f)
	return t
}

// running reports whether the call is still to be made.
func (t *timer) running() bool { return t != nil && t.Waits() }

// stop prevents the call.
func (t *timer) stop() {
	if t != nil {
		t.s.agenda.Remove(&t.Entry)
	}
}

// wake does what is due.
func (s *Switch) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.agenda.Run(s.settle)
}

// alarm does a job for a party d from now.
func (s *Switch) alarm(d time.Duration, j job, p *party) *timer {
	return s.after(d, j, func() { s.partyJob(j, p) })
}

// partyJob does a job for a party, if that is still in the state for it.
func (s *Switch) partyJob(j job, p *party) {
	station, rings := p.dev.kind == stationKind, p.state == csta.Alerting
	switch {
	case j == jobClear:
		s.drop(p, csta.CauseNormalClearing)
	case j == jobRedirect && station && rings && p.skill != nil:
		s.redirectOnNoAnswer(p)
	case j == jobCover && station && rings:
		s.coverOn(p)
	case j == jobDial && station && p.state == csta.Initiated:
		s.dialKeys(p)
	case j == jobToneOver:
		s.toneOver(p)
	case j == jobUnanswered && rings:
		s.drop(p, csta.CauseCallNotAnswered)
	case j == jobReached && p.dev.outside != nil && rings:
		s.outsideReached(p)
	case j == jobAnswer && p.dev.outside != nil && rings:
		s.outsideAnswers(p)
	}
}

// workAlarm ends an agent's after-call work d from now.
func (s *Switch) workAlarm(d time.Duration, a *agent) *timer {
	return s.after(d, jobWorkDone, func() {
		if a.mode == csta.AfterCallWork && a.ready != "" {
			s.enterMode(a, a.ready, nil)
		}
	})
}

// alarm does a job for a vector d from now.
func (r *vectorRun) alarm(d time.Duration, j job) *timer {
	return r.s.after(d, j, func() { r.job(j) })
}

func (r *vectorRun) job(j job) {
	switch j {
	case jobNext:
		r.goOn()
	case jobSpoken:
		r.hear(Silence)
		r.goOn()
	case jobLastWords:
		r.disconnect()
	case jobAsked:
		r.hear(Silence)
		r.timer = r.alarm(digitsWait, jobCollected)
	case jobCollected:
		r.collected()
	case jobUnaccepted:
		r.refused()
	}
}
