package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

// Unregister gives a station back that owner has registered.
func (s *Switch) Unregister(req csta.UnregisterTerminal, owner any) csta.TerminalReleased {
	s.mu.Lock()
	defer s.unlock()
	answer := csta.TerminalReleased{Device: csta.Party(req.Device)}
	if d := s.device(req.Device); d != nil {
		for _, r := range s.regs[d.ext] {
			if r.instance == instanceOf(req.Device) && (r.owner == owner || req.ForceLogout) {
				s.unregister(r, csta.UnregLogoff)
				if r.owner != owner {
					s.tellUnregistered(r, "forced out")
				}
				answer.Code = csta.NormalRegister
				return answer
			}
		}
	}
	answer.Code, answer.Reason = codeNotRegistered, "not registered"
	return answer
}

// ForceUnregister ends all registrations of a station, as an administrator would,
// and tells its monitors why: for example "2018 Rebooting Ext released". It reports
// whether there were any.
func (s *Switch) ForceUnregister(ext, reason string) bool {
	s.mu.Lock()
	defer s.unlock()
	all := slices.Clone(s.regs[ext])
	for _, r := range all {
		s.unregister(r, csta.UnregSATCommand)
		s.tellUnregistered(r, reason)
	}
	return len(all) > 0
}

// ReleaseOwner ends all registrations of an owner that is gone, and refuses those that
// are outstanding.
func (s *Switch) ReleaseOwner(owner any) {
	s.mu.Lock()
	defer s.unlock()
	s.cancelEnrolments(owner)
	for _, d := range s.stations {
		for _, r := range slices.Clone(s.regs[d.ext]) {
			if r.owner == owner {
				s.unregister(r, csta.UnregSoftphone)
			}
		}
	}
}

// Holds reports whether an owner has a registration.
func (s *Switch) Holds(owner any) bool {
	s.mu.Lock()
	defer s.unlock()
	for _, regs := range s.regs {
		for _, r := range regs {
			if r.owner == owner {
				return true
			}
		}
	}
	return false
}

func (s *Switch) unregister(r *registration, why csta.UnregisterReason) {
	s.closeStream(r)
	s.regs[r.dev.ext] = without(s.regs[r.dev.ext], r)
	if len(s.regs[r.dev.ext]) == 0 {
		r.dev.station.letGo()
	}
	s.touchStation(r.dev)
	s.tellEndpointGone(r, why)
}

// letGo ends what applications had a telephone do, when nobody is registered there any
// more: it rings for its calls alone, and its digits are not collected.
func (st *station) letGo() {
	if st.tones != nil {
		st.tones.timer.stop()
		st.tones = nil
	}
	st.rung = panel.Ring{}
}

func (s *Switch) tellUnregistered(r *registration, reason string) {
	if r.older {
		r.dev.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.DeviceUnregistered{
				Monitored: m, Device: csta.Party(r.id()), Reason: reason,
			}
		})
		return
	}
	for _, m := range r.dev.monitors {
		m.send(csta.TerminalUnregistered{
			Monitored: csta.Monitored{CrossRefID: m.ref}, Device: csta.Party(r.id()),
			Reason: reason,
		})
	}
}
