package pbx

import "github.com/wtiphone/wtiphone/csta"

// maxSourceVDN is the length of a VDN's name as another switch is told it (CM:
// look-ahead interflow).
const maxSourceVDN = 15

// lookAhead is a copy of what the switch that a call comes from says of it; a refusal
// if that cannot be. Sizes are those of times; the VDN's name has at most fifteen
// characters (CM: look-ahead interflow).
func lookAhead(said *csta.LookAheadInfo) (*csta.LookAheadInfo, error) {
	if said == nil {
		return nil, nil
	}
	l := *said
	switch l.Type {
	case csta.NoInterflow, csta.AllInterflow, csta.ThresholdInterflow, csta.VectoringInterflow:
	default:
		return nil, csta.Refuse(csta.InvalidParameterValue)
	}
	switch l.Priority {
	case csta.PriorityNotInQueue, csta.PriorityLow, csta.PriorityMedium, csta.PriorityHigh,
		csta.PriorityTop:
	default:
		return nil, csta.Refuse(csta.InvalidParameterValue)
	}
	within := func(n, below int) bool { return n >= 0 && n < below }
	if !within(l.Hours, 24) || !within(l.Minutes, 60) || !within(l.Seconds, 60) ||
		len(l.SourceVDN) > maxSourceVDN {
		return nil, csta.Refuse(csta.ValueOutOfRange)
	}
	return &l, nil
}
