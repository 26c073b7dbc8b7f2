package pbx

import (
	"slices"
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// Presence is what counts for licences at a device: what it is, and whether it is in
// calls.
type Presence struct {
	Device  csta.DeviceID // in full, without regard to how it was asked for
	Station bool
	Skill   bool
	VDN     bool
	Calls   int    // its connections
	Idled   uint64 // how often its last call has left it
}

// Presence tells what there is at a device of the switch. It reports false where there is
// no such device.
func (s *Switch) Presence(id csta.DeviceID) (Presence, bool) {
	s.mu.Lock()
	defer s.unlock()
	d := s.device(id)
	if d == nil {
		return Presence{}, false
	}
	return Presence{
		Device: d.id, Calls: len(d.parties), Idled: d.idled,
		Station: d.kind == stationKind, Skill: d.kind == skillKind, VDN: d.kind == vdnKind,
	}, true
}

// Terminals is how many instances of devices are registered or about to be, and whether
// that of id is among them.
func (s *Switch) Terminals(id csta.DeviceID) (count int, among bool) {
	s.mu.Lock()
	defer s.unlock()
	for _, regs := range s.regs {
		count += len(regs)
	}
	begun := make(map[string]bool) // there are few
	for _, e := range s.enrolments {
		key := e.dev.Extension() + "/" + strconv.Itoa(instanceOf(e.dev))
		if !begun[key] && !s.registered(e.dev) {
			begun[key] = true
			count++
		}
	}
	return count, s.registered(id) || s.enrolling(id)
}

// registered reports whether an instance of a device is.
func (s *Switch) registered(id csta.DeviceID) bool {
	return slices.ContainsFunc(s.regs[id.Extension()], func(r *registration) bool {
		return r.instance == instanceOf(id)
	})
}
