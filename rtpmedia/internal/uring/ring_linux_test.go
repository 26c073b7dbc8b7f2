package uring

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// newRing is a ring, where the system lets us have one.
func newRing(t *testing.T, size, room int) *Ring {
	t.Helper()
	r, err := New(size, room)
	if err != nil {
		t.Skipf("no io_uring here: %v", err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// sender is an open socket of the system's own, by its number.
func sender(t *testing.T, family int) int {
	t.Helper()
	fd, err := unix.Socket(family, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = unix.Close(fd) })
	return fd
}

func receiver(t *testing.T, address string) *net.UDPConn {
	t.Helper()
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP(address)})
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// to is a sockaddr by ip(7) and ipv6(7).
func to(conn *net.UDPConn) []byte {
	a := conn.LocalAddr().(*net.UDPAddr).AddrPort()
	ip := netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
	if ip.Addr().Is4() {
		b := binary.NativeEndian.AppendUint16(nil, unix.AF_INET)
		b = binary.BigEndian.AppendUint16(b, ip.Port())
		b = append(b, ip.Addr().AsSlice()...)
		return append(b, make([]byte, 8)...)
	}
	b := binary.NativeEndian.AppendUint16(nil, unix.AF_INET6)
	b = binary.BigEndian.AppendUint16(b, ip.Port())
	b = append(b, 0, 0, 0, 0)
	b = append(b, ip.Addr().AsSlice()...)
	return append(b, 0, 0, 0, 0)
}

// heard is the next datagram.
func heard(t *testing.T, conn *net.UDPConn) string {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	b := make([]byte, 2000)
	n, err := conn.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(b[:n])
}

func TestDatagramsOfManySocketsAreSentTogether(t *testing.T) {
	for address, family := range map[string]int{"127.0.0.1": unix.AF_INET, "::1": unix.AF_INET6} {
		t.Run(address, func(t *testing.T) {
			const n = 5 // no power of two
			r := newRing(t, n, 100)
			var far [n]*net.UDPConn
			var near [n]int
			for i := range n {
				far[i], near[i] = receiver(t, address), sender(t, family)
			}
			for round := range 10 { // more than the ring has entries
				for i := range n {
					if !r.Put(i, near[i], fmt.Appendf(nil, "%d of %d", i, round), to(far[i])) {
						t.Fatalf("datagram %d was not taken", i)
					}
				}
				r.Flush()
				if f := r.Failures(); f != nil {
					t.Fatalf("not sent: %v", f)
				}
				for i := range n {
					want := fmt.Sprintf("%d of %d", i, round)
					if got := heard(t, far[i]); got != want {
						t.Errorf("%q, want %q", got, want)
					}
				}
			}
		})
	}
}

func TestWhatDoesNotFitIsNotTaken(t *testing.T) {
	r := newRing(t, 2, 10)
	far, near := receiver(t, "127.0.0.1"), sender(t, unix.AF_INET)
	switch {
	case r.Put(0, near, make([]byte, 11), to(far)):
		t.Error("a datagram that is too long")
	case r.Put(0, near, nil, make([]byte, sizeofAddress+1)):
		t.Error("an address that is too long")
	case !r.Put(0, near, make([]byte, 10), to(far)) || !r.Put(1, near, nil, to(far)):
		t.Error("what fits was not taken")
	case r.Put(2, near, nil, to(far)):
		t.Error("one more than the ring holds")
	}
	r.Flush()
	if a, b := heard(t, far), heard(t, far); len(a) != 10 || len(b) != 0 {
		t.Errorf("%q and %q", a, b)
	}
}

func TestADatagramThatCannotBeSentIsNamedAndTheOthersAreSent(t *testing.T) {
	r := newRing(t, 8, 10)
	far, near := receiver(t, "127.0.0.1"), sender(t, unix.AF_INET)
	pipe := make([]int, 2)
	if err := unix.Pipe(pipe); err != nil {
		t.Fatal(err)
	}
	r.Put(3, near, []byte("a"), to(far))
	r.Put(4, pipe[1], []byte("b"), to(far))
	r.Put(5, near, []byte("c"), to(far))
	r.Put(6, 1<<20, []byte("d"), to(far))
	r.Put(7, near, []byte("e"), to(far))
	r.Flush()
	_, _ = unix.Close(pipe[0]), unix.Close(pipe[1])
	if got := heard(t, far) + heard(t, far) + heard(t, far); got != "ace" {
		t.Errorf("heard %q", got)
	}
	want := []Failure{{4, syscall.ENOTSOCK}, {6, syscall.EBADF}}
	got := r.Failures()
	if fmt.Sprint(got) != fmt.Sprint(want) || !errors.Is(got[0].Err, syscall.ENOTSOCK) {
		t.Errorf("not sent: %v, want %v", got, want)
	}
	if r.Failures() != nil {
		t.Error("what was told is told again")
	}
}

func TestARingThatTheKernelRefusesGivesEverythingBack(t *testing.T) {
	r := newRing(t, 4, 10)
	far, near := receiver(t, "127.0.0.1"), sender(t, unix.AF_INET)
	ring := r.fd
	for range 3 {
		r.fd = near // no ring
		r.Put(1, near, []byte("a"), to(far))
		r.Put(2, near, []byte("b"), to(far))
		r.Flush()
		r.fd = ring
		f := r.Failures()
		if len(f) != 2 || f[0].ID+f[1].ID != 3 || !strings.Contains(f[0].Err.Error(), "enter") {
			t.Errorf("not sent: %v", f)
		}
	}
	r.Put(1, near, []byte("c"), to(far))
	r.Flush()
	if got := heard(t, far); got != "c" || r.Failures() != nil {
		t.Errorf("then %q", got)
	}
}

func TestAClosedRingTakesNothing(t *testing.T) {
	r := newRing(t, 4, 10)
	far, near := receiver(t, "127.0.0.1"), sender(t, unix.AF_INET)
	r.Put(0, near, nil, to(far))
	if err := errors.Join(r.Close(), r.Close()); err != nil {
		t.Error(err)
	}
	if r.Put(1, near, nil, to(far)) {
		t.Error("a datagram was taken")
	}
	r.Flush()
	if f := r.Failures(); f != nil {
		t.Errorf("%v", f)
	}
}

func TestAnyoneMayFlush(t *testing.T) {
	const each, threads = 500, 4
	r := newRing(t, 4, 10)
	far, near := receiver(t, "127.0.0.1"), sender(t, unix.AF_INET)
	_ = far.SetReadBuffer(4 << 20)
	var all sync.WaitGroup
	for id := range threads {
		all.Go(func() {
			for range each {
				for !r.Put(id, near, []byte{byte(id)}, to(far)) {
					r.Flush()
				}
			}
			r.Flush()
		})
	}
	var got [threads]int
	for range each * threads {
		got[heard(t, far)[0]]++
	}
	all.Wait()
	for id, n := range got {
		if n != each {
			t.Errorf("%d datagrams of %d", n, id)
		}
	}
}

func TestPuttingAndFlushingAllocateNothing(t *testing.T) {
	r := newRing(t, 4, 10)
	far, near := receiver(t, "127.0.0.1"), sender(t, unix.AF_INET)
	data, address := []byte("a"), to(far)
	n := testing.AllocsPerRun(100, func() {
		r.Put(0, near, data, address)
		r.Flush()
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestARingNeedsASizeThatTheKernelAllows(t *testing.T) {
	newRing(t, 1, 10)
	if _, err := New(0, 10); !errors.Is(err, syscall.EINVAL) {
		t.Errorf("no datagrams: %v", err)
	}
}
