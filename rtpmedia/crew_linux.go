package rtpmedia

import (
	"errors"
	"os"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/fetch"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/pace"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/uring"
)

// crew reads and sends for a few sessions of an engine's thread at a time: all of them
// hear, then all play and speak, then all send. Each of these has its code in the
// processor's cache then, one system call finds out who has more to hear, and one sends
// what all have said.
type crew struct {
	desk  desk
	polls []unix.PollFd
	asks  []ask // whose each of polls is
	slots [crewSize]parcel
	ring  ring // nil where each packet is sent by a system call of its own
	plain bool // it is nil for good
}

// ring is [uring.Ring].
type ring interface {
	flusher
	Put(id, fd int, data, to []byte) bool
	Failures() []uring.Failure
	Close() error
}

// crewSize is how many sessions are served before they send.
const crewSize = 64

// ask is a socket that may have something.
type ask struct {
	run  *run
	kind int
}

func newCrew(plain bool) pace.Crew { return &crew{plain: plain} }

// ringFrom is how many sessions are worth a ring: one packet is sent faster without.
const ringFrom = 8

// prepare gets a ring when it is worth one. Where the kernel has none, or a container
// refuses it, there is none.
func (c *crew) prepare(sessions int) {
	if c.plain || c.ring != nil || sessions < ringFrom {
		return
	}
	ring, err := uring.New(crewSize, maxDatagram)
	if err != nil {
		c.plain = true
		return
	}
	c.ring = ring
}

// Close gives the ring back.
func (c *crew) Close() {
	if c.ring != nil {
		_ = c.ring.Close() // nothing is lost by it
	}
}

// Gather takes what has come for the sessions of these runs.
func (c *crew) Gather(tasks []pace.Task) { c.gather(tasks, time.Now) }

func (c *crew) gather(tasks []pace.Task, clock func() time.Time) {
	c.prepare(len(tasks))
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
	for _, t := range tasks {
		if r, ok := t.(*run); ok {
			fetchSocket(r.session)
		}
	}
}

// fetchSocket asks for what s is sent by. The sockets of a session are always the same.
func fetchSocket(s *Session) {
	if socket, ok := s.polls[audio].(*rawSocket); ok {
		fetch.Memory(unsafe.Pointer(socket), unsafe.Offsetof(socket.local))
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
	slot.size = 0
	s.slot = slot
	if c.ring != nil {
		r.queue = c.ring
	}
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
	for i, t := range tasks {
		if r, ok := t.(*run); ok && i < crewSize {
			c.release(r, i)
		}
	}
	clear(c.asks)
	if c.ring == nil {
		return
	}
	c.ring.Flush()
	for _, f := range c.ring.Failures() {
		c.sendAgain(tasks[f.ID].(*run), &c.slots[f.ID], f.Err)
	}
	if c.plain {
		c.Close()
		c.ring = nil
	}
}

// release gives the packet of one run to the ring, or sends it.
func (c *crew) release(r *run, i int) {
	s := r.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.slot; s.run == r && p == &c.slots[i] && p.size > 0 && c.queue(s, i, p) {
		s.out.count(p.payload)
	} else {
		s.post()
	}
	s.slot = nil
}

// queue tells whether the ring has taken a packet. Until it is sent the socket stays open:
// who closes it flushes the ring before. The caller holds the session's lock.
func (c *crew) queue(s *Session, i int, p *parcel) bool {
	socket, ok := s.polls[audio].(*rawSocket)
	if c.ring == nil || !ok {
		return false
	}
	socket.aim(p.to)
	return c.ring.Put(i, socket.fd, p.data[:p.size], socket.raw.bytes())
}

// sendAgain sends a packet that the ring did not send, so that it is either sent or counted
// as failed for the socket's own reason. It gives up a ring that refuses what sockets do not.
func (c *crew) sendAgain(r *run, p *parcel, reason error) {
	s := r.session
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.packets--
	s.out.octets -= uint64(p.payload)
	if s.run != r {
		s.sendFailed(reason)
		return
	}
	sent := s.write(p.data[:p.size], p.to, p.payload)
	var call *os.SyscallError
	if sent && errors.Is(reason, syscall.EINVAL) || errors.As(reason, &call) {
		c.plain = true
	}
}
