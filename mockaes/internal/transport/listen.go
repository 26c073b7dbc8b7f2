package transport

import (
	"context"
	"net"
	"sync"
)

// Pipes is a listener whose connections never leave the process. Reading and
// writing block on channels only, so that it works inside a synctest bubble.
type Pipes struct {
	conns chan net.Conn // never closed

	mu     sync.Mutex
	done   chan struct{} // closed while nobody accepts
	closed bool
}

// NewPipes returns a listener that nobody has dialled.
func NewPipes() *Pipes {
	return &Pipes{conns: make(chan net.Conn), done: make(chan struct{})}
}

// Dial connects to whoever accepts.
func (p *Pipes) Dial(ctx context.Context) (net.Conn, error) {
	done := p.end()
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-done:
		return nil, &net.OpError{Op: "dial", Net: "pipe", Addr: pipeAddr{}, Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, &net.OpError{Op: "dial", Net: "pipe", Addr: pipeAddr{}, Err: ctx.Err()}
	}
}

// Accept waits for the next dialler.
func (p *Pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.end():
		return nil, &net.OpError{Op: "accept", Net: "pipe", Addr: pipeAddr{}, Err: net.ErrClosed}
	}
}

// end is closed when the listener is.
func (p *Pipes) end() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done
}

// Close refuses diallers from now on.
func (p *Pipes) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.done)
	}
	return nil
}

// Reopen takes diallers again.
func (p *Pipes) Reopen() (net.Listener, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		p.closed, p.done = false, make(chan struct{})
	}
	return p, nil
}

// Addr is the same for all.
func (p *Pipes) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }

func (pipeAddr) String() string { return MemoryHost }

// MemoryHost stands in URLs for a server that is in memory only; the domain is
// reserved for such uses (RFC 6761 §6.2).
const MemoryHost = "aes.test"
