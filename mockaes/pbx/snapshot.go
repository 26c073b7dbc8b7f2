package pbx

import "github.com/wtiphone/wtiphone/csta"

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
