package csta

import (
	"encoding/json"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// CallState is the state of every connection of a call, the device's own first
// (compoundCallState; the other alternatives of the schema are mapped onto it).
type CallState struct {
	Connections []ConnectionState
	Simple      SimpleCallState // as it came, where a server sends that instead
}

// Local is the state of the device's own connection, Null when it is not told.
func (s CallState) Local() ConnectionState {
	if len(s.Connections) > 0 {
		return s.Connections[0]
	}
	return Null
}

// MarshalJSON writes {"compoundCallState":{"localConnectionState":[...]}}, or
// {"simpleCallState":...} if that is what came.
func (s CallState) MarshalJSON() ([]byte, error) {
	if s.Simple != "" {
		return json.Marshal(map[string]SimpleCallState{"simpleCallState": s.Simple})
	}
	type compound struct {
		States []ConnectionState `json:"localConnectionState"`
	}
	return json.Marshal(struct {
		Compound compound `json:"compoundCallState"`
	}{compound{s.Connections}})
}

// SimpleCallState names the state of a call of two parties in one word (DMCC schema).
type SimpleCallState string

// The simple call states; Held is the other party's doing, OnHold the device's own.
const (
	CallNull              SimpleCallState = "callNull"
	CallPending           SimpleCallState = "callPending"
	CallOriginated        SimpleCallState = "callOriginated"
	CallDelivered         SimpleCallState = "callDelivered"
	CallDeliveredHeld     SimpleCallState = "callDeliveredHeld"
	CallReceived          SimpleCallState = "callReceived"
	CallEstablished       SimpleCallState = "callEstablished"
	CallEstablishedHeld   SimpleCallState = "callEstablishedHeld"
	CallReceivedOnHold    SimpleCallState = "callReceivedOnHold"
	CallEstablishedOnHold SimpleCallState = "callEstablishedOnHold"
	CallQueued            SimpleCallState = "callQueued"
	CallQueuedHeld        SimpleCallState = "callQueuedHeld"
	CallFailed            SimpleCallState = "callFailed"
	CallFailedHeld        SimpleCallState = "callFailedHeld"
	CallBlocked           SimpleCallState = "callBlocked"
)

// local is the state of the device's own connection in a simple call state (ECMA-269,
// 12.2.20; which of two is the own one, where the name does not say, is inferred).
func (s SimpleCallState) local() (_ ConnectionState, known bool) {
	switch s {
	case CallNull:
		return Null, true
	case CallPending:
		return Initiated, true
	case CallOriginated, CallDelivered, CallDeliveredHeld, CallEstablished,
		CallEstablishedHeld, CallQueued, CallFailed:
		return Connected, true
	case CallReceived:
		return Alerting, true
	case CallReceivedOnHold, CallEstablishedOnHold, CallQueuedHeld, CallFailedHeld:
		return Held, true
	case CallBlocked:
		return Fail, true
	}
	return Null, false
}

func (s *CallState) decodeJSON(c *scan.Cursor) error {
	at := *c
	if err := c.Skip(); err != nil {
		return err
	}
	if at.Nothing() {
		return nil
	}
	simple, ok := at.Find("simpleCallState")
	if !ok && at.Kind() == '"' {
		simple, ok = at, true
	}
	if ok {
		name, err := simple.Text()
		s.setSimple(name)
		return err
	}
	if compound, ok := at.Find("compoundCallState"); ok {
		at = compound
	}
	if at.Kind() == '{' {
		if at, ok = at.Find("localConnectionState"); !ok {
			return nil // unknown, the schema's third alternative
		}
	}
	states, err := decodeListOf[ConnectionState](&at, "localConnectionState")
	s.Connections = states
	return err
}

func (s *CallState) setSimple(name string) {
	s.Simple = SimpleCallState(name)
	if state, ok := s.Simple.local(); ok {
		s.Connections = []ConnectionState{state}
	}
}
