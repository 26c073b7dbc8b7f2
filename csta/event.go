package csta

import (
	"encoding/json"
	"strings"
)

// Event is what a server sends on its own. The set is closed but for [Unknown],
// which carries whatever else arrives.
type Event interface {
	EventName() string           // the name on the wire
	CrossRef() MonitorCrossRefID // the monitor that it was sent for, "" for none
}

// Monitored is what every event for a monitor begins with.
type Monitored struct {
	CrossRefID MonitorCrossRefID `json:"monitorCrossRefID"`
}

// CrossRef is the monitor that the event was sent for.
func (m Monitored) CrossRef() MonitorCrossRefID { return m.CrossRefID }

// Unmonitored is what events begin with that belong to no monitor: to the session, a
// routing dialogue or a listener.
type Unmonitored struct{}

// CrossRef is empty.
func (Unmonitored) CrossRef() MonitorCrossRefID { return "" }

// Unknown is an event without a type here, or one whose content could not be read
// as its type. Nothing of it is lost.
type Unknown struct {
	Name string          // as the server sent it
	Body json.RawMessage // the payload as it came
	Err  error           // why a known event could not be read; nil for unknown names
}

// EventName is the name as the server sent it.
func (u Unknown) EventName() string { return u.Name }

// CrossRef looks for a monitorCrossRefID in the body.
func (u Unknown) CrossRef() MonitorCrossRefID {
	c := newCursor(u.Body)
	id, ok := c.Find("monitorCrossRefID")
	if !ok {
		return ""
	}
	text, err := id.Text()
	if err != nil {
		return ""
	}
	return MonitorCrossRefID(text)
}

// eventDecoders holds every event of the table by its name and its base name.
var eventDecoders = func() map[string]eventDecoder {
	byName := make(map[string]eventDecoder, 2*len(eventTable))
	for _, e := range eventTable {
		byName[e.Name] = e.decode
		byName[baseName(e.Name)] = e.decode
	}
	return byName
}()

type eventDecoder func(payload []byte) (Event, error)

// baseName reduces the spellings of an event's name to one: without the suffix
// Event, in lower case, Transferred with one r as DMCC's XML has it.
func baseName(name string) string {
	name = strings.ToLower(name)
	name = strings.TrimSuffix(name, "event")
	return strings.Replace(name, "transferred", "transfered", 1)
}

// DecodeEvent makes the event of that name from its payload. It never fails: an
// unknown name, and a payload that does not fit its name, give an [Unknown].
func DecodeEvent(name string, payload []byte) Event {
	decode, ok := eventDecoders[name]
	if !ok {
		decode, ok = eventDecoders[baseName(name)]
	}
	if !ok {
		return Unknown{Name: name, Body: payload}
	}
	ev, err := decode(payload)
	if err != nil {
		return Unknown{Name: name, Body: payload, Err: err}
	}
	return ev
}
