package transport

import (
	"net"
	"sync"
)

// Absent is a listener that can be gone for a while, as that of a host that restarts
// is: whoever connects meanwhile is refused.
type Absent struct {
	open func() (net.Listener, error) // at the address of the first one

	mu     sync.Mutex
	inner  net.Listener  // nil while it is gone
	back   chan struct{} // closed when that changes
	closed bool
	addr   net.Addr
}

// NewAbsent takes a listener over; open makes another one in its place.
func NewAbsent(l net.Listener, open func() (net.Listener, error)) *Absent {
	return &Absent{open: open, inner: l, back: make(chan struct{}), addr: l.Addr()}
}

// Leave closes the listener until [Absent.Return]. Connections are not touched.
func (a *Absent) Leave() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.inner != nil {
		_ = a.inner.Close() // it is given up
		a.inner = nil
	}
}

// Return listens again. The error is that of the new listener; it may be tried again.
func (a *Absent) Return() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed || a.inner != nil {
		return nil
	}
	inner, err := a.open()
	if err != nil {
		return err
	}
	a.inner = inner
	close(a.back)
	a.back = make(chan struct{})
	return nil
}

// Accept waits for the next connection, and for the listener if it is gone.
func (a *Absent) Accept() (net.Conn, error) {
	for {
		a.mu.Lock()
		inner, back, closed := a.inner, a.back, a.closed
		a.mu.Unlock()
		switch {
		case closed:
			return nil, net.ErrClosed
		case inner == nil:
			<-back
			continue
		}
		conn, err := inner.Accept()
		if err == nil || a.isCurrent(inner) {
			return conn, err
		}
	}
}

// isCurrent reports whether an error of that listener is one of ours.
func (a *Absent) isCurrent(inner net.Listener) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.inner == inner || a.closed
}

// Close ends the listener for good.
func (a *Absent) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return net.ErrClosed
	}
	a.closed = true
	close(a.back)
	if a.inner == nil {
		return nil
	}
	return a.inner.Close()
}

// Addr is that of the first listener.
func (a *Absent) Addr() net.Addr { return a.addr }
