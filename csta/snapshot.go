package csta

import (
	"encoding/json"

	"github.com/tidwall/gjson"
)

// Snapshot services (ECMA-269, chapter 16).

// SnapshotDevice asks for the calls at a device.
type SnapshotDevice struct {
	Device DeviceID `json:"snapshotObject"`
}

// Service is the name on the wire.
func (SnapshotDevice) Service() string { return "SnapshotDevice" }

func (SnapshotDevice) answer() (_ DeviceSnapshot) { return }

// DeviceSnapshot answers [SnapshotDevice].
type DeviceSnapshot struct {
	Data DeviceSnapshotData `json:"crossRefIDorSnapshotData"`
}

// Calls are the calls at the device.
func (s DeviceSnapshot) Calls() []SnapshotDeviceInfo { return s.Data.Calls }

// DeviceSnapshotData is the choice that the answer wraps its list in.
type DeviceSnapshotData struct {
	CrossRefID string
	Calls      []SnapshotDeviceInfo
}

// MarshalJSON writes snapshotData/snapshotDeviceResponseInfo as the schema nests it.
func (d DeviceSnapshotData) MarshalJSON() ([]byte, error) {
	return marshalSnapshot(d.CrossRefID, "snapshotDeviceResponseInfo", d.Calls)
}

func (d *DeviceSnapshotData) decodeJSON(r gjson.Result) error {
	d.CrossRefID = textOf(member(r, "serviceCrossRefID"))
	return decodeSnapshot(r, "snapshotDeviceResponseInfo", &d.Calls)
}

// SnapshotDeviceInfo is one call at a device.
type SnapshotDeviceInfo struct {
	Connection ConnectionID     `json:"connectionIdentifier"`
	Endpoint   ExtendedDeviceID `json:"endpointDevice,omitzero"`
	State      CallState        `json:"localCallState"`
}

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

// SnapshotCall asks for the parties of a call.
type SnapshotCall struct {
	Call ConnectionID `json:"snapshotObject"`
}

// Service is the name on the wire.
func (SnapshotCall) Service() string { return "SnapshotCall" }

func (SnapshotCall) answer() (_ CallSnapshot) { return }

// CallSnapshot answers [SnapshotCall].
type CallSnapshot struct {
	Data    CallSnapshotData `json:"crossRefIDorSnapshotData"`
	Calling ExtendedDeviceID `json:"callingDevice,omitzero"`
	Called  ExtendedDeviceID `json:"calledDevice,omitzero"`
	Linkage CallLinkageData  `json:"callLinkageData,omitzero"`
}

// Parties are the parties of the call.
func (s CallSnapshot) Parties() []SnapshotCallInfo { return s.Data.Parties }

// CallSnapshotData is the choice that the answer wraps its list in.
type CallSnapshotData struct {
	CrossRefID string
	Parties    []SnapshotCallInfo
}

// MarshalJSON writes snapshotData/snapshotCallResponseInfo as the schema nests it.
func (d CallSnapshotData) MarshalJSON() ([]byte, error) {
	return marshalSnapshot(d.CrossRefID, "snapshotCallResponseInfo", d.Parties)
}

func (d *CallSnapshotData) decodeJSON(r gjson.Result) error {
	d.CrossRefID = textOf(member(r, "serviceCrossRefID"))
	return decodeSnapshot(r, "snapshotCallResponseInfo", &d.Parties)
}

// SnapshotCallInfo is one party of a call.
type SnapshotCallInfo struct {
	Device     ExtendedDeviceID `json:"deviceOnCall"`
	Connection ConnectionID     `json:"callIdentifier"`
	State      ConnectionState  `json:"localConnectionInfo,omitempty"`
}
