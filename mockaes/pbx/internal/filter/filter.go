package filter

import "github.com/wtiphone/wtiphone/csta"

// Filter is what a monitor asked for. The zero value passes everything.
type Filter struct {
	on       bool // there is a filter; else everything passes
	suppress bool // true means 'do not send', not 'send'
	standard csta.MonitorFilter
	avaya    csta.AvayaEvents
}

// New reads the filter of a request. Without invertFilter the meaning of its members is a
// guess either way: suppresses says that true means 'do not send'.
func New(req csta.MonitorStart, suppresses bool) Filter {
	a := req.Avaya
	return Filter{
		on: req.Filter != nil || a.Registration != nil || a.MediaControl != nil ||
			a.ToneCollect != nil || a.ToneDetect != nil || a.EnteredDigit != nil ||
			a.Logical != nil || a.Terminal != nil || a.Endpoint != nil || a.Physical != nil,
		suppress: suppresses && !orZero(a.Invert),
		standard: orZero(req.Filter),
		avaya:    a,
	}
}

// With is the filter with another standard part. What its members mean stays.
func (f Filter) With(standard csta.MonitorFilter) Filter {
	f.on, f.standard = true, standard
	return f
}

// Passes decides on one event. What no member speaks of passes.
func (f Filter) Passes(ev csta.Event) bool {
	if !f.on {
		return true
	}
	member, known := f.member(ev)
	return !known || orZero(member) != f.suppress
}
