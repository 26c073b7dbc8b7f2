package wti

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// link is one connection with the application session that was started on it. A
// [Session] has at most one at a time; epoch tells them apart.
type link struct {
	epoch   uint64
	socket  *socket
	out     chan []byte // frames for the writer; taking one begins its sending
	pending pending
	started csta.SessionStarted // guarded by the session
	begun   chan struct{}       // closed once started is set
}

// duration is how long the server keeps the session without a reset.
func (l *link) duration(asked time.Duration) time.Duration {
	if actual := time.Duration(l.started.ActualDuration) * time.Second; actual > 0 {
		return actual
	}
	return asked
}

// roundTrip sends a request under a name and waits for the payload of its answer, a
// refusal, or the context. A context that ends takes the request out of the table;
// the connection stays.
func (l *link) roundTrip(ctx context.Context, name string, req any,
	first func(payload []byte),
) ([]byte, error) {
	reply := make(chan answer, 1)
	w := waiting{name: name, reply: reply}
	if first != nil {
		w.first = func(f wire.Frame) {
			if refusal(f) == nil {
				first(f.Payload)
			}
		}
	}
	id, err := l.pending.add(w)
	if err != nil {
		return nil, err
	}
	frame, err := wire.Encode(wire.Header{Kind: wire.Request, Name: name, InvokeID: id}, req)
	if err != nil {
		l.pending.take(id)
		return nil, err
	}
	out, sent := l.out, false
	for {
		select {
		case out <- frame:
			out, sent = nil, true
		case a := <-reply:
			return a.result(sent)
		case <-ctx.Done():
			l.pending.take(id)
			return nil, fmt.Errorf("no answer: %w", ctx.Err())
		}
	}
}

// result is the payload of an answer, or what came instead of one.
func (a answer) result(sent bool) ([]byte, error) {
	if lost, ok := errors.AsType[*LostError](a.err); ok {
		return nil, &LostError{Sent: sent, Err: lost.Err}
	}
	if a.err != nil {
		return nil, a.err
	}
	return a.frame.Payload, refusal(a.frame)
}

// write sends frames until the context ends or the socket fails. It is apart from
// the requests because the library closes a socket whose write is cancelled, and a
// request's context must end its wait only.
func (l *link) write(ctx context.Context, limit time.Duration) error {
	for {
		select {
		case frame := <-l.out:
			if err := l.writeOne(ctx, frame, limit); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (l *link) writeOne(ctx context.Context, frame []byte, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return l.socket.write(ctx, frame)
}

// refusal is the fault in an answer, nil for a positive one.
func refusal(f wire.Frame) error {
	if !f.IsText {
		if fault, ok := csta.DecodeFault(f.Payload); ok {
			return fault
		}
	}
	switch {
	case f.Kind == wire.Error, f.Kind == wire.Exception:
		return csta.TextFault(string(f.Payload))
	case f.IsText:
		return csta.TextFault(string(f.Payload))
	}
	return nil
}

// read takes frames from the socket until it dies, answers requests, and hands
// events on. It never waits for anyone but the socket.
func (l *link) read(ctx context.Context, s *Session) error {
	for {
		data, err := l.socket.read(ctx)
		if err != nil {
			return err
		}
		frame, err := wire.Parse(data)
		if err != nil {
			s.log.Warn("frame was not understood", "err", err, "bytes", len(data))
			continue
		}
		if frame.Kind == wire.Event {
			s.event(frame)
			continue
		}
		l.answer(frame, s)
	}
}

// answer finds the request by its id, by name when the server gives no id.
func (l *link) answer(frame wire.Frame, s *Session) {
	var w waiting
	var ok bool
	if frame.HasID {
		w, ok = l.pending.take(frame.InvokeID)
	} else {
		w, ok = l.pending.takeNamed(func(name string) bool {
			return sameService(name, frame.Name)
		})
	}
	if !ok {
		s.log.Debug("answer came too late or was never asked for", "service", frame.Name,
			"invokeId", frame.InvokeID)
		return
	}
	if w.first != nil {
		w.first(frame)
	}
	w.reply <- answer{frame: frame}
}
