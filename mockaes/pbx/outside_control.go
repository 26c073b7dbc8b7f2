package pbx

import (
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
)

// findOutside finds an outside party by its connection: the present one, or the one
// that it began with, whatever its call has been merged with since.
func (s *Switch) findOutside(id csta.ConnectionID) (*party, error) {
	for _, c := range s.order {
		for _, p := range c.parties {
			o := p.dev.outside
			if o != nil && o.tie == nil && !p.absent && (p.id() == id || o.first == id) {
				return p, nil
			}
		}
	}
	return nil, fmt.Errorf("%w: %s", ErrNoParty, id)
}

// OutsideHangUp makes an outside party hang up. The error is [ErrNoParty].
func (s *Switch) OutsideHangUp(id csta.ConnectionID) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findOutside(id)
	if err == nil {
		s.drop(p, csta.CauseNormalClearing)
	}
	return err
}

// OutsideAnswer makes an outside party that rings answer now.
func (s *Switch) OutsideAnswer(id csta.ConnectionID) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findOutside(id)
	if err == nil && p.state != csta.Alerting {
		return csta.Refuse(csta.NoCallToAnswer)
	}
	if err == nil {
		s.outsideAnswers(p)
	}
	return err
}

// OutsideDigits makes an outside party dial DTMF digits. The error is [ErrNoParty] or
// [ErrDigits].
func (s *Switch) OutsideDigits(id csta.ConnectionID, digits string) error {
	digits, ok := dtmf(digits)
	if !ok {
		return ErrDigits
	}
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findOutside(id)
	if err == nil {
		s.sendDigits(p, digits, defaultTone, defaultPause)
	}
	return err
}
