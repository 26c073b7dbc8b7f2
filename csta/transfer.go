package csta

// Services that join, move and switch between calls (ECMA-269, chapter 17; DMCC
// schema).

// ConsultOptions says what a consultation is for (DMCC schema).
type ConsultOptions string

// The purposes of a consultation.
const (
	Unrestricted   ConsultOptions = "unrestricted"
	ConsultOnly    ConsultOptions = "consultOnly"
	TransferOnly   ConsultOptions = "transferOnly"
	ConferenceOnly ConsultOptions = "conferenceOnly"
)

// ConsultationCall holds a call and places a second one from the same device. It is
// refused with [NoActiveCall] when there is nothing to hold (inferred).
type ConsultationCall struct {
	Existing        ConnectionID         `json:"existingCall"`
	To              DeviceID             `json:"consultedDevice"`
	Reserve         *bool                `json:"connectionReservation,omitempty"`
	Account         HexText              `json:"accountCode,omitempty"`
	AuthCode        HexSecret            `json:"authCode,omitempty"`
	Correlator      *CorrelatorData      `json:"correlatorData,omitempty"`
	UserData        *UserData            `json:"userData,omitempty"`
	Characteristics *CallCharacteristics `json:"callCharacteristics,omitempty"`
	Options         ConsultOptions       `json:"consultOptions,omitempty"`
	Private         ConsultationOptions  `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (ConsultationCall) Service() string { return "ConsultationCall" }

func (ConsultationCall) answer() (_ ConsultationMade) { return }

// ConsultationOptions is Avaya's part of [ConsultationCall].
type ConsultationOptions struct {
	Call CallPrivateData `json:"callPrivateData,omitzero"`
}

func (ConsultationOptions) element() string { return "ConsultationCallPrivateData" }

// MarshalJSON nests the private data.
func (p ConsultationOptions) MarshalJSON() ([]byte, error) {
	type plain ConsultationOptions
	return nest(p.element(), plain(p))
}

// ConsultationMade answers [ConsultationCall].
type ConsultationMade struct {
	Initiated ConnectionID        `json:"initiatedCall"`
	Private   ConsultationPrivate `json:"extensions,omitzero"`
}

// ConsultationPrivate is Avaya's part of [ConsultationMade].
type ConsultationPrivate struct {
	Linkage CallLinkageData `json:"callLinkageData,omitzero"`
}

func (ConsultationPrivate) element() string { return "ConsultationCallResponsePrivateData" }

// MarshalJSON nests the private data.
func (p ConsultationPrivate) MarshalJSON() ([]byte, error) {
	type plain ConsultationPrivate
	return nest(p.element(), plain(p))
}

// AlternateCall holds the active call and retrieves the held one.
type AlternateCall struct {
	Held    ConnectionID   `json:"heldCall"`
	Active  ConnectionID   `json:"activeCall"`
	Reserve *bool          `json:"connectionReservation,omitempty"`
	Options ConsultOptions `json:"consultOptions,omitempty"`
}

// Service is the name on the wire.
func (AlternateCall) Service() string { return "AlternateCall" }

func (AlternateCall) answer() (_ Empty) { return }

// ReconnectCall clears the active call and retrieves the held one: how a
// consultation is given up.
type ReconnectCall struct {
	Active  ConnectionID     `json:"activeCall"`
	Held    ConnectionID     `json:"heldCall"`
	Private ReconnectPrivate `json:"extensions,omitzero"`
}

// Service is the name on the wire.
func (ReconnectCall) Service() string { return "ReconnectCall" }

func (ReconnectCall) answer() (_ Empty) { return }

// ReconnectPrivate is Avaya's part of [ReconnectCall].
type ReconnectPrivate struct {
	Drop     DropResource `json:"dropResource,omitempty"`
	UserData *UserData    `json:"userData,omitempty"`
}

func (ReconnectPrivate) element() string { return "ReconnectCallPrivateData" }

// MarshalJSON nests the private data.
func (p ReconnectPrivate) MarshalJSON() ([]byte, error) {
	type plain ReconnectPrivate
	return nest(p.element(), plain(p))
}

// TransferCall joins the far ends of a held and an active call and leaves.
type TransferCall struct {
	Held   ConnectionID `json:"heldCall"`
	Active ConnectionID `json:"activeCall"`
}

// Service is the name on the wire.
func (TransferCall) Service() string { return "TransferCall" }

func (TransferCall) answer() (_ CallTransferred) { return }

// CallTransferred answers [TransferCall] and [SingleStepTransferCall]; the id of
// the call that lives on is in Call.
type CallTransferred struct {
	Call        ConnectionID         `json:"transferredCall"`
	Connections []ConnectionListItem `json:"connections" item:"connectionListItem"`
	Private     TransferPrivate      `json:"extensions,omitzero"`
}

// TransferPrivate is Avaya's part of [CallTransferred]. After a single-step transfer
// its element is SingleStepTransferCallResponsePrivateData, which is read as well.
type TransferPrivate struct {
	Linkage CallLinkageData `json:"callLinkageData,omitzero"`
}

func (TransferPrivate) element() string { return "TransferCallResponsePrivateData" }

// MarshalJSON nests the private data.
func (p TransferPrivate) MarshalJSON() ([]byte, error) {
	type plain TransferPrivate
	return nest(p.element(), plain(p))
}

// SingleStepTransferCall transfers a call without consultation (a blind transfer).
type SingleStepTransferCall struct {
	Active     ConnectionID    `json:"activeCall"`
	To         DeviceID        `json:"transferredTo"`
	Account    HexText         `json:"accountCode,omitempty"`
	AuthCode   HexSecret       `json:"authCode,omitempty"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
	UserData   *UserData       `json:"userData,omitempty"`
	Reason     EventCause      `json:"reason,omitempty"`
}

// Service is the name on the wire.
func (SingleStepTransferCall) Service() string { return "SingleStepTransferCall" }

func (SingleStepTransferCall) answer() (_ CallTransferred) { return }

// DeflectCall sends an alerting call elsewhere.
type DeflectCall struct {
	Target     ConnectionID    `json:"callToBeDiverted"`
	To         DeviceID        `json:"newDestination"`
	Correlator *CorrelatorData `json:"correlatorData,omitempty"`
	UserData   *UserData       `json:"userData,omitempty"`
	Reason     EventCause      `json:"reason,omitempty"`
}

// Service is the name on the wire.
func (DeflectCall) Service() string { return "DeflectCall" }

func (DeflectCall) answer() (_ Empty) { return }
