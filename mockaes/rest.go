package mockaes

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
)

// serveREST is the handler of the services' path: a POST for each request, with Basic
// credentials to start a session and its token as Bearer afterwards. A session's
// requests are carried out one after the other, as on a socket.
func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	silent := s.lines.Enter(r)
	name := r.PathValue("service")
	body, status := s.bodyOf(w, r)
	switch {
	case silent:
		<-r.Context().Done() // with its body read, net/http notices when the client goes
		return
	case status != 0:
		s.turnAway(w, r, status, "the body was not read")
		return
	}
	c, status, why := s.restConn(r, name)
	if c == nil {
		if status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", schemeFor(name)+` realm="AES"`)
		}
		s.turnAway(w, r, status, why)
		return
	}
	c.turn.Lock()
	defer c.turn.Unlock()
	c.answerREST(r.Context(), w, name, body)
	if held := c.session.Load(); held != nil && opensSession(name) {
		s.work.Go(func() { c.post(held) })
	} else if held == nil && opensSession(name) {
		s.disconnect(c)
	}
}

// bodyOf reads a request's body in bounded size and time; a status says what is wrong.
func (s *Server) bodyOf(w http.ResponseWriter, r *http.Request) (body []byte, status int) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(s.opts.Limits.WriteTimeout))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(s.opts.Limits.Frame)))
	_ = control.SetReadDeadline(time.Time{})
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return nil, http.StatusRequestEntityTooLarge
	case err != nil:
		return nil, http.StatusBadRequest
	}
	return body, 0
}

func schemeFor(service string) string {
	if opensSession(service) {
		return "Basic"
	}
	return "Bearer"
}

// restConn finds what stands for the connection of the session that a request belongs
// to: where its events wait to be posted. Without one, the status says why.
func (s *Server) restConn(r *http.Request, name string) (c *conn, status int, why string) {
	scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, schemeFor(name)) {
		return nil, http.StatusUnauthorized, name + " is asked for with " + schemeFor(name)
	}
	user, held, why := s.authenticate(r)
	if user == nil {
		return nil, http.StatusUnauthorized, why
	}
	s.comeback.Lock()
	defer s.comeback.Unlock()
	if held != nil {
		if c := held.conn.Load(); c != nil && c.rest {
			return c, 0, ""
		}
	}
	c = &conn{
		server: s, user: user, rest: true,
		out: transport.NewOutbox(s.opts.Limits.OutboxFrames, s.opts.Limits.OutboxBytes),
	}
	if !s.connect(c) {
		return nil, http.StatusServiceUnavailable, "too many connections"
	}
	c.note("open", "", nil, "user "+user.Name+", REST")
	if held != nil {
		s.attach(held, c)
		s.work.Go(func() { c.post(held) })
	}
	return c, 0, ""
}

// answerREST carries out one request. Events that it causes are posted when its answer
// has been written, unless the dialect has them come first.
func (c *conn) answerREST(
	ctx context.Context, w http.ResponseWriter, name string, body []byte,
) {
	_, known := services[name]
	known = known && c.server.dialect.Knows(name)
	frame, data, fault := c.frameOf(name, body)
	c.note("request", name, data, "")
	var reply any
	if fault == nil {
		reply, fault = c.perform(frame)
	}
	if l, waits := reply.(*later); waits && fault == nil {
		o := l.wait(ctx)
		reply, fault = o.reply, o.fault
	}
	if fault == nil {
		c.aim(frame)
	}
	answer, err := c.server.dialect.Answer(frame, reply, fault)
	if err != nil {
		c.server.log.Error("answer could not be encoded",
			slog.String("service", name), slog.Any("error", err))
		http.Error(w, "the answer could not be encoded", http.StatusInternalServerError)
	} else {
		c.noteAnswer(name, answer, fault)
		a := c.server.dialect.REST(answer, fault, known)
		w.Header().Set("Content-Type", a.Type)
		w.Header().Set("Content-Length", strconv.Itoa(len(a.Body)))
		w.WriteHeader(a.Status)
		control := http.NewResponseController(w)
		_ = control.SetWriteDeadline(time.Now().Add(c.server.opts.Limits.WriteTimeout))
		_, _ = w.Write(a.Body) // a client that has gone reads no answer
		_ = control.Flush()
		_ = control.SetWriteDeadline(time.Time{})
	}
	c.out.Answer(nil)
	if c.leaving {
		c.out.Finish(transport.NormalClosure, "session stopped")
	}
}

// frameOf puts a body into the envelope that a socket would bring it in.
func (c *conn) frameOf(name string, body []byte) (f wire.Frame, data []byte, fault *csta.Fault) {
	f = wire.Frame{Kind: wire.Request, Name: name}
	if len(body) == 0 {
		body = []byte("{}")
	}
	if !json.Valid(body) {
		return f, nil, malformed(csta.InvalidParameterValue, errTextPayload)
	}
	data, err := wire.Encode(wire.Header{Kind: wire.Request, Name: name, NoID: true},
		json.RawMessage(body))
	if err != nil {
		return f, nil, malformed(csta.InvalidParameterValue, err)
	}
	parsed, err := wire.Parse(data)
	if err != nil {
		return f, nil, malformed(csta.InvalidParameterValue, err)
	}
	if target := targetIn(parsed.Payload); target != "" {
		if err := transport.CheckTarget(target); err != nil {
			return parsed, data, malformed(csta.InvalidParameterValue, err)
		}
	}
	if held := c.session.Load(); held != nil {
		// HTTP has shown the token already, wherever the dialect wants it.
		parsed.Token, parsed.Authorization = held.token, "Bearer "+held.token
	}
	return parsed, data, nil
}

// targetIn is where a request wants events to be posted, "" for nowhere.
func targetIn(payload []byte) string {
	var named struct {
		Target string `json:"targetUrl"`
	}
	if csta.Decode(payload, &named) != nil {
		return ""
	}
	return named.Target
}

// aim makes the target of a request the one for events that belong to no monitor.
func (c *conn) aim(frame wire.Frame) {
	target := targetIn(frame.Payload)
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if held := c.session.Load(); held != nil && target != "" {
		held.target = target
	}
}

// post sends the events of a session on their way, one after the other, until the
// connection is finished. What cannot be delivered is lost, which the journal tells.
func (c *conn) post(held *session) {
	defer c.server.disconnect(c)
	for {
		frame, end := c.out.Take()
		switch {
		case end != nil:
			c.note("close", "", nil, end.Reason)
			return
		case frame == nil:
			<-c.out.Wake() // in the end every connection is finished
			continue
		}
		target := held.targetOf(frame)
		if target == "" {
			c.note("lost", "", frame, "no request has named a targetUrl")
			continue
		}
		if err := c.server.poster.Post(target, frame); err != nil {
			c.note("lost", "", frame, err.Error())
			c.server.log.Info("event was not delivered", slog.Any("error", err))
		}
	}
}

// targetOf is where an event is to be posted: where its monitor's was asked to, else
// where the last request that named an address did.
func (h *session) targetOf(frame []byte) string {
	var of csta.Monitored
	if f, err := wire.Parse(frame); err == nil {
		_ = csta.Decode(f.Payload, &of) // without a monitor it is the session's
	}
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	if m := h.monitors[of.CrossRefID]; m != nil && m.req.TargetURL != "" {
		return m.req.TargetURL
	}
	return h.target
}
