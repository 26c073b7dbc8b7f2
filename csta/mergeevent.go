package csta

// Events that merge two calls into one. Which of the two ids lives on must be read
// from the connections, never from a rule (field observation).

// Transferred tells that a device joined two calls and left both. Its name has one r
// on the wire, and its private data two (DMCC schema).
type Transferred struct {
	Monitored
	PrimaryOld      ConnectionID          `json:"primaryOldCall"`
	SecondaryOld    ConnectionID          `json:"secondaryOldCall,omitzero"`
	Transferring    ExtendedDeviceID      `json:"transferringDevice,omitzero"`
	TransferredTo   ExtendedDeviceID      `json:"transferredToDevice,omitzero"`
	Connections     []ConnectionListItem  `json:"transferredConnections" item:"connectionListItem"`
	Local           ConnectionState       `json:"localConnectionInfo,omitempty"`
	UserData        *UserData             `json:"userData,omitempty"`
	Cause           EventCause            `json:"cause,omitempty"`
	CallLinkageSet  CallLinkageDataList   `json:"callLinkageDataList,omitzero"`
	Correlator      *CorrelatorData       `json:"correlatorData,omitempty"`
	Characteristics *CallCharacteristics  `json:"callCharacteristics,omitempty"`
	Media           *MediaCharacteristics `json:"mediaCallCharacteristics,omitempty"`
	History         []DeviceHistoryItem   `json:"deviceHistory,omitempty"`
	Charging        Opaque                `json:"chargingInfo,omitempty"`
	Private         TransferredPrivate    `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (Transferred) EventName() string { return "TransferedEvent" }

// Conferenced tells that a device joined two calls and stayed, or that a party was
// added.
type Conferenced struct {
	Monitored
	PrimaryOld      ConnectionID          `json:"primaryOldCall"`
	SecondaryOld    ConnectionID          `json:"secondaryOldCall,omitzero"`
	Conferencing    ExtendedDeviceID      `json:"conferencingDevice,omitzero"`
	Added           ExtendedDeviceID      `json:"addedParty,omitzero"`
	Connections     []ConnectionListItem  `json:"conferenceConnections" item:"connectionListItem"`
	Local           ConnectionState       `json:"localConnectionInfo,omitempty"`
	UserData        *UserData             `json:"userData,omitempty"`
	Cause           EventCause            `json:"cause,omitempty"`
	CallLinkageSet  CallLinkageDataList   `json:"callLinkageDataList,omitzero"`
	Correlator      *CorrelatorData       `json:"correlatorData,omitempty"`
	Characteristics *CallCharacteristics  `json:"callCharacteristics,omitempty"`
	Media           *MediaCharacteristics `json:"mediaCallCharacteristics,omitempty"`
	History         []DeviceHistoryItem   `json:"deviceHistory,omitempty"`
	Private         ConferencedPrivate    `json:"extensions,omitzero"`
}

// EventName is the name on the wire.
func (Conferenced) EventName() string { return "ConferencedEvent" }

// MergedPrivate is what Avaya adds to both events (DMCC schema).
type MergedPrivate struct {
	DistributingDevice ExtendedDeviceID  `json:"distributingDevice,omitzero"`
	DistributingVDN    ExtendedDeviceID  `json:"distributingVDN,omitzero"`
	Trunks             []TrunkInterface  `json:"trunkList,omitempty" item:"trunkInterfaceInfoItem"`
	Original           *OriginalCallInfo `json:"originalCallInfo,omitempty"`
}

// TrunkInterface is the trunk that a party of the call comes by (DMCC schema:
// TrunkInterfaceInfoItem).
type TrunkInterface struct {
	Connection ConnectionID `json:"connection_asn,omitzero"` // sic
	Group      string       `json:"trunkGroup,omitempty"`
	Member     string       `json:"trunkMember,omitempty"`
}

// TransferredPrivate is Avaya's part of [Transferred].
type TransferredPrivate struct{ MergedPrivate }

func (TransferredPrivate) element() string { return "TransferredEventPrivateData" }

// MarshalJSON nests the private data.
func (p TransferredPrivate) MarshalJSON() ([]byte, error) {
	return nest(p.element(), p.MergedPrivate)
}

// ConferencedPrivate is Avaya's part of [Conferenced].
type ConferencedPrivate struct{ MergedPrivate }

func (ConferencedPrivate) element() string { return "ConferencedEventPrivateData" }

// MarshalJSON nests the private data.
func (p ConferencedPrivate) MarshalJSON() ([]byte, error) {
	return nest(p.element(), p.MergedPrivate)
}
