package pbx

import (
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// RegisterDevice takes control of a station for owner in the older form: the outcome
// is told to the station's monitors. The error is a fault of the device, or for one
// registration too many at a time.
func (s *Switch) RegisterDevice(req csta.RegisterDevice, owner any) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return err
	}
	return s.enrol(req.Device, owner, func(cancelled bool) {
		p := s.plan(csta.RegisterTerminal(req), owner, cancelled)
		if p.code != csta.NormalRegister {
			d.tellRefused(req, p.code, p.reason)
			return
		}
		p.reg.older = true
		s.admit(p)
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.DeviceRegistered{Monitored: m, Device: csta.Party(p.reg.id())}
		})
	})
}

// RefuseDevice tells the station's monitors that a registration in the older form has
// failed, for a reason that is AES's own. The error is a fault of the device.
func (s *Switch) RefuseDevice(req csta.RegisterDevice, code int, reason string) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err == nil {
		d.tellRefused(req, code, reason)
	}
	return err
}

func (d *device) tellRefused(req csta.RegisterDevice, code int, reason string) {
	d.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.DeviceRegisterFailed{
			Monitored: m, Device: csta.Party(req.Device), Reason: reason,
			Code: strconv.Itoa(code),
		}
	})
}

// UnregisterDevice gives a station back in the older form.
func (s *Switch) UnregisterDevice(req csta.UnregisterDevice, owner any) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return err
	}
	for _, r := range s.regs[d.ext] {
		if r.instance == instanceOf(req.Device) && (r.owner == owner || req.ForceLogout) {
			s.unregister(r, csta.UnregLogoff)
			s.tellUnregistered(r, "logged off")
			return nil
		}
	}
	return csta.Refuse(csta.InvalidObjectState)
}

// info is what is known of a registration's endpoint.
func (r *registration) info() csta.EndpointRegistrationInfo {
	return csta.EndpointRegistrationInfo{
		Endpoint: csta.Party(r.id()), Address: r.far.RTP.Address,
		DependencyMode: r.depends, MediaMode: r.mode,
		SetType: r.dev.station.setType(), Protocol: csta.H323,
	}
}

func (s *Switch) tellEndpoint(r *registration) {
	r.dev.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.EndpointRegistered{
			Monitored: m, Device: csta.Party(r.dev.id), EndpointRegistrationInfo: r.info(),
			State: csta.InService,
		}
	})
}

// tellEndpointGone tells that an endpoint has left; the station is out of service when
// it was the last one.
func (s *Switch) tellEndpointGone(r *registration, why csta.UnregisterReason) {
	state := csta.InService
	if len(s.regs[r.dev.ext]) == 0 {
		state = csta.OutOfService
	}
	info := r.info()
	r.dev.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.EndpointUnregistered{
			Monitored: m, Device: csta.Party(r.dev.id), Endpoint: info.Endpoint,
			Address: info.Address, DependencyMode: info.DependencyMode, Code: why,
			SetType: info.SetType, Protocol: info.Protocol, State: state,
		}
	})
}

// Reregister does to the registrations of a station what a short loss of signalling
// does: AES registers anew by itself and tells so. Streams begin again. It reports whether
// there were any.
func (s *Switch) Reregister(ext, reason string) bool {
	s.mu.Lock()
	defer s.unlock()
	for _, r := range s.regs[ext] {
		s.closeStream(r)
		s.touchStation(r.dev)
		r.dev.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.TerminalReregistered{
				Monitored: m, Device: csta.Party(r.id()), SignalingEncryption: "none",
				Code: strconv.Itoa(csta.NormalRegister), Reason: reason,
			}
		})
	}
	return len(s.regs[ext]) > 0
}
