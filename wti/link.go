package wti

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/wti/internal/carrier"
)

// link is one connection with the application session on it. A [Session] has at
// most one at a time; epoch tells them apart.
type link struct {
	epoch   uint64
	address string
	carrier carrier.Carrier
	out     chan outgoing // for the writer; taking one begins its sending
	pending pending
	done    chan struct{} // closed when nothing more will be read
	stop    context.CancelFunc
	wg      sync.WaitGroup

	mu      sync.Mutex
	started csta.SessionStarted
	err     error // why the connection ended
}

// outgoing is the frame of a request.
type outgoing struct {
	service string // our name of it
	frame   []byte
}

// newLink starts the reader and the writer of a carrier.
func newLink(ctx context.Context, epoch uint64, address string, c carrier.Carrier,
	s *Session,
) *link {
	ctx, stop := context.WithCancel(ctx)
	l := &link{
		epoch: epoch, address: address, carrier: c, stop: stop,
		out: make(chan outgoing), done: make(chan struct{}),
	}
	l.wg.Go(func() { l.write(ctx, s) })
	l.wg.Go(func() { l.probe(ctx, s) })
	l.wg.Go(func() {
		defer close(l.done)
		err := l.read(s)
		l.end(err)
		stop()
		l.carrier.Abandon()
		l.pending.fail(&LostError{Err: l.cause()})
	})
	return l
}

// end makes err the reason why the connection ended, unless there is one.
func (l *link) end(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
}

func (l *link) token() csta.Secret {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.started.Token
}

func (l *link) cause() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// shut ends the connection for a reason and waits for its goroutines.
func (l *link) shut(err error) {
	l.end(err)
	l.stop()
	l.wg.Wait()
}

// roundTrip sends a request in a dialect and waits for the payload of its answer, a
// refusal, or the context. A context that ends takes the request out of the table;
// the connection stays. first, if any, sees a positive answer on the reader's
// goroutine, before the frames behind it.
func (l *link) roundTrip(ctx context.Context, sp speech, req csta.Message,
	first func(payload []byte),
) ([]byte, error) {
	payload, err := sp.payload(req.Service(), req)
	if err != nil {
		return nil, err
	}
	reply := make(chan answer, 1)
	id, err := l.pending.add(waiting{name: sp.name, reply: reply, first: first})
	if err != nil {
		return nil, err
	}
	frame, err := wire.Encode(sp.header(req.Service(), id, l.token()), payload)
	if err != nil {
		l.pending.take(id)
		return nil, err
	}
	out, sent := l.out, false
	for {
		select {
		case out <- outgoing{req.Service(), frame}:
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

// refusal is the fault in an answer, nil for a positive one.
func refusal(f wire.Frame) error {
	if !f.IsText {
		if fault, ok := csta.DecodeFault(f.Payload); ok {
			return fault
		}
	}
	if f.IsText || f.Kind == wire.Error || f.Kind == wire.Exception {
		return csta.TextFault(string(f.Payload))
	}
	return nil
}

// write sends frames until the connection ends; a carrier that takes nothing any
// more is given up, which ends the reader too. It is apart from the requests
// because the library closes a socket whose write is cancelled, and a request's
// context must end its wait only. When the context ends it gives up the carrier, and
// so ends the reader.
func (l *link) write(ctx context.Context, s *Session) {
	defer l.carrier.Abandon()
	for {
		select {
		case o := <-l.out:
			if err := l.writeOne(ctx, o, s.o.RequestTimeout); err != nil && ctx.Err() == nil {
				l.end(fmt.Errorf("wti: write: %w", err))
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (l *link) writeOne(ctx context.Context, o outgoing, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return l.carrier.Write(ctx, o.service, o.frame)
}

// probe pings the server so that a dead one is noticed: a peer that is gone without
// a word would otherwise look like one with nothing to say.
func (l *link) probe(ctx context.Context, s *Session) {
	for {
		select {
		case <-time.After(s.o.PingInterval):
		case <-ctx.Done():
			return
		}
		if err := l.carrier.Ping(ctx, s.o.PingInterval/2); err != nil && ctx.Err() == nil {
			l.end(fmt.Errorf("wti: no answer to a ping: %w", err))
			l.carrier.Abandon()
			return
		}
	}
}

// read takes frames from the carrier until it dies, answers requests, and hands
// events on. It never waits for anyone but the carrier.
func (l *link) read(s *Session) error {
	for {
		data, err := l.carrier.Read()
		if err != nil {
			return err
		}
		if err := l.take(data, s); err != nil {
			s.log.Warn("frame was not understood", "err", err, "bytes", len(data))
		}
	}
}

// take handles one frame; its error is that the frame cannot be read.
func (l *link) take(data []byte, s *Session) error {
	frame, err := wire.Open(data)
	if err != nil {
		return err
	}
	if frame.Kind == wire.Event || frame.Kind == wire.Request {
		ev, err := readEvent(frame)
		if err == nil {
			s.event(l, ev)
		}
		return err
	}
	if err := frame.Settle(); err != nil {
		return err
	}
	l.answer(frame, s)
	return nil
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
	if w.first != nil && refusal(frame) == nil {
		w.first(frame.Payload)
	}
	w.reply <- answer{frame: frame}
}
