package csta

// ConnectionState is the state of one device's part in a call: the seven of
// ECMA-269, spelt as LocalConnectionState in the DMCC schema.
type ConnectionState string

// The connection states.
const (
	Null      ConnectionState = "null"      // no part in the call (any more)
	Initiated ConnectionState = "initiated" // off hook, dialling
	Alerting  ConnectionState = "alerting"  // the call is being delivered
	Connected ConnectionState = "connected" // taking part
	Held      ConnectionState = "hold"      // put on hold by this device
	Queued    ConnectionState = "queued"    // waiting, for instance at a skill
	Fail      ConnectionState = "fail"      // the call could not be completed
)

// EventCause says why an event happened (DMCC schema: EventCause). The switch
// may send values that are not listed here; they are kept as they came.
type EventCause string

// The causes that Communication Manager gives in practice.
const (
	CauseActiveParticipation EventCause = "activeParticipation"
	CauseAlertTimeExpired    EventCause = "alertTimeExpired"
	CauseAlternate           EventCause = "alternate"
	CauseBusy                EventCause = "busy"
	CauseCallCancelled       EventCause = "callCancelled"
	CauseCallForward         EventCause = "callForward"
	CauseCallForwardBusy     EventCause = "callForwardBusy"
	CauseCallForwardNoAnswer EventCause = "callForwardNoAnswer"
	CauseCallForwardAll      EventCause = "callForwardImmediate"
	CauseCallNotAnswered     EventCause = "callNotAnswered"
	CauseCallPickup          EventCause = "callPickup"
	CauseConference          EventCause = "conference"
	CauseConsultation        EventCause = "consultation"
	CauseDestNotObtainable   EventCause = "destNotObtainable"
	CauseDestOutOfOrder      EventCause = "destOutOfOrder"
	CauseDoNotDisturb        EventCause = "doNotDisturb"
	CauseEnteringDistrib     EventCause = "enteringDistribution"
	CauseForcedTransition    EventCause = "forcedTransition"
	CauseKeyOperation        EventCause = "keyOperation"
	CauseMakeCall            EventCause = "makeCall"
	CauseMakePredictiveCall  EventCause = "makePredictiveCall"
	CauseNetworkSignal       EventCause = "networkSignal"
	CauseNewCall             EventCause = "newCall"
	CauseNoAvailableAgents   EventCause = "noAvailableAgents"
	CauseNormal              EventCause = "normal"
	CauseNormalClearing      EventCause = "normalClearing"
	CauseNumberUnallocated   EventCause = "numberUnallocated"
	CauseOverflow            EventCause = "overflow"
	CauseQueueCleared        EventCause = "queueCleared"
	CauseRedirected          EventCause = "redirected"
	CauseReorderTone         EventCause = "reorderTone"
	CauseResources           EventCause = "resourcesNotAvailable"
	CauseSilentParticipation EventCause = "silentParticipation"
	CauseSingleStepConf      EventCause = "singleStepConference"
	CauseSingleStepTransfer  EventCause = "singleStepTransfer"
	CauseTimeout             EventCause = "timeout"
	CauseTransfer            EventCause = "transfer"
	CauseTrunksBusy          EventCause = "trunksBusy"
)
