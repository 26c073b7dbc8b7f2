package pbx

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// The lengths of DTMF digits that a request leaves open, and their bounds.
const (
	defaultTone  = 100 * time.Millisecond
	defaultPause = 100 * time.Millisecond
	maxTone      = 10_000 // milliseconds
	maxDigits    = 32
)

// ErrDigits says that digits which a party dials are none, or too many.
var ErrDigits = fmt.Errorf("pbx: digits: want 1 to %d of 0 to 9, *, # and A to D", maxDigits)

// dtmf are DTMF digits in capitals; ok says that they are.
func dtmf(text string) (digits string, ok bool) {
	digits = strings.ToUpper(text)
	return digits, digits != "" && len(digits) <= maxDigits &&
		strings.Trim(digits, "0123456789*#ABCD") == ""
}

// GenerateDigits sends DTMF digits from a station into its call.
func (s *Switch) GenerateDigits(req csta.GenerateDigits) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findState(req.Target, csta.Connected, csta.NoActiveCall)
	if err != nil {
		return err
	}
	digits, ok := dtmf(req.Digits)
	if !ok {
		return csta.Refuse(csta.InvalidParameterValue)
	}
	if req.Duration < 0 || req.Duration > maxTone || req.Pause < 0 || req.Pause > maxTone {
		return csta.Refuse(csta.ValueOutOfRange)
	}
	tone, pause := defaultTone, defaultPause
	if req.Duration > 0 {
		tone = time.Duration(req.Duration) * time.Millisecond
	}
	if req.Pause > 0 {
		pause = time.Duration(req.Pause) * time.Millisecond
	}
	s.sendDigits(p, digits, tone, pause)
	return nil
}

// sendDigits lets the others in a call hear digits, the switch among them.
func (s *Switch) sendDigits(p *party, digits string, tone, pause time.Duration) {
	if s.media != nil {
		var to []LegID
		for _, h := range s.heard(p.call) {
			if h.Device != p.dev.id {
				to = append(to, h.Leg)
			}
		}
		if len(to) > 0 {
			s.media.Digits(to, digits, tone, pause)
		}
	}
	s.takeDigits(p, digits, tone, pause)
}

// takeDigits gives digits that a party dialled to whoever collects them: other
// stations, other switches, and the vector that the call is in. No tone: the media let
// the others hear them already.
func (s *Switch) takeDigits(p *party, digits string, tone, pause time.Duration) {
	c := p.call
	s.hearTones(c, p, digits)
	for _, other := range c.parties {
		e := other.tie()
		if e != nil && !e.released && other != p && other.state == csta.Connected {
			s.send(e, tieMessage{Kind: tieDigits, Digits: digits, Tone: tone, Pause: pause})
		}
	}
	for i := range len(digits) {
		if c.run == nil || c.run.done {
			return
		}
		c.run.digit(digits[i])
	}
}

// DigitsHeard tells the switch that a terminal, or an outside party whose voice the
// media carry, dialled DTMF digits (RFC 4733). The media pass them on to the other
// parties themselves.
func (s *Switch) DigitsHeard(leg LegID, digits string) {
	s.mu.Lock()
	defer s.unlock()
	if p := s.legs[leg]; p != nil {
		s.takeDigits(p, digits, 0, 0)
	}
}

// SendDTMFTone sends DTMF digits from a registered station into its call.
func (s *Switch) SendDTMFTone(req csta.SendDTMFTone) error {
	return s.GenerateDigits(csta.GenerateDigits{
		Target: req.Sender, Digits: req.Tones, Duration: req.Duration, Pause: req.Pause,
	})
}

// defaultTelephonyTone is the length of a tone that a request leaves open.
const defaultTelephonyTone = time.Second

// tonesOfTheSwitch are the tones that can be played into a call. CSTA names more: one
// for parked calls, which nothing says the sound of, and a hundred that are up to each
// switch.
var tonesOfTheSwitch = []csta.TelephonyTone{
	csta.ToneBeep, csta.ToneBilling, csta.ToneBusy, csta.ToneCarrier, csta.ToneConfirmation,
	csta.ToneDial, csta.ToneFaxCNG, csta.ToneHold, csta.ToneHowler, csta.ToneIntrusion,
	csta.ToneModemCNG, csta.ToneRecordWarning, csta.ToneReorder, csta.ToneRingback,
	csta.ToneSilence, csta.ToneVacantCode, csta.ToneIntercept, csta.ToneReorderSIT,
	csta.ToneNoCircuit,
}

// GenerateTelephonyTones plays a tone of the switch into a call: all but the party
// that asks for it hear it.
func (s *Switch) GenerateTelephonyTones(req csta.GenerateTelephonyTones) error {
	s.mu.Lock()
	defer s.unlock()
	p, err := s.findState(req.Target, csta.Connected, csta.NoActiveCall)
	why := csta.ToneInvalidCallID
	switch {
	case err != nil:
	case !slices.Contains(tonesOfTheSwitch, req.Tone):
		err, why = csta.Refuse(csta.InvalidParameterValue), csta.ToneInvalidID
	case req.Duration < 0 || req.Duration > maxTone:
		err, why = csta.Refuse(csta.ValueOutOfRange), csta.ToneInvalidDuration
	case p.play.Sound != "":
		err, why = csta.Refuse(csta.ResourceBusy), csta.ToneActive
	}
	if err != nil {
		s.device(req.Target.Device).toneFailed(req.Target, req.Tone, why)
		return err
	}
	length := defaultTelephonyTone
	if req.Duration > 0 {
		length = time.Duration(req.Duration) * time.Millisecond
	}
	p.play = Play{Sound: Sound(req.Tone), Started: s.clock.Now()}
	s.touchCall(p.call)
	p.timer = s.alarm(length, jobToneOver, p)
	return nil
}

// toneOver ends a tone that a party had played.
func (s *Switch) toneOver(p *party) {
	p.play = Play{}
	s.touchCall(p.call)
}
