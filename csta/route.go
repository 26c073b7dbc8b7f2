package csta

// Adjunct routing: the switch asks the application where a call should go (ECMA-269,
// chapter 19; DMCC schema; that WTI has it is said in its forum). A dialogue is named
// by its cross reference id, the registration by its own; there is no monitor.

// RouteCrossRefID names one routing dialogue (DMCC schema: crossRefIdentifier).
type RouteCrossRefID string

// RouteRegisterID names a registration (DMCC schema: routeRegisterReqID).
type RouteRegisterID string

// RouteRegister makes the session the one that is asked about calls to a device, a
// VDN as a rule (DMCC schema).
type RouteRegister struct {
	Device  DeviceID             `json:"routeingDevice,omitempty"`
	Media   *MediaClass          `json:"requestedRouteingMediaClass,omitempty"`
	Private RouteRegisterPrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (RouteRegister) Service() string { return "RouteRegister" }

func (RouteRegister) answer() (_ RouteRegistered) { return }

// RouteRegisterPrivate is Avaya's part of [RouteRegister].
type RouteRegisterPrivate struct {
	Switches string `json:"switchNameList,omitempty"`
}

func (RouteRegisterPrivate) element() string { return "RouteRegisterPrivateData" }

// MarshalJSON nests the private data.
func (p RouteRegisterPrivate) MarshalJSON() ([]byte, error) {
	type plain RouteRegisterPrivate
	return nest(p.element(), plain(p))
}

// RouteRegistered answers [RouteRegister] (DMCC schema).
type RouteRegistered struct {
	Register RouteRegisterID `json:"routeRegisterReqID"`
	Media    *MediaClass     `json:"actualRouteingMediaClass,omitempty"`
}

// RouteRegisterCancel ends a registration (DMCC schema).
type RouteRegisterCancel struct {
	Register RouteRegisterID `json:"routeRegisterReqID"`
}

// Service is the name on the wire.
func (RouteRegisterCancel) Service() string { return "RouteRegisterCancel" }

func (RouteRegisterCancel) answer() (_ Empty) { return }

// RouteSelect tells the switch where a call should go: what a client says to a
// [RouteRequest] (DMCC schema).
type RouteSelect struct {
	Dialogue   RouteCrossRefID    `json:"crossRefIdentifier"`
	Register   RouteRegisterID    `json:"routeRegisterReqID"`
	Selected   DeviceID           `json:"routeSelected"`
	Alternates []DeviceID         `json:"alternateRoutes,omitempty" item:"deviceID"`
	Retries    *RetryValue        `json:"remainRetries,omitempty"`
	WantUsed   *bool              `json:"routeUsedReq,omitempty"` // asks for [RouteUsed]
	Correlator *CorrelatorData    `json:"correlatorData,omitempty"`
	Private    RouteSelectPrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (RouteSelect) Service() string { return "RouteSelect" }

func (RouteSelect) answer() (_ Empty) { return }

// RetryValue says how often the client is ready to select again: one of the three
// (DMCC schema).
type RetryValue struct {
	NoCount *bool `json:"noCountAvailable,omitempty"`
	NoList  *bool `json:"noListAvailable,omitempty"`
	Count   *int  `json:"retryCount,omitempty"`
}

// RouteSelectPrivate is Avaya's part of [RouteSelect].
type RouteSelectPrivate struct {
	Calling     DeviceID          `json:"callingDevice,omitempty"`
	DirectAgent DeviceID          `json:"directAgentCallSplit,omitempty"`
	Priority    *bool             `json:"priorityCalling,omitempty"`
	Route       DeviceID          `json:"destRoute,omitempty"` // trunk access code
	Collect     *CollectCode      `json:"collectCode,omitempty"`
	Provided    *UserProvidedCode `json:"userProvidedCode,omitempty"`
	UserData    *UserData         `json:"userData,omitempty"`
	Redirection *int              `json:"networkCallRedirection,omitempty"`
}

func (RouteSelectPrivate) element() string { return "RouteSelectPrivateData" }

// MarshalJSON nests the private data.
func (p RouteSelectPrivate) MarshalJSON() ([]byte, error) {
	type plain RouteSelectPrivate
	return nest(p.element(), plain(p))
}

// CollectCodeType says whether the switch collects digits first (DMCC schema).
type CollectCodeType string

// The ways to collect.
const (
	CollectNothing  CollectCodeType = "none"
	CollectByDetect CollectCodeType = "toneDetector"
)

// CollectCode asks the switch to collect digits before it goes on (DMCC schema).
type CollectCode struct {
	Type    CollectCodeType `json:"collectCodeType,omitempty"`
	Digits  int             `json:"digitsToBeCollected"`
	Timeout int             `json:"timeout"` // seconds (general knowledge)
}

// ProvidedCodeType says where a code comes from that goes with a route (DMCC schema).
type ProvidedCodeType string

// The sources of a code.
const (
	ProvidedNothing    ProvidedCodeType = "none"
	ProvidedByDatabase ProvidedCodeType = "databaseProvided"
)

// UserProvidedCode sends digits along with the call (DMCC schema).
type UserProvidedCode struct {
	Type ProvidedCodeType `json:"providedCodeType,omitempty"`
	Data string           `json:"data,omitempty"`
}

// RouteEnd ends a routing dialogue from the client's side: the switch goes on by
// itself (DMCC schema).
type RouteEnd struct {
	Dialogue   RouteCrossRefID `json:"crossRefIdentifier"`
	Register   RouteRegisterID `json:"routeRegisterReqID,omitempty"`
	Error      Opaque          `json:"errorValue,omitempty"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
}

// Service is the name on the wire.
func (RouteEnd) Service() string { return "RouteEnd" }

func (RouteEnd) answer() (_ Empty) { return }

// RejectCause says why a client will not route a call (DMCC schema).
type RejectCause string

// The causes.
const (
	RejectBusy      RejectCause = "busyOverflow"
	RejectQueueTime RejectCause = "queueTimeOverflow"
	RejectCapacity  RejectCause = "capacityOverflow"
	RejectCalendar  RejectCause = "calendarOverflow"
	RejectUnknown   RejectCause = "unknownOverflow"
)

// RouteReject refuses to route a call (ECMA-323; not seen with AES).
type RouteReject struct {
	Dialogue   RouteCrossRefID `json:"crossRefIdentifier"`
	Register   RouteRegisterID `json:"routeRegisterReqID,omitempty"`
	Cause      RejectCause     `json:"rejectCause,omitempty"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
}

// Service is the name on the wire.
func (RouteReject) Service() string { return "RouteReject" }

func (RouteReject) answer() (_ Empty) { return }
