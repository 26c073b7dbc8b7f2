package pbx

import "github.com/wtiphone/wtiphone/csta"

// Services that are asked about a station, and refuse what is none.
func init() {
	askFor("GetDoNotDisturb", (*Switch).GetDoNotDisturb, fill)
	ask("SetDoNotDisturb", (*Switch).SetDoNotDisturb, fill)
	askFor("GetForwarding", (*Switch).GetForwarding, fill)
	ask("SetForwarding", (*Switch).SetForwarding, fill)
	askFor("GetMessageWaitingIndicator", (*Switch).GetMessageWaitingIndicator, fill)
	ask("SetMessageWaitingIndicator", (*Switch).SetMessageWaitingIndicator, fill)
	askFor("SetAgentState", (*Switch).SetAgentState, fill)
	askFor("GetCall", (*Switch).GetCall, fill)
	askFor("GetCallInformation", (*Switch).GetCallInformation, fill)
	askFor("GetRegistrationState", (*Switch).GetRegistrationState, fill)
	askFor("EndpointRegistrationInfo", (*Switch).EndpointRegistrationInfo, fill)
	askFor("GetSIPHeader", (*Switch).GetSIPHeader, fill)
	askFor("GetPhysicalDeviceInformation", (*Switch).GetPhysicalDeviceInformation, fill)
	askFor("ValidateDeviceSecurityCode", (*Switch).ValidateDeviceSecurityCode, fill)
	askFor("ChangeDeviceSecurityCode", (*Switch).ChangeDeviceSecurityCode, fill)
	askFor("GroupPickupCall", (*Switch).GroupPickupCall, fill)
	tells("TelephonyTonesEventStart", (*Switch).TelephonyTonesEventStart, fill)
	tells("SIPHeaderEventsStart", (*Switch).SIPHeaderEventsStart, fill)
	mine("RegisterDevice", (*Switch).RegisterDevice, fill)
	mine("UnregisterDevice", (*Switch).UnregisterDevice, fill)
	ask("RefuseDevice", func(s *Switch, req csta.RegisterDevice) error {
		return s.RefuseDevice(req, 1, "a reason of AES's own")
	}, fill)
	// Of a telephone, which somebody has to be registered at.
	ask("ButtonPress", (*Switch).ButtonPress, fill)
	ask("SetHookswitchStatus", (*Switch).SetHookswitchStatus, fill)
	ask("SetRingerStatus", (*Switch).SetRingerStatus, fill)
	askFor("GetButtonInformation", (*Switch).GetButtonInformation, fill)
	askFor("GetLampInformation", (*Switch).GetLampInformation, fill)
	askFor("GetLampMode", (*Switch).GetLampMode, fill)
	askFor("GetDisplay", (*Switch).GetDisplay, fill)
	askFor("GetRingerStatus", (*Switch).GetRingerStatus, fill)
	askFor("GetHookswitchStatus", (*Switch).GetHookswitchStatus, fill)
	mine("RedirectMedia", (*Switch).RedirectMedia, fill)
	ask("PlayMessage", (*Switch).PlayMessage, fill)
	askFor("RecordMessage", (*Switch).RecordMessage, fill)
	ask("StopPlaying", (*Switch).StopPlaying, fill)
	ask("StopRecording", (*Switch).StopRecording, fill)
	ask("SuspendPlaying", (*Switch).SuspendPlaying, fill)
	ask("SuspendRecording", (*Switch).SuspendRecording, fill)
	ask("ResumePlaying", (*Switch).ResumePlaying, fill)
	ask("ResumeRecording", (*Switch).ResumeRecording, fill)
	ask("Stop", (*Switch).Stop, fill)
	ask("Suspend", (*Switch).Suspend, fill)
	ask("Resume", (*Switch).Resume, fill)
	ask("StartDubbing", (*Switch).StartDubbing, fill)
	ask("StopDubbing", (*Switch).StopDubbing, fill)
	ask("ToneCollectionStart", (*Switch).ToneCollectionStart, fill)
	ask("ToneCollectionStop", (*Switch).ToneCollectionStop, fill)
	ask("ToneCollectionFlushBuffer", (*Switch).ToneCollectionFlushBuffer, fill)
	ask("ToneRetrievalCriteria", (*Switch).ToneRetrievalCriteria, fill)
}

// Services that are asked about a connection, and those whose device is not a station.
func init() {
	ask("AnswerCall", (*Switch).AnswerCall, fill)
	ask("ClearConnection", (*Switch).ClearConnection, fill)
	ask("HoldCall", (*Switch).HoldCall, fill)
	ask("RetrieveCall", (*Switch).RetrieveCall, fill)
	ask("DeflectCall", (*Switch).DeflectCall, fill)
	ask("AlternateCall", (*Switch).AlternateCall, fill)
	ask("ReconnectCall", (*Switch).ReconnectCall, func(id csta.DeviceID) csta.ReconnectCall {
		return csta.ReconnectCall{Held: csta.ConnectionID{Call: "1", Device: id}}
	})
	askFor("TransferCall", (*Switch).TransferCall, fill)
	askFor("ConferenceCall", (*Switch).ConferenceCall, fill)
	askFor("ConsultationCall", (*Switch).ConsultationCall, fill)
	askFor("SingleStepTransferCall", (*Switch).SingleStepTransferCall, fill)
	askFor("SingleStepConferenceCall", (*Switch).SingleStepConferenceCall, fill)
	askFor("DirectedPickupCall", (*Switch).DirectedPickupCall,
		func(id csta.DeviceID) csta.DirectedPickupCall {
			return csta.DirectedPickupCall{
				Target: csta.ConnectionID{Call: "1", Device: "1002"}, Device: id,
			}
		})
	ask("GenerateDigits", (*Switch).GenerateDigits, fill)
	ask("SendDTMFTone", (*Switch).SendDTMFTone, fill)
	ask("GenerateTelephonyTones", (*Switch).GenerateTelephonyTones, fill)
	ask("SelectiveListeningHold", (*Switch).SelectiveListeningHold, fill)
	ask("SelectiveListeningRetrieve", (*Switch).SelectiveListeningRetrieve, fill)
	asked["MediaStart"] = func(s *Switch, id csta.DeviceID) error {
		_, err := s.MediaStart(fill[csta.MediaStart](id), "me")
		return err
	}
	asked["MediaStop"] = func(s *Switch, id csta.DeviceID) error {
		_, err := s.MediaStop(fill[csta.MediaStop](id), "me")
		return err
	}
	askFor("MakeCall", (*Switch).MakeCall, fill)
	askFor("MakePredictiveCall", (*Switch).MakePredictiveCall, fill)
	askFor("SnapshotDevice", (*Switch).SnapshotDevice, fill)
	askFor("GetPhysicalDeviceName", (*Switch).GetPhysicalDeviceName, fill)
	askFor("GetAgentState", (*Switch).GetAgentState, fill)
	askFor("GetAgentLogin", func(s *Switch, req csta.GetAgentLogin) (csta.Empty, error) {
		return csta.Empty{}, s.GetAgentLogin(req)
	}, fill)
	askFor("GetACDSplit", (*Switch).GetACDSplit, fill)
	asked["Monitor"] = func(s *Switch, id csta.DeviceID) error {
		_, err := s.Monitor(csta.MonitorStart{Object: csta.MonitorObject{Device: id}}, "9",
			func(csta.Event) {})
		return err
	}
	asked["RouteRegister"] = func(s *Switch, id csta.DeviceID) error {
		_, _, err := s.RouteRegister(csta.RouteRegister{Device: id}, func(csta.Event) {})
		return err
	}
}
