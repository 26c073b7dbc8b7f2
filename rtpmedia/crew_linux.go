package rtpmedia

import (
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/fetch"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/pace"
)

// crew reads and sends for a few sessions of an engine's thread at a time: all of them
// hear, then all play and speak, then all send. Each of these has its code in the
// processor's cache then, and one system call finds out who has more to hear.
type crew struct {
	desk  desk
	polls []unix.PollFd
	asks  []ask // whose each of polls is
	slots [crewSize]parcel
}

// crewSize is how many sessions are served before they send.
const crewSize = 64

// ask is a socket that may have something.
type ask struct {
	run  *run
	kind int
}

func newCrew() pace.Crew { return new(crew) }

// Gather takes what has come for the sessions of these runs.
func (c *crew) Gather(tasks []pace.Task) { c.gather(tasks, time.Now) }

func (c *crew) gather(tasks []pace.Task, clock func() time.Time) {
	c.polls, c.asks = c.polls[:0], c.asks[:0]
	fetchRuns(tasks)
	for i, t := range tasks {
		if r, ok := t.(*run); ok && i < crewSize {
			c.hear(r, &c.slots[i], clock)
		}
	}
	if len(c.polls) == 0 {
		return
	}
	// It is a hint: a socket may be closed meanwhile, and its number another's.
	n, err := unix.Poll(c.polls, 0)
	if err != nil || n == 0 {
		return
	}
	for i, p := range c.polls {
		if p.Revents != 0 {
			c.hearMore(c.asks[i], clock())
		}
	}
}

// fetchRuns asks for what these runs will need.
func fetchRuns(tasks []pace.Task) {
	for _, t := range tasks {
		if r, ok := t.(*run); ok {
			fetch.Memory(unsafe.Pointer(r), unsafe.Sizeof(*r))
		}
	}
	for _, t := range tasks {
		if r, ok := t.(*run); ok {
			r.session.fetchForFrame()
		}
	}
}

// hear reads the one packet that most frames find, where the frame before found one.
func (c *crew) hear(r *run, slot *parcel, clock func() time.Time) {
	s := r.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != r {
		return
	}
	defer s.fetchSound()
	if s.polls[audio] == nil {
		return
	}
	s.slot = slot
	if r.lively {
		r.lively = s.readWaiting(audio, &c.desk, 1, clock()) > 0
	}
	c.ask(r, audio)
	if s.polls[report] != nil && r.halves/2%framesApart == 0 {
		c.ask(r, report)
	}
}

// ask wants to know whether there is something to read. The caller holds the session's
// lock.
func (c *crew) ask(r *run, kind int) {
	fd := r.session.polls[kind].number()
	c.polls = append(c.polls, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
	c.asks = append(c.asks, ask{r, kind})
}

// hearMore reads what is left at a socket.
func (c *crew) hearMore(a ask, now time.Time) {
	s := a.run.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != a.run {
		return
	}
	if s.readWaiting(a.kind, &c.desk, perFrame, now) > 0 && a.kind == audio {
		a.run.lively = true
	}
}

// Release sends what the sessions of these runs have said.
func (c *crew) Release(tasks []pace.Task) {
	for _, t := range tasks {
		if r, ok := t.(*run); ok {
			s := r.session
			s.mu.Lock()
			s.post()
			s.slot = nil
			s.mu.Unlock()
		}
	}
	clear(c.asks)
}
