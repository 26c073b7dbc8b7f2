package calls

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Apply is the board after ev, which arrived at the given time. An event that is
// unknown, of another device or of a call that does not concern the device changes
// nothing; so does the same event a second time.
func (b Board) Apply(ev csta.Event, at time.Time) Board {
	switch ev := ev.(type) {
	case csta.Transferred:
		return b.transferred(ev, at)
	case csta.Conferenced:
		return b.conferenced(ev, at)
	case csta.CallCleared:
		return b.without(ev.Call.Call, Cleared, ev.Cause, at)
	}
	if r, ok := reportOf(ev); ok {
		return b.report(r, at)
	}
	return b
}

func (b Board) report(r report, at time.Time) Board {
	own := r.conn.Device.Same(b.device)
	i := b.index(r.conn.Call)
	if i < 0 && !b.concerns(r, own) {
		return b
	}
	var c Call
	if i >= 0 {
		c = b.calls[i].clone()
	} else {
		c = b.begin(r, own, at)
	}
	c.learn(r)
	if own {
		c.moveOwn(r, at)
	} else {
		c.moveParty(r, at)
		c.concludeOwn(r, at)
	}
	c.noteAnswer(r, own, at)
	if own && r.ends() {
		return b.with(c).without(c.ID, endings[r.kind], "", at)
	}
	if own && r.kind == held && r.common.Cause == csta.CauseConsultation {
		b = b.linked(c.ID)
	}
	return b.with(c)
}

var endings = map[kind]Ending{diverted: Diverted, cleared: Cleared}

// concerns reports whether an event about a call that is not on the board shows
// that the device takes part in it.
func (b Board) concerns(r report, own bool) bool {
	if r.ends() {
		return false
	}
	placed := r.calling.Device.Same(b.device)
	if own {
		// A call that failed because this device is busy never came to be here.
		return r.kind != failed || placed
	}
	return placed && r.common.Local != csta.Null && !b.over(r.conn.Call, r.common.Linkage.UCID())
}

// begin is the call that an event makes known.
func (b Board) begin(r report, own bool, at time.Time) Call {
	c := Call{
		ID: r.conn.Call, Own: csta.ConnectionID{Call: r.conn.Call, Device: b.device},
		State: csta.Null, Began: at, Since: at,
	}
	if own {
		c.Own = r.conn
		c.Incoming = !r.calling.Device.Same(b.device) &&
			(r.kind == delivered || r.kind == established)
	} else {
		c.State = csta.Connected
		if r.common.Local != "" {
			c.State = r.common.Local
		}
	}
	if own && (r.kind == initiated || r.kind == originated) {
		c.Consults = b.consulted(r.common.Cause)
	}
	if c.Incoming && !r.calling.IsZero() {
		c.Parties = []Party{callingParty(c.ID, r.calling, at)}
	}
	return c
}

// callingParty is the caller of a call that was delivered here: a caller is
// connected while the call is delivered (ECMA-269), though no event says so.
func callingParty(id csta.CallID, calling csta.ExtendedDeviceID, at time.Time) Party {
	return Party{
		Device: calling, State: csta.Connected, Since: at,
		Connection: csta.ConnectionID{Call: id, Device: calling.Device},
	}
}

// moveOwn follows the own connection.
func (c *Call) moveOwn(r report, at time.Time) {
	to, ok := next(c.State, r.kind)
	if !ok {
		c.Surprise = Surprise{Event: r.name, From: c.State, To: to, At: at}
	}
	c.setState(to, at)
}

func (c *Call) setState(to csta.ConnectionState, at time.Time) {
	if c.State != to {
		c.State, c.Since = to, at
	}
}

// concludeOwn derives what an event about another party says of the own state. The
// member localConnectionInfo decides only what the event leaves open, for it may
// say null while the connection is alive (field observation).
func (c *Call) concludeOwn(r report, at time.Time) {
	local := r.common.Local
	switch {
	case r.kind == failed && local == csta.Fail:
		c.setState(csta.Fail, at)
	case c.State == csta.Initiated && !r.ends() && r.kind != initiated:
		c.setState(csta.Connected, at) // it rings somewhere: dialling is over
	case c.State == "" && local != "" && local != csta.Null:
		c.setState(local, at)
	}
}

// moveParty follows another party's connection.
func (c *Call) moveParty(r report, at time.Time) {
	c.leaveBehind(r)
	if r.ends() {
		if r.conn.Device == "" {
			return // nobody knows which of them it was
		}
		if i := c.party(r.conn, r.device); i >= 0 {
			c.Parties = slices.Delete(c.Parties, i, i+1)
		}
		return
	}
	i := c.subject(r)
	if i < 0 && len(c.Parties) >= maxParties {
		return
	}
	if i < 0 {
		c.Parties = append(c.Parties, Party{Device: r.device, Connection: r.conn, Since: at})
		i = len(c.Parties) - 1
	}
	p := &c.Parties[i]
	p.Connection = r.conn
	if p.Device.Device == "" {
		p.Device = r.device
	}
	if to, ok := means[r.kind]; ok && p.State != to {
		p.State, p.Since = to, at
	}
}

// subject finds the party that an event is about. What is only being reached is not who
// speaks already under another connection: the same number can be called twice.
func (c *Call) subject(r report) int {
	i := c.party(r.conn, r.device)
	if i < 0 || r.kind != reached && r.kind != delivered {
		return i
	}
	speaks := func(p Party) bool {
		return (p.State == csta.Connected || p.State == csta.Held) &&
			p.Connection.Device != "" && !p.Connection.Device.Same(r.conn.Device)
	}
	if !speaks(c.Parties[i]) {
		return i
	}
	return slices.IndexFunc(c.Parties, func(p Party) bool {
		return p.State != csta.Fail && !speaks(p) && p.is(r.conn, r.device)
	})
}

// leaveBehind takes away the devices that a call came through on its way to where
// it now rings, waits or was answered: not every monitor is told that it left them.
// Where there is a history of the call, what is new in it tells them all, and those
// that the call has come back to are not among them.
func (c *Call) leaveBehind(r report) {
	var through []csta.DeviceID
	for _, left := range c.newHistory(r.common.History) {
		through = append(through, left.Device.Device, left.Connection.Device)
	}
	if len(r.common.History) == 0 {
		switch r.kind {
		case delivered, established, queued, reached:
			through = []csta.DeviceID{
				r.redirection.Device, r.arrival.DistributingVDN.Device,
				r.arrival.DistributingDevice.Device, r.arrival.ACDGroup,
			}
		}
	}
	c.Parties = slices.DeleteFunc(c.Parties, func(p Party) bool {
		waits := p.State == csta.Alerting || p.State == csta.Queued || p.State == ""
		return waits && !p.is(r.conn, r.device) && slices.ContainsFunc(through,
			func(d csta.DeviceID) bool { return d.Same(p.Device.Device) })
	})
}

// newHistory is what a call's history has more than was told before.
func (c *Call) newHistory(told []csta.DeviceHistoryItem) []csta.DeviceHistoryItem {
	if len(told) == 0 {
		return nil // not all events have it
	}
	more := told[min(c.behind, len(told)):]
	c.behind = len(told)
	return more
}

// noteAnswer keeps when the call was first answered: by this device if it was
// delivered here, else by another.
func (c *Call) noteAnswer(r report, own bool, at time.Time) {
	if r.kind == established && c.Answered.IsZero() && own == c.Incoming {
		c.Answered = at
	}
}
