package filter

import "github.com/wtiphone/wtiphone/csta"

// member is the filter's member for an event; nil if the filter is silent on it.
func (f Filter) member(ev csta.Event) (value *bool, known bool) {
	switch ev.(type) {
	case csta.MediaStarted, csta.MediaStopped:
		c := orZero(f.avaya.MediaControl)
		if _, start := ev.(csta.MediaStarted); start {
			return c.Started, true
		}
		return c.Stopped, true
	case csta.TerminalUnregistered:
		return orZero(f.avaya.Registration).Unregistered, true
	case csta.TerminalReregistered:
		return orZero(f.avaya.Registration).Reregistered, true
	case csta.DeviceRegistered:
		return orZero(f.avaya.Terminal).Registered, true
	case csta.DeviceRegisterFailed:
		return orZero(f.avaya.Terminal).RegisterFailed, true
	case csta.DeviceUnregistered:
		return orZero(f.avaya.Terminal).Unregistered, true
	case csta.EndpointRegistered:
		return orZero(f.avaya.Endpoint).Registered, true
	case csta.EndpointUnregistered:
		return orZero(f.avaya.Endpoint).Unregistered, true
	case csta.E911CallBlocked:
		return orZero(f.avaya.Physical).E911Blocked, true
	case csta.PlaySuspended:
		return orZero(f.standard.Voice).SuspendPlay, true
	case csta.RecordSuspended:
		return orZero(f.standard.Voice).SuspendRecord, true
	case csta.Playing:
		return orZero(f.standard.Voice).Play, true
	case csta.Recording:
		return orZero(f.standard.Voice).Record, true
	case csta.VoiceStopped:
		return orZero(f.standard.Voice).Stop, true
	case csta.ServiceLinkStatus:
		return orZero(f.avaya.Physical).ServiceLink, true
	case csta.TonesRetrieved:
		return orZero(f.avaya.ToneCollect).Retrieved, true
	case csta.ToneDetected:
		return orZero(f.avaya.ToneDetect).Detected, true
	case csta.AgentLoginExtensions:
		return orZero(f.avaya.Logical).AgentLogin, true
	case csta.EnteredDigits:
		return orZero(f.avaya.EnteredDigit).Entered, true
	case csta.CallInformed:
		return orZero(f.standard.CallAssociated).CallInformation, true
	}
	if value, known = panelMember(orZero(f.standard.PhysicalDevice), ev); known {
		return value, true
	}
	if value, known = agentMember(orZero(f.standard.LogicalDevice), ev); known {
		return value, true
	}
	return callMember(orZero(f.standard.CallControl), ev)
}

func panelMember(p csta.PhysicalDeviceFilter, ev csta.Event) (*bool, bool) {
	switch ev.(type) {
	case csta.MessageWaiting:
		return p.MessageWaiting, true
	case csta.LampChanged:
		return p.LampMode, true
	case csta.DisplayUpdated:
		return p.DisplayUpdated, true
	case csta.Hookswitch:
		return p.Hookswitch, true
	case csta.RingerChanged:
		return p.RingerStatus, true
	case csta.ButtonPressed:
		return p.ButtonPress, true
	case csta.ButtonChanged:
		return p.ButtonInformation, true
	case csta.SpeakerMuted:
		return p.SpeakerMute, true
	case csta.SpeakerVolume:
		return p.SpeakerVolume, true
	case csta.MicrophoneMuted:
		return p.MicrophoneMute, true
	case csta.MicrophoneGain:
		return p.MicrophoneGain, true
	}
	return nil, false
}

func agentMember(l csta.LogicalDeviceFilter, ev csta.Event) (*bool, bool) {
	switch ev.(type) {
	case csta.AgentLoggedOn:
		return l.AgentLoggedOn, true
	case csta.AgentLoggedOff:
		return l.AgentLoggedOff, true
	case csta.AgentReady:
		return l.AgentReady, true
	case csta.AgentNotReady:
		return l.AgentNotReady, true
	case csta.AgentBusy:
		return l.AgentBusy, true
	case csta.AgentWorkingAfterCall:
		return l.AgentWorkingAfterCall, true
	case csta.DoNotDisturb:
		return l.DoNotDisturb, true
	case csta.Forwarding:
		return l.Forwarding, true
	}
	return nil, false
}

func callMember(c csta.CallControlFilter, ev csta.Event) (*bool, bool) {
	switch ev.(type) {
	case csta.ServiceInitiated:
		return c.ServiceInitiated, true
	case csta.Originated:
		return c.Originated, true
	case csta.Delivered:
		return c.Delivered, true
	case csta.Established:
		return c.Established, true
	case csta.NetworkReached:
		return c.NetworkReached, true
	case csta.HeldEvent:
		return c.Held, true
	case csta.Retrieved:
		return c.Retrieved, true
	case csta.QueuedEvent:
		return c.Queued, true
	case csta.Diverted:
		return c.Diverted, true
	case csta.Failed:
		return c.Failed, true
	case csta.ConnectionCleared:
		return c.ConnectionCleared, true
	case csta.CallCleared:
		return c.CallCleared, true
	case csta.Transferred:
		return c.Transferred, true
	case csta.Conferenced:
		return c.Conferenced, true
	case csta.Offered:
		return c.Offered, true
	case csta.DigitsDialed:
		return c.DigitsDialed, true
	case csta.Bridged:
		return c.Bridged, true
	}
	return nil, false
}

// orZero is what an optional member of a request says.
func orZero[T any](p *T) (value T) {
	if p != nil {
		value = *p
	}
	return value
}
