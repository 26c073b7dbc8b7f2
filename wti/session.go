package wti

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/wti/internal/carrier"
)

// Session is an application session at an AES. It outlives its connections: when
// one is lost it heals itself (see [Gap]). It is safe for concurrent use.
type Session struct {
	o         Options
	addresses []string
	door      *carrier.Door // nil unless an address is one of REST
	log       *slog.Logger
	dialect   *dialect
	routes    routes
	routings  routings
	links     *ctiLinks
	owed      claims // what AES refused while a CTI link was down; run's own
	ledger    ledger
	pacer     *pacer
	status    statusBox
	own       *queue      // events that belong to no monitor
	filtered  atomic.Bool // a server has been trusted to keep to a monitor's filter

	stop context.CancelFunc // ends run
	wg   sync.WaitGroup     // run and what it starts

	mu     sync.Mutex
	link   *link // nil while there is no connection that requests may use
	closed error // why there will never be one again
}

// Dial opens a session at address: wss://aes.example.com for a WebSocket,
// https://aes.example.com for REST (see [REST]); the path defaults to that of WTI. If
// the first AES cannot be reached, those in [Options.Standby] are tried in order. The
// context bounds the opening only.
func Dial(ctx context.Context, address string, o Options) (*Session, error) {
	o = o.withDefaults()
	s := &Session{o: o, log: o.Log, own: newQueue(o.Buffer), dialect: newDialect(o.Dialect)}
	s.pacer = newPacer(o.Pacing)
	s.links = newCTILinks(o.CTILinks)
	s.routes.spare = s.links.accuse
	for _, a := range append([]string{address}, o.Standby...) {
		completed, err := sessionURL(a)
		if err != nil {
			return nil, err
		}
		s.addresses = append(s.addresses, completed)
	}
	var err error
	if s.door, err = s.o.openDoor(s.addresses); err != nil {
		return nil, err
	}
	life, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.status.set(func(st *Status) { *st = Status{State: Connecting, Epoch: 1} })
	l, err := s.first(ctx, life)
	if err != nil {
		stop()
		s.door.Close()
		return nil, err
	}
	s.mu.Lock()
	s.link = l
	s.mu.Unlock()
	s.status.set(func(st *Status) {
		*st = Status{State: Live, Epoch: 1, Address: l.address, CTI: s.links.known()}
	})
	s.wg.Go(func() { s.run(life, l) })
	return s, nil
}

// first opens the first connection and starts the application session on it.
func (s *Session) first(ctx, life context.Context) (*link, error) {
	var all error
	for _, address := range s.addresses {
		l, err := s.connect(ctx, life, 1, address, "")
		if err == nil {
			if err = s.begin(ctx, l, ""); err == nil {
				return l, nil
			}
			l.shut(err)
		}
		all = errors.Join(all, err)
		if ctx.Err() != nil || errors.Is(err, ErrUnauthorized) {
			break
		}
	}
	return nil, all
}

// connect opens a connection and starts its goroutines. token is that of a session to
// come back to; "" means the credentials.
func (s *Session) connect(ctx, life context.Context, epoch uint64, address, token string,
) (*link, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	c, err := carrier.Open(ctx, address, token, carrier.Config{
		User: s.o.User, Password: s.o.Password, RootCAs: s.o.RootCAs,
		DialContext: s.o.DialContext, Door: s.door,
	})
	if err != nil {
		return nil, dialError(address, err)
	}
	return newLink(life, epoch, address, c, s), nil
}

// begin starts an application session on a connection; resume is the id of one to
// come back to, "" for none.
func (s *Session) begin(ctx context.Context, l *link, resume string) error {
	req := csta.StartApplicationSession{
		Duration: int(s.o.Duration / time.Second), Protocols: s.o.Protocols, AppID: s.o.AppID,
		SessionID: resume,
	}
	started, err := doOn(ctx, s, l, req)
	if err != nil {
		return dialError(l.address, err)
	}
	if started.Token == "" && started.SessionID == "" {
		return fmt.Errorf("wti: %s: answer holds neither token nor session id", req.Service())
	}
	l.mu.Lock()
	l.started = started
	l.mu.Unlock()
	l.wg.Go(func() { s.keepAlive(l) })
	s.log.Info("session started", "duration", started.ActualDuration,
		"protocol", started.ActualProtocol, "epoch", l.epoch)
	return nil
}

// current is the connection to use, or why there is none.
func (s *Session) current() (*link, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed != nil:
		return nil, s.closed
	case s.link == nil:
		return nil, &LostError{Err: errHealing}
	}
	return s.link, nil
}

var errHealing = errors.New("the session is healing")

// readEvent makes an event of a frame that was opened. What could be decoded was JSON,
// which is why the frame is settled only if it could not.
func readEvent(frame wire.Frame) (Event, error) {
	ev := Event{Payload: frame.Payload, At: time.Now()}
	ev.Event = csta.DecodeEvent(frame.Name, ev.Payload)
	if _, unknown := ev.Event.(csta.Unknown); unknown {
		if err := frame.Settle(); err != nil {
			return Event{}, err
		}
	}
	if frame.IsText {
		ev.Payload, _ = json.Marshal(string(frame.Payload))
		ev.Event = csta.DecodeEvent(frame.Name, ev.Payload)
	}
	return ev, nil
}

// event hands an event to whom it belongs.
func (s *Session) event(l *link, ev Event) {
	if s.o.Tap != nil {
		s.o.Tap(ev)
	}
	switch e := ev.Event.(type) {
	case csta.Unknown:
		if e.Err != nil {
			s.log.Warn("event was not understood", "event", e.Name, "err", e.Err)
		}
	case csta.ApplicationSessionTerminated:
		// What follows on this connection belongs to no session.
		l.end(fmt.Errorf("%w: %s%s", ErrTerminated, e.Reason.Defined, e.Reason.Server))
		l.stop()
	case csta.RouteRequest:
		if s.route(l, e) {
			return
		}
	case csta.RouteRegisterAbort:
		s.routings.abort(e.Register)
	case csta.LinkUp, csta.LinkDown, csta.SystemStatus:
		s.links.hear(e, ev.At)
	case csta.TerminalUnregistered:
		s.ledger.forgetTerminal(e.Device.Device)
	}
	if ev.CrossRef() == "" {
		s.own.push(ev)
		return
	}
	s.routes.deliver(ev)
	s.verify(l, ev)
}

// bounded gives a context the request timeout if it has no deadline of its own.
func (s *Session) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, s.o.RequestTimeout)
}
