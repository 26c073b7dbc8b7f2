package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// maxAlert is the longest time that a predictive call rings, in seconds.
const maxAlert = 600

// MakePredictiveCall calls a number outside, and brings whoever answers to a VDN. Call
// classifiers are not simulated: an answer is an answer.
func (s *Switch) MakePredictiveCall(
	req csta.MakePredictiveCall,
) (csta.PredictiveCallMade, error) {
	s.mu.Lock()
	defer s.unlock()
	var none csta.PredictiveCallMade
	d := s.device(req.From)
	if d == nil || d.kind != vdnKind {
		return none, csta.Refuse(csta.InvalidCallingDeviceID)
	}
	number, err := s.dialled(req.To)
	way, why := s.wayOut(&call{}, number)
	if err != nil || s.devices[number] != nil || why == csta.CauseDestNotObtainable {
		return none, csta.Refuse(csta.InvalidCalledDeviceID)
	}
	uui, err := userData(req.UserData)
	switch {
	case err != nil:
		return none, err
	case req.AlertTime < 0 || req.AlertTime > maxAlert:
		return none, csta.Refuse(csta.ValueOutOfRange)
	case why != taken:
		return none, csta.Refuse(csta.ResourceBusy)
	}
	c := s.newCall()
	c.uui, c.predicts = uui, d.ext
	c.calling, c.called = csta.Party(d.id), csta.Party(s.numberID(number))
	for _, m := range d.monitors {
		if m.follows {
			c.follow(m)
		}
	}
	s.dialOut(c, number, way, arrival{cause: csta.CauseMakePredictiveCall})
	if alert := req.AlertTime; alert > 0 {
		p := c.parties[0]
		p.timer = s.alarm(time.Duration(alert)*time.Second, jobUnanswered, p)
	}
	return csta.PredictiveCallMade{
		Connection: csta.ConnectionID{Call: c.id, Device: d.id},
		Private:    csta.PredictiveCallPrivate{Linkage: csta.Linkage(c.ucid)},
	}, nil
}
