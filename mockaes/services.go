package mockaes

import (
	"strings"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

const startService = "StartApplicationSession"

// services has what can be asked for, by every name that it may be asked by.
var services = withAliases(map[string]service{
	startService:                   open(startSession),
	"ResetApplicationSessionTimer": open(resetTimer),
	"StopApplicationSession":       open(stopSession),

	"SetSessionCharacteristics": handle(setCharacteristics),
	"CleanupSession":            handle(cleanupSession),
	"GetSessionIdList":          handle(sessionIDs),
	"GetDeviceIdList":           handle(deviceIDList),
	"GetMonitorList":            handle(monitorList),
	"TransferMonitorObjects":    handle(transferMonitors),

	"RequestSystemStatus":        handle(systemStatus),
	"SystemRegister":             handle(systemRegister),
	"GetLinkStatus":              handle(linkStatus),
	"CallInformationEventsStart": handle(startCallInformation),
	"CallInformationEventsStop":  handle(stopCallInformation),

	"TelephonyTonesEventStart": withSwitch(startTones),
	"TelephonyTonesEventStop":  handle(stopTones),
	"SIPHeaderEventsStart":     withSwitch(startSIPHeaders),
	"SIPHeaderEventsStop":      handle(stopSIPHeaders),

	"GetDeviceId":           withSwitch(deviceID),
	"GetThirdPartyDeviceId": withSwitch(thirdPartyDeviceID),
	"ReleaseDeviceId":       handle(releaseDeviceID),

	"MonitorStart":        withSwitch(startMonitor),
	"MonitorStop":         handle(stopMonitor),
	"ChangeMonitorFilter": handle(changeFilter),

	"RegisterTerminalRequest":   withSwitch(registerTerminal),
	"UnregisterTerminalRequest": withSwitch(unregisterTerminal),
	"RegisterDevice":            withSwitch(registerDevice),
	"UnregisterDevice":          withSwitch(unregisterDevice),

	"MakeCall":                 at((*pbx.Switch).MakeCall),
	"MakePredictiveCall":       at((*pbx.Switch).MakePredictiveCall),
	"AnswerCall":               done((*pbx.Switch).AnswerCall),
	"ClearCall":                done((*pbx.Switch).ClearCall),
	"ClearConnection":          done((*pbx.Switch).ClearConnection),
	"HoldCall":                 done((*pbx.Switch).HoldCall),
	"RetrieveCall":             done((*pbx.Switch).RetrieveCall),
	"DeflectCall":              done((*pbx.Switch).DeflectCall),
	"DirectedPickupCall":       at((*pbx.Switch).DirectedPickupCall),
	"GroupPickupCall":          at((*pbx.Switch).GroupPickupCall),
	"ConsultationCall":         at((*pbx.Switch).ConsultationCall),
	"AlternateCall":            done((*pbx.Switch).AlternateCall),
	"ReconnectCall":            done((*pbx.Switch).ReconnectCall),
	"TransferCall":             at((*pbx.Switch).TransferCall),
	"SingleStepTransferCall":   at((*pbx.Switch).SingleStepTransferCall),
	"ConferenceCall":           at((*pbx.Switch).ConferenceCall),
	"SingleStepConferenceCall": at((*pbx.Switch).SingleStepConferenceCall),

	"SelectiveListeningHold":     done((*pbx.Switch).SelectiveListeningHold),
	"SelectiveListeningRetrieve": done((*pbx.Switch).SelectiveListeningRetrieve),

	"GenerateDigits":         paced((*pbx.Switch).GenerateDigits),
	"SendDTMFTone":           paced((*pbx.Switch).SendDTMFTone),
	"GenerateTelephonyTones": done((*pbx.Switch).GenerateTelephonyTones),

	"RouteRegister":       handle(registerRouting),
	"RouteRegisterCancel": handle(cancelRouting),
	"RouteSelect":         handle(selectRoute),
	"RouteEnd":            handle(endRouting),
	"RouteReject":         handle(rejectRoute),

	"SnapshotDevice":     at((*pbx.Switch).SnapshotDevice),
	"SnapshotCall":       at((*pbx.Switch).SnapshotCall),
	"GetCallLinkageData": at((*pbx.Switch).GetCallLinkageData),
	"GetCall":            at((*pbx.Switch).GetCall),
	"GetCallInformation": at((*pbx.Switch).GetCallInformation),

	"SetAgentState": at((*pbx.Switch).SetAgentState),
	"GetAgentState": at((*pbx.Switch).GetAgentState),
	"GetAgentLogin": done((*pbx.Switch).GetAgentLogin),
	"GetAcdSplit":   at((*pbx.Switch).GetACDSplit),

	"GetDoNotDisturb":            at((*pbx.Switch).GetDoNotDisturb),
	"SetDoNotDisturb":            done((*pbx.Switch).SetDoNotDisturb),
	"GetForwarding":              at((*pbx.Switch).GetForwarding),
	"SetForwarding":              done((*pbx.Switch).SetForwarding),
	"GetMessageWaitingIndicator": at((*pbx.Switch).GetMessageWaitingIndicator),
	"SetMessageWaitingIndicator": done((*pbx.Switch).SetMessageWaitingIndicator),

	"GetPhysicalDeviceName":           at((*pbx.Switch).GetPhysicalDeviceName),
	"GetRegistrationState":            at((*pbx.Switch).GetRegistrationState),
	"EndpointRegistrationInfoRequest": at((*pbx.Switch).EndpointRegistrationInfo),
	"ConvertDialStringToE164":         ofSwitch((*pbx.Switch).ConvertDialStringToE164),
	"ConvertE164ToDialString":         ofSwitch((*pbx.Switch).ConvertE164ToDialString),
	"GetTimeOfDay":                    ofSwitch((*pbx.Switch).GetTimeOfDay),
	"ChangeDeviceSecurityCode":        at((*pbx.Switch).ChangeDeviceSecurityCode),
	"ValidateDeviceSecurityCode":      at((*pbx.Switch).ValidateDeviceSecurityCode),

	"ButtonPress":                  paced((*pbx.Switch).ButtonPress),
	"SetHookswitchStatus":          paced((*pbx.Switch).SetHookswitchStatus),
	"GetHookswitchStatus":          at((*pbx.Switch).GetHookswitchStatus),
	"GetButtonInformation":         at((*pbx.Switch).GetButtonInformation),
	"GetLampInformation":           at((*pbx.Switch).GetLampInformation),
	"GetLampMode":                  at((*pbx.Switch).GetLampMode),
	"GetDisplay":                   at((*pbx.Switch).GetDisplay),
	"GetRingerStatus":              at((*pbx.Switch).GetRingerStatus),
	"SetRingerStatus":              done((*pbx.Switch).SetRingerStatus),
	"GetPhysicalDeviceInformation": at((*pbx.Switch).GetPhysicalDeviceInformation),
	"GetSIPHeader":                 at((*pbx.Switch).GetSIPHeader),

	"RedirectMediaRequest": withSwitch(redirectMedia),
	"MediaStart":           withSwitch(startMedia),
	"MediaStop":            withSwitch(stopMedia),
	"PlayMessage":          done((*pbx.Switch).PlayMessage),
	"StopPlaying":          done((*pbx.Switch).StopPlaying),
	"RecordMessage":        at((*pbx.Switch).RecordMessage),
	"StopRecording":        done((*pbx.Switch).StopRecording),
	"Stop":                 done((*pbx.Switch).Stop),
	"Suspend":              done((*pbx.Switch).Suspend),
	"Resume":               done((*pbx.Switch).Resume),
	"SuspendPlaying":       done((*pbx.Switch).SuspendPlaying),
	"ResumePlaying":        done((*pbx.Switch).ResumePlaying),
	"SuspendRecording":     done((*pbx.Switch).SuspendRecording),
	"ResumeRecording":      done((*pbx.Switch).ResumeRecording),
	"StartDubbing":         done((*pbx.Switch).StartDubbing),
	"StopDubbing":          done((*pbx.Switch).StopDubbing),
	"DeleteMessage":        handle(deleteMessage),

	"ToneCollectionStart":       done((*pbx.Switch).ToneCollectionStart),
	"ToneCollectionStop":        done((*pbx.Switch).ToneCollectionStop),
	"ToneCollectionFlushBuffer": done((*pbx.Switch).ToneCollectionFlushBuffer),
	"ToneRetrievalCriteria":     done((*pbx.Switch).ToneRetrievalCriteria),
})

// aliases are other names under which the sources suggest that a service may be
// asked for. The answer has the name of the request.
var aliases = map[string]string{
	"GetDeviceID": "GetDeviceId", "GetThirdPartyDeviceID": "GetThirdPartyDeviceId",
	"ReleaseDeviceID": "ReleaseDeviceId",
	"MonitorDevice":   "MonitorStart", "StartMonitor": "MonitorStart",
	"MonitorDeviceStart": "MonitorStart", "StopMonitor": "MonitorStop",
	"RegisterTerminal":   "RegisterTerminalRequest",
	"RedirectMedia":      "RedirectMediaRequest",
	"UnregisterTerminal": "UnregisterTerminalRequest",
}

func withAliases(table map[string]service) map[string]service {
	for alias, name := range aliases {
		table[alias] = table[name]
	}
	return table
}

// opensSession reports whether a request comes before there can be a token.
func opensSession(name string) bool { return strings.HasPrefix(name, startService) }
