package csta

// Services about sessions and what they hold: for a client that comes back and
// wants its monitors from the session before (Avaya extensions, DMCC schema).
// Lists come in events, which need a monitor on the session: [MonitorStart] with
// an empty device and [DeviceServicesFilter]. Whether WTI has them is not known.

// CleanupSession drops the devices, registrations and monitors of the session, and
// keeps the session (DMCC schema; the effect is inferred from the name).
type CleanupSession struct{}

// Service is the name on the wire.
func (CleanupSession) Service() string { return "CleanupSession" }

func (CleanupSession) answer() (_ Empty) { return }

// DeviceIDType says how a session wants device ids spelt (DMCC schema).
type DeviceIDType string

// The spellings of device ids.
const (
	DMCCDeviceID   DeviceIDType = "DMCC"   // 5590:CM55:0.0.0.0:0
	TelURIDeviceID DeviceIDType = "TelURI" // tel:+1...
)

// EventFilterMode thins out the events of a session (DMCC schema).
type EventFilterMode string

// The filter modes.
const (
	NoEventFilter      EventFilterMode = "None"
	DesktopCallControl EventFilterMode = "DesktopCallControl"
)

// SetSessionCharacteristics changes how the server speaks to this session (DMCC
// schema).
type SetSessionCharacteristics struct {
	Characteristics SessionCharacteristics `json:"sessionCharacteristics"`
}

// SessionCharacteristics are what can be changed; "" leaves a setting as it is.
type SessionCharacteristics struct {
	DeviceIDType DeviceIDType    `json:"deviceIDType,omitempty"`
	EventFilter  EventFilterMode `json:"eventFilterMode,omitempty"`
}

// Service is the name on the wire.
func (SetSessionCharacteristics) Service() string { return "SetSessionCharacteristics" }

func (SetSessionCharacteristics) answer() (_ Empty) { return }

// GetSessionIDList asks for the sessions of this user (DMCC schema).
type GetSessionIDList struct{}

// Service is the name on the wire.
func (GetSessionIDList) Service() string { return "GetSessionIdList" }

func (GetSessionIDList) answer() (_ SessionIDs) { return }

// SessionIDs answers [GetSessionIDList] (DMCC schema).
type SessionIDs struct {
	Sessions []string `json:"sessionIDList" item:"sessionID"`
}

// SessionRef answers the services whose content comes in an event (DMCC schema).
type SessionRef struct {
	SessionID string `json:"sessionID"`
}

// GetDeviceIDList asks for the devices that a session holds; they come in
// [DeviceIDList] events (DMCC schema).
type GetDeviceIDList struct {
	SessionID string `json:"sessionID"`
}

// Service is the name on the wire.
func (GetDeviceIDList) Service() string { return "GetDeviceIdList" }

func (GetDeviceIDList) answer() (_ SessionRef) { return }

// GetMonitorList asks for the monitors that a session holds; they come in
// [MonitorList] events (DMCC schema).
type GetMonitorList struct {
	SessionID string `json:"sessionID"`
}

// Service is the name on the wire.
func (GetMonitorList) Service() string { return "GetMonitorList" }

func (GetMonitorList) answer() (_ SessionRef) { return }

// TransferMonitorObjects moves the devices and monitors of one session to another;
// what was moved comes in [MonitorObjectsTransferred] events (DMCC schema and field
// use).
type TransferMonitorObjects struct {
	From string `json:"fromSessionID"`
	To   string `json:"toSessionID"`
}

// Service is the name on the wire.
func (TransferMonitorObjects) Service() string { return "TransferMonitorObjects" }

func (TransferMonitorObjects) answer() (_ MonitorTransfer) { return }

// MonitorTransfer answers [TransferMonitorObjects] (DMCC schema).
type MonitorTransfer struct {
	From string `json:"fromSessionID"`
	To   string `json:"toSessionID"`
}

// DeviceIDList tells the devices that a session holds; several may come, until one
// is final (DMCC schema).
type DeviceIDList struct {
	Monitored
	Sequence  string     `json:"sequenceNumber"`
	SessionID string     `json:"sessionID"`
	Final     bool       `json:"isFinalResponse"`
	Devices   []DeviceID `json:"deviceIDList" item:"deviceID"`
}

// EventName is the name on the wire.
func (DeviceIDList) EventName() string { return "GetDeviceIdListEvent" }

// MonitorList tells the monitors that a session holds; several may come, until one
// is final (DMCC schema).
type MonitorList struct {
	Monitored
	Sequence  string              `json:"sequenceNumber"`
	SessionID string              `json:"sessionID"`
	Final     bool                `json:"isFinalResponse"`
	Monitors  []MonitorObjectData `json:"monitorObjectDataList" item:"monitorObjectData"`
}

// EventName is the name on the wire.
func (MonitorList) EventName() string { return "GetMonitorListEvent" }

// MonitorObjectsTransferred tells what was moved from session to session; several
// may come, until one is final (DMCC schema).
type MonitorObjectsTransferred struct {
	Monitored
	Sequence string              `json:"sequenceNumber"`
	From     string              `json:"fromSessionID"`
	To       string              `json:"toSessionID"`
	Final    bool                `json:"isFinalResponse"`
	Monitors []MonitorObjectData `json:"monitorObjectDataList" item:"monitorObjectData"`
}

// EventName is the name on the wire.
func (MonitorObjectsTransferred) EventName() string { return "TransferMonitorObjectsEvent" }

// MonitorObjectData is one monitored object and the monitors on it (DMCC schema).
type MonitorObjectData struct {
	Object   MonitorObject    `json:"monitorObject"`
	Type     MonitorType      `json:"monitorType,omitempty"`
	Monitors []MonitorStarted `json:"MonitorStartResponse"`
}
