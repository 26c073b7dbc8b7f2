package mockaes_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	exampleSession = "469421A9364D46D6444524AE41BEAD72-0"
	otherSession   = "5C1A77E09B3D41F8A6620D3F9E4B8C15-1"
)

// ownLists is a monitor of the session itself, for what it holds.
const ownLists = `{"monitorObject":{"deviceObject":""},"extensions":{"privateData":{"private":` +
	`{"AvayaEvents":{"invertFilter":true,"deviceServices":{"getDeviceIdList":true,` +
	`"getMonitorList":true,"transferMonitorObjects":true}}}}}}`

// name is what something is called here.
func (s *tale) name(example string) string { return strings.Trim(s.quoted(example), `"`) }

// quoted is the name as JSON has it.
func (s *tale) quoted(example string) string {
	s.t.Helper()
	i := slices.Index(s.names, `"`+example+`"`)
	if i < 0 || i%2 != 0 {
		s.t.Fatalf("%s has no name here", example)
	}
	return s.names[i+1]
}

// watches monitors devices.
func (s *tale) watches(extensions ...string) {
	s.t.Helper()
	for _, e := range extensions {
		s.monitor(s.device(e))
	}
}

// callMonitor is a monitor of call 179.
func (s *tale) callMonitor() string {
	return fmt.Sprintf(`{"monitorObject":{"callObject":{"callID":%q}},"monitorType":"call"}`,
		s.name("179"))
}

// itself lets the examples speak of this session.
func (s *tale) itself() {
	s.t.Helper()
	var reply struct{ SessionIDList []string }
	s.decode(s.ask("GetSessionIdList", "{}"), &reply)
	s.calls(exampleSession, reply.SessionIDList[0])
}

func sessionStory(s *tale) {
	s.does("GetSessionIdList")
	s.itself()
	s.does("ResetApplicationSessionTimer")
	s.does("GetDeviceId")
	s.must("MonitorStart", ownLists, nil)
	s.does("MonitorStart")
	s.does("GetDeviceIdList")
	s.event("GetDeviceIdListEvent")
	s.does("GetMonitorList")
	s.event("GetMonitorListEvent")
	s.does("SetSessionCharacteristics")
	s.does("CleanupSession")
	s.does("StopApplicationSession")
	other := login(s.t, s.srv)
	s.srv.ExpireSessions()
	other.event("ApplicationSessionTerminated")
}

func transferStory(s *tale) {
	s.itself()
	s.watches("1001")
	old := s.name(exampleSession)
	next := &tale{
		client: open(s.t, s.srv), srv: s.srv, asked: s.asked, given: s.given,
	}
	next.heard = next.note
	id, _ := next.start()
	next.calls(exampleSession, old)
	next.calls(otherSession, id)
	next.must("MonitorStart", ownLists, nil)
	next.does("TransferMonitorObjects")
	next.event("TransferMonitorObjectsEvent")
	pass(time.Second)
}

func deviceStory(s *tale) {
	s.does("GetDeviceId")
	s.does("GetThirdPartyDeviceId")
	s.does("GetPhysicalDeviceName")
	s.does("GetPhysicalDeviceInformation")
	s.does("ReleaseDeviceId")
	s.does("GetTimeOfDay")
	s.does("ConvertDialStringToE164")
	s.does("ConvertE164ToDialString")
}

func linkStory(s *tale) {
	s.does("RequestSystemStatus")
	s.does("GetLinkStatus")
	s.does("SystemRegister")
	s.learns("12", "eventListenerId", s.does("CallInformationEventsStart"))
	s.srv.SetLink(false)
	s.event("LinkDownEvent")
	s.srv.SetLink(true)
	s.event("LinkUpEvent")
	s.does("CallInformationEventsStop")
}
