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
// is sent twice. While the session heals it fails at once.
func Do[R any](ctx context.Context, s *Session, req csta.Request[R]) (R, error) {
	l, err := s.current()
	if err != nil {
		var none R
		return none, fmt.Errorf("wti: %s: %w", req.Service(), err)
	}
	reply, err := doOn(ctx, s, l, req)
	if err == nil {
		s.ledger.note(req, reply)
	}
	return reply, err
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

// request sends req under the names that the server may know it by until one of
// them is known. first, if any, sees the payload of a positive answer before the
// frames behind it are read.
func (s *Session) request(ctx context.Context, l *link, req csta.Message,
	first func(payload []byte),
) ([]byte, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	service := req.Service()
	candidates := s.names.candidates(service)
	var failure error
	for i, name := range candidates {
		payload, err := l.roundTrip(ctx, name, req, first)
		if err == nil || !isUnknownService(err) {
			if len(candidates) > 1 {
				s.names.remember(service, name)
			}
			return payload, err
		}
		if i == 0 {
			failure = err // what the server says to the likeliest name tells most
		}
	}
	return nil, failure
}
