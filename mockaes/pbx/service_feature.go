package pbx

import (
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// GetDoNotDisturb tells whether a station sends all its calls to coverage.
func (s *Switch) GetDoNotDisturb(req csta.GetDoNotDisturb) (csta.DoNotDisturbState, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.DoNotDisturbState{}, err
	}
	return csta.DoNotDisturbState{On: d.station.sendAll}, nil
}

// SetDoNotDisturb makes a station send all its calls to coverage, or no longer.
// Without coverage the station rings all the same (CM: send all calls).
func (s *Switch) SetDoNotDisturb(req csta.SetDoNotDisturb) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return err
	}
	if d.station.sendAll == req.On {
		return csta.Refuse(csta.FeatureAlreadySet)
	}
	d.station.sendAll = req.On
	s.touchStation(d)
	d.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.DoNotDisturb{Monitored: m, Device: csta.Party(d.id), On: req.On}
	})
	return nil
}

// GetForwarding tells where a station's calls are forwarded to.
func (s *Switch) GetForwarding(req csta.GetForwarding) (csta.ForwardingState, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.ForwardingState{}, err
	}
	item := csta.ForwardListItem{Type: csta.ForwardImmediate, On: d.station.forward != ""}
	if item.On {
		item.To = s.numberID(d.station.forward)
	}
	return csta.ForwardingState{List: []csta.ForwardListItem{item}}, nil
}

// SetForwarding forwards all calls of a station, or no longer. Communication Manager
// knows no other type.
func (s *Switch) SetForwarding(req csta.SetForwarding) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return err
	}
	if req.Type != "" && req.Type != csta.ForwardImmediate {
		return csta.Refuse(csta.InvalidForwardingType)
	}
	to := ""
	if req.Activate {
		to = req.To.Extension()
		if !dialplan.Dialable(to) || to == d.ext || s.devices[to] == nil && !s.leadsOut(to) {
			return csta.Refuse(csta.InvalidForwardingDestination)
		}
	}
	if d.station.forward == to {
		return csta.Refuse(csta.FeatureAlreadySet)
	}
	d.station.forward = to
	s.touchStation(d)
	d.tellFeature(func(m csta.Monitored) csta.Event {
		ev := csta.Forwarding{
			Monitored: m, Device: csta.Party(d.id), Type: csta.ForwardImmediate, On: to != "",
		}
		if to != "" {
			ev.To = s.numberID(to)
		}
		return ev
	})
	return nil
}

// GetMessageWaitingIndicator tells whether a station's message lamp is lit.
func (s *Switch) GetMessageWaitingIndicator(
	req csta.GetMessageWaitingIndicator,
) (csta.MessageWaitingState, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.MessageWaitingState{}, err
	}
	present := true
	r := csta.MessageWaitingState{On: d.station.message, For: d.id, Lamp: &present}
	if r.On {
		r.Private.Applications = []csta.MWIApplication{csta.MWIByCTI}
	}
	return r, nil
}

// SetMessageWaitingIndicator lights a station's message lamp, or puts it out.
func (s *Switch) SetMessageWaitingIndicator(req csta.SetMessageWaitingIndicator) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return err
	}
	if d.station.message == req.On {
		return csta.Refuse(csta.FeatureAlreadySet)
	}
	d.station.message = req.On
	s.touchStation(d)
	d.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.MessageWaiting{
			Monitored: m, Target: csta.Party(d.id), For: d.id, On: req.On,
		}
	})
	return nil
}

// tellFeature tells the monitors of a device of something that is no call's.
func (d *device) tellFeature(ev func(csta.Monitored) csta.Event) {
	for _, m := range d.monitors {
		if !m.follows {
			m.send(ev(csta.Monitored{CrossRefID: m.ref}))
		}
	}
}
