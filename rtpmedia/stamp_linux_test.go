package rtpmedia

import (
	"net"
	"net/netip"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// visit is one datagram: when it was sent, when it was seen to be there, and when it came
// by what the socket says, which is read some time after that.
type visit struct{ sent, there, came time.Time }

// rest is for how long a datagram is left in the socket.
const rest = 2 * time.Millisecond

// TestTheKernelTellsWhenADatagramCame: the kernel may let one wait on its way, so that
// the moment when a send has returned says nothing about when it came.
func TestTheKernelTellsWhenADatagramCame(t *testing.T) {
	for _, address := range []string{"127.0.0.1", "::1", "0.0.0.0"} {
		p, far := polledPair(t, address)
		to := localPort(p)
		if to.Addr().IsUnspecified() {
			to = netip.AddrPortFrom(netip.IPv6Loopback(), to.Port())
		}
		if _, err := far.WriteToUDPAddrPort(nil, to); err != nil {
			t.Skipf("%s: %v", address, err)
		}
		awaitStamps(t, p, far, to)
		for i := range 20 {
			v := send(t, p, far, to)
			// Two clocks are compared: the wall's and the steady one.
			const tolerance = 200 * time.Microsecond
			if v.came.Before(v.sent.Add(-tolerance)) || v.came.After(v.there.Add(tolerance)) {
				t.Errorf("%s: datagram %d came %v after it was sent, and was there after %v",
					address, i, v.came.Sub(v.sent), v.there.Sub(v.sent))
			}
		}
	}
}

// awaitStamps returns when datagrams have the times of their arrival: the kernel begins
// with that some time after the first socket of the machine has asked for it.
func awaitStamps(t *testing.T, p polled, far *net.UDPConn, to netip.AddrPort) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		switch v := send(t, p, far, to); {
		case v.came.Sub(v.there) < rest/2:
			return
		case v.there.After(deadline):
			t.Fatal("the kernel does not tell when datagrams come")
		}
	}
}

// send lets a datagram come, and reads it some time after it was there.
func send(t *testing.T, p polled, far *net.UDPConn, to netip.AddrPort) visit {
	t.Helper()
	v := visit{sent: time.Now()}
	if _, err := far.WriteToUDPAddrPort([]byte{7}, to); err != nil {
		t.Fatal(err)
	}
	for d := new(desk); ; {
		v.there = awaitDatagram(t, p.(*rawSocket).fd)
		for time.Since(v.there) < rest {
		}
		now := bothClocks()
		a, err := p.read(d, now)
		if err != nil {
			t.Fatal(err)
		}
		if a.from.Port() == localPort(far).Port() && a.size == 1 { // and no stranger's
			v.came = now.Add(-a.waited)
			return v
		}
	}
}

// bothClocks is now by the wall's clock and by the steady one, which time.Now reads one
// after the other: the thread may have had to wait in between.
func bothClocks() time.Time {
	for last := time.Now(); ; {
		now := time.Now()
		wall := time.Duration(now.UnixNano() - last.UnixNano())
		if (wall - now.Sub(last)).Abs() < 20*time.Microsecond {
			return now
		}
		last = now
	}
}

// awaitDatagram returns when there is one to be read.
func awaitDatagram(t *testing.T, fd int) time.Time {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
		n, err := unix.Poll(fds, 0)
		now := time.Now() // after the look, so that it is not too early
		switch {
		case err != nil && err != unix.EINTR:
			t.Fatal(err)
		case n > 0:
			return now
		case now.After(deadline):
			t.Fatal("the datagram has not come")
		}
	}
}
