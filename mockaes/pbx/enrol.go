package pbx

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// enrolment is a registration that the switch is working on.
type enrolment struct {
	owner  any
	dev    csta.DeviceID
	timer  *timer
	decide func(cancelled bool)
}

// enrol has a registration decided on when the switch has had its time for it. A
// switch that works on as many as it can refuses another (Avaya: at most twenty
// outstanding registrations).
func (s *Switch) enrol(id csta.DeviceID, owner any, decide func(cancelled bool)) error {
	if s.features.RegisterTime <= 0 {
		decide(false)
		return nil
	}
	if len(s.enrolments) >= s.features.OutstandingRegistrations {
		s.log.Info("too many registrations are outstanding", "device", id.Extension())
		return csta.Refuse(csta.OutstandingLimit)
	}
	e := &enrolment{owner: owner, dev: id, decide: decide}
	e.timer = s.after(s.features.RegisterTime, jobRegister, func() {
		s.enrolments = without(s.enrolments, e)
		decide(false)
	})
	s.enrolments = append(s.enrolments, e)
	return nil
}

// cancelEnrolments ends what is outstanding for an owner that is gone.
func (s *Switch) cancelEnrolments(owner any) {
	for _, e := range slices.Clone(s.enrolments) {
		if e.owner == owner {
			e.timer.stop()
			s.enrolments = without(s.enrolments, e)
			e.decide(true)
		}
	}
}

// enrolling reports whether a registration of a device instance is outstanding.
func (s *Switch) enrolling(id csta.DeviceID) bool {
	return slices.ContainsFunc(s.enrolments, func(e *enrolment) bool {
		return e.dev.Extension() == id.Extension() && instanceOf(e.dev) == instanceOf(id)
	})
}
