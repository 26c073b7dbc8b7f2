package mockaes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// conn is one WebSocket. The goroutine of its HTTP request reads and carries out
// requests, one after the other; a second one writes. Over REST it is what stands for
// one: requests come from outside, one goroutine posts.
type conn struct {
	server  *Server
	number  uint64
	user    *User
	socket  transport.Socket
	out     *transport.Outbox
	rest    bool        // there is no socket
	turn    sync.Mutex  // of requests over REST
	leaving bool        // the session was stopped; the reader's own
	muted   atomic.Bool // half open: nothing is read, written or answered any more

	session atomic.Pointer[session] // written under the server's mu
	late    clock.Timer             // until a session is started; guarded by the server's mu
}

// serveWTI is the handler of the WTI path.
func (s *Server) serveWTI(w http.ResponseWriter, r *http.Request) {
	if s.onlyHere && !isThisHost(r.Host) {
		s.turnAway(w, r, http.StatusForbidden, fmt.Sprintf("%.60q is not this server", r.Host))
		return
	}
	user, resumed, why := s.authenticate(r)
	if user == nil {
		w.Header().Set("WWW-Authenticate", `Basic realm="AES"`)
		s.turnAway(w, r, http.StatusUnauthorized, why)
		return
	}
	c := &conn{
		server: s, user: user,
		out: transport.NewOutbox(s.opts.Limits.OutboxFrames, s.opts.Limits.OutboxBytes),
	}
	if !s.connect(c) {
		s.turnAway(w, r, http.StatusServiceUnavailable, "too many connections")
		return
	}
	defer s.disconnect(c)
	var err error
	pong := func() bool { return !c.muted.Load() }
	c.socket, err = transport.Upgrade(w, r, s.opts.Limits.Frame, pong)
	if err != nil {
		s.log.Info("upgrade refused", slog.Any("error", err))
		return
	}
	c.note("open", "", nil, "user "+user.Name)
	if resumed != nil {
		s.attach(resumed, c)
	}
	c.serve()
}

// connect counts a connection in, unless there are too many.
func (s *Server) connect(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.conns) >= s.opts.Limits.Sockets {
		return false
	}
	s.lastConn++
	c.number = s.lastConn
	s.conns[c.number] = c
	c.late = s.opts.Clock.AfterFunc(s.opts.Limits.StartTimeout, func() {
		c.out.Finish(transport.PolicyViolation, "no session was started")
	})
	return true
}

func (s *Server) disconnect(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c.number)
	c.punctual()
	if held := c.session.Load(); held != nil {
		s.detach(held, c)
	}
}

// punctual stops the timer that waits for a session. The caller holds the server's mu.
func (c *conn) punctual() {
	if c.late != nil {
		c.late.Stop()
		c.late = nil
	}
}

// serve reads until the connection ends, with the writer at its side.
func (c *conn) serve() {
	ctx, cancel := context.WithCancel(c.server.ctx)
	defer cancel()
	var writer sync.WaitGroup
	writer.Go(func() {
		defer cancel() // a reader that does not read has to be told
		c.write(ctx)
	})
	why := c.read(ctx)
	c.out.Finish(0, why)
	writer.Wait()
	c.socket.Cut()
	c.note("close", "", nil, why)
}

// read carries out requests until the connection ends, and says why it did.
func (c *conn) read(ctx context.Context) string {
	for {
		data, err := c.socket.Read(ctx)
		switch {
		case c.muted.Load():
			<-ctx.Done()
			return "cut off silently"
		case errors.Is(err, transport.ErrBinary):
			c.out.Finish(transport.UnsupportedData, "messages are text")
		case err != nil:
			return err.Error()
		default:
			c.receive(data)
		}
	}
}

// write sends what the outbox has until it says how to end.
func (c *conn) write(ctx context.Context) {
	for {
		frame, end := c.out.Take()
		if end != nil {
			c.server.log.Info("connection ended", slog.Uint64("socket", c.number),
				slog.Int("code", end.Code), slog.String("reason", end.Reason))
		}
		switch {
		case end != nil && (end.Code == 0 || c.muted.Load()):
			c.socket.Cut()
			return
		case end != nil:
			c.socket.Close(end.Code, end.Reason)
			return
		case frame == nil:
			<-c.out.Wake() // in the end every connection is finished
			continue
		case c.muted.Load():
			continue
		}
		limited, cancel := context.WithTimeout(ctx, c.server.opts.Limits.WriteTimeout)
		err := c.socket.Write(limited, frame)
		cancel()
		if err != nil {
			c.out.Finish(0, "writing failed: "+err.Error())
		}
	}
}

// receive carries out one message.
func (c *conn) receive(data []byte) {
	frame, err := wire.Parse(data)
	switch {
	case errors.Is(err, wire.ErrNotJSON), errors.Is(err, wire.ErrTooDeep):
		c.out.Finish(transport.InvalidPayload, err.Error())
		return
	case err != nil:
		c.refuse(wire.Frame{Name: "unknown"}, malformed(csta.UnknownMessage, err), nil)
		return
	case !frame.HeaderFirst:
		if done := c.headerLast(frame, data); done {
			return
		}
	case acknowledges(frame):
		c.note("answer", frame.Name, data, "the client's, which nothing depends on")
		return
	case frame.Kind != wire.Request:
		fault := &csta.Fault{Code: csta.UnknownMessage, Message: "only requests are taken"}
		c.refuse(frame, fault, data)
		return
	}
	c.carryOut(frame, data)
}

// headerLast applies the rule for frames whose header is not first, and reports
// whether that was all.
func (c *conn) headerLast(frame wire.Frame, data []byte) bool {
	switch c.server.dialect.HeaderLast {
	case dialect.Accept:
		return false
	case dialect.Refuse:
		fault := &csta.Fault{Code: csta.UnknownMessage, Message: "the header has to come first"}
		c.refuse(frame, fault, data)
	case dialect.Hangup:
		c.out.Finish(transport.InvalidPayload, "the header has to come first")
	case dialect.Ignore:
		c.note("request", frame.Name, data, "ignored: the header has to come first")
	}
	return true
}

func (c *conn) refuse(frame wire.Frame, fault *csta.Fault, data []byte) {
	c.note("request", frame.Name, data, "")
	c.reply(frame, nil, fault)
}

// carryOut does what a request asks for and answers it.
func (c *conn) carryOut(frame wire.Frame, data []byte) {
	c.note("request", frame.Name, data, "")
	reply, fault := c.perform(frame)
	if l, waits := reply.(*later); !waits || fault != nil {
		c.reply(frame, reply, fault)
	} else if o, given := l.orThen(func(o outcome) { c.replyLate(frame, o) }); given {
		c.reply(frame, o.reply, o.fault)
	} else {
		c.out.Answer(nil) // other requests and their events do not wait
	}
	if c.leaving {
		c.out.Finish(transport.NormalClosure, "session stopped")
	}
}

// perform does what a request asks for. Events that it causes are held back until it
// is answered, unless the dialect has them come first.
func (c *conn) perform(frame wire.Frame) (any, *csta.Fault) {
	if !c.server.dialect.EventsFirst {
		c.out.Hold()
	}
	reply, err := c.dispatch(frame)
	return reply, faultOf(err)
}

// reply adds the answer to the outbox.
func (c *conn) reply(frame wire.Frame, reply any, fault *csta.Fault) {
	if answer, ok := c.encode(frame, reply, fault); ok {
		c.out.Answer(answer)
	}
}

// replyLate is reply for an answer to a request that others may have followed.
func (c *conn) replyLate(frame wire.Frame, o outcome) {
	if answer, ok := c.encode(frame, o.reply, o.fault); ok {
		c.out.AnswerLate(answer)
	}
}

func (c *conn) encode(frame wire.Frame, reply any, fault *csta.Fault) ([]byte, bool) {
	answer, err := c.server.dialect.Answer(frame, reply, fault)
	if err != nil {
		c.server.log.Error("answer could not be encoded",
			slog.String("service", frame.Name), slog.Any("error", err))
		c.out.Finish(transport.InternalError, "the answer could not be encoded")
		return nil, false
	}
	c.noteAnswer(frame.Name, answer, fault)
	return answer, true
}

func (c *conn) noteAnswer(service string, answer []byte, fault *csta.Fault) {
	kind := "answer"
	if fault != nil {
		kind = "refusal"
		c.server.log.Info("request refused", slog.String("service", service),
			slog.String("fault", fault.Error()))
	}
	c.note(kind, service, answer, "")
}

// note writes into the journal.
func (c *conn) note(kind, name string, frame json.RawMessage, text string) {
	e := Entry{Socket: c.number, Kind: kind, Name: name, Frame: frame, Note: text}
	if held := c.session.Load(); held != nil {
		e.Session = held.id
	}
	c.server.note(e)
}

func (s *Server) note(e Entry) {
	e.Time = s.opts.Clock.Now()
	s.journal.add(e)
}

func malformed(code csta.FaultCode, err error) *csta.Fault {
	return &csta.Fault{Code: code, Message: err.Error()}
}
