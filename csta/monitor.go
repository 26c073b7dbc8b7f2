package csta

// Monitoring services (ECMA-269, chapter 15; filter keys from the DMCC schema).

// MonitorType says what a monitor follows (DMCC schema).
type MonitorType string

// The monitor types. A call monitor on a device keeps following each call that
// touched it; that is what a VDN or a skill needs.
const (
	DeviceMonitor MonitorType = "device"
	CallMonitor   MonitorType = "call"
)

// MonitorObject is what is watched: a device or one call (WTI forum: deviceObject
// is a bare id). An empty device stands for the session itself (DMCC field use).
type MonitorObject struct {
	Device DeviceID      `json:"deviceObject,omitempty"`
	Call   *ConnectionID `json:"callObject,omitempty"`
}

// MonitorStart asks for the events of a device or a call. WTI's name for it is not
// in any source; package wti tries MonitorDevice first, then MonitorStart.
type MonitorStart struct {
	Object    MonitorObject  `json:"monitorObject"`
	Filter    *MonitorFilter `json:"requestedMonitorFilter,omitempty"`
	Type      MonitorType    `json:"monitorType,omitempty"`
	TargetURL string         `json:"targetUrl,omitempty"` // where events are posted; REST only
	Avaya     AvayaEvents    `json:"extensions,omitzero"`
}

// Service is the name in the DMCC schema.
func (MonitorStart) Service() string { return "MonitorStart" }

func (MonitorStart) answer() (_ MonitorStarted) { return }

// MonitorStarted answers [MonitorStart] (DMCC schema).
type MonitorStarted struct {
	CrossRefID MonitorCrossRefID `json:"monitorCrossRefID"`
	Filter     *MonitorFilter    `json:"actualMonitorFilter,omitempty"`
	Existing   *bool             `json:"monitorExistingCalls,omitempty"`
	Avaya      AvayaEvents       `json:"extensions,omitzero"`
	// Snapshot is the monitored call's parties, which Avaya sends for a call monitor
	// as private data. It is written as a member of the answer itself.
	Snapshot []SnapshotCallInfo `json:"snapshotData,omitempty" item:"snapshotCallResponseInfo"`
}

// MonitorStop ends a monitor. The server sends a message of the same name when it
// ends one itself: [MonitorStopped]. An id that names no monitor is refused with
// [InvalidMonitorCrossRefID] (inferred).
type MonitorStop struct {
	CrossRefID MonitorCrossRefID `json:"monitorCrossRefID"`
}

// Service is the name on the wire.
func (MonitorStop) Service() string { return "MonitorStop" }

func (MonitorStop) answer() (_ Empty) { return }

// MonitorStopped tells that the server ended a monitor (DMCC guides; causes such as
// a lost CTI link are inferred).
type MonitorStopped struct {
	Monitored
	Cause EventCause `json:"cause,omitempty"`
}

// EventName is the name on the wire.
func (MonitorStopped) EventName() string { return "MonitorStop" }

// ChangeMonitorFilter replaces the filter of a monitor (ECMA-323; not in use with
// DMCC).
type ChangeMonitorFilter struct {
	CrossRefID MonitorCrossRefID `json:"monitorCrossRefID"`
	Filter     MonitorFilter     `json:"requestedFilterList"`
}

// Service is the name on the wire.
func (ChangeMonitorFilter) Service() string { return "ChangeMonitorFilter" }

func (ChangeMonitorFilter) answer() (_ MonitorFilterChanged) { return }

// MonitorFilterChanged answers [ChangeMonitorFilter] (ECMA-323).
type MonitorFilterChanged struct {
	Filter MonitorFilter `json:"actualFilterList"`
}
