package csta

import (
	"encoding/json"

	"github.com/tidwall/gjson"
)

// CallState is the state of every connection of a call, the device's own first
// (compoundCallState; the other alternatives of the schema are mapped onto it).
type CallState struct {
	Connections []ConnectionState
	Simple      string // simpleCallState as it came, where a server sends that
}

// Local is the state of the device's own connection, Null when it is not told.
func (s CallState) Local() ConnectionState {
	if len(s.Connections) > 0 {
		return s.Connections[0]
	}
	return Null
}

// MarshalJSON writes {"compoundCallState":{"localConnectionState":[...]}}.
func (s CallState) MarshalJSON() ([]byte, error) {
	type compound struct {
		States []ConnectionState `json:"localConnectionState"`
	}
	return json.Marshal(struct {
		Compound compound `json:"compoundCallState"`
	}{compound{s.Connections}})
}

// simpleStates gives the own state for each simpleCallState of the schema.
var simpleStates = map[string]ConnectionState{
	"callNull": Null, "callPending": Initiated, "callOriginated": Connected,
	"callDelivered": Connected, "callDeliveredHeld": Connected, "callReceived": Alerting,
	"callEstablished": Connected, "callEstablishedHeld": Connected,
	"callReceivedOnHold": Held, "callEstablishedOnHold": Held,
	"callQueued": Connected, "callQueuedHeld": Held,
	"callFailed": Connected, "callFailedHeld": Held, "callBlocked": Fail,
}

func (s *CallState) decodeJSON(r gjson.Result) error {
	if r.Type == gjson.String {
		s.setSimple(r.Str)
		return nil
	}
	if simple := member(r, "simpleCallState"); simple.Exists() {
		s.setSimple(textOf(simple))
		return nil
	}
	var c struct {
		States []ConnectionState `json:"localConnectionState"`
	}
	if compound := member(r, "compoundCallState"); compound.IsObject() {
		r = compound
	} else if compound.Exists() {
		return decodeListInto(compound, "", &s.Connections)
	}
	if !r.IsObject() {
		return decodeListInto(r, "", &s.Connections)
	}
	err := decodeResult(r, &c)
	s.Connections = c.States
	return err
}

func (s *CallState) setSimple(name string) {
	s.Simple = name
	if state, ok := simpleStates[name]; ok {
		s.Connections = []ConnectionState{state}
	}
}
