package csta

import "github.com/wtiphone/wtiphone/internal/scan"

// CallLinkageData ties what happens on several switches to one call.
type CallLinkageData struct {
	Global GlobalCallData `json:"globalCallData,omitzero"`
	Thread ThreadData     `json:"threadData,omitzero"`
}

// GlobalCallData carries the universal call identifier.
type GlobalCallData struct {
	Domain  string              `json:"globalCallSwitchingSubDomainName,omitempty"`
	Linkage GlobalCallLinkageID `json:"globalCallLinkageID,omitzero"`
	Time    string              `json:"callLinkageIDTimestamp,omitempty"`
}

// GlobalCallLinkageID is one of the two: Avaya's UCID is the first.
type GlobalCallLinkageID struct {
	UCID      string `json:"globallyUniqueCallLinkageID,omitempty"`
	SubDomain string `json:"subDomainCallLinkageID,omitempty"`
}

// ThreadData ties related calls (ECMA-269).
type ThreadData struct {
	Domain  string          `json:"threadSwitchingSubDomainName,omitempty"`
	Linkage ThreadLinkageID `json:"threadLinkageID,omitzero"`
	Time    string          `json:"threadIDTimeStamp,omitempty"`
}

// ThreadLinkageID is one of the two.
type ThreadLinkageID struct {
	Unique    string `json:"globallyUniqueThreadID,omitempty"`
	SubDomain string `json:"subDomainThreadID,omitempty"`
}

// UCID is Avaya's universal call identifier, 20 digits: node (5), call (5), Unix
// seconds (10), for example 00001001791428242051 (DMCC sample). "" if unknown.
func (d CallLinkageData) UCID() string { return d.Global.Linkage.UCID }

// Linkage is the CallLinkageData of a UCID.
func Linkage(ucid string) CallLinkageData {
	return CallLinkageData{Global: GlobalCallData{Linkage: GlobalCallLinkageID{UCID: ucid}}}
}

// CallLinkageDataList is the linkage after and before calls were merged.
type CallLinkageDataList struct {
	New CallLinkageData `json:"newCallLinkageData,omitzero"`
	Old CallLinkageData `json:"oldCallLinkageData,omitzero"`
}

// UserData is user-to-user information (UUI), up to 96 bytes on Communication
// Manager (general knowledge of its guides).
type UserData struct {
	Text HexText `json:"string,omitempty"`
}

// ConnectionListItem is one party of a merged call.
type ConnectionListItem struct {
	New      ConnectionID `json:"newConnection"`
	Old      ConnectionID `json:"oldConnection,omitzero"`
	Endpoint Endpoint     `json:"endpoint,omitzero"`
}

// Endpoint is the device of a [ConnectionListItem]; it is called deviceID there.
type Endpoint struct {
	Device   DeviceID
	Presence Presence
}

// IsZero reports whether the member was absent.
func (d Endpoint) IsZero() bool { return d == Endpoint{} }

// MarshalJSON writes {"deviceID":"..."} or {"notKnown":{}}.
func (d Endpoint) MarshalJSON() ([]byte, error) {
	return marshalChoice("deviceID", d.Device, d.Presence)
}

func (d *Endpoint) decodeJSON(c *scan.Cursor) (err error) {
	d.Device, d.Presence, err = decodeChoice(c)
	return err
}
