package calls

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Call is one call at a device, as far as the switch has told.
type Call struct {
	ID       csta.CallID
	UCID     string // Avaya's universal call id, "" until told
	Own      csta.ConnectionID
	State    csta.ConnectionState // of the own connection; Null in [Board.Ended]
	Incoming bool                 // it was delivered to the device, not placed from it

	Calling     csta.ExtendedDeviceID    // who placed the call
	Called      csta.ExtendedDeviceID    // who was called, such as a VDN
	Redirection csta.RedirectionDeviceID // the device that it was last redirected from
	Origin      csta.ExtendedDeviceID    // who called before the call was moved here

	VDN    csta.DeviceID // the vector directory number that it came by
	Skill  csta.DeviceID // the skill that it was queued for
	Digits string        // what the caller entered
	UUI    string        // user-to-user information

	Parties  []Party       // the others, in the order in which they came
	Consults csta.CallID   // the held call that this one was placed about
	Formerly []csta.CallID // ids that were merged into this one
	Cause    csta.EventCause

	Began    time.Time // first heard of
	Since    time.Time // of the present state
	Answered time.Time // first answered; zero until then

	Ended  time.Time // zero while it lasts
	Ending Ending    // how it ended

	Surprise Surprise // the last thing that the state model does not allow

	behind int // how many devices the call has left, as far as told
}

// Party is another device's part in a call.
type Party struct {
	Device     csta.ExtendedDeviceID
	Connection csta.ConnectionID
	State      csta.ConnectionState // "" where nothing is told
	Since      time.Time            // of the present state
}

// Ending says how a call ended for a device.
type Ending string

// The endings.
const (
	Going       Ending = ""            // it has not ended
	Cleared     Ending = "cleared"     // the own connection, or the call, was cleared
	Diverted    Ending = "diverted"    // it went to another device before it was answered
	Transferred Ending = "transferred" // the device handed it on
	Merged      Ending = "merged"      // it goes on under another id
	Missing     Ending = "missing"     // a snapshot did not have it any more
)

// Surprise is a change of the own connection that ECMA-269's state model does not
// allow. The zero value is none.
type Surprise struct {
	Event string // the name on the wire
	From  csta.ConnectionState
	To    csta.ConnectionState
	At    time.Time
}

// Peer is whom the device speaks with: the only other party, or, where the parties
// are not known or many, who called or was called.
func (c Call) Peer() csta.ExtendedDeviceID {
	if len(c.Parties) == 1 && c.Parties[0].Device.Device != "" {
		return c.Parties[0].Device
	}
	if c.Incoming {
		return c.Calling
	}
	return c.Called
}

// Failing reports whether a call cannot be completed any more though it lasts: all that
// is heard is a tone, since nobody else is in it but who could not be reached.
func (c Call) Failing() bool {
	return c.State == csta.Fail || len(c.Parties) > 0 && c.all(csta.Fail)
}

// Proceeding reports whether a call that was placed from here waits for somebody to
// answer it. The own connection is connected then, but for people there is no call yet. A
// call that has left the switch, and of whose far end no more is known, counts among them:
// nobody has said that it was answered.
func (c Call) Proceeding() bool {
	return c.State == csta.Connected && !c.Incoming && c.Answered.IsZero() &&
		c.all(csta.Alerting, csta.Queued, "")
}

// all reports whether every party is in one of the states.
func (c Call) all(states ...csta.ConnectionState) bool {
	return !slices.ContainsFunc(c.Parties, func(p Party) bool {
		return !slices.Contains(states, p.State)
	})
}

// Equal reports whether two calls are the same in every respect; times are
// compared as instants.
func (c Call) Equal(o Call) bool {
	return c.sameFacts(o) && c.ID == o.ID && c.Own == o.Own && c.State == o.State &&
		c.Incoming == o.Incoming && c.Consults == o.Consults && c.Cause == o.Cause &&
		c.Ending == o.Ending && slices.Equal(c.Formerly, o.Formerly) &&
		slices.EqualFunc(c.Parties, o.Parties, Party.Equal) && c.Surprise.Equal(o.Surprise) &&
		c.Began.Equal(o.Began) && c.Since.Equal(o.Since) &&
		c.Answered.Equal(o.Answered) && c.Ended.Equal(o.Ended)
}

// sameFacts compares what is known about where a call comes from.
func (c Call) sameFacts(o Call) bool {
	return c.UCID == o.UCID && c.Calling == o.Calling && c.Called == o.Called &&
		c.Redirection == o.Redirection && c.Origin == o.Origin && c.VDN == o.VDN &&
		c.Skill == o.Skill && c.Digits == o.Digits && c.UUI == o.UUI
}

// Equal reports whether two parties are the same in every respect.
func (p Party) Equal(o Party) bool {
	return p.Device == o.Device && p.Connection == o.Connection && p.State == o.State &&
		p.Since.Equal(o.Since)
}

// Equal reports whether two surprises are the same.
func (s Surprise) Equal(o Surprise) bool {
	return s.Event == o.Event && s.From == o.From && s.To == o.To && s.At.Equal(o.At)
}

// IsZero reports whether there is no surprise.
func (s Surprise) IsZero() bool { return s.Event == "" }

// clone copies what a shallow copy would share.
func (c Call) clone() Call {
	c.Parties = slices.Clone(c.Parties)
	c.Formerly = slices.Clone(c.Formerly)
	return c
}

// party finds a party by its connection, else by its device. A connection that failed
// is not the one of a later attempt to reach the same device.
func (c *Call) party(conn csta.ConnectionID, device csta.ExtendedDeviceID) int {
	i := slices.IndexFunc(c.Parties, func(p Party) bool {
		return conn.Device.Same(p.Connection.Device)
	})
	if i >= 0 {
		return i
	}
	return slices.IndexFunc(c.Parties, func(p Party) bool {
		return p.State != csta.Fail && p.is(conn, device)
	})
}

// is matches by device, since the same party may be named by its connection in one
// event and by its number in another. Two that have no name at all match.
func (p Party) is(conn csta.ConnectionID, device csta.ExtendedDeviceID) bool {
	if conn.Device == "" && device.Device == "" {
		return p.Connection.Device == "" && p.Device.Device == ""
	}
	return conn.Device.Same(p.Connection.Device) || conn.Device.Same(p.Device.Device) ||
		device.Device.Same(p.Device.Device) || device.Device.Same(p.Connection.Device)
}
