package pbx

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// SelectiveListeningHold makes a party of a call deaf to another, or to all.
func (s *Switch) SelectiveListeningHold(req csta.SelectiveListeningHold) error {
	return s.listen(req.Listening, func(to, p *party) bool {
		if slices.Contains(to.deafTo, p) {
			return false
		}
		to.deafTo = append(to.deafTo, p)
		return true
	})
}

// SelectiveListeningRetrieve lets a party of a call hear another again, or all.
func (s *Switch) SelectiveListeningRetrieve(req csta.SelectiveListeningRetrieve) error {
	return s.listen(req.Listening, func(to, p *party) bool {
		before := len(to.deafTo)
		to.deafTo = without(to.deafTo, p)
		return len(to.deafTo) < before
	})
}

// listen changes what a party hears of those that are selected, and refuses what
// changes nothing.
func (s *Switch) listen(
	l csta.SelectiveListening, change func(to, p *party) bool,
) error {
	s.mu.Lock()
	defer s.unlock()
	to, err := s.find(l.Subject)
	if err != nil {
		return err
	}
	others := slices.Clone(to.call.parties)
	if !l.All {
		p, err := s.find(l.Selected)
		if err != nil {
			return err
		}
		others = []*party{p}
	}
	changed := false
	for _, p := range others {
		if p.call == to.call && p != to && p.talker() {
			changed = change(to, p) || changed
		}
	}
	if !changed {
		return csta.Refuse(csta.InvalidObjectState)
	}
	s.touchCall(to.call)
	return nil
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
