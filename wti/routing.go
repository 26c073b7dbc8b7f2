package wti

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// RouteHandler says where a call shall go. The identifiers of what it returns are
// filled in for it. An error ends the dialogue, and the switch goes on as if nobody had
// been asked. The context ends with the time that the switch waits, and with the
// connection that asked.
type RouteHandler func(ctx context.Context, req csta.RouteRequest) (csta.RouteSelect, error)

// Routing is a registration as the one who is asked about calls to a device. The
// handle stays the same over every reconnection, whatever id the server gives it.
type Routing struct {
	session *Session
	request csta.RouteRegister
	handler RouteHandler

	id csta.RouteRegisterID // "" while AES has none for it; guarded by the session's routings
}

// maxRouting bounds how many calls are being routed at a time. One more is left to the
// switch, which goes on when it gets no answer in time.
const maxRouting = 256

// Route registers for the calls to a device, a VDN as a rule, and answers each request
// of the switch by the handler, which may be called from several goroutines at once.
// A session that heals registers again.
func (s *Session) Route(ctx context.Context, req csta.RouteRegister, handler RouteHandler,
) (*Routing, error) {
	r := &Routing{session: s, request: req, handler: handler}
	l, err := s.current()
	if err == nil {
		err = r.register(ctx, l)
	}
	if err != nil {
		return nil, fmt.Errorf("wti: %s: %w", req.Service(), s.links.explain(err, req))
	}
	return r, nil
}

// register asks for the registration; the id is known before the first request.
func (r *Routing) register(ctx context.Context, l *link) error {
	var reply csta.RouteRegistered
	var failure error
	_, err := r.session.request(ctx, l, r.request, func(payload []byte) {
		if failure = csta.Decode(payload, &reply); failure == nil {
			r.session.routings.put(r, reply.Register)
		}
	})
	if err == nil {
		err = failure
	}
	return err
}

// Stop ends the registration. Dialogues that are under way are answered.
func (r *Routing) Stop(ctx context.Context) error {
	id := r.session.routings.drop(r)
	if id == "" {
		return nil // AES has ended it already
	}
	_, err := Do(ctx, r.session, csta.RouteRegisterCancel{Register: id})
	return err
}

// routings says which handler a request is for.
type routings struct {
	mu   sync.Mutex
	list map[*Routing]struct{}
	byID map[csta.RouteRegisterID]*Routing
	busy int
}

func (t *routings) put(r *Routing, id csta.RouteRegisterID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byID == nil {
		t.byID = make(map[csta.RouteRegisterID]*Routing)
		t.list = make(map[*Routing]struct{})
	}
	if t.byID[r.id] == r {
		delete(t.byID, r.id)
	}
	r.id = id
	t.byID[id] = r
	t.list[r] = struct{}{}
}

// abort follows a registration that AES ended; it is asked for anew with the next
// session, or when the link to the switch is back.
func (t *routings) abort(id csta.RouteRegisterID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.byID[id]; r != nil {
		delete(t.byID, id)
		r.id = ""
	}
}

func (t *routings) drop(r *Routing) csta.RouteRegisterID {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.byID, r.id)
	delete(t.list, r)
	return r.id
}

func (t *routings) all() []*Routing {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Collect(maps.Keys(t.list))
}

// ended are those that AES ended.
func (t *routings) ended() []*Routing {
	return slices.DeleteFunc(t.all(), func(r *Routing) bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		return r.id != ""
	})
}

// enter finds the handler for a request and counts it; leave counts it out.
func (t *routings) enter(id csta.RouteRegisterID) (*Routing, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, ok := t.byID[id]
	if !ok || t.busy == maxRouting {
		return nil, false
	}
	t.busy++
	return r, true
}

func (t *routings) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.busy--
}

// route lets a handler answer a request, apart from the reader. It reports whether
// there is a handler for it.
func (s *Session) route(l *link, req csta.RouteRequest) bool {
	r, ok := s.routings.enter(req.Register)
	if !ok {
		return false
	}
	limit := s.o.RequestTimeout
	if told := time.Duration(req.ReplyTimeout) * time.Millisecond; told > 0 && told < limit {
		limit = told
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	l.wg.Go(func() { // ends with the handler's context
		select {
		case <-l.done:
			cancel()
		case <-ctx.Done():
		}
	})
	s.wg.Go(func() {
		defer s.routings.leave()
		defer cancel()
		r.answer(ctx, l, req)
	})
	return true
}

func (r *Routing) answer(ctx context.Context, l *link, req csta.RouteRequest) {
	s := r.session
	choice, err := r.handler(ctx, req)
	choice.Dialogue, choice.Register = req.Dialogue, req.Register
	if err == nil {
		_, err = doOn(ctx, s, l, choice)
	} else {
		s.log.Warn("call was not routed", "call", string(req.Call.Call), "err", err)
		_, err = doOn(ctx, s, l, csta.RouteEnd{Dialogue: req.Dialogue, Register: req.Register})
	}
	if err != nil {
		s.log.Warn("route was not told", "call", string(req.Call.Call), "err", err)
	}
}
