package csta

import (
	"reflect"
	"strings"
)

// filterMembers has the member of a monitor's filter for each event that can be filtered:
// in a [MonitorFilter], or behind a plus sign in [AvayaEvents] (DMCC schema). Which event
// a member means is inferred from its name.
var filterMembers = map[string]string{
	"ServiceInitiatedEvent": "callcontrol.serviceInitiated",
	"OriginatedEvent":       "callcontrol.originated",
	"DeliveredEvent":        "callcontrol.delivered", "EstablishedEvent": "callcontrol.established",
	"NetworkReachedEvent": "callcontrol.networkReached", "HeldEvent": "callcontrol.held",
	"RetrievedEvent": "callcontrol.retrieved", "QueuedEvent": "callcontrol.queued",
	"DivertedEvent": "callcontrol.diverted", "FailedEvent": "callcontrol.failed",
	"ConnectionClearedEvent": "callcontrol.connectionCleared",
	"CallClearedEvent":       "callcontrol.callCleared",
	"TransferedEvent":        "callcontrol.transferred",
	"ConferencedEvent":       "callcontrol.conferenced",
	"BridgedEvent":           "callcontrol.bridged", "OfferedEvent": "callcontrol.offered",
	"DigitsDialedEvent":    "callcontrol.digitsDialed",
	"CallInformationEvent": "callAssociated.callInformation",
	"EnteredDigitsEvent":   "+callControlPrivate.enteredDigits",

	"AgentLoggedOnEvent":         "logicalDeviceFeature.agentLoggedOn",
	"AgentLoggedOffEvent":        "logicalDeviceFeature.agentLoggedOff",
	"AgentReadyEvent":            "logicalDeviceFeature.agentReady",
	"AgentNotReadyEvent":         "logicalDeviceFeature.agentNotReady",
	"AgentBusyEvent":             "logicalDeviceFeature.agentBusy",
	"AgentWorkingAfterCallEvent": "logicalDeviceFeature.agentWorkingAfterCall",
	"AgentLoginExtensionEvent":   "+logicalDeviceFeaturePrivate.agentLoginExtension",
	"DoNotDisturbEvent":          "logicalDeviceFeature.doNotDisturb",
	"ForwardingEvent":            "logicalDeviceFeature.forwarding",

	"MessageWaitingEvent":    "physicalDeviceFeature.messageWaiting",
	"ButtonInformationEvent": "physicalDeviceFeature.buttonInformation",
	"ButtonPressEvent":       "physicalDeviceFeature.buttonPress",
	"DisplayUpdatedEvent":    "physicalDeviceFeature.displayUpdated",
	"HookswitchEvent":        "physicalDeviceFeature.hookswitch",
	"LampModeEvent":          "physicalDeviceFeature.lampMode",
	"RingerStatusEvent":      "physicalDeviceFeature.ringerStatus",
	"SpeakerMuteEvent":       "physicalDeviceFeature.speakerMute",
	"SpeakerVolumeEvent":     "physicalDeviceFeature.speakerVolume",
	"MicrophoneMuteEvent":    "physicalDeviceFeature.microphoneMute",
	"MicrophoneGainEvent":    "physicalDeviceFeature.microphoneGain",
	"E911CallBlockedEvent":   "+physicalDeviceFeaturesPrivateEvents.e911CallBlocked",
	"ServiceLinkStatusEvent": "+physicalDeviceFeaturesPrivateEvents.serviceLinkStatusChanged",

	"RegisteredEvent":           "+terminal.registered",
	"UnregisterEvent":           "+terminal.unregistered",
	"RegisterFailedEvent":       "+terminal.registerFailed",
	"TerminalUnregisteredEvent": "+terminalUnregisteredEvent.unregistered",
	"TerminalReregisteredEvent": "+terminalUnregisteredEvent.reregistered",
	"EndpointRegisteredEvent":   "+endpointRegistrationStateEvents.registered",
	"EndpointUnregisteredEvent": "+endpointRegistrationStateEvents.unregistered",

	"MediaStartEvent": "+mediaControl.mediaStarted", "MediaStopEvent": "+mediaControl.mediaStopped",
	"EsigEvent":           "+mediaControl.esig",
	"ToneDetectedEvent":   "+toneDetection.toneDetected",
	"TonesRetrievedEvent": "+toneCollection.tonesRetrieved",
	"PlayEvent":           "voice.play", "RecordEvent": "voice.record", "StopEvent": "voice.stop",
	"SuspendPlayEvent": "voice.suspendPlay", "SuspendRecordEvent": "voice.suspendRecord",

	"GetDeviceIdListEvent":        "+deviceServices.getDeviceIdList",
	"GetMonitorListEvent":         "+deviceServices.getMonitorList",
	"TransferMonitorObjectsEvent": "+deviceServices.transferMonitorObjects",
}

// Wanting returns req with a filter that asks for these events and no others: their
// members are true, and Avaya's invertFilter says that true means wanted (DMCC samples).
// Events that no filter has a member for come all the same.
func (req MonitorStart) Wanting(events ...Event) MonitorStart {
	req.Filter, req.Avaya = new(MonitorFilter), AvayaEvents{Invert: new(true)}
	for _, ev := range events {
		req.choose(filterMembers[ev.EventName()])
	}
	return req
}

// Suppressing returns req with a filter that holds back every event but these: in plain
// CSTA a member that is true means 'do not send' (ECMA-269). Events that no filter has a
// member for come all the same.
func (req MonitorStart) Suppressing(but ...Event) MonitorStart {
	req.Filter, req.Avaya = new(MonitorFilter), AvayaEvents{}
	kept := make(map[string]bool)
	for _, ev := range but {
		kept[ev.EventName()] = true
	}
	for name, path := range filterMembers {
		if !kept[name] && (req.Object == (MonitorObject{}) || !ofSessions(path)) {
			req.choose(path)
		}
	}
	return req
}

// ofSessions tells members for events of a session itself, which no device has.
func ofSessions(path string) bool { return strings.HasPrefix(path, "+deviceServices.") }

// choose sets the member at a path of [filterMembers] to true.
func (req *MonitorStart) choose(path string) {
	if path == "" {
		return
	}
	group, member := filterField(req.Filter, &req.Avaya, path)
	if group.IsNil() {
		group.Set(reflect.New(group.Type().Elem()))
	}
	group.Elem().FieldByIndex(member).Set(reflect.ValueOf(new(true)))
}

// FilterMember returns what filters say of an event by its name: nil if they are silent
// on it. known is false if no filter has a member for such events, so that they cannot be
// held back. Either filter may be nil.
func FilterMember(f *MonitorFilter, a *AvayaEvents, event string) (value *bool, known bool) {
	path, known := filterMembers[event]
	if !known {
		return nil, false
	}
	if f == nil {
		f = new(MonitorFilter)
	}
	if a == nil {
		a = new(AvayaEvents)
	}
	group, member := filterField(f, a, path)
	if group.IsNil() {
		return nil, true
	}
	return group.Elem().FieldByIndex(member).Interface().(*bool), true
}

// filterField finds the group and the index of its member for a path.
func filterField(f *MonitorFilter, a *AvayaEvents, path string) (
	group reflect.Value, member []int,
) {
	filter := reflect.ValueOf(f).Elem()
	path, private := strings.CutPrefix(path, "+")
	if private {
		filter = reflect.ValueOf(a).Elem()
	}
	name, inner, _ := strings.Cut(path, ".")
	group = filter.FieldByIndex(planFor(filter.Type()).lookup([]byte(name)).index)
	return group, planFor(group.Type()).elem.lookup([]byte(inner)).index
}
