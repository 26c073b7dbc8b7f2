package uring

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Ring holds datagrams until they are sent. All methods may be called from any goroutine.
type Ring struct {
	mu       sync.Mutex
	fd       int // -1 once it is closed
	size     int // datagrams that it holds
	room     int // bytes of the longest
	held     int // datagrams that were put and not sent
	used     int // bytes of packets that these take, one behind the other
	failures []Failure

	rings, entries, packets []byte // mapped

	submissionTail, completionHead, completionTail *uint32
	submissionMask, completionMask                 uint32
	completions                                    uintptr // where they are in rings
}

// Failure is a datagram that was not sent.
type Failure struct {
	ID  int // what Put was told
	Err error
}

// sizeofAddress is room for an address of either family.
const sizeofAddress = unix.SizeofSockaddrInet6

// New returns a ring for so many datagrams of at most room bytes each. The error says why
// there is none, mostly that io_uring is refused (EPERM) or not there (ENOSYS).
func New(size, room int) (*Ring, error) {
	r, err := open(size, room)
	if err != nil {
		return nil, fmt.Errorf("uring: New: %w", err)
	}
	return r, nil
}

func open(size, room int) (*Ring, error) {
	var p parameters
	fd, _, errno := unix.Syscall(unix.SYS_IO_URING_SETUP, uintptr(size),
		uintptr(unsafe.Pointer(&p)), 0)
	if errno != 0 {
		return nil, os.NewSyscallError("io_uring_setup", errno)
	}
	r := &Ring{fd: int(fd), size: size, room: room}
	if p.features&featureSingleMap == 0 {
		return nil, errors.Join(errors.ErrUnsupported, r.Close())
	}
	if err := r.share(&p); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// share maps what the kernel and the ring share.
func (r *Ring) share(p *parameters) (err error) {
	const access, flags = unix.PROT_READ | unix.PROT_WRITE, unix.MAP_SHARED | unix.MAP_POPULATE
	rings := max(p.submission.array+p.submissions*4,
		p.completion.entry+p.completions*uint32(sizeofCompletion))
	if r.rings, err = unix.Mmap(r.fd, offsetRings, int(rings), access, flags); err != nil {
		return os.NewSyscallError("mmap", err)
	}
	entries := int(p.submissions) * int(sizeofSubmission)
	if r.entries, err = unix.Mmap(r.fd, offsetEntries, entries, access, flags); err != nil {
		return os.NewSyscallError("mmap", err)
	}
	packets := r.size * (r.room + sizeofAddress)
	r.packets, err = unix.Mmap(-1, 0, packets, access, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	if err != nil {
		return os.NewSyscallError("mmap", err)
	}
	for i := range p.submissions { // each entry stands where its number says
		*at[uint32](r.rings, uintptr(p.submission.array+4*i)) = i
	}
	r.submissionTail = at[uint32](r.rings, uintptr(p.submission.tail))
	r.submissionMask = *at[uint32](r.rings, uintptr(p.submission.mask))
	r.completionHead = at[uint32](r.rings, uintptr(p.completion.head))
	r.completionTail = at[uint32](r.rings, uintptr(p.completion.tail))
	r.completionMask = *at[uint32](r.rings, uintptr(p.completion.mask))
	r.completions = uintptr(p.completion.entry)
	return nil
}

// Put keeps a datagram for a socket until the next [Ring.Flush], under a number by which a
// [Failure] names it. The address is a sockaddr as the kernel has it. The socket must be open
// until then. Put returns false, and keeps nothing, when the ring is full or closed or the
// datagram too long.
func (r *Ring) Put(id, fd int, data, to []byte) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fd < 0 || r.held == r.size || len(data) > r.room || len(to) > sizeofAddress {
		return false
	}
	place := r.packets[r.used:][:len(to)+len(data)]
	copy(place[copy(place, to):], data)
	r.used += len(place)
	index := (*r.submissionTail + uint32(r.held)) & r.submissionMask
	*at[submission](r.entries, uintptr(index)*sizeofSubmission) = submission{
		operation: operationSend, fd: int32(fd), id: uint64(id),
		to: address(place), toLength: uint16(len(to)),
		data: address(place) + uint64(len(to)), length: uint32(len(data)),
		sendFlags: unix.MSG_DONTWAIT,
	}
	r.held++
	return true
}

// Flush sends all that was put, and returns when it is sent. It does not wait for room in a
// socket's buffer.
func (r *Ring) Flush() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held == 0 {
		return
	}
	atomic.StoreUint32(r.submissionTail, *r.submissionTail+uint32(r.held))
	for r.held > 0 {
		// Sending never waits, so all that the kernel took is done when it returns. That it
		// is asked to wait makes sure that the memory is ours again.
		n, _, errno := unix.Syscall6(unix.SYS_IO_URING_ENTER, uintptr(r.fd), uintptr(r.held),
			uintptr(r.held), enterGetEvents, 0, 0)
		r.reap()
		switch {
		case errno == unix.EINTR: // and nothing was taken
		case errno != 0:
			r.drop(errno)
		case n == 0:
			r.drop(unix.EAGAIN)
		default:
			r.held -= int(n)
		}
	}
	r.used = 0
}

// reap takes what the kernel says of datagrams. The caller holds mu.
func (r *Ring) reap() {
	head, tail := *r.completionHead, atomic.LoadUint32(r.completionTail)
	for ; head != tail; head++ {
		offset := r.completions + uintptr(head&r.completionMask)*sizeofCompletion
		if c := at[completion](r.rings, offset); c.result < 0 {
			r.failures = append(r.failures, Failure{int(c.id), syscall.Errno(-c.result)})
		}
	}
	atomic.StoreUint32(r.completionHead, head)
}

// drop takes back what the kernel did not take. The caller holds mu.
func (r *Ring) drop(errno syscall.Errno) {
	tail := *r.submissionTail
	for ; r.held > 0; r.held-- {
		tail--
		offset := uintptr(tail&r.submissionMask) * sizeofSubmission
		s := at[submission](r.entries, offset)
		err := os.NewSyscallError("io_uring_enter", errno)
		r.failures = append(r.failures, Failure{int(s.id), err})
	}
	atomic.StoreUint32(r.submissionTail, tail)
}

// Failures returns what was not sent since it was last asked, the kernel's word for each a
// [syscall.Errno] or, if it refuses the ring, an [*os.SyscallError].
func (r *Ring) Failures() []Failure {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.failures
	r.failures = nil
	return f
}

// Close gives up the ring and what it holds. A second call does nothing.
func (r *Ring) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fd < 0 {
		return nil
	}
	errs := []error{os.NewSyscallError("close", unix.Close(r.fd))}
	for _, m := range [][]byte{r.rings, r.entries, r.packets} {
		if m != nil {
			errs = append(errs, os.NewSyscallError("munmap", unix.Munmap(m)))
		}
	}
	r.fd, r.held, r.rings, r.entries, r.packets = -1, 0, nil, nil, nil
	return errors.Join(errs...)
}
