package mockaes_test

import "time"

func talkStory(s *tale) {
	s.learns("1", "monitorCrossRefID", s.does("MonitorStart"))
	s.does("ChangeMonitorFilter")
	s.does("MonitorStop")
	s.watches("1001", "1002", "1003")
	s.places("1002", true)
	s.does("GetSIPHeader")
	s.does("GetCall")
	s.does("GetCallInformation")
	s.does("GetCallLinkageData")
	s.does("SnapshotDevice")
	s.does("SnapshotCall")
	s.does("HoldCall")
	s.does("RetrieveCall")
	s.does("GenerateDigits")
	s.learns("12", "eventListenerId", s.does("TelephonyTonesEventStart"))
	s.does("GenerateTelephonyTones")
	_, again := s.example("GenerateTelephonyTones")
	s.refused("GenerateTelephonyTones", again)
	s.event("GenerateTelephonyTonesAbort")
	s.does("TelephonyTonesEventStop")
	pass(time.Second)
	s.does("SingleStepConferenceCall")
	s.must("MonitorStart", s.callMonitor(), nil)
	s.does("ClearConnection")
	s.event("CallClearedEvent")
	s.event("MonitorStop")
}

func pickupStory(s *tale) {
	s.watches("1001", "1002")
	s.learns("12", "eventListenerId", s.does("SIPHeaderEventsStart"))
	s.arrives("179", "1001")
	s.event("SIPHeaderEvent")
	s.does("SIPHeaderEventsStop")
	s.does("AnswerCall")
	s.does("ClearCall")
	s.arrives("179", "1001")
	s.does("DeflectCall")
	s.does("DirectedPickupCall")
	s.does("ClearCall")
	s.arrives("179", "1002")
	s.does("GroupPickupCall")
	s.does("ClearCall")
}

func joinStory(s *tale) {
	s.watches("1001", "1002", "1003")
	s.varies("SetAgentState", "1001:", "1002:", "4001", "4002")
	consult := func() {
		s.places("1003", true)
		s.reaches("180", "initiatedCall", s.does("ConsultationCall"))
		s.varies("AnswerCall", `"179"`, s.quoted("180"), "1001:", "1002:")
	}
	consult()
	s.does("AlternateCall")
	s.varies("AlternateCall", `"179"`, s.quoted("180"), `"180"`, s.quoted("179"))
	s.does("ReconnectCall")
	s.does("ClearConnection")
	consult()
	s.reaches("179", "conferenceCall", s.does("ConferenceCall"))
	s.does("ClearCall")
	consult()
	s.reaches("179", "transferredCall", s.does("TransferCall"))
	s.varies("ClearCall", "1001:", "1003:")
	s.places("1003", true)
	s.does("SingleStepTransferCall")
}

func waitStory(s *tale) {
	s.watches("1001", "8001", "8002", "8003", "5001")
	s.does("MakePredictiveCall")
	s.event("QueuedEvent")
	s.places("+15550100123", false)
	s.event("NetworkReachedEvent")
	s.event("EstablishedEvent")
	s.does("SelectiveListeningHold")
	s.does("SelectiveListeningRetrieve")
	s.does("ClearConnection")
	s.arrives("179", "8001")
	s.event("QueuedEvent")
	s.arrives("180", "8002")
	s.must("MonitorStart", s.callMonitor(), nil)
	s.press("180", "2")
	s.event("EnteredDigitsEvent")
	s.event("DivertedEvent")
	s.places("8003", false)
	s.event("FailedEvent")
}

func routeStory(s *tale) {
	s.learns("3", "routeRegisterReqID", s.does("RouteRegister"))
	asked := func() {
		s.arrives("179", "8001")
		s.learns("21", "crossRefIdentifier", s.event("RouteRequest"))
	}
	asked()
	s.does("RouteSelect")
	s.event("RouteUsed")
	s.event("RouteEnd")
	asked()
	s.does("RouteEnd")
	asked()
	s.does("RouteReject")
	s.does("RouteRegisterCancel")
	s.does("RouteRegister")
	s.srv.SetLink(false)
	s.event("RouteRegisterAbort")
}

// standardStory is told by a switch that sends what ECMA-269 has and CM does not.
func standardStory(s *tale) {
	s.watches("1001", "1002", "1003")
	s.reaches("179", "callingDevice", s.varies("MakeCall", `"autoOriginate"`,
		`"accountCode": "34373131", "autoOriginate"`))
	for _, event := range []string{
		"DigitsDialedEvent", "OriginatedEvent", "OfferedEvent", "DeliveredEvent",
		"CallInformationEvent",
	} {
		s.event(event)
	}
	s.does("ClearCall")
	s.arrives("179", "1001")
	s.event("DeliveredEvent")
	s.varies("AnswerCall", "1001:", "1003:")
	s.event("BridgedEvent")
	s.varies("ClearCall", "1001:", "1003:")
	s.learns("3", "routeRegisterReqID", s.does("RouteRegister"))
	s.arrives("179", "8001")
	s.learns("21", "crossRefIdentifier", s.event("RouteRequest"))
	s.varies("RouteSelect", `"5001"`, `"1999"`, `"5002"`, `"1998"`) // nobody is there
	s.event("ReRoute")
	s.does("RouteSelect")
	s.event("RouteUsed")
}
