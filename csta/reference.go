package csta

import (
	"bytes"
	"embed"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// ServiceInfo is what a person, or a program for persons, wants to know of a service.
type ServiceInfo struct {
	Name     string          // on the wire
	Sentence string          // what it does
	Example  json.RawMessage // a payload that asks for it
	Answer   json.RawMessage // a payload that answers Example

	request func(payload []byte) (Message, error)
	reply   func(payload []byte) (any, error)
	typ     reflect.Type // of the request
}

// Request makes the request of this service from its payload, in any spelling. The
// error is that of [Decode].
func (s ServiceInfo) Request(payload []byte) (Message, error) { return s.request(payload) }

// Reply makes the answer of this service from its payload, in any spelling: a value of
// the type that the request's type names. The error is that of [Decode].
func (s ServiceInfo) Reply(payload []byte) (any, error) { return s.reply(payload) }

// EventInfo is what a person, or a program for persons, wants to know of an event. Its
// constructor by name is [DecodeEvent].
type EventInfo struct {
	Name     string          // on the wire
	Sentence string          // what it tells
	Example  json.RawMessage // a payload

	decode func(payload []byte) (Event, error)
}

// service describes the service of a request type; req is its zero value.
func service[Q Request[R], R any](req Q) ServiceInfo {
	return ServiceInfo{
		Name: req.Service(), typ: reflect.TypeFor[Q](),
		request: func(payload []byte) (Message, error) {
			var q Q
			err := Decode(payload, &q)
			return q, err
		},
		reply: func(payload []byte) (any, error) {
			var r R
			err := Decode(payload, &r)
			return r, err
		},
	}
}

// event describes the event of a type.
func event[E Event]() EventInfo {
	var none E
	p := planFor(reflect.TypeFor[E]())
	pool := sync.Pool{New: func() any { return new(bench[E]) }}
	return EventInfo{Name: none.EventName(), decode: func(payload []byte) (Event, error) {
		b := pool.Get().(*bench[E])
		err := b.desk.decode(payload, reflect.ValueOf(&b.ev).Elem(), p)
		var ev Event = b.ev
		*b = bench[E]{}
		pool.Put(b)
		return ev, err
	}}
}

// bench is where an event is put together before it leaves as a value.
type bench[E Event] struct {
	desk
	ev E
}

// Services lists every service that has a type, chapter by chapter.
func Services() []ServiceInfo { return slices.Clone(reference().services) }

// Events lists every event that has a type, chapter by chapter.
func Events() []EventInfo { return slices.Clone(reference().events) }

// FindService finds a service by its name in any case, and with or without what WTI or
// DMCC may put behind it: Request, Response, PosResponse, NegResponse (inferred).
func FindService(name string) (ServiceInfo, bool) {
	base := serviceBase(name)
	for _, s := range reference().services {
		if serviceBase(s.Name) == base {
			return s, true
		}
	}
	return ServiceInfo{}, false
}

func serviceBase(name string) string {
	name = strings.ToLower(name)
	for _, suffix := range [...]string{"posresponse", "negresponse", "response", "request"} {
		name = strings.TrimSuffix(name, suffix)
	}
	return name
}

// messages holds an example of each message: NAME.json asks for a service or is an
// event, NAMEResponse.json is an answer. An event that shares its name with a service
// is in NAMEEvent.json.
//
//go:embed testdata/messages/*.json
var messages embed.FS

// sentences has one line for each service and event: its kind, name and what it does,
// taken from the doc comments of the types by the tests of this package.
//
//go:embed testdata/sentences.txt
var sentences string

type tables struct {
	services []ServiceInfo
	events   []EventInfo
}

// reference puts the tables, the sentences and the examples together, once.
var reference = sync.OnceValue(func() tables {
	says := make(map[string]string)
	for line := range strings.Lines(sentences) {
		key, sentence, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		says[key] = sentence
	}
	t := tables{services: slices.Clone(serviceTable), events: slices.Clone(eventTable)}
	for i := range t.services {
		s := &t.services[i]
		s.Sentence = says["service "+s.Name]
		s.Example, s.Answer = example(s.Name), example(answerName(s.Name))
	}
	for i := range t.events {
		e := &t.events[i]
		e.Sentence = says["event "+e.Name]
		e.Example = example(eventFile(e.Name))
	}
	return t
})

// answerName is the DMCC schema's name for the answer of a service.
func answerName(service string) string {
	return strings.TrimSuffix(service, "Request") + "Response"
}

// eventFile is the name of an event's example.
func eventFile(name string) string {
	if slices.ContainsFunc(serviceTable, func(s ServiceInfo) bool { return s.Name == name }) {
		return name + "Event"
	}
	return name
}

// example is the example of that name; a message without one has no members.
func example(name string) json.RawMessage {
	text, err := messages.ReadFile("testdata/messages/" + name + ".json")
	if err != nil {
		return json.RawMessage("{}")
	}
	return bytes.TrimSpace(text)
}
