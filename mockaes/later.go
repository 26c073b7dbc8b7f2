package mockaes

import (
	"context"
	"errors"
	"sync"

	"github.com/wtiphone/wtiphone/csta"
)

// outcome is an answer, or what refuses the request.
type outcome struct {
	reply any
	fault *csta.Fault
}

// later is an outcome that comes when the switch or a license manager is ready, perhaps at
// once.
type later struct {
	mu    sync.Mutex
	given *outcome
	then  func(outcome) // what takes it; nil until somebody wants it
}

// give gives the outcome. It is called once, and may hold the switch's lock.
func (l *later) give(reply any, err error) {
	o := outcome{reply, faultOf(err)}
	l.mu.Lock()
	l.given = &o
	then := l.then
	l.mu.Unlock()
	if then != nil {
		then(o)
	}
}

// orThen returns the outcome if it has been given; else then is called with it.
func (l *later) orThen(then func(outcome)) (_ outcome, given bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.given == nil {
		l.then = then
		return outcome{}, false
	}
	return *l.given, true
}

// passTo makes the outcome that of another.
func (l *later) passTo(other *later) {
	pass := func(o outcome) {
		if o.fault != nil {
			other.give(nil, o.fault)
			return
		}
		other.give(o.reply, nil)
	}
	if o, given := l.orThen(pass); given {
		pass(o)
	}
}

// wait returns the outcome, and a refusal if ctx ends before.
func (l *later) wait(ctx context.Context) outcome {
	answer := make(chan outcome, 1)
	if o, given := l.orThen(func(o outcome) { answer <- o }); given {
		return o
	}
	select {
	case o := <-answer:
		return o
	case <-ctx.Done():
		return outcome{fault: &csta.Fault{Code: csta.GenericOperation, Message: "given up"}}
	}
}

// faultOf makes a refusal of any error.
func faultOf(err error) *csta.Fault {
	var fault *csta.Fault
	if err != nil && !errors.As(err, &fault) {
		fault = &csta.Fault{Code: csta.GenericOperation, Message: err.Error()}
	}
	return fault
}
