package wti

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
)

// Do sends one request and waits for its answer, a [*csta.Fault], or the context's
// end. A context without a deadline gets [Options.RequestTimeout]. The end of the
// context ends the wait, not the connection. When the connection dies the error is
// a [*LostError], which says whether the request may have been carried out; nothing
// is sent twice. While the session heals it fails at once. While a CTI link is down
// ([Options.CTILinks]) what AES refuses or leaves unanswered is a [*CTIError] as well.
func Do[R any](ctx context.Context, s *Session, req csta.Request[R]) (R, error) {
	var none R
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	if err := s.pacer.enter(ctx, req); err != nil {
		return none, fmt.Errorf("wti: %s: not sent: %w", req.Service(), err)
	}
	defer s.pacer.leave()
	l, err := s.current()
	if err != nil {
		return none, fmt.Errorf("wti: %s: %w", req.Service(), err)
	}
	reply, err := doOn(ctx, s, l, req)
	if err == nil {
		s.ledger.note(req, reply)
	}
	return reply, s.links.explain(err, req)
}

// doOn is [Do] on a certain connection.
func doOn[R any](ctx context.Context, s *Session, l *link, req csta.Request[R]) (R, error) {
	var reply R
	payload, err := s.request(ctx, l, req, nil)
	if err == nil {
		err = decodeReply(payload, &reply)
	}
	if err != nil {
		return reply, fmt.Errorf("wti: %s: %w", req.Service(), err)
	}
	return reply, nil
}

func decodeReply(payload []byte, reply any) error {
	if raw, ok := reply.(*json.RawMessage); ok {
		*raw = payload
		return nil
	}
	return csta.Decode(payload, reply)
}

// request sends req, and again in other dialects while the server's refusal hints
// that it did not understand the first. What it refused it has not carried out, so
// nothing can be done twice. first, if any, sees the payload of a positive answer
// before the frames behind it are read.
func (s *Session) request(ctx context.Context, l *link, req csta.Message,
	first func(payload []byte),
) ([]byte, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	sp := s.dialect.speak(req.Service())
	payload, err := l.roundTrip(ctx, sp, req, first)
	if err == nil {
		s.dialect.settle(req.Service(), sp)
		return payload, nil
	}
	return s.findOut(ctx, l, req, first, sp, err)
}
