package csta

// Every service and event that has a type, chapter by chapter, in the order of the
// catalogue. What is added to the package is added here.

var serviceTable = []ServiceInfo{
	// Sessions.
	service(StartApplicationSession{}), service(ResetApplicationSessionTimer{}),
	service(StopApplicationSession{}), service(SetSessionCharacteristics{}),
	service(CleanupSession{}), service(GetSessionIDList{}), service(GetDeviceIDList{}),
	service(GetMonitorList{}), service(TransferMonitorObjects{}),

	// Devices.
	service(GetDeviceID{}), service(GetThirdPartyDeviceID{}), service(ReleaseDeviceID{}),
	service(GetPhysicalDeviceName{}), service(GetCallInformation{}),

	// Monitors.
	service(MonitorStart{}), service(MonitorStop{}), service(ChangeMonitorFilter{}),

	// Snapshots.
	service(SnapshotDevice{}), service(SnapshotCall{}),

	// Call control.
	service(MakeCall{}), service(MakePredictiveCall{}), service(AnswerCall{}),
	service(ClearCall{}), service(ClearConnection{}), service(HoldCall{}),
	service(RetrieveCall{}), service(ConsultationCall{}), service(AlternateCall{}),
	service(ReconnectCall{}), service(TransferCall{}), service(SingleStepTransferCall{}),
	service(DeflectCall{}), service(ConferenceCall{}), service(SingleStepConferenceCall{}),
	service(DirectedPickupCall{}), service(GroupPickupCall{}),
	service(GetCallLinkageData{}), service(GetCall{}), service(SelectiveListeningHold{}),
	service(SelectiveListeningRetrieve{}),

	// Digits and tones.
	service(GenerateDigits{}), service(SendDTMFTone{}), service(GenerateTelephonyTones{}),
	service(TelephonyTonesEventStart{}), service(TelephonyTonesEventStop{}),
	service(ToneCollectionStart{}), service(ToneCollectionStop{}),
	service(ToneCollectionFlushBuffer{}), service(ToneRetrievalCriteria{}),

	// Routing.
	service(RouteRegister{}), service(RouteRegisterCancel{}), service(RouteSelect{}),
	service(RouteEnd{}), service(RouteReject{}),

	// Agents.
	service(SetAgentState{}), service(GetAgentState{}), service(GetAgentLogin{}),
	service(GetACDSplit{}),

	// Features.
	service(GetDoNotDisturb{}), service(SetDoNotDisturb{}), service(GetForwarding{}),
	service(SetForwarding{}), service(GetMessageWaitingIndicator{}),
	service(SetMessageWaitingIndicator{}),

	// Registration.
	service(RegisterTerminal{}), service(UnregisterTerminal{}),
	service(GetRegistrationState{}), service(RegisterDevice{}), service(UnregisterDevice{}),
	service(EndpointRegistrationInfoRequest{}), service(ChangeDeviceSecurityCode{}),
	service(ValidateDeviceSecurityCode{}),

	// Media.
	service(RedirectMedia{}), service(MediaStart{}), service(MediaStop{}),

	// Hardware.
	service(ButtonPress{}), service(GetButtonInformation{}), service(GetDisplay{}),
	service(GetHookswitchStatus{}), service(SetHookswitchStatus{}),
	service(GetLampInformation{}), service(GetLampMode{}), service(GetRingerStatus{}),
	service(SetRingerStatus{}), service(GetPhysicalDeviceInformation{}),

	// Voice unit.
	service(PlayMessage{}), service(RecordMessage{}), service(Stop{}), service(Suspend{}),
	service(Resume{}), service(DeleteMessage{}), service(StopPlaying{}),
	service(SuspendPlaying{}), service(ResumePlaying{}), service(StopRecording{}),
	service(SuspendRecording{}), service(ResumeRecording{}), service(StartDubbing{}),
	service(StopDubbing{}),

	// System.
	service(RequestSystemStatus{}), service(SystemRegister{}),
	service(CallInformationEventsStart{}), service(CallInformationEventsStop{}),
	service(GetLinkStatus{}), service(GetSIPHeader{}), service(SIPHeaderEventsStart{}),
	service(SIPHeaderEventsStop{}), service(GetTimeOfDay{}),
	service(ConvertDialStringToE164{}), service(ConvertE164ToDialString{}),
}

var eventTable = []EventInfo{
	// Sessions.
	event[ApplicationSessionTerminated](), event[DeviceIDList](), event[MonitorList](),
	event[MonitorObjectsTransferred](),

	// Monitors.
	event[MonitorStopped](),

	// Call events.
	event[ServiceInitiated](), event[Originated](), event[Delivered](),
	event[Established](), event[NetworkReached](), event[HeldEvent](), event[Retrieved](),
	event[QueuedEvent](), event[Diverted](), event[Failed](), event[ConnectionCleared](),
	event[CallCleared](), event[Transferred](), event[Conferenced](), event[Bridged](),
	event[Offered](), event[DigitsDialed](), event[CallInformed](), event[EnteredDigits](),

	// Digits and tones.
	event[TelephonyTonesAborted](), event[TonesRetrieved](), event[ToneDetected](),

	// Routing.
	event[RouteRegisterAbort](), event[RouteRequest](), event[ReRoute](),
	event[RouteUsed](), event[RouteEnded](),

	// Agents.
	event[AgentLoggedOn](), event[AgentLoggedOff](), event[AgentReady](),
	event[AgentNotReady](), event[AgentWorkingAfterCall](), event[AgentBusy](),
	event[AgentLoginExtensions](),

	// Features.
	event[DoNotDisturb](), event[Forwarding](), event[MessageWaiting](),

	// Registration.
	event[TerminalUnregistered](), event[TerminalReregistered](), event[DeviceRegistered](),
	event[DeviceRegisterFailed](), event[DeviceUnregistered](), event[EndpointRegistered](),
	event[EndpointUnregistered](),

	// Media.
	event[MediaStarted](), event[MediaStopped](), event[Esig](),

	// Hardware.
	event[ButtonChanged](), event[ButtonPressed](), event[DisplayUpdated](),
	event[Hookswitch](), event[LampChanged](), event[RingerChanged](),
	event[SpeakerMuted](), event[SpeakerVolume](), event[MicrophoneMuted](),
	event[MicrophoneGain](), event[ServiceLinkStatus](), event[E911CallBlocked](),

	// Voice unit.
	event[Playing](), event[Recording](), event[VoiceStopped](), event[PlaySuspended](),
	event[RecordSuspended](),

	// System.
	event[SystemStatus](), event[LinkUp](), event[LinkDown](), event[SIPHeaderChanged](),
}
