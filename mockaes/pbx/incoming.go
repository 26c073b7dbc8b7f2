package pbx

import (
	"errors"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// The refusals of a call from outside.
var (
	ErrNoTrunk  = errors.New("pbx: no trunk is free")
	ErrNotTaken = errors.New("pbx: the call could not be completed")
	ErrNoParty  = errors.New("pbx: no such outside party in a call")
)

// IncomingCall is a call from outside.
type IncomingCall struct {
	From       string // the caller's number; empty: not known
	To         string // what was dialled: any number of the switch
	TrunkGroup int    // 0: the first of the lab that is free
	UUI        string
	// LookAhead says that another switch has sent the call on and kept it in its own
	// queues meanwhile (CM: look-ahead interflow, over an ISDN trunk); nil: none has.
	LookAhead *csta.LookAheadInfo
	Says      string        // what the caller says: wav:FILE, tone:HZ, dtmf:DIGITS, silence
	Patience  time.Duration // gives up when nobody answers for so long; 0: never
	Talk      time.Duration // hangs up so long after somebody answered; 0: never
}

// IncomingCall places a call from outside. The connection is the caller's. An error
// wraps [ErrNoTrunk] or [ErrNotTaken], or is a fault of the number.
func (s *Switch) IncomingCall(in IncomingCall) (csta.ConnectionID, error) {
	s.mu.Lock()
	defer s.unlock()
	var none csta.ConnectionID
	switch {
	case in.From != "" && !dialplan.Dialable(in.From):
		return none, fmt.Errorf("pbx: from %.60q: %w: want a number", in.From,
			csta.Refuse(csta.InvalidParameterValue))
	case len(in.UUI) > maxUUI:
		return none, fmt.Errorf("pbx: user data of %d bytes: %w: want at most %d", len(in.UUI),
			csta.Refuse(csta.InvalidParameterValue), maxUUI)
	case s.devices[in.To] == nil:
		return none, fmt.Errorf("pbx: to %.60q: %w: want a number of %s", in.To,
			csta.Refuse(csta.InvalidDestination), s.lab.Name)
	}
	ahead, err := lookAhead(in.LookAhead)
	trunk := s.freeTrunk(in.TrunkGroup)
	switch {
	case err != nil:
		return none, fmt.Errorf("pbx: look-ahead information: %w", err)
	case trunk == nil && in.TrunkGroup != 0:
		return none, fmt.Errorf("%w: in group %d, or there is no such group to the public network",
			ErrNoTrunk, in.TrunkGroup)
	case trunk == nil:
		return none, ErrNoTrunk
	case trunk.lab.Analog && ahead != nil:
		return none, fmt.Errorf("pbx: look-ahead information: %w: trunk group %d is analog",
			csta.Refuse(csta.InvalidParameterValue), trunk.lab.Number)
	}
	c := s.newCall()
	c.uui, c.lookAhead = in.UUI, ahead
	line := trunk.take()
	line.incoming = true
	p := s.joinOutside(c, in.From, line, Outside{Says: in.Says, Talk: in.Talk}, csta.Connected)
	c.trunk = line
	c.calling, c.called = csta.Party(p.dev.id), csta.Party(s.devices[in.To].id)
	id := p.id()
	if in.Patience > 0 {
		p.dev.outside.timer = s.alarm(in.Patience, jobClear, p)
	}
	if why := s.offer(c, in.To, arrival{cause: csta.CauseNewCall}); why != taken {
		s.finish(c, false)
		return none, fmt.Errorf("%w: %s", ErrNotTaken, why)
	}
	return id, nil
}

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
