package wti

import (
	"context"
	"errors"
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// maxDialects bounds how often one request is tried: a server that complains of
// something else each time would never be done with.
const maxDialects = 12

// findOut tries other dialects on a request that was refused as sp. A server may
// deviate in several ways at once: what answers one complaint is kept, and the next
// complaint is answered from there.
func (s *Session) findOut(ctx context.Context, l *link, req csta.Message,
	first func(payload []byte), sp speech, refusal error,
) ([]byte, error) {
	service, before := req.Service(), sp
	for i, tries := 0, 0; i < len(quirks) && tries < maxDialects; i++ {
		q, other := quirks[i], sp
		if q.hint == nil || !q.hint(service, refusal) || !s.mayAdopt(service, refusal) ||
			!q.adopt(service, &other) || !s.dialect.allows(sp, other) {
			continue
		}
		tries++
		payload, err := l.roundTrip(ctx, other, req, first)
		if err == nil {
			s.log.Info("dialect found out", "quirk", q.Name, "service", service)
			s.dialect.settle(service, other)
			return payload, nil
		}
		if _, refused := errors.AsType[*csta.Fault](err); !refused {
			return nil, err
		}
		if !q.hint(service, err) { // it helped, and there is another reason now
			sp, refusal, i = other, err, -1
		}
	}
	switch {
	case sp == before:
	case complains(service, refusal):
		s.dialect.lean(sp)
	default: // understood, and refused all the same
		s.dialect.settle(service, sp)
	}
	return nil, refusal
}

// complains reports whether a refusal still hints that the dialect is wrong.
func complains(service string, refusal error) bool {
	return slices.ContainsFunc(quirks, func(q Quirk) bool {
		return q.hint != nil && q.hint(service, refusal)
	})
}

// mayAdopt reports whether a refusal is reason to try another dialect: a name as
// long as none has worked, the rest as long as nothing has.
func (s *Session) mayAdopt(service string, refusal error) bool {
	if isUnknownService(refusal) {
		return !s.dialect.knows(service)
	}
	return s.dialect.open()
}

// Findings are the names of the [Quirks] that the session has found its server to have,
// in the order in which it did.
func (s *Session) Findings() []string {
	s.dialect.mu.Lock()
	defer s.dialect.mu.Unlock()
	return slices.Clone(s.dialect.found)
}

// note keeps which quirks explain that a service is spoken as sp. The caller holds mu.
func (d *dialect) note(service string, sp speech) {
	for _, q := range quirks {
		before := d.untaught(service)
		other := before
		if q.adopt == nil || !q.adopt(service, &other) {
			continue
		}
		if other.name != before.name && other.name == sp.name ||
			other.token != before.token && other.token == sp.token ||
			other.fields != before.fields && other.fields == sp.fields {
			d.finds(q.Name)
		}
	}
}

// finds adds to the findings. The caller holds mu.
func (d *dialect) finds(quirk string) {
	if !slices.Contains(d.found, quirk) {
		d.found = append(d.found, quirk)
	}
}
