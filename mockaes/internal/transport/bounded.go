package transport

import (
	"net"
	"sync"
	"sync/atomic"
)

// Bounded is a listener that closes what is one connection too many at once, so that
// clients that have not said who they are cost no more than that.
type Bounded struct {
	net.Listener
	most int64
	open atomic.Int64
}

// NewBounded bounds a listener to so many connections at a time.
func NewBounded(l net.Listener, most int) *Bounded {
	return &Bounded{Listener: l, most: int64(most)}
}

// Accept waits for the next connection that there is room for.
func (b *Bounded) Accept() (net.Conn, error) {
	for {
		conn, err := b.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if b.open.Add(1) <= b.most {
			return &counted{Conn: conn, leave: func() { b.open.Add(-1) }}, nil
		}
		b.open.Add(-1)
		_ = conn.Close() // nothing was said on it
	}
}

// counted is a connection that is counted until it is closed.
type counted struct {
	net.Conn
	once  sync.Once
	leave func()
}

func (c *counted) Close() error {
	c.once.Do(c.leave)
	return c.Conn.Close()
}
