package pbx

import (
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// SnapshotDevice tells of the calls at a device.
func (s *Switch) SnapshotDevice(req csta.SnapshotDevice) (csta.DeviceSnapshot, error) {
	s.mu.Lock()
	defer s.unlock()
	d := s.device(req.Device)
	if d == nil {
		return csta.DeviceSnapshot{}, csta.Refuse(csta.InvalidDeviceID)
	}
	if d.kind == agentKind && d.agent.station != nil {
		d = d.agent.station
	}
	var calls []csta.SnapshotDeviceInfo
	for _, p := range d.parties {
		if p.absent {
			continue
		}
		states := []csta.ConnectionState{p.state}
		for _, other := range p.call.parties {
			if other != p {
				states = append(states, other.state)
			}
		}
		calls = append(calls, csta.SnapshotDeviceInfo{
			Connection: p.id(), Endpoint: csta.Party(d.id),
			State: csta.CallState{Connections: states},
		})
	}
	r := csta.DeviceSnapshot{Data: csta.DeviceSnapshotData{Calls: calls}}
	if orZero(req.Private.StationStatus) {
		r.Private.Station, r.Private.Service = csta.StationIdle, csta.InService
		if len(calls) > 0 {
			r.Private.Station = csta.StationBusy
		}
	}
	return r, nil
}

// SnapshotCall tells of the parties of a call.
func (s *Switch) SnapshotCall(req csta.SnapshotCall) (csta.CallSnapshot, error) {
	s.mu.Lock()
	defer s.unlock()
	c := s.calls[req.Call.Call]
	if c == nil {
		return csta.CallSnapshot{}, csta.Refuse(csta.InvalidCallID)
	}
	r := csta.CallSnapshot{
		Calling: c.calling, Called: c.called, Linkage: csta.Linkage(c.ucid),
		History: c.history,
	}
	for _, p := range c.parties {
		r.Data.Parties = append(r.Data.Parties, csta.SnapshotCallInfo{
			Device: csta.Party(p.dev.id), Connection: p.id(), State: p.state,
		})
	}
	return r, nil
}

// GetPhysicalDeviceName tells the name of a number and what it stands for.
func (s *Switch) GetPhysicalDeviceName(req csta.GetPhysicalDeviceName) (csta.DeviceName, error) {
	s.mu.Lock()
	defer s.unlock()
	d := s.device(req.Device)
	if d == nil {
		return csta.DeviceName{}, csta.Refuse(csta.InvalidDeviceID)
	}
	return csta.DeviceName{Type: typeOf(d.kind), Device: d.id, Name: d.name}, nil
}

func typeOf(k kind) csta.DeviceType {
	switch k {
	case stationKind:
		return csta.StationType
	case vdnKind:
		return csta.VDNType
	case skillKind, huntKind:
		return csta.ACDSplitType
	case announcementKind:
		return csta.AnnouncementType
	case agentKind:
		return csta.LogicalAgentType
	}
	return csta.UnknownType
}

// GetCall tells who takes part in the call that a station attends to.
func (s *Switch) GetCall(req csta.GetCall) (csta.CallParticipants, error) {
	s.mu.Lock()
	defer s.unlock()
	var r csta.CallParticipants
	d, err := s.stationOf(req.Device)
	if err != nil {
		return r, err
	}
	active := d.active()
	if active == nil {
		return r, csta.Refuse(csta.NoActiveCall)
	}
	for _, p := range active.call.parties {
		r.Participants = append(r.Participants, p.dev.id)
	}
	return r, nil
}

// GetTimeOfDay tells the switch's clock.
func (s *Switch) GetTimeOfDay(req csta.GetTimeOfDay) (csta.TimeOfDay, error) {
	if req.Switch != "" && !strings.EqualFold(req.Switch, s.lab.Name) {
		return csta.TimeOfDay{}, csta.Refuse(csta.InvalidDeviceID)
	}
	t := s.clock.Now()
	return csta.TimeOfDay{
		Switch: s.lab.Name, Year: t.Year(), Month: int(t.Month()), Day: t.Day(),
		Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(),
	}, nil
}

// skillOf finds the skill of an id.
func (s *Switch) skillOf(id csta.DeviceID) (*skill, error) {
	d := s.device(id)
	if d == nil {
		return nil, csta.Refuse(csta.InvalidDeviceID)
	}
	if d.kind != skillKind {
		return nil, csta.Refuse(csta.RequestIncompatible)
	}
	return d.skill, nil
}

// GetACDSplit tells how many agents and calls there are at a skill.
func (s *Switch) GetACDSplit(req csta.GetACDSplit) (csta.ACDSplit, error) {
	s.mu.Lock()
	defer s.unlock()
	sk, err := s.skillOf(req.Skill)
	if err != nil {
		return csta.ACDSplit{}, err
	}
	return csta.ACDSplit{
		Available: sk.count(s, vector.Available), Queued: sk.count(s, vector.Queued),
		LoggedIn: sk.count(s, vector.Staffed),
	}, nil
}

// GetAgentLogin tells the monitors of a skill where its agents are logged in: the
// answer proper is an event (DMCC schema).
func (s *Switch) GetAgentLogin(req csta.GetAgentLogin) error {
	s.mu.Lock()
	defer s.unlock()
	sk, err := s.skillOf(req.Skill)
	if err != nil {
		return err
	}
	var at []string
	for _, m := range sk.members {
		if m.agent.station != nil {
			at = append(at, m.agent.station.ext)
		}
	}
	sk.dev.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.AgentLoginExtensions{Monitored: m, Extensions: at, Final: true}
	})
	return nil
}

// GetRegistrationState tells whether a station's device instance is registered.
func (s *Switch) GetRegistrationState(
	req csta.GetRegistrationState,
) (csta.RegistrationStateReply, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.RegistrationStateReply{}, err
	}
	for _, r := range s.regs[d.ext] {
		if r.instance == instanceOf(req.Device) {
			return csta.RegistrationStateReply{State: csta.IsRegistered}, nil
		}
	}
	if s.enrolling(req.Device) {
		return csta.RegistrationStateReply{State: csta.Registering}, nil
	}
	return csta.RegistrationStateReply{State: csta.RegistrationIdle}, nil
}

// EndpointRegistrationInfo tells who is registered at a station.
func (s *Switch) EndpointRegistrationInfo(
	req csta.EndpointRegistrationInfoRequest,
) (csta.EndpointRegistrations, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.EndpointRegistrations{}, err
	}
	reply := csta.EndpointRegistrations{Device: csta.Party(d.id), State: csta.InService}
	for _, r := range s.regs[d.ext] {
		reply.Endpoints = append(reply.Endpoints, r.info())
	}
	return reply, nil
}

// GetCallInformation tells what is known of the call that a station attends to, and
// of the agent there.
func (s *Switch) GetCallInformation(
	req csta.GetCallInformation,
) (csta.CallInformation, error) {
	s.mu.Lock()
	defer s.unlock()
	var r csta.CallInformation
	id := req.Device
	if id == "" {
		id = csta.DeviceID(req.Extension)
	}
	d, err := s.stationOf(id)
	if err != nil {
		return r, err
	}
	r.StationName = d.name
	if a := d.station.agent; a != nil {
		r.AgentName, r.AgentLoginID, r.AgentStation = a.lab.Name, a.lab.ID, d.ext
	}
	active := d.active()
	if active == nil {
		return r, nil
	}
	c := active.call
	number := c.number()
	trunk := c.trunk.group != nil && c.trunk.incoming
	incoming := c.calling.Device != d.id
	r.CallID, r.UCID, r.IncomingTrunk, r.Incoming = &number, c.ucid, &trunk, &incoming
	if c.vdn != nil {
		r.VDNName, r.VDNExtension = c.vdn.name, c.vdn.ext
	}
	return r, nil
}
