package mockaes

import "github.com/wtiphone/wtiphone/csta"

// setCharacteristics changes how the server speaks to the session. The lab's numbers
// have no telephone URIs, so that ids are always those of DMCC.
func setCharacteristics(h *session, req csta.SetSessionCharacteristics) (
	none csta.Empty, err error,
) {
	want := req.Characteristics
	switch want.DeviceIDType {
	case "", csta.DMCCDeviceID:
	case csta.TelURIDeviceID:
		return none, csta.Refuse(csta.RequestIncompatible)
	default:
		return none, csta.Refuse(csta.InvalidParameterValue)
	}
	switch want.EventFilter {
	case "":
	case csta.NoEventFilter, csta.DesktopCallControl:
		h.callsOnly.Store(want.EventFilter == csta.DesktopCallControl)
	default:
		return none, csta.Refuse(csta.InvalidParameterValue)
	}
	return none, nil
}

// aboutTelephone reports whether an event is about the hardware of a telephone: its
// panel, its voice unit, the tones that it hears. Those are what a session does without
// that wants call control only (inferred from the name of the mode).
func aboutTelephone(ev csta.Event) bool {
	switch ev.(type) {
	case csta.ButtonPressed, csta.DisplayUpdated, csta.Hookswitch, csta.LampChanged,
		csta.RingerChanged, csta.Playing, csta.Recording, csta.VoiceStopped,
		csta.PlaySuspended, csta.RecordSuspended, csta.TonesRetrieved, csta.ToneDetected:
		return true
	}
	return false
}
