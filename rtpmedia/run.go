package rtpmedia

import (
	"runtime"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/pace"
)

// Deadlines are absolute: start + k * 20 ms. A run that is late by less than
// burstLimit sends what it owes at once; beyond that it leaves out what nobody
// waits for any more, and plays at most catchUp frames to keep sinks in step.
const (
	burstLimit = 3 * FrameDuration
	catchUp    = 50
	halfFrame  = FrameDuration / 2
)

// run is a stream from Start to Stop. Its goroutine is the only one that
// touches the fields without a lock.
type run struct {
	session *Session
	stop    chan struct{} // closed by the session, under its lock
	due     time.Time
	halves  int  // half frames since the start
	lively  bool // something had come for the last frame

	// queue may hold a packet that was in the session's slot; nil for none. The session's
	// lock guards it.
	queue flusher
}

func newRun(s *Session, now time.Time) *run {
	return &run{session: s, stop: make(chan struct{}), due: now}
}

// pace runs until the session stops it.
func (r *run) pace() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-timer.C:
		}
		next, ok := r.Advance(time.Now())
		if !ok {
			return
		}
		timer.Reset(time.Until(next))
	}
}

// Begin moves the deadlines to where an engine makes its calls.
func (r *run) Begin(at time.Time) { r.due = at }

// Advance does all that is due at now and returns when something is due next,
// or false when the run is over. Runs of one session wait for each other, so
// that a sink never has two callers.
func (r *run) Advance(now time.Time) (time.Time, bool) {
	r.session.turn.Lock()
	defer r.session.turn.Unlock()
	d := desks.Get().(*desk)
	defer desks.Put(d)
	if now.Sub(r.due) >= burstLimit {
		if !r.leaveOut(d, now) {
			return r.due, false
		}
	}
	for !r.due.After(now) {
		step, ok := r.step(d, now)
		if !ok {
			return r.due, false
		}
		r.due = r.due.Add(step)
	}
	return r.due, true
}

// leaveOut jumps over the frames that are too late to be sent. They are read all
// the same, so that what follows is heard at its time.
func (r *run) leaveOut(d *desk, now time.Time) bool {
	s := r.session
	frames := int(now.Sub(r.due) / FrameDuration)
	for i := range min(frames, catchUp) {
		if !r.frame(d, r.due.Add(time.Duration(i)*FrameDuration)) {
			return false
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.skip(frames * FrameSamples)
	r.due = r.due.Add(time.Duration(frames) * FrameDuration)
	return s.run == r
}

// step does what is due at one deadline and returns the time to the next:
// a frame, or half of one when packets do not hold whole frames.
func (r *run) step(d *desk, now time.Time) (time.Duration, bool) {
	s := r.session
	whole := r.halves%2 == 0
	if whole && !r.frame(d, r.due) {
		return 0, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != r {
		return 0, false
	}
	s.out.packet = d.packet[:]
	if whole {
		if n := s.out.frameSamples(); n != d.frame { // retargeted a moment ago
			clear(d.said[:n])
			d.frame = n
		}
		s.out.say(d.said[:d.frame])
	}
	halves := 2
	if r.halves%2 == 1 || s.out.halves%2 == 1 {
		halves = 1
	}
	s.transmit(halves, now)
	s.report(now)
	r.halves += halves
	return time.Duration(halves) * halfFrame, true
}

// frame gives the sink the frame that is due at the given time, and takes one from the
// source.
func (r *run) frame(d *desk, at time.Time) bool {
	s := r.session
	s.mu.Lock()
	over := s.run != r
	d.frame = s.out.frameSamples()
	played, said := d.played[:d.frame], d.said[:d.frame]
	if !over {
		s.in.frame(played, at.Sub(s.epoch))
		s.in.events.Check(at.Sub(s.epoch), s.noteDigit)
	}
	source, sink, digits := s.source, s.sink, len(s.digits) > 0
	s.mu.Unlock()
	if digits {
		s.tellDigits()
	}
	if over {
		return false
	}
	if err := sink.WriteFrame(played); err != nil {
		s.sinkFailed(sink, err)
	}
	clear(said) // it holds what was said in another session
	if err := source.ReadFrame(said); err != nil {
		clear(said)
		s.sourceFailed(source, err)
	}
	return true
}

// Engine paces many sessions from few threads, and more precisely than each
// could from a goroutine of its own. Its sources and sinks must never block:
// they would hold up other sessions.
type Engine struct{ wheel *pace.Wheel }

// EngineOptions configures an [Engine]. The zero value is ready to use.
type EngineOptions struct {
	// Threads is how many share the sessions at most; zero is as many as the program may
	// use processors. One carries two thousand, but gets 512 before the next is begun:
	// where others want the processors as well, a thread that needs little has its turn
	// sooner.
	Threads int
	// Sleep waits until a time, or less; nil is the most precise way of the
	// platform. Tests that run on a clock of their own replace it.
	Sleep func(until time.Time)
	// Plain sends each packet by a system call of its own. Otherwise up to 64 are
	// sent by one where the kernel has io_uring(7) for it, as Linux does since 6.1, and
	// nobody refuses it, as containers often do.
	Plain bool
}

// NewEngine starts an engine, to be used in [Config].
func NewEngine(o EngineOptions) *Engine {
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	crew := func() pace.Crew { return newCrew(o.Plain) }
	return &Engine{pace.New(o.Threads, o.Sleep, crew)}
}

// Close stops all streams that the engine paces, and waits for its threads. The
// sessions are to be closed before.
func (e *Engine) Close() error {
	e.wheel.Close()
	return nil
}
