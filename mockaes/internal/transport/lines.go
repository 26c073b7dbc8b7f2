package transport

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// Lines are the connections that requests of REST come over. They belong to no
// session: a client may use as many as it likes, and cutting them loses no event.
type Lines struct {
	mu   sync.Mutex
	open map[net.Conn]bool // whether it has fallen silent
}

// NewLines returns none.
func NewLines() *Lines { return &Lines{open: make(map[net.Conn]bool)} }

type lineKey struct{}

// Context is for http.Server's ConnContext.
func (l *Lines) Context(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, lineKey{}, c)
}

// State is for http.Server's ConnState.
func (l *Lines) State(c net.Conn, state http.ConnState) {
	if state == http.StateClosed || state == http.StateHijacked {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.open, c)
	}
}

// Enter notes the line of a request, and reports whether it has fallen silent: then
// the request must not be carried out or answered.
func (l *Lines) Enter(r *http.Request) (silent bool) {
	c, ok := r.Context().Value(lineKey{}).(net.Conn)
	if !ok {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	silent = l.open[c]
	l.open[c] = silent
	return silent
}

// Cut ends every line, or makes it fall silent, and returns how many there were.
func (l *Lines) Cut(silently bool) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.open)
	for c := range l.open {
		if silently {
			l.open[c] = true
		} else {
			_ = c.Close()
		}
	}
	return n
}
