package netsim

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// Socket is what can be impaired; [*net.UDPConn] has it.
type Socket interface {
	ReadFromUDPAddrPort(b []byte) (int, netip.AddrPort, error)
	WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error)
	LocalAddr() net.Addr
	Close() error
}

// Impaired is a socket whose outgoing datagrams suffer. Close must be called:
// it ends the goroutine that sends what was delayed.
type Impaired struct {
	Socket
	fate *fate
	loop sync.WaitGroup
	kick chan struct{} // a datagram was added; with room for one
	stop chan struct{} // closed by Close

	mu     sync.Mutex
	queue  schedule
	closed bool
}

// Impair treats what is written to s as p says. Closing the result closes s.
func Impair(s Socket, p Profile) *Impaired {
	i := &Impaired{
		Socket: s, fate: newFate(p),
		kick: make(chan struct{}, 1), stop: make(chan struct{}),
	}
	i.loop.Go(i.send)
	return i
}

// WriteToUDPAddrPort takes b, to be sent later, or never, or twice.
func (i *Impaired) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.closed {
		return 0, net.ErrClosed
	}
	at, copies := i.fate.next(time.Now())
	for _, t := range at[:copies] {
		if i.queue.len() < queueLimit {
			i.queue.put(b, to, t)
		}
	}
	select {
	case i.kick <- struct{}{}:
	default:
	}
	return len(b), nil
}

// send writes datagrams when they are due.
func (i *Impaired) send() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case <-i.stop:
			return
		case <-i.kick:
		case <-timer.C:
		}
		i.mu.Lock()
		for d, ok := i.queue.take(time.Now()); ok; d, ok = i.queue.take(time.Now()) {
			_, _ = i.Socket.WriteToUDPAddrPort(d.data, d.from) // a network tells nobody
		}
		if next, ok := i.queue.next(); ok {
			timer.Reset(time.Until(next))
		}
		i.mu.Unlock()
	}
}

// Close drops what has not been sent.
func (i *Impaired) Close() error {
	i.mu.Lock()
	if i.closed {
		i.mu.Unlock()
		return net.ErrClosed
	}
	i.closed = true
	close(i.stop)
	i.mu.Unlock()
	i.loop.Wait()
	return i.Socket.Close()
}
