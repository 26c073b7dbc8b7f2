package csta

import (
	"encoding/json"
	"slices"
)

// Message is anything that has a name on the wire.
type Message interface{ Service() string }

// Request is a service: a message that is answered with an R. The set is closed
// (answer is not exported), so that a request and its answer cannot be mismatched;
// [Raw] is the way around it for services that have no type here.
type Request[R any] interface {
	Message
	answer() R
}

// Empty is the answer of services that have nothing to say but that it was done.
type Empty struct{}

// Raw is a request by name, for services without a type of their own. Its answer
// is the payload as it came.
type Raw struct {
	Name string          // the service, as it goes into the header
	Body json.RawMessage // the payload; nil sends an empty object
}

// Service is the name that was given.
func (r Raw) Service() string { return r.Name }

// MarshalJSON writes the body as it is.
func (r Raw) MarshalJSON() ([]byte, error) {
	if len(r.Body) == 0 {
		return []byte("{}"), nil
	}
	return r.Body, nil
}

func (Raw) answer() (_ json.RawMessage) { return }

// nest wraps private data as DMCC's XML does, so that the field that holds it can
// be called extensions.
func nest(element string, data any) ([]byte, error) {
	inner, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte(`{"privateData":{"private":{"`), []byte(element), []byte(`":`),
		inner, []byte(`}}}`)), nil
}
