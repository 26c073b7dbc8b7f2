package mockaes

import (
	"context"
	"sync"
)

// later is an answer that the switch gives when it is ready, perhaps at once.
type later struct {
	mu    sync.Mutex
	reply any       // nil until it is given
	then  func(any) // what takes it; nil until somebody wants it
}

// give gives the answer. It is called once, and may hold the switch's lock.
func (l *later) give(reply any) {
	l.mu.Lock()
	l.reply = reply
	then := l.then
	l.mu.Unlock()
	if then != nil {
		then(reply)
	}
}

// orThen returns the answer if it has been given; else then is called with it.
func (l *later) orThen(then func(any)) (reply any, given bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.reply == nil {
		l.then = then
	}
	return l.reply, l.reply != nil
}

// wait returns the answer, or nil if ctx ends before.
func (l *later) wait(ctx context.Context) any {
	answer := make(chan any, 1)
	if reply, given := l.orThen(func(r any) { answer <- r }); given {
		return reply
	}
	select {
	case reply := <-answer:
		return reply
	case <-ctx.Done():
		return nil
	}
}
