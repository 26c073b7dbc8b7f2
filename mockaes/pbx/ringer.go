package pbx

import (
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// ringing is what an application has made of a station's ringer.
type ringing struct {
	mode   csta.RingMode    // empty: it follows the calls
	sound  csta.RingPattern // 0: the telephone's own
	volume string           // empty: the telephone's own
}

// SetRingerStatus makes a registered station ring until it is told to stop, or keeps
// it from ringing for the calls that alert now.
func (s *Switch) SetRingerStatus(req csta.SetRingerStatus) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return err
	}
	switch req.Mode {
	case "", csta.Ringing, csta.NotRinging:
	default:
		return csta.Refuse(csta.InvalidParameterValue)
	}
	if req.Mode != "" {
		d.station.rung.mode = req.Mode
	}
	if req.Pattern != nil {
		d.station.rung.sound = *req.Pattern
	}
	if req.Volume != nil && req.Volume.Absolute != nil {
		d.station.rung.volume = strconv.Itoa(*req.Volume.Absolute)
	}
	s.touchStation(d)
	return nil
}

// settle lets the ringer follow the calls again once there is none to be kept silent.
func (r *ringing) settle(d *device) {
	if r.mode != csta.NotRinging {
		return
	}
	for _, p := range d.parties {
		if p.state == csta.Alerting {
			return
		}
	}
	r.mode = ""
}

func (r ringing) pattern(own csta.RingPattern) csta.RingPattern {
	if r.sound != csta.RingOff {
		return r.sound
	}
	return own
}

// loud is the volume as an event has it; nil for the telephone's own.
func (r ringing) loud() *csta.Volume {
	n, err := strconv.Atoi(r.volume)
	if err != nil {
		return nil
	}
	return &csta.Volume{Absolute: &n}
}
