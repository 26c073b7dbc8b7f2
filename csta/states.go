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

// The causes of what happens to calls.
const (
	CauseActivation                  EventCause = "activation"
	CauseActiveParticipation         EventCause = "activeParticipation"
	CauseAlertTimeExpired            EventCause = "alertTimeExpired"
	CauseAlternate                   EventCause = "alternate"
	CauseAutoWork                    EventCause = "autoWork"
	CauseBlocked                     EventCause = "blocked"
	CauseBusy                        EventCause = "busy"
	CauseCallBack                    EventCause = "callBack"
	CauseCallCancelled               EventCause = "callCancelled"
	CauseCallForward                 EventCause = "callForward"
	CauseCallForwardAll              EventCause = "callForwardImmediate"
	CauseCallForwardBusy             EventCause = "callForwardBusy"
	CauseCallForwardNoAnswer         EventCause = "callForwardNoAnswer"
	CauseCallNotAnswered             EventCause = "callNotAnswered"
	CauseCallPickup                  EventCause = "callPickup"
	CauseCampOn                      EventCause = "campOn"
	CauseCampOnTrunks                EventCause = "campOnTrunks"
	CauseConference                  EventCause = "conference"
	CauseConsultation                EventCause = "consultation"
	CauseDestDetected                EventCause = "destDetected"
	CauseDestNotObtainable           EventCause = "destNotObtainable"
	CauseDestOutOfOrder              EventCause = "destOutOfOrder"
	CauseDistributed                 EventCause = "distributed"
	CauseDistributionDelay           EventCause = "distributionDelay"
	CauseDoNotDisturb                EventCause = "doNotDisturb"
	CauseEnteringDistrib             EventCause = "enteringDistribution"
	CauseForcedPause                 EventCause = "forcedPause"
	CauseForcedTransition            EventCause = "forcedTransition"
	CauseIncompatibleDestination     EventCause = "incompatibleDestination"
	CauseIntrude                     EventCause = "intrude"
	CauseInvalidAccountCode          EventCause = "invalidAccountCode"
	CauseInvalidConnection           EventCause = "invalidConnection"
	CauseInvalidConnectionState      EventCause = "invalidConnectionState"
	CauseInvalidNumberFormat         EventCause = "invalidNumberFormat"
	CauseJoinCall                    EventCause = "joinCall"
	CauseKeyOperation                EventCause = "keyOperation"
	CauseKeyOperationInUse           EventCause = "keyOperationInUse"
	CauseLockout                     EventCause = "lockout"
	CauseMaintenance                 EventCause = "maintenance"
	CauseMakeCall                    EventCause = "makeCall"
	CauseMakePredictiveCall          EventCause = "makePredictiveCall"
	CauseMultipleAlerting            EventCause = "multipleAlerting"
	CauseMultipleQueuing             EventCause = "multipleQueuing"
	CauseNewCall                     EventCause = "newCall"
	CauseNoAvailableAgents           EventCause = "noAvailableAgents"
	CauseNormal                      EventCause = "normal"
	CauseNormalClearing              EventCause = "normalClearing"
	CauseNumberChanged               EventCause = "numberChanged"
	CauseNumberUnallocated           EventCause = "numberUnallocated"
	CauseOverflow                    EventCause = "overflow"
	CauseOverride                    EventCause = "override"
	CausePark                        EventCause = "park"
	CausePathReplacement             EventCause = "pathReplacement"
	CauseRecall                      EventCause = "recall"
	CauseRedirected                  EventCause = "redirected"
	CauseRemainsInQueue              EventCause = "remainsInQueue"
	CauseReorderTone                 EventCause = "reorderTone"
	CauseReserved                    EventCause = "reserved"
	CauseResources                   EventCause = "resourcesNotAvailable"
	CauseSilentParticipation         EventCause = "silentParticipation"
	CauseSingleStepConf              EventCause = "singleStepConference"
	CauseSingleStepTransfer          EventCause = "singleStepTransfer"
	CauseSuspend                     EventCause = "suspend"
	CauseSwitchingFunctionTerminated EventCause = "switchingFunctionTerminated"
	CauseTimeout                     EventCause = "timeout"
	CauseTransfer                    EventCause = "transfer"
)

// The causes that lie in a skill or its queue.
const (
	CauseACDBusy                     EventCause = "aCDBusy"
	CauseACDForward                  EventCause = "aCDForward"
	CauseACDSaturated                EventCause = "aCDSaturated"
	CauseBusyOverflow                EventCause = "busyOverflow"
	CauseCalendarOverflow            EventCause = "calendarOverflow"
	CauseCapacityOverflow            EventCause = "capacityOverflow"
	CauseEmptyQueue                  EventCause = "emptyQueue"
	CauseNoQueue                     EventCause = "noQueue"
	CauseNoRule                      EventCause = "noRule"
	CauseQueueCleared                EventCause = "queueCleared"
	CauseQueueTimeOverflow           EventCause = "queueTimeOverflow"
	CauseRecallBusy                  EventCause = "recallBusy"
	CauseRecallForwarded             EventCause = "recallForwarded"
	CauseRecallNoAnswer              EventCause = "recallNoAnswer"
	CauseRecallResourcesNotAvailable EventCause = "recallResourcesNotAvailable"
	CauseUnknownOverflow             EventCause = "unknownOverflow"
)

// The causes that lie in the network outside.
const (
	CauseNetworkCongestion         EventCause = "networkCongestion"
	CauseNetworkDialling           EventCause = "networkDialling"
	CauseNetworkNotObtainable      EventCause = "networkNotObtainable"
	CauseNetworkOutOfOrder         EventCause = "networkOutOfOrder"
	CauseNetworkSignal             EventCause = "networkSignal"
	CauseNotAvailableBearerService EventCause = "notAvailableBearerService"
	CauseNotSupportedBearerService EventCause = "notSupportedBearerService"
	CauseSelectedTrunkBusy         EventCause = "selectedTrunkBusy"
	CauseTrunksBusy                EventCause = "trunksBusy"
	CauseUnauthorisedBearerService EventCause = "unauthorisedBearerService"
)

// The causes of the voice unit.
const (
	CauseBabble                       EventCause = "babble"
	CauseBadAttribute                 EventCause = "badAttribute"
	CauseBadGrammar                   EventCause = "badGrammar"
	CauseBadURI                       EventCause = "badURI"
	CauseBadVoice                     EventCause = "badVoice"
	CauseCharacterCountReached        EventCause = "characterCountReached"
	CauseDTMFDigitDetected            EventCause = "dTMFDigitDetected"
	CauseDuplicateDTMF                EventCause = "duplicateDTMF"
	CauseDurationExceeded             EventCause = "durationExceeded"
	CauseEarlyStop                    EventCause = "earlyStop"
	CauseEndOfMessageDetected         EventCause = "endOfMessageDetected"
	CauseInterdigitTimeout            EventCause = "interdigitTimeout"
	CauseMaxTimeout                   EventCause = "maxTimeout"
	CauseMessageDurationExceeded      EventCause = "messageDurationExceeded"
	CauseMessageSizeExceeded          EventCause = "messageSizeExceeded"
	CauseNextMessage                  EventCause = "nextMessage"
	CauseNoAudioSaved                 EventCause = "noAudioSaved"
	CauseNoSpeechDetected             EventCause = "noSpeechDetected"
	CauseOutOfGrammar                 EventCause = "outOfGrammar"
	CauseSpeechDetected               EventCause = "speechDetected"
	CauseTerminationCharacterReceived EventCause = "terminationCharacterReceived"
)
