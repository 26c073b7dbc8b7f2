package mockaes

import (
	"log/slog"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// Services of the TSAPI Basic User licence, by who says so. What is in neither list needs
// none, under any rule.
var (
	// overviewServices are those of Avaya's AE Services overview (10.2).
	overviewServices = []string{
		"AlternateCall", "AnswerCall", "ClearConnection", "ConferenceCall", "ConsultationCall",
		"DeflectCall", "HoldCall", "MakeCall", "DirectedPickupCall", "GroupPickupCall",
		"ReconnectCall", "RetrieveCall", "SingleStepConferenceCall", "SingleStepTransferCall",
		"TransferCall", monitorService,
	}
	// forumServices are those that Avaya names besides in a thread of its forum (48800).
	forumServices = []string{
		"ClearCall", "GetAgentState", "SetAgentState", "GetPhysicalDeviceInformation",
		"GetDoNotDisturb", "SetDoNotDisturb", "GetForwarding", "SetForwarding",
		"GetMessageWaitingIndicator", "SetMessageWaitingIndicator", monitorCallService,
	}
	// otherServices ask about a station or its calls as well (inferred).
	otherServices = []string{
		"SnapshotDevice", "SnapshotCall", "GetCallLinkageData", "GetCall", "GetCallInformation",
		"SelectiveListeningHold", "SelectiveListeningRetrieve", "GenerateTelephonyTones",
	}
)

// The names under which monitors are in the lists: those of devices, and of calls.
const (
	monitorService     = "MonitorStart"
	monitorCallService = "MonitorCall"
)

// licensedBy is the first rule under which a service needs a licence.
var licensedBy = func() map[string]dialect.LicenceRule {
	rules := make(map[string]dialect.LicenceRule)
	for rule, names := range [...][]string{
		dialect.LicencesOfOverview: overviewServices, dialect.LicencesOfForum: forumServices,
		dialect.LicencesOfAll: otherServices,
	} {
		for _, name := range names {
			rules[name] = dialect.LicenceRule(rule)
		}
	}
	return rules
}()

// licenceFor is the device whose licence a service needs, "" if it needs none: a station's,
// and to monitor it a skill's. In the forum's list are monitors of VDNs, too.
func (s *Server) licenceFor(service string, device csta.DeviceID) csta.DeviceID {
	rule, listed := licensedBy[service]
	if !listed || rule > s.dialect.Licences || device == "" {
		return ""
	}
	p := s.presence(device)
	switch {
	case p.Station,
		p.Skill && service == monitorService,
		p.VDN && service == monitorService && s.dialect.Licences >= dialect.LicencesOfForum:
		return p.Device
	}
	return ""
}

// presence is what there is at a device of any of the switches.
func (s *Server) presence(id csta.DeviceID) pbx.Presence {
	p, _ := s.exchangeOf(id).Presence(id)
	return p
}

// licensed carries out a request for a device: at once, or if it needs a licence that
// WebLM has to be asked for, when that has come. It is the only place where a service
// asks for one.
func (h *session) licensed(service string, device csta.DeviceID, do func() (any, error)) (
	any, error,
) {
	of := h.server.licenceFor(service, device)
	if of == "" {
		return do()
	}
	held, wait, ok := h.server.hire(of)
	if !ok {
		h.server.log.Warn("no licence was left", slog.String("licence", csta.TSAPILicence),
			slog.String("service", service), slog.String("device", string(of)))
		return nil, csta.Refuse(h.server.dialect.NoTSAPILicence)
	}
	if wait <= 0 {
		defer h.server.licences.settle(held)
		return do()
	}
	return h.whenThere(of, wait, do, func() { h.server.licences.settle(held) }), nil
}

// hire finds a licence, also one of a call that is over, whose monitor the session still
// has.
func (s *Server) hire(device csta.DeviceID) (held *licence, wait time.Duration, ok bool) {
	if held, wait, ok = s.licences.hire(device); ok {
		return held, wait, true
	}
	s.forgetAllOver()
	return s.licences.hire(device)
}

// forgetAllOver drops the monitors of all sessions that the switch has ended.
func (s *Server) forgetAllOver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.sessions {
		h.forgetOver()
	}
}

// whenThere carries out a request when WebLM has answered, if the session still can then.
func (h *session) whenThere(
	device csta.DeviceID, wait time.Duration, do func() (any, error), settle func(),
) *later {
	answer := new(later)
	h.server.opts.Clock.AfterFunc(wait, func() {
		defer settle()
		if !h.server.enter() {
			return
		}
		defer h.server.work.Done()
		if c := h.conn.Load(); c != nil && !h.server.dialect.EventsFirst {
			c.out.HoldLate()
			defer c.out.ReleaseLate()
		}
		reply, err := any(nil), h.able(device)
		if err == nil {
			reply, err = do()
		}
		if inner, waits := reply.(*later); waits && err == nil {
			inner.passTo(answer)
			return
		}
		answer.give(reply, err)
	})
	return answer
}

// able refuses what a session cannot do for a device any more when it had to wait.
func (h *session) able(device csta.DeviceID) error {
	h.server.mu.Lock()
	over := h.lapsed || h.ended
	h.server.mu.Unlock()
	if over {
		return csta.Refuse(csta.InvalidSessionID)
	}
	return h.server.exchangeOf(device).linked()
}
