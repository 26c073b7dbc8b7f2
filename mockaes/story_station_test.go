package mockaes_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// press lets a party of a call from outside dial.
func (s *tale) press(example, digits string) {
	s.t.Helper()
	id := csta.ConnectionID{Call: csta.CallID(s.name(example)), Device: "+15550100123"}
	for _, c := range s.srv.State().Switch.Calls {
		for _, p := range c.Parties {
			if c.Call == id.Call && p.Outside {
				id = p.Connection
			}
		}
	}
	if err := s.srv.Switch().OutsideDigits(id, digits); err != nil {
		s.t.Fatal(err)
	}
}

func agentStory(s *tale) {
	s.watches("1001", "5001")
	s.does("GetAcdSplit")
	s.does("SetAgentState")
	s.event("AgentLoggedOnEvent")
	s.does("GetAgentState")
	s.does("GetAgentLogin")
	s.event("AgentLoginExtensionEvent")
	s.arrives("179", "5001")
	s.does("AnswerCall")
	s.event("AgentBusyEvent")
	s.does("ClearConnection")
	s.event("AgentReadyEvent")
	s.varies("SetAgentState", "loggedOn", "notReady", "autoIn", "auxWork")
	s.event("AgentNotReadyEvent")
	s.varies("SetAgentState", "loggedOn", "workingAfterCall", "autoIn", "afterCallWork")
	s.event("AgentWorkingAfterCallEvent")
	s.varies("SetAgentState", "loggedOn", "loggedOff", `"autoIn"`, `""`)
	s.event("AgentLoggedOffEvent")
}

func featureStory(s *tale) {
	s.watches("1001")
	s.does("SetDoNotDisturb")
	s.event("DoNotDisturbEvent")
	s.does("GetDoNotDisturb")
	s.does("SetForwarding")
	s.event("ForwardingEvent")
	s.does("GetForwarding")
	s.does("SetMessageWaitingIndicator")
	s.event("MessageWaitingEvent")
	s.does("GetMessageWaitingIndicator")
}

func registrationStory(s *tale) {
	s.watches("1001")
	s.does("ValidateDeviceSecurityCode")
	s.does("RegisterTerminalRequest")
	s.event("EndpointRegisteredEvent")
	s.does("GetRegistrationState")
	s.does("EndpointRegistrationInfoRequest")
	s.places("1002", true)
	s.event("MediaStartEvent")
	s.does("SendDTMFTone")
	s.varies("RedirectMediaRequest", "40000", "40002", "40001", "40003")
	s.event("MediaStopEvent")
	s.does("RedirectMediaRequest")
	s.does("MediaStop")
	s.does("MediaStart")
	s.does("ClearConnection")
	s.srv.Switch().Reregister("1001", "the gatekeeper was away")
	s.event("TerminalReregisteredEvent")
	s.srv.Switch().ForceUnregister("1001", "2018 Rebooting Ext released")
	s.event("TerminalUnregisteredEvent")
	s.does("RegisterTerminalRequest")
	s.does("UnregisterTerminalRequest")
	s.event("EndpointUnregisteredEvent")
	s.does("ChangeDeviceSecurityCode")
	s.varies("RegisterTerminalRequest", "123456", "654321", `"CLIENT"`,
		`"TELECOMMUTER","telecommuterExtension":"+15550100123","e911":"block"`)
	s.places("911", false)
	s.event("E911CallBlockedEvent")
	s.event("ServiceLinkStatusEvent")
}

func olderStory(s *tale) {
	s.watches("1001")
	s.varies("RegisterDevice", "123456", "999999")
	s.event("RegisterFailedEvent")
	s.does("RegisterDevice")
	s.event("RegisteredEvent")
	s.does("UnregisterDevice")
	s.event("UnregisterEvent")
}

func panelStory(s *tale) {
	s.watches("1001")
	s.does("RegisterTerminalRequest")
	s.does("GetButtonInformation")
	s.does("GetLampInformation")
	s.does("GetLampMode")
	s.does("GetRingerStatus")
	s.does("SetRingerStatus")
	s.event("RingerStatusEvent")
	s.does("ButtonPress")
	s.event("ButtonPressEvent")
	s.event("DisplayUpdatedEvent")
	s.does("GetDisplay")
	s.does("GetHookswitchStatus")
	pass(time.Second)
	s.varies("SetHookswitchStatus", "false", "true")
	pass(time.Second)
	s.does("SetHookswitchStatus")
}

// serverMedia has 1001 register with AES's own media and take a call.
func serverMedia(s *tale) {
	s.t.Helper()
	s.watches("1001")
	s.varies("RegisterTerminalRequest", `"CLIENT"`, `"SERVER"`)
	s.arrives("179", "1001")
	s.does("AnswerCall")
}

func voiceStory(s *tale) {
	serverMedia(s)
	s.does("PlayMessage")
	s.does("RecordMessage")
	s.does("SuspendPlaying")
	s.event("SuspendPlayEvent")
	s.does("ResumePlaying")
	s.does("Suspend")
	s.does("Resume")
	s.does("Stop")
	s.event("StopEvent")
	s.does("PlayMessage")
	s.does("StopPlaying")
	s.does("SuspendRecording")
	s.event("SuspendRecordEvent")
	s.does("ResumeRecording")
	s.does("StartDubbing")
	pass(time.Second)
	s.does("StopDubbing")
	s.does("StopRecording")
	pass(time.Second)
	s.does("DeleteMessage")
}

func toneStory(s *tale) {
	serverMedia(s)
	s.does("ToneCollectionStart")
	s.does("ToneRetrievalCriteria")
	s.press("179", "4711")
	s.event("ToneDetectedEvent")
	s.event("TonesRetrievedEvent")
	s.does("ToneCollectionFlushBuffer")
	s.does("ToneCollectionStop")
}

func hardwareStory(s *tale) {
	s.watches("1001")
	s.does("RegisterTerminalRequest")
	percent := 60
	for _, change := range []struct {
		event string
		pbx.Hardware
	}{
		{"SpeakerMuteEvent", pbx.Hardware{SpeakerMuted: new(true)}},
		{"SpeakerVolumeEvent", pbx.Hardware{SpeakerVolume: &percent}},
		{"MicrophoneMuteEvent", pbx.Hardware{MicrophoneMuted: new(true)}},
		{"MicrophoneGainEvent", pbx.Hardware{MicrophoneGain: &percent}},
		{"ButtonInformationEvent", pbx.Hardware{Button: "264", Label: "Sales"}},
	} {
		if err := s.srv.Switch().Operate("1001", change.Hardware); err != nil {
			s.t.Fatal(err)
		}
		s.event(change.event)
	}
	if got := string(s.does("GetButtonInformation")); !strings.Contains(got, `"Sales"`) {
		s.t.Errorf("the label is not in %s", got)
	}
}

// esigStory: no public source tells what causes the event, so a tester does.
func esigStory(s *tale) {
	s.watches("1001")
	for _, info := range csta.Events() {
		if info.Name != "EsigEvent" {
			continue
		}
		status, body := admin(s.t, s.srv, "POST", "/events", fmt.Sprintf(
			`{"device":"1001","event":%q,"payload":%s}`, info.Name, info.Example))
		if status != 200 || !strings.Contains(string(body), `"monitors": 1`) {
			s.t.Fatalf("HTTP %d %s", status, body)
		}
	}
	s.event("EsigEvent")
}
