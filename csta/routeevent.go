package csta

// What the server sends in a routing dialogue. DMCC sends these as requests of its
// own; to a client they are events (DMCC schema).

// SelectValue says how the switch would choose a route (DMCC schema).
type SelectValue string

// The algorithms.
const (
	SelectNormal      SelectValue = "normal"
	SelectLeastCost   SelectValue = "leastCost"
	SelectEmergency   SelectValue = "emergency"
	SelectACD         SelectValue = "aCD"
	SelectUserDefined SelectValue = "userDefined"
)

// RouteRequest asks where a call should go; the client says it with [RouteSelect]
// or [RouteEnd] (DMCC schema).
type RouteRequest struct {
	Unmonitored
	Dialogue         RouteCrossRefID       `json:"crossRefIdentifier"`
	Register         RouteRegisterID       `json:"routeRegisterReqID"`
	Current          ExtendedDeviceID      `json:"currentRoute,omitzero"` // where it was going
	Calling          ExtendedDeviceID      `json:"callingDevice,omitzero"`
	Routeing         ExtendedDeviceID      `json:"routeingDevice,omitzero"` // who asks: the VDN
	Call             ConnectionID          `json:"routedCall,omitzero"`
	Algorithm        SelectValue           `json:"routeSelAlgorithm,omitempty"`
	AssociatedCaller ExtendedDeviceID      `json:"associatedCallingDevice,omitzero"`
	AssociatedCalled ExtendedDeviceID      `json:"associatedCalledDevice,omitzero"`
	Priority         *bool                 `json:"priority,omitempty"`
	ReplyTimeout     int                   `json:"replyTimeout,omitempty"`
	Correlator       *CorrelatorData       `json:"correlatorData,omitempty"`
	Media            *MediaCharacteristics `json:"mediaCallCharacteristics,omitempty"`
	Characteristics  *CallCharacteristics  `json:"callCharacteristics,omitempty"`
	Linkage          CallLinkageData       `json:"callLinkageData,omitzero"`
	History          []DeviceHistoryItem   `json:"deviceHistory,omitempty"`
	Private          RouteRequestPrivate   `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (RouteRequest) EventName() string { return "RouteRequest" }

// RouteRequestPrivate is Avaya's part of [RouteRequest].
type RouteRequestPrivate struct {
	TrunkGroup  string              `json:"trunkGroup,omitempty"`
	TrunkMember string              `json:"trunkMember,omitempty"`
	LookAhead   *LookAheadInfo      `json:"lookAheadInfo,omitempty"`
	Entered     *UserEnteredCode    `json:"userEnteredCode,omitempty"`
	UserData    *UserData           `json:"userData,omitempty"`
	Linkage     CallLinkageData     `json:"callLinkageData,omitzero"`
	History     []DeviceHistoryItem `json:"deviceHistory,omitempty"`
}

func (RouteRequestPrivate) element() string { return "RouteRequestPrivateData" }

// MarshalJSON nests the private data.
func (p RouteRequestPrivate) MarshalJSON() ([]byte, error) {
	type plain RouteRequestPrivate
	return nest(p.element(), plain(p))
}

// ReRoute asks for another route: the selected one did not work (DMCC schema).
type ReRoute struct {
	Unmonitored
	Dialogue     RouteCrossRefID `json:"crossRefIdentifier"`
	Register     RouteRegisterID `json:"routeRegisterReqID"`
	ReplyTimeout int             `json:"replyTimeout,omitempty"`
	Correlator   *CorrelatorData `json:"correlatorData,omitempty"`
	Linkage      CallLinkageData `json:"callLinkageData,omitzero"`
}

// EventName is the name on the wire.
func (ReRoute) EventName() string { return "ReRoute" }

// RouteUsed tells where a routed call went, if [RouteSelect] asked for it (DMCC
// schema).
type RouteUsed struct {
	Unmonitored
	Dialogue   RouteCrossRefID  `json:"crossRefIdentifier"`
	Register   RouteRegisterID  `json:"routeRegisterReqID"`
	Used       ExtendedDeviceID `json:"routeUsed,omitzero"`
	Calling    ExtendedDeviceID `json:"callingDevice,omitzero"`
	Domain     *bool            `json:"domain,omitempty"` // left the switching domain
	Correlator *CorrelatorData  `json:"correlatorData,omitempty"`
	Linkage    CallLinkageData  `json:"callLinkageData,omitzero"`
	Private    RouteUsedPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (RouteUsed) EventName() string { return "RouteUsed" }

// RouteUsedPrivate is Avaya's part of [RouteUsed].
type RouteUsedPrivate struct {
	Route DeviceID `json:"destRoute,omitempty"` // trunk access code
}

func (RouteUsedPrivate) element() string { return "RouteUsedPrivateData" }

// MarshalJSON nests the private data.
func (p RouteUsedPrivate) MarshalJSON() ([]byte, error) {
	type plain RouteUsedPrivate
	return nest(p.element(), plain(p))
}

// RouteEnded tells that the switch ended a routing dialogue; it has the same name as
// the client's [RouteEnd] (DMCC schema).
type RouteEnded struct {
	Unmonitored
	Dialogue   RouteCrossRefID `json:"crossRefIdentifier"`
	Register   RouteRegisterID `json:"routeRegisterReqID,omitempty"`
	Error      Opaque          `json:"errorValue,omitempty"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
}

// EventName is the name on the wire.
func (RouteEnded) EventName() string { return "RouteEnd" }

// RouteRegisterAbort tells that the server ended a registration (DMCC schema).
type RouteRegisterAbort struct {
	Unmonitored
	Register RouteRegisterID `json:"routeRegisterReqID"`
}

// EventName is the name on the wire.
func (RouteRegisterAbort) EventName() string { return "RouteRegisterAbort" }
