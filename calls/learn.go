package calls

import (
	"cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// learn takes what an event tells about a call. What is known stays: later events
// repeat the numbers in other forms (field observation, outgoing calls). Only the
// last redirection and the cause are what was said last.
func (c *Call) learn(r report) {
	c.UCID = cmp.Or(c.UCID, r.common.Linkage.UCID())
	c.Cause = cmp.Or(r.common.Cause, c.Cause)
	c.Calling = known(c.Calling, r.calling)
	c.Called = known(c.Called, r.called)
	if !r.redirection.IsZero() {
		c.Redirection = r.redirection
	}
	a := r.arrival
	c.VDN = cmp.Or(c.VDN, a.DistributingVDN.Device)
	c.Skill = cmp.Or(c.Skill, a.ACDGroup)
	c.Digits = cmp.Or(c.Digits, entered(a.Entered))
	c.UUI = cmp.Or(c.UUI, text(r.common.UserData))
	c.learnOrigin(a.Original)
}

// learnOrigin takes what is known of the call from before it was moved here.
func (c *Call) learnOrigin(o *csta.OriginalCallInfo) {
	if o == nil {
		return
	}
	c.Origin = known(c.Origin, o.NetworkCaller)
	c.Digits = cmp.Or(c.Digits, entered(o.Entered))
	c.UUI = cmp.Or(c.UUI, text(o.UserData))
}

// known prefers a device to a reason why there is none, and the first to the later.
func known(have, told csta.ExtendedDeviceID) csta.ExtendedDeviceID {
	if have.Device != "" || told.IsZero() || told.Device == "" && !have.IsZero() {
		return have
	}
	return told
}

func entered(code *csta.UserEnteredCode) string {
	if code == nil {
		return ""
	}
	return code.Data
}

func text(data *csta.UserData) string {
	if data == nil {
		return ""
	}
	return string(data.Text)
}
