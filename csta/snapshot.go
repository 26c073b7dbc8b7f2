package csta

import "github.com/wtiphone/wtiphone/internal/scan"

// Snapshot services (ECMA-269, chapter 16).

// SnapshotDevice asks for the calls at a device.
type SnapshotDevice struct {
	Device  DeviceID              `json:"snapshotObject"`
	Private SnapshotDeviceOptions `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (SnapshotDevice) Service() string { return "SnapshotDevice" }

func (SnapshotDevice) answer() (_ DeviceSnapshot) { return }

// DeviceSnapshot answers [SnapshotDevice].
type DeviceSnapshot struct {
	Data    DeviceSnapshotData    `json:"crossRefIDorSnapshotData"`
	Private SnapshotDevicePrivate `json:"extensions,omitzero"`
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

func (d *DeviceSnapshotData) decodeJSON(c *scan.Cursor) (err error) {
	d.CrossRefID, d.Calls, err = decodeSnapshot[SnapshotDeviceInfo](c, "snapshotDeviceResponseInfo")
	return err
}

// SnapshotDeviceInfo is one call at a device.
type SnapshotDeviceInfo struct {
	Connection ConnectionID          `json:"connectionIdentifier"`
	Endpoint   ExtendedDeviceID      `json:"endpointDevice,omitzero"`
	State      CallState             `json:"localCallState"`
	Media      *MediaCharacteristics `json:"mediaCallCharacteristics,omitempty"`
}

// StationStatus says whether a station is in a call (DMCC schema).
type StationStatus string

// The states of a station.
const (
	StationBusy StationStatus = "busy"
	StationIdle StationStatus = "idle"
)

// SnapshotDeviceOptions is Avaya's part of [SnapshotDevice].
type SnapshotDeviceOptions struct {
	StationStatus *bool `json:"getStationStatus,omitempty"` // asks for it
}

func (SnapshotDeviceOptions) element() string { return "SnapshotDevicePrivateData" }

// MarshalJSON nests the private data.
func (p SnapshotDeviceOptions) MarshalJSON() ([]byte, error) {
	type plain SnapshotDeviceOptions
	return nest(p.element(), plain(p))
}

// SnapshotDevicePrivate is Avaya's part of [DeviceSnapshot].
type SnapshotDevicePrivate struct {
	Station StationStatus `json:"stationStatus,omitempty"`
	Service ServiceState  `json:"serviceState,omitempty"`
}

func (SnapshotDevicePrivate) element() string { return "SnapshotDeviceResponsePrivateData" }

// MarshalJSON nests the private data.
func (p SnapshotDevicePrivate) MarshalJSON() ([]byte, error) {
	type plain SnapshotDevicePrivate
	return nest(p.element(), plain(p))
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
	Data              CallSnapshotData      `json:"crossRefIDorSnapshotData"`
	Calling           ExtendedDeviceID      `json:"callingDevice,omitzero"`
	Called            ExtendedDeviceID      `json:"calledDevice,omitzero"`
	Linkage           CallLinkageData       `json:"callLinkageData,omitzero"`
	AssociatedCalling ExtendedDeviceID      `json:"associatedCallingDevice,omitzero"`
	AssociatedCalled  ExtendedDeviceID      `json:"associatedCalledDevice,omitzero"`
	Correlator        *CorrelatorData       `json:"correlatorData,omitempty"`
	Characteristics   *CallCharacteristics  `json:"callCharacteristics,omitempty"`
	Media             *MediaCharacteristics `json:"mediaCallCharacteristics,omitempty"`
	History           []DeviceHistoryItem   `json:"deviceHistory,omitempty"`
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

func (d *CallSnapshotData) decodeJSON(c *scan.Cursor) (err error) {
	d.CrossRefID, d.Parties, err = decodeSnapshot[SnapshotCallInfo](c, "snapshotCallResponseInfo")
	return err
}

// SnapshotCallInfo is one party of a call.
type SnapshotCallInfo struct {
	Device     ExtendedDeviceID `json:"deviceOnCall"`
	Connection ConnectionID     `json:"callIdentifier"`
	State      ConnectionState  `json:"localConnectionInfo,omitempty"`
}
