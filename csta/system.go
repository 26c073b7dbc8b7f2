package csta

// The system behind the session: its status, its clock and its dial plan (ECMA-269,
// chapter 14; Avaya extensions, DMCC schema).

// SystemStatusValue is how the system is doing (DMCC schema).
type SystemStatusValue string

// The values of system status.
const (
	SystemDisabled          SystemStatusValue = "disabled"
	SystemPartiallyDisabled SystemStatusValue = "partiallyDisabled"
	SystemEnabled           SystemStatusValue = "enabled"
	SystemInitializing      SystemStatusValue = "initializing"
	SystemMessagesLost      SystemStatusValue = "messagesLost"
	SystemNormal            SystemStatusValue = "normal"
	SystemOverloadImminent  SystemStatusValue = "overloadImminent"
	SystemOverloadReached   SystemStatusValue = "overloadReached"
	SystemOverloadRelieved  SystemStatusValue = "overloadRelieved"
)

// TLinkState is the state of the link between AES and a switch (DMCC schema:
// TlinkStatusType).
type TLinkState string

// The states of a link.
const (
	TLinkUp          TLinkState = "tlinkUp"
	TLinkDown        TLinkState = "tlinkDown"
	TLinkUnavailable TLinkState = "tlinkUnavailable"
)

// SwitchTLink is the link to one switch (DMCC schema: SwitchTlinkStatus).
type SwitchTLink struct {
	Switch string     `json:"switchName"`
	State  TLinkState `json:"tlinkStatus,omitempty"`
}

// RequestSystemStatus asks how the system is doing; Private asks for the link to a
// switch as well (DMCC schema).
type RequestSystemStatus struct {
	Register string               `json:"sysStatRegisterID,omitempty"`
	Private  SystemStatusQuestion `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (RequestSystemStatus) Service() string { return "RequestSystemStatus" }

func (RequestSystemStatus) answer() (_ SystemStatusReply) { return }

// SystemStatusQuestion is Avaya's part of [RequestSystemStatus].
type SystemStatusQuestion struct {
	Protocols []string       `json:"requestedProtocolVersions,omitempty" item:"protocolVersion"`
	TLink     *TLinkQuestion `json:"getTlinkStatus,omitempty"`
}

// TLinkQuestion names the switch whose link is asked for (DMCC schema).
type TLinkQuestion struct {
	Switch string `json:"switchName,omitempty"`
}

func (SystemStatusQuestion) element() string { return "RequestSystemStatusPrivateData" }

// MarshalJSON nests the private data.
func (p SystemStatusQuestion) MarshalJSON() ([]byte, error) {
	type plain SystemStatusQuestion
	return nest(p.element(), plain(p))
}

// SystemStatusReply answers [RequestSystemStatus] (DMCC schema).
type SystemStatusReply struct {
	Status  SystemStatusValue        `json:"systemStatus"`
	Private SystemStatusReplyPrivate `json:"extensions,omitzero"`
}

// SystemStatusReplyPrivate is Avaya's part of [SystemStatusReply].
type SystemStatusReplyPrivate struct {
	TLinks   []SwitchTLink `json:"switchTlinkStatus,omitempty"`
	Protocol string        `json:"actualProtocolVersion,omitempty"`
}

func (SystemStatusReplyPrivate) element() string { return "RequestSystemStatusResponsePrivateData" }

// MarshalJSON nests the private data.
func (p SystemStatusReplyPrivate) MarshalJSON() ([]byte, error) {
	type plain SystemStatusReplyPrivate
	return nest(p.element(), plain(p))
}

// RequestTypes says what to be told of the system (DMCC schema).
type RequestTypes struct {
	SystemStatus        *bool `json:"systemStatus,omitempty"`
	RequestSystemStatus *bool `json:"requestSystemStatus,omitempty"`
	CapsChanged         *bool `json:"switchingFunctionCapsChanged,omitempty"`
	DevicesChanged      *bool `json:"switchingFunctionDevicesChanged,omitempty"`
}

// StatusFilter has one member for each value of system status (DMCC schema). What
// true means is as with [MonitorFilter].
type StatusFilter struct {
	Initializing      *bool `json:"initializing,omitempty"`
	Enabled           *bool `json:"enabled,omitempty"`
	Normal            *bool `json:"normal,omitempty"`
	MessageLost       *bool `json:"messageLost,omitempty"`
	Disabled          *bool `json:"disabled,omitempty"`
	PartiallyDisabled *bool `json:"partiallyDisabled,omitempty"`
	OverloadImminent  *bool `json:"overloadImminent,omitempty"`
	OverloadReached   *bool `json:"overloadReached,omitempty"`
	OverloadRelieved  *bool `json:"overloadRelieved,omitempty"`
}

// SystemRegister asks for [SystemStatus] events (DMCC schema).
type SystemRegister struct {
	Types   RequestTypes          `json:"requestTypes"`
	Filter  *StatusFilter         `json:"requestedStatusFilter,omitempty"`
	Private SystemRegisterPrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (SystemRegister) Service() string { return "SystemRegister" }

func (SystemRegister) answer() (_ SystemRegistered) { return }

// SystemRegisterPrivate is Avaya's part of [SystemRegister] and of its answer.
type SystemRegisterPrivate struct {
	Invert *bool  `json:"invertFilter,omitempty"`
	Switch string `json:"switchName,omitempty"`
}

func (SystemRegisterPrivate) element() string { return "SystemRegisterPrivateData" }

// MarshalJSON nests the private data.
func (p SystemRegisterPrivate) MarshalJSON() ([]byte, error) {
	type plain SystemRegisterPrivate
	return nest(p.element(), plain(p))
}

// SystemRegistered answers [SystemRegister] (DMCC schema; the filter comes back with
// its members as the server reads them, DMCC samples).
type SystemRegistered struct {
	Register string                `json:"sysStatRegisterID"`
	Filter   *StatusFilter         `json:"actualStatusFilter,omitempty"`
	Private  SystemRegisterPrivate `json:"extensions,omitzero"`
}

// SystemStatus tells how the system is doing. DMCC sends it as a request that the
// client answers; to a client it is an event (DMCC schema).
type SystemStatus struct {
	Unmonitored
	Register string              `json:"sysStatRegisterID,omitempty"`
	Status   SystemStatusValue   `json:"systemStatus"`
	Private  SystemStatusPrivate `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (SystemStatus) EventName() string { return "SystemStatus" }

// SystemStatusPrivate is Avaya's part of [SystemStatus].
type SystemStatusPrivate struct {
	TLinks []SwitchTLink `json:"switchTlinkStatus,omitempty"`
}

func (SystemStatusPrivate) element() string { return "SystemStatusPrivateData" }

// MarshalJSON nests the private data.
func (p SystemStatusPrivate) MarshalJSON() ([]byte, error) {
	type plain SystemStatusPrivate
	return nest(p.element(), plain(p))
}
