package wti

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// Session is an application session at an AES. It is safe for concurrent use.
type Session struct {
	o       Options
	address string
	log     *slog.Logger
	names   names
	routes  routes
	own     *queue // events that belong to no monitor

	stop context.CancelFunc // ends run
	wg   sync.WaitGroup     // run and what it starts

	mu     sync.Mutex
	link   *link // nil while there is no connection
	closed error // why there will never be one again
}

// Dial opens a session at address, for example wss://aes.example.com; the path
// defaults to that of WTI. The context bounds the opening only.
func Dial(ctx context.Context, address string, o Options) (*Session, error) {
	address, err := sessionURL(address)
	if err != nil {
		return nil, err
	}
	o = o.withDefaults()
	life, stop := context.WithCancel(context.Background())
	s := &Session{o: o, address: address, log: o.Log, stop: stop, own: newQueue(o.Buffer)}
	l, err := s.connect(ctx)
	if err != nil {
		stop()
		return nil, err
	}
	s.wg.Go(func() { s.run(life, l) })
	if err := s.begin(ctx, l); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// connect opens the socket; nothing reads from it yet.
func (s *Session) connect(ctx context.Context) (*link, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	ws, err := openSocket(ctx, s.address, basic(s.o.User, string(s.o.Password)), s.o)
	if err != nil {
		return nil, err
	}
	l := &link{epoch: 1, socket: ws, out: make(chan []byte), begun: make(chan struct{})}
	s.mu.Lock()
	s.link = l
	s.mu.Unlock()
	return l, nil
}

// begin starts the application session and the resets of its timer.
func (s *Session) begin(ctx context.Context, l *link) error {
	req := csta.StartApplicationSession{
		Duration: int(s.o.Duration / time.Second), Protocols: s.o.Protocols, AppID: s.o.AppID,
	}
	started, err := Do(ctx, s, req)
	if err != nil {
		return err
	}
	if started.Token == "" && started.SessionID == "" {
		return fmt.Errorf("wti: %s: answer holds neither token nor session id", req.Service())
	}
	s.mu.Lock()
	l.started = started
	s.mu.Unlock()
	close(l.begun)
	s.log.Info("session started", "duration", started.ActualDuration,
		"protocol", started.ActualProtocol)
	return nil
}

// run owns the connection: it reads until the socket dies, then ends everything
// that waited for it.
func (s *Session) run(ctx context.Context, l *link) {
	ctx, cancel := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() { s.send(ctx, l) })
	beside.Go(func() { s.keepAlive(ctx, l) })
	beside.Go(func() { s.probe(ctx, l) })
	err := l.read(ctx, s)
	cancel()
	l.socket.abandon()
	err = s.end(&LostError{Sent: true, Err: err})
	l.pending.fail(err)
	s.routes.end(err)
	s.own.end(err)
	beside.Wait()
}

// send writes until the connection ends; a socket that takes nothing any more is
// given up, which ends the reader too.
func (s *Session) send(ctx context.Context, l *link) {
	if err := l.write(ctx, s.o.RequestTimeout); err != nil && ctx.Err() == nil {
		s.log.Warn("frame was not sent", "err", err)
		l.socket.abandon()
	}
}

// end makes err the reason why the session is over, unless there is one already,
// and returns the reason.
func (s *Session) end(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed == nil {
		s.closed = err
		if !isClosed(err) {
			s.log.Warn("session lost", "err", err)
		}
	}
	s.link = nil
	return s.closed
}

// current is the connection to use, or why there is none.
func (s *Session) current() (*link, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return nil, s.closed
	}
	return s.link, nil
}

// event makes an event of a frame and hands it to whom it belongs.
func (s *Session) event(frame wire.Frame) {
	payload := frame.Payload
	if frame.IsText {
		payload, _ = json.Marshal(string(frame.Payload))
	}
	ev := Event{Event: csta.DecodeEvent(frame.Name, payload), Payload: payload, At: time.Now()}
	if u, ok := ev.Event.(csta.Unknown); ok && u.Err != nil {
		s.log.Warn("event was not understood", "event", u.Name, "err", u.Err)
	}
	if t, ok := ev.Event.(csta.ApplicationSessionTerminated); ok {
		s.terminated(t)
	}
	if ev.CrossRef() == "" {
		s.own.push(ev)
		return
	}
	s.routes.deliver(ev)
}

// terminated ends the session because the server has: what follows on the socket
// belongs to no session.
func (s *Session) terminated(t csta.ApplicationSessionTerminated) {
	reason := t.Reason.Defined + t.Reason.Server
	s.mu.Lock()
	if s.closed == nil {
		s.closed = fmt.Errorf("%w: %s", ErrTerminated, reason)
	}
	s.mu.Unlock()
	s.stop()
}

// bounded gives a context the request timeout if it has no deadline of its own.
func (s *Session) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, s.o.RequestTimeout)
}
