package pbx

import (
	"errors"
	"fmt"
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// Hardware is what a hand changes at a telephone. What is nil or empty stays.
type Hardware struct {
	SpeakerMuted    *bool
	SpeakerVolume   *int // in percent
	MicrophoneMuted *bool
	MicrophoneGain  *int // in percent

	Button string // gets Label
	Label  string
}

// hardware is how a telephone is set. Audio does not depend on it: that of a softphone is
// its own, and the simulated persons hear well.
type hardware struct {
	speakerMuted, microphoneMuted bool
	speakerVolume, microphoneGain int
	labels                        map[string]string // of buttons, where they are not the usual
}

// apparatus is the only speakerphone of a telephone (DMCC samples count from 1).
const apparatus = "1"

// maxLabel bounds the label of a button, in bytes.
const maxLabel = 40

// errPercent says that a volume or a gain is none.
var errPercent = errors.New("pbx: a volume or a gain is 0 to 100")

// Operate changes the hardware of a registered station and tells what has changed. An
// error is a fault of the station or of the button.
func (s *Switch) Operate(extension string, h Hardware) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(csta.DeviceID(extension))
	if err != nil {
		return err
	}
	for _, percent := range []*int{h.SpeakerVolume, h.MicrophoneGain} {
		if percent != nil && (*percent < 0 || *percent > 100) {
			return errPercent
		}
	}
	if h.Button != "" {
		if err := s.relabel(d, h.Button, h.Label); err != nil {
			return err
		}
	}
	d.operate(h)
	s.touchStation(d)
	return nil
}

// relabel gives a button another label.
func (s *Switch) relabel(d *device, button, label string) error {
	known := slices.ContainsFunc(d.buttons(), func(b csta.ButtonItem) bool {
		return b.Button == button
	})
	switch {
	case !known:
		return csta.Refuse(csta.InvalidButtonIdentifier)
	case len(label) > maxLabel:
		return fmt.Errorf("pbx: a label has at most %d bytes", maxLabel)
	}
	if d.station.hard.labels == nil {
		d.station.hard.labels = make(map[string]string)
	}
	if d.station.hard.labels[button] == label {
		return nil
	}
	d.station.hard.labels[button] = label
	d.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.ButtonChanged{
			Monitored: m, Device: csta.Party(d.id), Button: button, Label: label,
		}
	})
	return nil
}

// operate mutes, and sets the volume.
func (d *device) operate(h Hardware) {
	now := &d.station.hard
	if changes(h.SpeakerMuted, &now.speakerMuted) {
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.SpeakerMuted{
				Monitored: m, Device: csta.Party(d.id), Apparatus: apparatus, On: now.speakerMuted,
			}
		})
	}
	if changes(h.SpeakerVolume, &now.speakerVolume) {
		volume := now.speakerVolume
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.SpeakerVolume{
				Monitored: m, Device: csta.Party(d.id), Apparatus: apparatus,
				Volume: &csta.Volume{Absolute: &volume},
			}
		})
	}
	if changes(h.MicrophoneMuted, &now.microphoneMuted) {
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.MicrophoneMuted{
				Monitored: m, Device: csta.Party(d.id), Apparatus: apparatus,
				On: now.microphoneMuted,
			}
		})
	}
	if changes(h.MicrophoneGain, &now.microphoneGain) {
		gain := csta.Opaque(fmt.Sprintf(`{"micGainAbs":%d}`, now.microphoneGain))
		d.tellFeature(func(m csta.Monitored) csta.Event {
			return csta.MicrophoneGain{
				Monitored: m, Device: csta.Party(d.id), Apparatus: apparatus, Gain: gain,
			}
		})
	}
}

// changes sets a value to what is wanted, and reports whether it was another one.
func changes[T comparable](want, now *T) bool {
	if want == nil || *want == *now {
		return false
	}
	*now = *want
	return true
}
